/** Service map, alerts, definitions and settings, as people use them. */

import { fleet, send, spansOf } from "./fleet.mjs";
import { READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

export async function operate({ browser, base, out, report }) {
  const on = visitor(browser, base);
  const query = (page) => new URL(page.url()).searchParams;
  const ask = async (path) => (await fetch(`${base}/api/nines/v1${path}`)).json();

  const walked = "the map is walked with the arrow keys, and Enter tells of a service";
  const { nodes, edges } = await ask("/map?since=15m&services=60");
  const first = edges.find((edge) => edge.parent !== edge.child);
  if (!first) report.skip(walked, "the server holds no calls between services");
  else await report.test(walked, () =>
    on("/map", READY.map, async (page) => {
      await page.focus(`[data-service="${first.parent}"]`);
      await page.keyboard.press("ArrowRight");
      const at = await page.evaluate(() => document.activeElement?.dataset.service);
      holds(edges.some((edge) => edge.parent === first.parent && edge.child === at), `→ leads from ${first.parent} to one that it calls, not to ${at}`);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".map-panel");
      equal(query(page).get("sel"), at, "the chosen one is in the URL");
      equal(await violations(page), "", "axe");
      await page.screenshot({ path: `${out}/map-panel-en-light-1440.png` });
      await page.reload();
      await page.waitForSelector(".map-panel");
      await page.focus(`[data-service="${at}"]`);
      await page.keyboard.press("Escape");
      await eventually(() => page.evaluate(() => !document.querySelector(".map-panel")), "Esc closes");
    }),
  );

  const focused = "a focus, its hops and the table are in the URL, and lead to the traces through a line";
  if (!first) report.skip(focused, "the server holds no calls between services");
  else await report.test(focused, () =>
    on(`/map?focus=${encodeURIComponent(first.parent)}&hops=1&view=table`, ".map-tables tbody tr", async (page) => {
      const text = (await page.textContent(".map-tables")) ?? "";
      holds(text.includes(first.child), `${first.child} is called by the focus`);
      holds(nodes.length <= 2 || (await page.locator(".map-tables tbody tr").count()) > 0, "rows");
      equal(await violations(page), "", "axe");
      await page.locator(".map-tables tbody tr a").first().click();
      await page.waitForURL(/\/traces\?q=/);
    }),
  );

  for (const n of [20, 100, 300]) {
    await report.test(`a map of ${n} services is drawn`, async () => {
      await send(base, spansOf(fleet(n), Date.now()));
      await on(`/map?all=1`, READY.map, async (page) => {
        await eventually(async () => (await page.locator("[data-service]").count()) >= n, `${n} services`, 20_000);
        await page.screenshot({ path: `${out}/map-${n}-en-light-1440.png`, fullPage: true });
        const overlaps = await page.$$eval(".map-node", (list) => {
          const boxes = list.map((node) => node.querySelector(".box").getBoundingClientRect());
          return boxes.filter((a, i) => boxes.some((b, j) => j < i && a.left < b.right && b.left < a.right && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5)).length;
        });
        equal(overlaps, 0, "services that overlap");
        equal(await violations(page), "", "axe");
      });
    });
  }

  await report.test("the alerts are narrowed by state and words, which the URL keeps", () =>
    on("/alerts", READY.alerts, async (page) => {
      await page.click(".seg button:last-child");
      await eventually(() => query(page).get("state") === "all", "the state is in the URL");
      await page.keyboard.press("/");
      await page.keyboard.type("no such alert");
      await page.waitForSelector("main .state h2");
      equal(query(page).get("q"), "no such alert", "the words are in the URL");
      await page.goBack();
      await eventually(() => query(page).get("state") === null, "Back leads back");
    }),
  );

  const taken = "a firing alert is acknowledged by name";
  const firing = (await ask("/alerts")).items.find((alert) => alert.id && !alert.acknowledged);
  if (!firing) report.skip(taken, "no alert fires");
  else await report.test(taken, () =>
    on("/alerts", ".alert-table button", async (page) => {
      await page.click(".alert-table button");
      await page.waitForSelector("dialog[open]");
      equal(await violations(page), "", "axe");
      await page.fill("dialog input", "kim");
      await page.keyboard.press("Enter");
      await eventually(() => page.evaluate(() => document.querySelector(".alert-table")?.textContent?.includes("kim") ?? false), "who takes care is shown");
    }),
  );

  await report.test("definitions are found by words and by kind", () =>
    on("/definitions", READY.definitions, async (page) => {
      const { objects = [] } = await ask("/definitions?objects=true");
      if (objects.length === 0) return;
      await page.keyboard.press("/");
      await page.keyboard.type(objects[0].name);
      await eventually(async () => (await page.locator(".definitions-table tbody tr").count()) >= 1, "a row");
      equal(query(page).get("q"), objects[0].name, "the words are in the URL");
      equal(await violations(page), "", "axe");
    }),
  );

  await report.test("rows, clock and theme are chosen and kept", () =>
    on("/settings", READY.settings, async (page) => {
      const press = (text) => page.click(`.choice button:text-is("${text}")`);
      await press("Dense");
      await press("UTC");
      await press("Dark");
      await page.reload();
      await page.waitForSelector(READY.settings);
      equal(await page.evaluate(() => document.documentElement.dataset.density), "dense", "density");
      equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "theme");
      equal(await page.getAttribute('.choice button:text-is("UTC")', "aria-pressed"), "true", "clock");
      equal(await violations(page), "", "axe");
    }),
  );
}
