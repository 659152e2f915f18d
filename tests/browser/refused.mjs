/** A set of definitions that breaks and is mended under a server of its own: told on every page, at once, with its place. */

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goTo, openPage, READY, violations } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

const GOOD = new URL("../../examples/game", import.meta.url).pathname;
const BROKEN_FILE = "view-profile.yaml";
/** The server looks at its folders every second or so. */
const NOTICED_MS = 20_000;

export async function refused({ browser, binary, out, report }) {
  const name = "a broken file is told on every page with its place, and gone when it is mended";
  if (!binary) return report.skip(name, "no --binary to start a server with");
  await report.test(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), "nines-refused-"));
    const file = join(folder, "definitions", BROKEN_FILE);
    cpSync(GOOD, join(folder, "definitions"), { recursive: true });
    const port = await freePort();
    const server = spawn(binary, ["serve", "--listen", `127.0.0.1:${port}`, "--otlp-http", "off", "--otlp-grpc", "off", "--data", join(folder, "data"), "--definitions", join(folder, "definitions")], { stdio: "ignore" });
    try {
      await breakAndMend(browser, `http://127.0.0.1:${port}`, file, out);
    } finally {
      server.kill("SIGTERM");
      await new Promise((ended) => server.once("exit", ended));
      rmSync(folder, { recursive: true });
    }
  });
}

async function breakAndMend(browser, base, file, out) {
  await eventually(() => fetch(`${base}/health`).then((answer) => answer.ok, () => false), "the server answers", NOTICED_MS);
  const good = readFileSync(file, "utf8");
  const opened = await openPage(browser, base);
  const { page } = opened;
  const banner = () => page.evaluate(() => document.querySelector(".banner.crit")?.textContent ?? "");
  try {
    await goTo(page, `${base}/definitions`, READY.definitions);
    equal(await banner(), "", "no banner while all is well");
    const nObjects = await page.locator(".definitions-table tbody tr").count();
    writeFileSync(file, good.replace(/target: [\d.]+/, "target: 1.2"));
    await eventually(async () => (await banner()).includes(BROKEN_FILE), "the banner names the file, by the stream alone", NOTICED_MS);
    const place = (await page.textContent(".findings li code")) ?? "";
    holds(new RegExp(`${BROKEN_FILE}:\\d+:\\d+$`).test(place), `file, line and column: ${place}`);
    holds(((await page.textContent(".findings li")) ?? "").includes("target"), "the property");
    equal(await page.locator(".definitions-table tbody tr").count(), nObjects, "the last good set is in force");
    equal(await violations(page), "", "axe");
    await page.screenshot({ path: `${out}/definitions-refused-en-light-1440.png` });
    for (const [path, ready] of [["/", READY.overview], ["/slos", READY.slos], ["/traces", READY.traces], ["/map", READY.map], ["/alerts", READY.alerts], ["/settings", READY.settings]]) {
      await goTo(page, base + path, ready);
      await eventually(async () => (await banner()).includes(BROKEN_FILE), `the banner on ${path}`);
    }
    await page.click(".banner.crit a");
    await eventually(() => new URL(page.url()).pathname === "/definitions", "the banner leads to the faults");
    writeFileSync(file, good);
    await eventually(async () => (await banner()) === "", "the banner goes when the file is mended", NOTICED_MS);
    equal(opened.wrongs.join("\n"), "", "errors");
  } finally {
    await opened.close();
  }
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
