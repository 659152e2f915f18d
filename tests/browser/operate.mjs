/** Service map, alerts, definitions and settings, as people use them. */

import { fleet, send, spansOf } from "./fleet.mjs";
import { READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

const FLEETS = [20, 100, 300];
/** After this long without a change an address is what it is to be. */
const SETTLED_MS = 600;
/** Smaller text is not read. */
const NAME_PX_MIN = 9.5;
/** As many names as a window has room for. */
const NAMED_MIN = 100;

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

  for (const n of FLEETS) {
    await report.test(`a map of ${n} services is seen as a whole, and what it names can be read`, async () => {
      await send(base, spansOf(fleet(n), Date.now()));
      await on(`/map?all=1`, READY.map, async (page) => {
        await eventually(async () => (await page.locator("[data-service]").count()) >= n, `${n} services`, 20_000);
        await page.screenshot({ path: `${out}/map-${n}-en-light-1440.png` });
        const drawn = await page.evaluate(measure);
        equal(drawn.outside.join(" "), "", "services outside the window");
        equal(drawn.overlapping.join(" "), "", "services that overlap");
        equal(drawn.crossed.join(" "), "", "names over one another");
        holds(drawn.least >= NAME_PX_MIN, `names of ${drawn.least} px`);
        holds(drawn.named >= Math.min(n, NAMED_MIN), `${drawn.named} of ${n} are named`);
        report.note(`${drawn.named} of ${drawn.services} services named, ${drawn.least} px`);
        equal(await violations(page), "", "axe");
      });
    });
  }

  await report.test("pan and zoom of the map are in the URL, and a reload shows the same part", () =>
    on(`/map?all=1`, READY.map, async (page) => {
      const seen = () => page.getAttribute("svg.map", "viewBox");
      const whole = await seen();
      await page.click(".map-legend button >> nth=0");
      await page.click(".map-legend button >> nth=0");
      // It stands there once nobody has moved it for a quarter of a second.
      await eventually(async () => {
        const at = query(page).get("at");
        await page.waitForTimeout(SETTLED_MS);
        return at !== null && query(page).get("at") === at;
      }, "the view is in the URL");
      const zoomed = await seen();
      holds(zoomed !== whole, "the drawing is zoomed");
      await page.reload();
      await page.waitForSelector(READY.map);
      const near = (a, b) => a.split(" ").every((value, i) => Math.abs(value - b.split(" ")[i]) < 2);
      await eventually(async () => near(await seen(), zoomed), "the same part");
      await page.click(".map-legend button >> nth=2");
      await eventually(() => query(page).get("at") === null, "the whole map has no view in the URL");
    }),
  );

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

/** In the page: services outside the drawing or over one another, and the names that are seen. */
function measure() {
  const boxOf = (el) => el.getBoundingClientRect();
  const isOver = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const pairs = (list) => list.filter((a, i) => list.some((b, j) => j < i && isOver(a.box, b.box))).map(({ name }) => name);
  const nodes = [...document.querySelectorAll(".map-node")].map((node) => ({ name: node.dataset.service, box: boxOf(node.querySelector(".box")), text: node.querySelector(".name") }));
  const seen = nodes.filter(({ text }) => getComputedStyle(text).visibility === "visible");
  const map = boxOf(document.querySelector("svg.map"));
  const zoom = map.width / document.querySelector("svg.map").viewBox.baseVal.width;
  // Letters, not the line's leading.
  const texts = seen.map(({ name, text }) => ({ name, box: DOMRect.fromRect({ x: boxOf(text).x, y: boxOf(text).y + boxOf(text).height / 5, width: boxOf(text).width, height: (boxOf(text).height * 3) / 5 }) }));
  const isInside = ({ box }) => box.left >= map.left - 1 && box.right <= map.right + 1 && box.top >= map.top - 1 && box.bottom <= Math.min(map.bottom, innerHeight) + 1;
  return {
    services: nodes.length,
    outside: nodes.filter((node) => !isInside(node)).map(({ name }) => name),
    overlapping: pairs(nodes),
    crossed: pairs(texts),
    named: seen.length,
    least: Math.round(Math.min(...seen.map(({ text }) => Number.parseFloat(getComputedStyle(text).fontSize) * zoom)) * 10) / 10,
  };
}
