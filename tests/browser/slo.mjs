/** The page of an SLO and the overview: figures that equal the API's, and what people do with them. */

import { READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

const API = "/api/nines/v1";

/** How far back marks are looked for: the demo has a release every three minutes. */
const PAST_MS = 10 * 60_000;
/** Younger things may still change: an alert ends, a request is counted. */
const SETTLED_MS = 10_000;

const moment = (fromNowMs) => new Date(Date.now() + fromNowMs).toISOString();

/** Where an element stands once it has stood there for a moment. */
async function settledBox(page, selector) {
  let last = null;
  return eventually(async () => {
    const before = last;
    last = await page.locator(selector).boundingBox();
    return last && before && ["x", "y", "width", "height"].every((side) => Math.abs(last[side] - before[side]) < 1) ? last : null;
  }, `${selector} stands still`);
}

export async function slo({ browser, base, out, subjects, report }) {
  const on = visitor(browser, base);
  const ask = async (path) => (await fetch(base + API + path)).json();
  const query = (page) => new URL(page.url()).searchParams;
  if (!subjects.slo) return report.skip("pages of SLOs", "the server has none");
  const name = subjects.slo.name;
  const path = `/slos/${encodeURIComponent(name)}`;

  await report.test("the overview is grouped, ordered and narrowed, and its address says so", () =>
    on("/", READY.overview, async (page) => {
      await page.selectOption(".choose select >> nth=0", "service");
      await eventually(() => query(page).get("group") === "service", "the address has the group");
      await eventually(async () => (await page.locator("tr.group").count()) > 1, "there are groups");
      await page.selectOption(".choose select >> nth=1", "name");
      await eventually(() => query(page).get("sort") === "name", "the address has the order");
      await page.click(".tiles a >> nth=0");
      await eventually(() => query(page).get("status") === "missed", "a number narrows the table");
      equal(query(page).get("group"), "service", "the group stays");
      equal(await violations(page), "", "axe");
      await page.reload();
      await page.waitForSelector(".tiles a[aria-current]");
    }),
  );

  await report.test("the pointer on a budget shows its line, Escape hides it", () =>
    on("/", READY.overview, async (page) => {
      // A new judgement may order the rows anew under a pointer that rests.
      await eventually(async () => {
        await page.hover(".slo-table .budget >> nth=0");
        return page.waitForSelector(".spark svg", { timeout: 2_000 }).catch(() => null);
      }, "its line is shown");
      await page.screenshot({ path: `${out}/overview-spark-en-light-1440.png` });
      await page.keyboard.press("Escape");
      await eventually(async () => (await page.locator(".spark").count()) === 0, "it is gone");
    }),
  );

  const chained = "a story is a chain of steps that lead to their SLOs";
  if ((await ask("/stories")).items.length === 0) report.skip(chained, "the server has no story");
  else
    await report.test(chained, () =>
      on("/", ".chain .step", async (page) => {
        const to = await page.getAttribute(".chain .step >> nth=0", "href");
        await page.click(".chain .step >> nth=0");
        await eventually(() => new URL(page.url()).pathname === to, "the step leads to its SLO");
      }),
    );

  await report.test("an SLO's figures are the API's", () =>
    on(path, READY.slo, async (page) => {
      await eventually(async () => {
        const [slo] = (await ask(path)).items;
        const shown = (await page.textContent(".tiles .tile:nth-child(2) b")).replace("−", "-");
        return Math.abs(Number.parseFloat(shown) - slo.budget * 100) < 1.5;
      }, "the budget shown is the budget");
    }),
  );

  await report.test("the chart shows three things, as a table too, and is zoomed by buttons and by the pointer", () =>
    on(path, ".chart svg", async (page) => {
      for (const tab of ["sli", "requests", "budget"]) {
        await page.click(`.seg[role=group] button >> nth=${["budget", "sli", "requests"].indexOf(tab)}`);
        await eventually(() => (query(page).get("tab") ?? "budget") === tab, `the address has ${tab}`);
        holds(((await page.getAttribute(".chart svg[role=img]", "aria-label")) ?? "").length > 20, "the chart is told in words");
        await page.screenshot({ path: `${out}/slo-${tab}-en-light-1440.png` });
      }
      await page.click("button:has-text('Zoom in')");
      await eventually(() => query(page).has("from"), "the zoom is in the address");
      await page.waitForSelector(".chart svg");
      await page.click("button:has-text('Whole window')");
      await eventually(() => !query(page).has("from"), "and is taken back");
      const box = await settledBox(page, ".chart svg");
      await page.mouse.move(box.x + box.width * 0.4, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + 80, { steps: 4 });
      await page.mouse.up();
      await eventually(() => query(page).has("from"), "a drag zooms");
      await page.locator(".card:has(.chart) button:has-text('View as table')").click();
      await page.waitForSelector(".heat-table thead");
      equal(await violations(page), "", "axe with the table");
    }),
  );

  // A window of a minute rolls on under the test, and figures and marks with it: a span of the past stands still.
  const past = `from=${moment(-PAST_MS)}&to=${moment(-SETTLED_MS)}`;
  const marks = (await ask(`${path}/markers?${past}`)).items;
  const walked = "marks are walked by keys, told in words, and the last one stays";
  if (marks.length < 2) report.skip(walked, "fewer than two things happened beside this SLO");
  else
    await report.test(walked, () =>
      on(`${path}?${past}`, ".chart .lane path", async (page) => {
        const isTold = (mark) => eventually(async () => (await page.textContent(".marker")).includes(mark.text), `told: ${mark.text}`);
        const line = () => page.getAttribute(".chart line.chosen", "x1").then(Number);
        await eventually(async () => (await page.locator(".chart .lane path").count()) === marks.length, "every mark of the API is drawn");
        await page.keyboard.press(".");
        await isTold(marks[0]);
        const first = await line();
        await page.keyboard.press(".");
        await isTold(marks[1]);
        holds((await line()) >= first, "the line goes on in time");
        equal(await violations(page), "", "axe with a mark");
        await page.keyboard.press(",");
        await isTold(marks[0]);
        equal(await line(), first, "the line is back");
        for (let i = 0; i <= marks.length; i++) await page.keyboard.press(".");
        await isTold(marks.at(-1));
      }),
    );

  await report.test("another target is judged at once and equals the API's answer, and is proposed as a change of the file", () =>
    on(path, ".whatif input", async (page) => {
      await page.focus(".whatif input >> nth=0");
      await page.keyboard.press("ArrowLeft");
      await eventually(() => query(page).has("target"), "the target is in the address");
      const target = query(page).get("target");
      await eventually(async () => {
        const judged = (await ask(`${path}/whatif?target=${target}`)).items[0];
        const shown = /used\s+≈?\s*([−\d.]+)%/.exec(await page.textContent(".whatif [role=status]"));
        return shown && Math.abs(Number(shown[1].replace("−", "-")) - (1 - judged.budget) * 100) < 2;
      }, "the budget used is the API's");
      await page.click(".whatif button:has-text('Propose')");
      const diff = await page.textContent("dialog[open] pre");
      holds(diff.includes(`+    target: ${Number(target) / 100}`), `the change is told: ${diff}`);
      equal(await violations(page), "", "axe");
      await page.keyboard.press("Escape");
    }),
  );

  const moved = "the threshold is moved by keys, and the map, the slider and the address follow";
  const withLimit = async (item) => ({ item, latency: await ask(`/slos/${encodeURIComponent(item.name)}/latency`) });
  const drawn = await Promise.all((await ask("/slos")).items.filter(({ sli }) => sli !== null).map(withLimit));
  const slow = drawn.find(({ latency }) => latency.thresholdUs && latency.cells.length > 0);
  if (!slow) report.skip(moved, "no SLO here has a threshold");
  else
    await report.test(moved, () =>
      on(`/slos/${encodeURIComponent(slow.item.name)}`, ".heat-threshold.movable", async (page) => {
        await page.focus(".heat-threshold.movable");
        await page.keyboard.press("ArrowDown");
        await eventually(() => query(page).has("threshold") && Number(query(page).get("threshold")) < slow.latency.thresholdUs, "the address has the lower threshold");
        await eventually(async () => (await page.textContent(".whatif")).includes("stored requests"), "the page says what it is counted from");
        await page.screenshot({ path: `${out}/slo-threshold-en-light-1440.png`, fullPage: true });
        equal(await violations(page), "", "axe");
      }),
    );

  await report.test("opening pages asks the gate nothing; a press does, once", () =>
    on(path, ".policy dl", async (page) => {
      const decided = async () => (await ask("/events?topics=gate.decided&limit=1000")).items.filter((event) => event.service === subjects.slo.service).length;
      const asked = [];
      page.on("request", (request) => request.url().includes("/gate/") && asked.push(request.url()));
      await page.waitForTimeout(1_500);
      equal(asked.length, 0, "questions to the gate before a press");
      const before = await decided();
      await page.click(".policy .btn");
      await page.waitForSelector(".gate-text");
      equal(asked.length, 1, "questions to the gate");
      holds((await decided()) > before, "the decision is recorded");
    }),
  );

  const blamed = "from an SLO's burn to the version that caused it in at most three interactions";
  // The demo has a bad release every three minutes, which fails a fifth of its requests.
  const burning = async () => {
    for (const item of (await ask("/slos")).items.filter(({ sli, target }) => sli !== null && sli < target)) {
      const { shared } = await ask(`/slos/${encodeURIComponent(item.name)}/events`);
      const version = shared?.find(({ key }) => key === "version" || key === "service.version");
      if (version) return { item, version };
    }
    return null;
  };
  const hasDeploys = (await ask("/events?topics=deploy&limit=1")).items.length > 0;
  const found = report.wants(blamed) && hasDeploys ? await eventually(burning, "an SLO burns and its failing requests share a version", 200_000).catch(() => null) : null;
  if (!found) report.skip(blamed, "no version burns a budget here");
  else
    await report.test(blamed, () =>
      on("/", READY.overview, async (page) => {
        let interactions = 0;
        const interact = async (what) => {
          interactions++;
          await what();
        };
        await interact(() => page.click(`.slo-table a[href^="/slos/${encodeURIComponent(found.item.name)}"]`));
        const row = page.locator(".shared tr", { hasText: `${found.version.key}=${found.version.value}` });
        await row.waitFor();
        await page.screenshot({ path: `${out}/burn-to-version-en-light-1440.png`, fullPage: true });
        await interact(() => row.locator("a >> nth=0").click());
        await page.waitForSelector(READY.traces);
        await interact(() => page.click(".trace-table tbody a >> nth=0"));
        await page.waitForSelector(READY.trace);
        holds(interactions <= 3, `${interactions} interactions`);
      }),
    );

  await report.test("on paper an SLO is its figures and lines, without what is pressed", () =>
    on(path, ".chart svg", async (page) => {
      await page.emulateMedia({ media: "print" });
      equal(await page.evaluate(() => [...document.querySelectorAll(".rail, .whatif, .screen-only")].filter((el) => el.getClientRects().length > 0).length), 0, "controls on paper");
      holds(await page.isVisible(".tiles"), "figures on paper");
      await page.screenshot({ path: `${out}/slo-print-en-1440.png`, fullPage: true });
    }),
  );
}
