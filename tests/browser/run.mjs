/**
 * Drives the pages of a running nines server in Chromium.
 *
 *   node tests/browser/run.mjs --base http://127.0.0.1:9411 --out DIR [--wait 60] [--only WORDS] [--binary nines]
 *
 * Nothing is mocked: the server is the real one, with whatever it holds; the suite waits up to --wait seconds
 * for traces, and for SLOs unless there are none. With --binary some tests start a server of their own. Screenshots go to --out. The last line counts; exit 0 when
 * nothing failed, 1 when something did, 2 when the server or the browser cannot be had.
 */

import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { openBrowser } from "./browser.mjs";
import { Report } from "./report.mjs";
import { findSubjects } from "./subjects.mjs";
import { costs } from "./costs.mjs";
import { gone } from "./gone.mjs";
import { keyboard } from "./keyboard.mjs";
import { matrix } from "./matrix.mjs";
import { operate } from "./operate.mjs";
import { refused } from "./refused.mjs";
import { slo } from "./slo.mjs";
import { states } from "./states.mjs";
import { toil } from "./toil.mjs";
import { trace } from "./trace.mjs";
import { traffic } from "./traffic.mjs";
import { traces } from "./traces.mjs";
import { ways } from "./ways.mjs";

const { values: options } = parseArgs({
  options: { base: { type: "string" }, out: { type: "string" }, wait: { type: "string", default: "60" }, only: { type: "string", default: "" }, binary: { type: "string" } },
});
if (!options.base || !options.out) {
  console.error("usage: node run.mjs --base URL --out DIR [--wait SECONDS] [--only WORDS] [--binary FILE]");
  process.exit(2);
}
const base = options.base.replace(/\/$/, "");
mkdirSync(options.out, { recursive: true });

let browser;
try {
  const subjects = await findSubjects(base, Number(options.wait));
  browser = await openBrowser();
  const report = new Report(options.only);
  const world = { browser, base, out: options.out, subjects, report, binary: options.binary };
  for (const suite of [matrix, keyboard, traces, trace, slo, ways, states, costs, operate, refused, gone, traffic, toil]) await suite(world);
  process.exitCode = report.finish();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
} finally {
  await browser?.close();
}
