/** A server of a test's own: started, killed, started again on the same address and data. */

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./report.mjs";

const GOOD = new URL("../../examples/game", import.meta.url).pathname;
/** A server that starts answers within this, on a busy machine too. */
export const NOTICED_MS = 20_000;

/**
 * `withDefinitions` loads a copy of the game's, in `definitions`; `netd` is the socket of the one that is asked for rules, and
 * where none is given nobody answers.
 */
export async function ownServer(binary, { withDefinitions, netd }) {
  const folder = mkdtempSync(join(tmpdir(), "nines-page-"));
  const definitions = join(folder, "definitions");
  if (withDefinitions) cpSync(GOOD, definitions, { recursive: true });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const args = ["serve", "--listen", `127.0.0.1:${port}`, "--otlp-http", "off", "--otlp-grpc", "off", "--data", join(folder, "data"), "--netd", netd ?? join(folder, "netd.sock"), ...(withDefinitions ? ["--definitions", definitions] : [])];
  let server;
  const start = async () => {
    server = spawn(binary, args, { stdio: "ignore" });
    await eventually(() => fetch(`${base}/health`).then((answer) => answer.ok, () => false), "the server answers", NOTICED_MS);
  };
  const stop = async (signal = "SIGTERM") => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await ended;
  };
  const end = async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
  await start();
  return { base, definitions, start, stop, end };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
