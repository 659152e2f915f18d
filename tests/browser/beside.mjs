/**
 * Shows the same traces on our page and on Zipkin's own, and prints what each cost, a line of JSON for each.
 *
 *   node tests/browser/beside.mjs --nines http://127.0.0.1:9411 --zipkin http://127.0.0.1:9412 [--spans 1000,10000]
 *
 * Both are sent the traces first. A page is shown when its root span can be read on it and its main thread rests;
 * CPU is the main thread's own from the beginning of the navigation. Then the wheel is turned twenty times over the
 * middle of the window, and what that cost is counted until the thread rests again. Driven by `cargo xtask bench page`.
 */

import { parseArgs } from "node:util";
import { openBrowser, openPage } from "./browser.mjs";
import { count, wheel } from "./counters.mjs";
import { makeTrace, post } from "./made.mjs";

const SHOWN_WITHIN_MS = 240_000;
const WHEEL_STEPS = 20;
/** Zipkin answers what it acknowledged a moment later. */
const VISIBLE_WITHIN_MS = 30_000;

const { values: options } = parseArgs({ options: { nines: { type: "string" }, zipkin: { type: "string" }, spans: { type: "string", default: "1000,10000" } } });
if (!options.nines || !options.zipkin) {
  console.error("usage: node beside.mjs --nines URL --zipkin URL [--spans 1000,10000]");
  process.exit(2);
}
const servers = [
  { name: "nines", base: options.nines, path: (id) => `/trace/${id}` },
  { name: "zipkin", base: options.zipkin, path: (id) => `/zipkin/traces/${id}` },
];

const browser = await openBrowser();
try {
  for (const size of options.spans.split(",").map(Number)) {
    const spans = makeTrace(size);
    for (const { name, base, path } of servers) {
      if (!(await post(base, spans))) throw new Error(`${name} at ${base} does not take spans`);
      await visible(base, spans[0].traceId, size);
      console.log(JSON.stringify({ server: name, spans: size, ...(await measure(base, base + path(spans[0].traceId))) }));
    }
  }
} finally {
  await browser.close();
}

async function visible(base, traceId, size) {
  const until = Date.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    const response = await fetch(`${base}/api/v2/trace/${traceId}`);
    if (response.ok && (await response.json()).length === size) return;
    if (Date.now() > until) throw new Error(`${base} does not answer with all spans of ${traceId}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function measure(base, url) {
  const { page, close } = await openPage(browser, base);
  try {
    page.setDefaultTimeout(SHOWN_WITHIN_MS);
    const counters = await count(page);
    const began = Date.now();
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(() => /post \/batch/i.test(document.querySelector("main, [role=main], body")?.innerText ?? ""), undefined, { polling: 250 });
    const shown = await counters.rest();
    const wallMs = Date.now() - began;
    await wheel(page, { steps: WHEEL_STEPS });
    const scrolled = await counters.rest();
    const movedPx = await page.evaluate(() => Math.max(scrollY, ...[...document.querySelectorAll("*")].map((el) => el.scrollTop)));
    if (movedPx === 0) throw new Error(`nothing scrolled on ${url}`);
    return {
      showCpuMs: Math.round(shown.cpuMs),
      wallMs,
      bytes: shown.bytes,
      elements: await page.evaluate(() => document.querySelectorAll("*").length),
      heapKb: Math.round(shown.heapMb * 1000),
      scrollCpuMs: Math.max(1, Math.round(scrolled.cpuMs - shown.cpuMs)),
      movedPx: Math.round(movedPx),
    };
  } finally {
    await close();
  }
}
