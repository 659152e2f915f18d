/** What people do, done with the keyboard alone. */

import { goTo, openPage, READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

export async function keyboard({ browser, base, out, subjects, report }) {
  const on = visitor(browser, base);
  const url = (page) => new URL(page.url());
  const trace = subjects.trace;

  await report.test("g t, g s and g o go to pages, and back again", () =>
    on("/", READY.overview, async (page) => {
      for (const [keys, path] of [["gt", "/traces"], ["gs", "/slos"], ["go", "/"]]) {
        for (const key of keys) await page.keyboard.press(key);
        await eventually(() => url(page).pathname === path, `${keys} leads to ${path}`);
      }
      await page.goBack();
      await eventually(() => url(page).pathname === "/slos", "Back leads back");
      equal(await page.evaluate(() => document.activeElement?.id), "main", "focus after a move");
    }),
  );

  await report.test("Tab walks through the overview and the focus is always seen", () =>
    on("/", READY.overview, async (page) => {
      const seen = [];
      for (let i = 0; i < 30; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const el = document.activeElement;
          if (!el || el === document.body) return null;
          const box = el.getBoundingClientRect();
          return { name: `${el.tagName} ${el.textContent?.slice(0, 30)}`, isVisible: box.width > 0 && box.height > 0 && getComputedStyle(el).outlineStyle !== "none" };
        });
        if (!at) break;
        holds(at.isVisible, `focus cannot be seen on ${at.name}`);
        seen.push(at.name);
      }
      holds(seen.length >= 8, `only ${seen.length} stops: ${seen.join(", ")}`);
      holds(seen[0].startsWith("A"), `the first stop is the skip link, not ${seen[0]}`);
    }),
  );

  await report.test("? shows the keys, Esc takes them away and the focus returns", () =>
    on("/traces", READY.traces, async (page) => {
      await page.focus("a.brand");
      await page.keyboard.press("?");
      await page.waitForSelector("dialog[open] kbd");
      await page.screenshot({ path: `${out}/help-en-light-1440.png` });
      equal(await violations(page), "", "axe");
      await page.keyboard.press("Escape");
      await eventually(() => page.evaluate(() => !document.querySelector("dialog")), "the sheet is gone");
      equal(await page.evaluate(() => document.activeElement?.className), "brand", "focus");
    }),
  );

  await report.test("Ctrl K jumps by name", () =>
    on("/", READY.overview, async (page) => {
      await page.keyboard.press("Control+k");
      await page.waitForSelector("dialog[open] [role=combobox]");
      await page.screenshot({ path: `${out}/palette-en-light-1440.png` });
      equal(await violations(page), "", "axe");
      await page.keyboard.type("traces");
      await page.keyboard.press("Enter");
      await eventually(() => url(page).pathname === "/traces", "the palette leads to the traces");
    }),
  );

  await report.test("typing into the filter presses no shortcut", () =>
    on("/traces", READY.traces, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("g o y ? c");
      equal(await page.inputValue("[data-filter]"), "g o y ? c", "text of the filter");
      equal(url(page).pathname, "/traces", "page");
      equal(await page.evaluate(() => document.querySelector("dialog") === null), true, "no sheet");
    }),
  );

  const completed = "a filter is completed, run, kept in the URL and undone by Back";
  if (!trace) report.skip(completed, "the server knows no service");
  else await report.test(completed, () => {
    const service = trace.root.service;
    return on("/traces", READY.traces, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type(`service=${service.slice(0, 2)}`);
      await page.waitForSelector("#filter-options [role=option]");
      equal(await violations(page), "", "axe with suggestions");
      const options = await page.$$eval("#filter-options .mono", (list) => list.map((option) => option.textContent ?? ""));
      const at = options.findIndex((text) => text.includes(service));
      holds(at >= 0, `${service} is not suggested: ${options.join(", ")}`);
      for (let i = 0; i <= at; i++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await eventually(() => url(page).searchParams.get("q") === `service=${service}`, `the URL has service=${service}`);
      await page.waitForSelector(".trace-table tbody tr");
      await page.goBack();
      await eventually(() => !url(page).searchParams.has("q"), "Back takes the filter away");
      await eventually(async () => (await page.inputValue("[data-filter]")) === "", "the filter is empty after Back");
    });
  });

  await report.test("a wrong filter shows where it is wrong", async () => {
    const opened = await openPage(browser, base);
    const { page } = opened;
    try {
      await goTo(page, `${base}/traces?q=${encodeURIComponent("error duration>abc")}`, ".filter-fault");
      await page.screenshot({ path: `${out}/filter-fault-en-light-1440.png` });
      equal(await page.getAttribute("[data-filter]", "aria-invalid"), "true", "aria-invalid");
      holds(((await page.textContent(".filter-marks .fault")) ?? "").length > 0, "a part of the text is marked");
      equal(await violations(page), "", "axe");
    } finally {
      await opened.close();
    }
  });

  if (!trace) {
    report.skip("trace by keyboard", "the server holds no trace");
    return;
  }
  const path = `/trace/${trace.traceId}`;

  await report.test("j and Enter open a trace, Back returns to the list", () =>
    on("/traces", READY.traces, async (page) => {
      await page.keyboard.press("j");
      const href = await page.evaluate(() => document.activeElement?.getAttribute("href"));
      await page.keyboard.press("Enter");
      await page.waitForSelector(READY.trace);
      holds(href?.startsWith(url(page).pathname), `${href} was opened`);
      await page.goBack();
      await page.waitForSelector(READY.traces);
    }),
  );

  await report.test("a pasted trace id opens the trace", () =>
    on("/traces", READY.traces, async (page) => {
      await page.evaluate((id) => navigator.clipboard.writeText(id), trace.traceId);
      await page.keyboard.press("/");
      await page.keyboard.press("Control+v");
      await page.waitForSelector(READY.trace);
      equal(url(page).pathname, path, "page");
    }),
  );

  await report.test("rows of a trace are walked, closed and opened by arrows; a reload keeps the selection", () =>
    on(path, READY.trace, async (page) => {
      const grid = "[role=treegrid]";
      const rows = () => page.getAttribute(grid, "aria-rowcount").then(Number);
      const all = await rows();
      await page.focus(grid);
      await page.keyboard.press("ArrowDown");
      const active = () => page.evaluate((selector) => document.getElementById(document.querySelector(selector)?.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-selected"), grid);
      await eventually(async () => (await active()) === "true", "the first row is selected");
      await eventually(() => url(page).searchParams.get("span"), "the URL names the span");
      await page.waitForSelector(".span-panel .pairs, .span-panel p");
      await page.keyboard.press("ArrowLeft");
      await eventually(async () => (await rows()) === 1, "the root is closed");
      await page.keyboard.press("ArrowRight");
      await eventually(async () => (await rows()) === all, "the root is open");
      await page.keyboard.press("End");
      const span = await eventually(() => url(page).searchParams.get("span"), "the last span is named");
      await page.keyboard.press("[");
      await eventually(async () => (await rows()) === 1, "everything is closed");
      await page.keyboard.press("]");
      await eventually(async () => (await rows()) === all, "everything is open");
      await page.keyboard.press("Home");
      await page.keyboard.press("End");
      await eventually(() => url(page).searchParams.get("span") === span, "the last span is named again");
      await page.reload();
      await page.waitForSelector(".wf-row.selected");
      equal(await violations(page), "", "axe with details");
      await page.screenshot({ path: `${out}/trace-selected-en-light-1440.png` });
    }),
  );

  await report.test("c dims what is off the critical path, 0 and + change the view, all in the URL", () =>
    on(path, READY.trace, async (page) => {
      await page.keyboard.press("c");
      await eventually(() => url(page).searchParams.get("cp") === "1", "cp=1");
      await page.keyboard.press("+");
      await eventually(() => url(page).searchParams.has("from"), "the view is in the URL");
      await page.screenshot({ path: `${out}/trace-critical-en-light-1440.png` });
      await page.keyboard.press("0");
      await eventually(() => !url(page).searchParams.has("from"), "the whole trace again");
      await page.keyboard.press("c");
      await eventually(() => !url(page).searchParams.has("cp"), "no cp");
    }),
  );

  await report.test("find counts matches and walks through them", () =>
    on(path, READY.trace, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type(`service=${trace.root.service}`);
      await page.waitForSelector(".find [role=status]:not(:empty)");
      await page.keyboard.press("Enter");
      await eventually(async () => /^[1-9]\d* \/ [1-9]/.test((await page.textContent(".find [role=status]")) ?? ""), "the first match is counted");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "treegrid", "Esc leads back to the rows");
    }),
  );

  await report.test("y and Shift Y copy the link and the command", () =>
    on(path, READY.trace, async (page) => {
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await page.keyboard.press("y");
      await eventually(async () => (await clipboard()) === page.url(), "the link is copied");
      await page.keyboard.press("Shift+Y");
      await eventually(async () => (await clipboard()) === `nines trace get ${trace.traceId}`, "the command is copied");
    }),
  );

  await report.test("the link and the command are copied from the header, each with its key", () =>
    on("/traces", READY.traces, async (page) => {
      await page.click(".header [aria-haspopup=dialog][aria-label='Share']");
      await page.waitForSelector(".menu:popover-open");
      equal(await violations(page), "", "axe with the menu");
      await page.click(".menu:popover-open .item:has-text('moment')");
      const copied = () => page.evaluate(() => navigator.clipboard.readText().catch(() => ""));
      await eventually(async () => /[?&]from=[^&]+&to=[^&]+/.test(await copied()), "a link whose range stands still is copied");
    }),
  );

  await report.test("theme and language are chosen, kept over a reload, and told to the server", () =>
    on("/", READY.overview, async (page) => {
      await page.click(".header [aria-haspopup=dialog][aria-label='Theme and language']");
      await page.waitForSelector(".menu:popover-open");
      equal(await violations(page), "", "axe with the menu");
      await page.click(".menu label:has-text('Dark')");
      await page.click(".menu label:has-text('한국어')");
      await eventually(() => page.evaluate(() => document.documentElement.lang === "ko" && document.documentElement.dataset.theme === "dark"), "both are in force");
      await page.reload();
      await page.waitForSelector(READY.overview);
      equal(await page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dataset.theme}`), "ko dark", "after a reload");
    }),
  );
}
