/**
 * What the pages cost: bytes of the first visit, and CPU, elements and heap of traces of ten and a hundred thousand
 * spans, which are sent to the server first, in each view that has a row a span. CPU is the main thread's own (thread ticks), so that a busy machine does not count.
 */

import { goTo, openPage, READY } from "./browser.mjs";
import { count, wheel } from "./counters.mjs";
import { holds } from "./report.mjs";
import { makeTrace, post } from "./made.mjs";

/** First page with data, compressed, English, fonts included. */
const FIRST_BYTES_MAX = 150_000;
const ELEMENTS_MAX = 1_500;
/** Spans, and CPU from the start of the page to its rows: code and layout of the whole page included. */
const TRACES = [
  [10_000, 500],
  [100_000, 1_500],
];
/** Views with as many rows as there are spans, what shows that they are there, and what is scrolled. */
const VIEWS = [
  ["timeline", READY.trace, ".wf-scroll"],
  ["flame", ".flame canvas[style]", ".flame"],
  ["table", ".v-row", ".v-grid"],
];
const FRAME_CPU_MS_MAX = 8;
const HEAP_MB_MAX = 120;
const SCROLL_STEPS = 40;

export async function costs({ browser, base, subjects, report }) {
  await report.test("the first page with data costs at most 150 kB", async () => {
    const opened = await openPage(browser, base);
    try {
      const counters = await count(opened.page);
      await goTo(opened.page, `${base}/`, READY.overview);
      await opened.page.waitForTimeout(500);
      const { bytes } = await counters.read();
      report.note(`${bytes} bytes`);
      holds(bytes <= FIRST_BYTES_MAX, `${bytes} bytes, at most ${FIRST_BYTES_MAX}`);
    } finally {
      await opened.close();
    }
  });

  for (const [spans, showCpuMsMax] of TRACES) {
    const trace = makeTrace(spans);
    const name = `a trace of ${spans} spans`;
    if (!(await post(base, trace))) {
      report.skip(name, "the server takes no spans");
      continue;
    }
    for (const [view, ready, over] of VIEWS) {
      await report.test(`${name} is shown and scrolled within its budget: ${view}`, () => show(trace[0].traceId, view, ready, over, showCpuMsMax));
    }
  }

  async function show(traceId, view, ready, over, showCpuMsMax) {
    const opened = await openPage(browser, base);
    const { page } = opened;
    try {
      const counters = await count(page);
      await goTo(page, `${base}/trace/${traceId}?view=${view}`, ready);
      const shown = await counters.read();
      const elements = () => page.evaluate(() => document.querySelectorAll("*").length);
      report.note(`shown: ${Math.round(shown.cpuMs)} ms CPU, ${await elements()} elements`);
      await page.evaluate(() => {
        window.framesSeen = 0;
        const tick = () => {
          window.framesSeen++;
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      });
      const before = await counters.read();
      await wheel(page, { steps: SCROLL_STEPS, over });
      const frames = await page.evaluate(() => window.framesSeen);
      const perFrame = ((await counters.read()).cpuMs - before.cpuMs) / Math.max(1, frames);
      await counters.collectGarbage();
      const { heapMb } = await counters.read();
      report.note(`scrolled: ${perFrame.toFixed(1)} ms CPU a frame over ${frames} frames, ${heapMb.toFixed(1)} MB heap`);
      holds((await elements()) <= ELEMENTS_MAX, `more than ${ELEMENTS_MAX} elements`);
      holds(shown.cpuMs <= showCpuMsMax, `${shown.cpuMs} ms of CPU until shown, at most ${showCpuMsMax}`);
      holds(perFrame <= FRAME_CPU_MS_MAX, `${perFrame} ms of CPU a frame, at most ${FRAME_CPU_MS_MAX}`);
      holds(heapMb <= HEAP_MB_MAX, `${heapMb} MB of heap, at most ${HEAP_MB_MAX}`);
    } finally {
      await opened.close();
    }
  }
}
