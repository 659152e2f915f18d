/** The search of traces: chart, selection, facets, tabs, marks; by pointer and by keyboard, and all of it in the address. */

import { goTo, openPage, overflows, READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

const DOM_NODES_MAX = 1_500;
const CHART = ".heat-stage canvas";

export async function traces({ browser, base, out, subjects, report }) {
  if (!subjects.trace) {
    report.skip("the search of traces", "the server holds none");
    return;
  }
  const visit = visitor(browser, base);
  const on = (path, run, options) =>
    visit(
      path,
      READY.traces,
      async (page, opened) => {
        await page.waitForSelector(CHART);
        await run(page, opened);
      },
      options,
    );
  const parameter = (page, name) => new URL(page.url()).searchParams.get(name);
  const settled = (page) => eventually(() => page.evaluate(() => !document.querySelector("main .skeleton")), "everything is loaded");

  await report.test("a box is dragged, named, listed, kept in the URL and cleared", () =>
    on("/traces?t=15m", async (page) => {
      const all = await figure(page);
      await dragWhole(page);
      await eventually(() => parameter(page, "sel"), "the URL has the box");
      const chosen = await figure(page);
      holds(chosen > 0 && chosen <= all, `${chosen} selected of ${all}`);
      await settled(page);
      await page.screenshot({ path: `${out}/traces-selected-en-light-1440.png` });
      equal(await violations(page), "", "axe with a selection");
      const box = parameter(page, "sel");
      await page.reload();
      await page.waitForSelector(".heat-box");
      equal(parameter(page, "sel"), box, "box after a reload");
      await page.click("button:has-text('Clear selection')");
      await eventually(() => parameter(page, "sel") === null, "the selection is gone from the URL");
      await page.goBack();
      await eventually(() => parameter(page, "sel") === box, "Back brings the selection back");
    }),
  );

  await report.test("a box is drawn with the keyboard alone, zoomed into and taken back", () =>
    on("/traces?t=15m", async (page) => {
      await page.focus(".heat-stage");
      await page.keyboard.press("ArrowLeft");
      holds(((await page.textContent(".heat [role=status]")) ?? "").length > 0, "the cell is said");
      for (const key of ["Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp"]) await page.keyboard.press(key);
      await page.screenshot({ path: `${out}/traces-keyboard-en-light-1440.png` });
      await page.keyboard.press("Enter");
      await eventually(() => parameter(page, "sel"), "the URL has the box");
      equal(await page.evaluate(() => document.activeElement?.className), "heat-stage", "focus stays");
      await page.keyboard.press("z");
      await eventually(() => parameter(page, "from") && !parameter(page, "sel"), "the range is that of the box");
      await page.goBack();
      await eventually(() => parameter(page, "sel"), "Back leads out of the zoom");
      await page.focus(".heat-stage");
      await page.keyboard.press("Escape");
      await eventually(() => !parameter(page, "sel"), "Escape clears the selection");
    }),
  );

  await report.test("the chart's figures are a table too", () =>
    on("/traces?t=15m", async (page) => {
      await page.click("button:has-text('View as table')");
      await page.waitForSelector(".heat-table tbody tr");
      equal(parameter(page, "table"), "1", "in the URL");
      equal(await violations(page), "", "axe");
      await page.click(".heat-table tbody tr button");
      await eventually(() => parameter(page, "sel"), "a slice is selected");
    }),
  );

  await report.test("facets include and exclude, and say which they do", () =>
    on("/traces?t=15m", async (page) => {
      await page.waitForSelector(".facet .take");
      const first = page.locator(".facet .take").first();
      const term = await first.getAttribute("title");
      await first.click();
      await eventually(() => parameter(page, "q") === term, `the filter is ${term}`);
      await page.waitForSelector('.facet .take[aria-pressed="true"]');
      await settled(page);
      await page.screenshot({ path: `${out}/traces-facet-en-light-1440.png` });
      await page.click(".chips .chip");
      await eventually(() => !parameter(page, "q"), "the chip takes the term away");
      await page.waitForSelector(".facet .value .icon-only");
      await page.locator(".facet .value .icon-only").first().click();
      await eventually(() => parameter(page, "q") === `-${term}`, `the filter is -${term}`);
      equal(await violations(page), "", "axe");
    }),
  );

  for (const [lang, theme, width] of [["en", "light", 1440], ["ko", "dark", 1440], ["ko", "light", 390], ["en", "dark", 390]]) {
    for (const tab of ["compare", "groups", "errors"]) {
      await report.test(`the tab ${tab} ${lang} ${theme} ${width}`, async () => {
        const opened = await openPage(browser, base, { lang, theme, width, height: width < 500 ? 844 : 900 });
        try {
          await goTo(opened.page, `${base}/traces?t=15m&tab=${tab}`, ".found [role=tabpanel] :is(table, .apart-list, .state h2, .state .pill)");
          await settled(opened.page);
          await opened.page.screenshot({ path: `${out}/traces-${tab}-${lang}-${theme}-${width}.png`, fullPage: true });
          equal(await overflows(opened.page), "", "overflow");
          equal(await violations(opened.page), "", "axe");
          equal(opened.wrongs.join("\n"), "", "errors");
        } finally {
          await opened.close();
        }
      });
    }
  }

  await report.test("tabs are chosen with arrows, and stand in the URL", () =>
    on("/traces?t=15m", async (page) => {
      await page.focus("[role=tab][aria-selected=true]");
      for (const tab of ["compare", "groups", "errors"]) {
        await page.keyboard.press("ArrowRight");
        await eventually(() => parameter(page, "tab") === tab, `the tab ${tab}`);
      }
      await page.keyboard.press("Home");
      await eventually(() => !parameter(page, "tab"), "Home is the first tab");
    }),
  );

  await report.test("the list sorts by the slowest, and only the rows in sight exist", () =>
    on("/traces?t=15m", async (page) => {
      await page.click("th button:has-text('Duration')");
      await eventually(() => parameter(page, "sort") === "slowest", "in the URL");
      await page.waitForSelector('th[aria-sort="descending"] button:has-text("Duration")');
      await eventually(async () => Number(await page.getAttribute(".trace-table", "aria-rowcount")) > 2, "there are rows");
      await settled(page);
      const { items } = await page.evaluate(() => fetch("/api/nines/v1/traces?since=15m&sort=slowest&limit=200").then((answer) => answer.json()));
      for (let i = 1; i < items.length; i++) holds(items[i - 1].durationUs >= items[i].durationUs, `trace ${i} is slower than the one before`);
      const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
      holds(nodes <= DOM_NODES_MAX, `${nodes} elements`);
      await page.keyboard.press("k");
      await eventually(() => page.evaluate(() => document.activeElement?.closest("tr")?.getAttribute("aria-rowindex") === document.querySelector(".trace-table")?.getAttribute("aria-rowcount")), "k begins at the last row, though it did not exist");
    }),
  );

  await report.test("x on two traces compares them", () =>
    on("/traces?t=15m", async (page) => {
      for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
      await eventually(() => /^\/compare\/[0-9a-f]+\/[0-9a-f]+$/.test(new URL(page.url()).pathname), "the comparison opens");
    }),
  );

  await report.test("the command of the page is copied with the box in it", () =>
    on("/traces?t=15m&sort=slowest", async (page) => {
      await dragWhole(page);
      await eventually(() => parameter(page, "sel"), "the URL has the box");
      await page.evaluate(() => document.activeElement?.blur());
      await page.keyboard.press("Shift+Y");
      const copied = () => page.evaluate(() => navigator.clipboard.readText().catch(() => ""));
      // The clipboard is the browser's: what an earlier test copied may still be in it.
      const command = await eventually(async () => [await copied()].find((text) => text.startsWith("nines trace find")), "the command is copied");
      holds(/^nines trace find 'root duration>=\d+us duration<\d+us' --from \S+ --to \S+ --sort slowest$/.test(command), command);
    }),
  );

  await report.test("one panel that fails leaves the others", async () => {
    const opened = await openPage(browser, base);
    try {
      await opened.page.route("**/api/nines/v1/facets*", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ title: "Service Unavailable", status: 503, detail: "the store is behind" }) }));
      await goTo(opened.page, `${base}/traces?t=15m`, READY.traces);
      await opened.page.waitForSelector(".facets [role=alert]");
      await opened.page.waitForSelector(CHART);
      await opened.page.screenshot({ path: `${out}/traces-panel-failed-en-light-1440.png` });
      equal(await violations(opened.page), "", "axe");
      await opened.page.unroute("**/api/nines/v1/facets*");
      await opened.page.click(".facets [role=alert] .btn");
      await opened.page.waitForSelector(".facet .take");
    } finally {
      await opened.close();
    }
  });

  await report.test("an answer that is not whole says so on every panel that has it", async () => {
    const opened = await openPage(browser, base);
    try {
      await opened.page.route(/api\/nines\/v1\/(traces|facets|aggregate)\?/, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), cut: "cut at the limit bytes_per_query_max = 7", partial: [{ limit: "bytes_per_query_max", max: 7 }] } });
      });
      await goTo(opened.page, `${base}/traces?t=15m`, READY.traces);
      await opened.page.waitForSelector(".facet .take");
      const said = await opened.page.locator(".pill:has-text('bytes_per_query_max')").count();
      equal(said, 3, "panels that say it");
      await opened.page.screenshot({ path: `${out}/traces-partial-en-light-1440.png` });
      equal(await violations(opened.page), "", "axe");
      equal(await overflows(opened.page), "", "overflow");
    } finally {
      await opened.close();
    }
  });

  await report.test("a range that retention has passed says so", async () => {
    const opened = await openPage(browser, base);
    try {
      await goTo(opened.page, `${base}/traces?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z`, "main .state h2");
      await eventually(async () => /Retention/.test((await opened.page.textContent("main .state h2")) ?? ""), "retention is named");
      await opened.page.screenshot({ path: `${out}/traces-expired-en-light-1440.png` });
      equal(await violations(opened.page), "", "axe");
    } finally {
      await opened.close();
    }
  });

  await report.test("on a phone the chart is the map alone and nothing is wider than the screen", () =>
    on(
      "/traces?t=15m",
      async (page) => {
        holds((await page.locator(".heat-stage").evaluate((el) => el.clientHeight)) <= 160, "the chart is low");
        equal(await page.locator(".facets[open]").count(), 0, "facets are folded");
        equal(await overflows(page), "", "overflow");
      },
      { width: 390, height: 844, lang: "ko" },
    ),
  );
}

/** The first figure of the chart's heading. */
async function figure(page) {
  const text = await eventually(() => page.textContent("main .card-head [role=status]"), "the chart has a heading");
  return Number(/[\d,.]+/.exec(text)?.[0].replaceAll(/[,.]/g, ""));
}

/** Draws a box over the right half of the map. */
async function dragWhole(page) {
  const { x, y, width, height } = await page.locator(".heat-stage").boundingBox();
  await page.mouse.move(x + width * 0.5, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + width - 20, y + height - 40, { steps: 4 });
  await page.mouse.up();
}
