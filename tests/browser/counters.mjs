/** Chromium's own counters of one page: CPU of its main thread, bytes that came, nodes, heap. */

/** A page that does less than this in a second rests. */
const REST_MS = 120;
const REST_EVERY_MS = 500;
const REST_WITHIN_MS = 240_000;

/** Starts counting. CPU is in thread ticks, so that a busy machine does not count. */
export async function count(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Network.enable");
  let bytes = 0;
  const streams = new Set();
  cdp.on("Network.responseReceived", ({ requestId, response }) => response.mimeType === "text/event-stream" && streams.add(requestId));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => !streams.has(requestId) && (bytes += encodedDataLength));
  const read = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { cpuMs: of.TaskDuration * 1000, nodes: of.Nodes, heapMb: of.JSHeapUsedSize / 1e6, bytes };
  };
  return {
    read,
    collectGarbage: () => cdp.send("HeapProfiler.collectGarbage"),
    /** Waits until the main thread has next to nothing to do for a second, and reads. */
    async rest() {
      const until = Date.now() + REST_WITHIN_MS;
      let before = await read();
      let quiet = 0;
      for (;;) {
        await page.waitForTimeout(REST_EVERY_MS);
        const now = await read();
        quiet = now.cpuMs - before.cpuMs < (REST_MS * REST_EVERY_MS) / 1000 ? quiet + 1 : 0;
        if (quiet >= 2) return now;
        if (Date.now() > until) throw new Error(`the page does not rest within ${REST_WITHIN_MS / 1000} s`);
        before = now;
      }
    },
  };
}

/** Turns the wheel over the middle of an element, or of the window. */
export async function wheel(page, { steps, px = 640, over } = {}) {
  if (over) await page.hover(over);
  else await page.mouse.move(page.viewportSize().width / 2, page.viewportSize().height / 2);
  for (let i = 0; i < steps; i++) {
    await page.mouse.wheel(0, px);
    await page.waitForTimeout(16);
  }
}
