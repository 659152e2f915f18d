/** What the pages show when something is not there: the server, a trace, a page; and with other people's settings. */

import { goTo, openPage, READY, violations } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

export async function states({ browser, base, out, subjects, report }) {
  await report.test("a trace that is not there says so", async () => {
    const opened = await openPage(browser, base);
    try {
      await goTo(opened.page, `${base}/trace/00000000deadffff`, "main .state h2");
      await opened.page.screenshot({ path: `${out}/trace-missing-en-light-1440.png` });
      equal(await violations(opened.page), "", "axe");
    } finally {
      await opened.close();
    }
  });

  const unknown = "an address that no page has says so and leads back";
  const answer = await fetch(`${base}/no-such-page`, { headers: { accept: "text/html" } });
  if (!answer.headers.get("content-type")?.startsWith("text/html")) {
    report.skip(unknown, "the server answers it with plain text");
  } else {
    await report.test(unknown, async () => {
      const opened = await openPage(browser, base);
      try {
        await goTo(opened.page, `${base}/no-such-page`, "main .state h2");
        await opened.page.screenshot({ path: `${out}/missing-en-light-1440.png` });
        equal(await violations(opened.page), "", "axe");
        await opened.page.click("main .state a.btn");
        await opened.page.waitForSelector(READY.overview);
      } finally {
        await opened.close();
      }
    });
  }

  await report.test("a filter that nothing matches says so and offers the way out", async () => {
    const opened = await openPage(browser, base);
    try {
      await goTo(opened.page, `${base}/traces?q=service=no-such-service`, "main .state h2");
      holds((await opened.page.locator("main .state .btn").count()) >= 1, "a next step is offered");
      await opened.page.screenshot({ path: `${out}/traces-none-en-light-1440.png` });
      equal(await violations(opened.page), "", "axe");
      equal(opened.wrongs.join("\n"), "", "errors");
    } finally {
      await opened.close();
    }
  });

  await report.test("without its server the page keeps its data, says so, and recovers by itself", async () => {
    const opened = await openPage(browser, base);
    const { page, context } = opened;
    try {
      await goTo(page, `${base}/traces`, READY.traces);
      await context.setOffline(true);
      await page.evaluate(() => document.querySelector("[data-filter]")?.focus());
      await page.keyboard.type("error");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".banner, [role=alert]");
      equal(await violations(page), "", "axe");
      await page.screenshot({ path: `${out}/traces-offline-en-light-1440.png` });
      await context.setOffline(false);
      await eventually(() => page.evaluate(() => !document.querySelector(".banner.warn, [role=alert]")), "the page recovers", 15_000);
    } finally {
      await opened.close();
    }
  });

  await report.test("the first span ever is explained, or traces are shown", async () => {
    const opened = await openPage(browser, base, { lang: "ko", theme: "dark" });
    try {
      await goTo(opened.page, `${base}/traces`, READY.traces);
      const isFirst = (await opened.page.locator(".snippet pre").count()) > 0;
      equal(isFirst, subjects.nTraces === 0, "the card of the first span");
    } finally {
      await opened.close();
    }
  });

  await report.test("with forced colours and reduced motion nothing is lost", async () => {
    const opened = await openPage(browser, base, { forcedColors: "active", reducedMotion: "reduce" });
    try {
      const path = subjects.trace ? `/trace/${subjects.trace.traceId}` : "/";
      await goTo(opened.page, base + path, subjects.trace ? READY.trace : READY.overview);
      await opened.page.screenshot({ path: `${out}/forced-colours-en-1440.png` });
      equal(await violations(opened.page), "", "axe");
    } finally {
      await opened.close();
    }
  });

  await report.test("at 320 px, the width of a page zoomed to 400 %, everything reflows", async () => {
    const opened = await openPage(browser, base, { width: 320, height: 640 });
    try {
      for (const [path, ready] of [["/", READY.overview], ["/traces", READY.traces], ...(subjects.trace ? [[`/trace/${subjects.trace.traceId}`, READY.trace]] : [])]) {
        await goTo(opened.page, base + path, ready);
        const wider = await opened.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        equal(wider, 0, `overflow of ${path}`);
      }
    } finally {
      await opened.close();
    }
  });

  await report.test("nothing polls and no stream is open while the page is hidden", async () => {
    const opened = await openPage(browser, base);
    const { page } = opened;
    try {
      await goTo(page, `${base}/`, READY.overview);
      await page.waitForSelector(".live.live");
      await page.evaluate(() => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await page.waitForSelector(".live.paused");
      await page.waitForTimeout(1_500); // what was already under way
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.waitForTimeout(4_000);
      equal(asked.join(" "), "", "requests while hidden");
      await page.evaluate(() => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => false });
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await page.waitForSelector(".live.live");
    } finally {
      await opened.close();
    }
  });
}
