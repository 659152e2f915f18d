/**
 * What the pages cost: bytes of the first visit, and CPU, nodes and heap of a trace of ten thousand spans, which
 * is sent to the server first. CPU is the main thread's own (thread ticks), so that a busy machine does not count.
 */

import { randomBytes } from "node:crypto";
import { goTo, openPage, READY } from "./browser.mjs";
import { holds } from "./report.mjs";

/** First page with data, compressed, English, fonts included. */
const FIRST_BYTES_MAX = 150_000;
const DOM_NODES_MAX = 1_500;
const SPANS = 10_000;
/** CPU from the start of the page to its rows, code and layout of the whole page included. */
const SHOW_CPU_MS_MAX = 700;
const FRAME_CPU_MS_MAX = 12;
const SCROLL_STEPS = 40;

export async function costs({ browser, base, subjects, report }) {
  await report.test("the first page with data costs at most 150 kB", async () => {
    const opened = await openPage(browser, base);
    try {
      const cdp = await opened.context.newCDPSession(opened.page);
      await cdp.send("Network.enable");
      let bytes = 0;
      const isStream = new Set();
      cdp.on("Network.responseReceived", ({ requestId, response }) => response.mimeType === "text/event-stream" && isStream.add(requestId));
      cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => !isStream.has(requestId) && (bytes += encodedDataLength));
      await goTo(opened.page, `${base}/`, READY.overview);
      await opened.page.waitForTimeout(500);
      report.note(`${bytes} bytes`);
      holds(bytes <= FIRST_BYTES_MAX, `${bytes} bytes, at most ${FIRST_BYTES_MAX}`);
    } finally {
      await opened.close();
    }
  });

  const traceId = await send(base, SPANS);
  if (!traceId) {
    report.skip(`a trace of ${SPANS} spans`, "the server takes no spans");
    return;
  }
  await report.test(`a trace of ${SPANS} spans is shown and scrolled within its budget`, async () => {
    const opened = await openPage(browser, base);
    const { page } = opened;
    try {
      const cdp = await opened.context.newCDPSession(page);
      await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
      const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
      await goTo(page, `${base}/trace/${traceId}`, READY.trace);
      const shown = await metrics();
      report.note(`shown: ${Math.round(shown.TaskDuration * 1000)} ms CPU, ${shown.Nodes} nodes, ${(shown.JSHeapUsedSize / 1e6).toFixed(1)} MB heap`);

      await page.hover(".wf-scroll");
      let frames = 0;
      await page.evaluate(() => {
        window.framesSeen = 0;
        const count = () => {
          window.framesSeen++;
          requestAnimationFrame(count);
        };
        requestAnimationFrame(count);
      });
      for (let i = 0; i < SCROLL_STEPS; i++) {
        await page.mouse.wheel(0, 640);
        await page.waitForTimeout(16);
      }
      frames = await page.evaluate(() => window.framesSeen);
      const scrolled = await metrics();
      const perFrame = ((scrolled.TaskDuration - shown.TaskDuration) * 1000) / Math.max(1, frames);
      report.note(`scrolled: ${perFrame.toFixed(1)} ms CPU a frame over ${frames} frames, ${scrolled.Nodes} nodes`);

      holds(await page.evaluate(() => document.querySelectorAll("*").length) <= DOM_NODES_MAX, `more than ${DOM_NODES_MAX} elements`);
      holds(shown.TaskDuration * 1000 <= SHOW_CPU_MS_MAX, `${shown.TaskDuration * 1000} ms of CPU until shown, at most ${SHOW_CPU_MS_MAX}`);
      holds(perFrame <= FRAME_CPU_MS_MAX, `${perFrame} ms of CPU a frame, at most ${FRAME_CPU_MS_MAX}`);
    } finally {
      await opened.close();
    }
  });
}

/** Sends a trace by Zipkin's API; null when the server does not take it. */
async function send(base, count) {
  const traceId = randomBytes(16).toString("hex");
  const startUs = Date.now() * 1000 - 20_000_000;
  const id = (n) => (n + 1).toString(16).padStart(16, "0");
  const span = (n) => ({
    traceId,
    id: id(n),
    // A batch of jobs, each a chain of calls with fan-out at every level.
    ...(n === 0 ? {} : { parentId: id(n % 50 === 1 ? 0 : n - 1 - (n % 3 === 0 ? Math.min(n % 50, 2) - 1 : 0)) }),
    name: n === 0 ? "post /batch" : `call ${n % 17}`,
    kind: n % 2 === 0 ? "SERVER" : "CLIENT",
    timestamp: startUs + Math.floor((n / count) * 11_000_000),
    duration: n === 0 ? 12_000_000 : 2_000 + (n % 97) * 400,
    localEndpoint: { serviceName: `batch-${n % 9}` },
    tags: { "http.path": `/jobs/${n}`, ...(n % 400 === 7 ? { error: "timeout" } : {}) },
  });
  for (let from = 0; from < count; from += 2_500) {
    const body = JSON.stringify(Array.from({ length: Math.min(2_500, count - from) }, (_, i) => span(from + i)));
    const response = await fetch(`${base}/api/v2/spans`, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => null);
    if (response?.status !== 202) return null;
  }
  return traceId;
}
