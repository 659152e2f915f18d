/** One trace in all its views, and two of them compared: made up, sent, and used with keyboard and mouse. */

import { readFileSync } from "node:fs";
import { overflows, READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";
import { post } from "./made.mjs";

const REPEATS = 40;
const LEVELS = 26;

/** A checkout: repeated queries, a failed call with a retry, a deep chain, an orphan; `slow` times as long. */
function checkout(traceId, startUs, slow) {
  const spans = [];
  const id = (n) => (n + 1).toString(16).padStart(16, "0");
  const add = (service, name, atUs, durationUs, parent, more = {}) =>
    spans.push({
      traceId,
      id: id(spans.length),
      ...(parent === null ? {} : { parentId: typeof parent === "string" ? parent : id(parent) }),
      name,
      timestamp: startUs + atUs,
      duration: durationUs,
      localEndpoint: { serviceName: service },
      ...more,
    }) - 1;
  const root = add("edge", "post /api/checkout", 0, 842_000 * slow, null, { kind: "SERVER" });
  const main = add("checkout", "post /checkout", 12_000, 818_000 * slow, root, { kind: "SERVER", tags: { version: `2.15.${slow}` } });
  const cart = add("cart", "get /cart/{id}", 20_000, 96_000, main, { kind: "SERVER" });
  for (let i = 0; i < REPEATS * slow; i++) add("cart", "select item", 22_000 + i * 1_100, 900, cart, { kind: "CLIENT", remoteEndpoint: { serviceName: "postgres" }, tags: { "sql.query": `select item ${i}` } });
  const pay = add("payments", "post /charge", 338_000, 472_000, main, { kind: "SERVER", annotations: [{ timestamp: startUs + 339_000, value: "card checked" }] });
  add("payments", "post psp", 352_000, 201_000, pay, { kind: "CLIENT", tags: { "http.status_code": "503", error: "upstream connect timeout" } });
  add("payments", "retry post psp", 566_000, 238_000, pay, { kind: "CLIENT" });
  add("mail", "orphan", 400_000, 20_000, "00000000deadbeef");
  if (slow === 1) for (let level = 0, parent = root; level < LEVELS; level++) parent = add("deep", `level ${level}`, 300_000 + level * 500, 100_000 - level * 1_000, parent);
  return spans;
}

export async function trace({ browser, base, out, report }) {
  const nowUs = Date.now() * 1000;
  const [A, B] = [`c0ffee${nowUs.toString(16)}`.padEnd(32, "a"), `c0ffee${nowUs.toString(16)}`.padEnd(32, "b")];
  const spans = checkout(A, nowUs - 30_000_000, 1);
  if (!(await post(base, [...spans, ...checkout(B, nowUs - 60_000_000, 2)]))) {
    report.skip("the views of a trace", "the server takes no spans");
    return;
  }
  const on = visitor(browser, base);
  const query = (page) => new URL(page.url()).searchParams;
  const rows = (page) => page.getAttribute("[role=treegrid]", "aria-rowcount").then(Number);

  const READY_VIEW = { timeline: READY.trace, flame: ".flame canvas[style]", table: ".v-row", map: ".call-map svg .node", json: "pre.json" };
  const looks = [...Object.keys(READY_VIEW).map((view) => [view, `/trace/${A}?view=${view}`, READY_VIEW[view]]), ["compare", `/compare/${A}/${B}`, ".v-row"]];
  for (const [name, path, ready] of looks) {
    for (const [lang, theme, width, height] of [["en", "light", 1440, 900], ["ko", "dark", 1440, 900], ["en", "dark", 390, 844], ["ko", "light", 390, 844]]) {
      await report.test(`trace as ${name} ${lang} ${theme} ${width}`, () =>
        on(path, ready, async (page) => {
          await page.screenshot({ path: `${out}/trace-${name}-${lang}-${theme}-${width}.png` });
          equal(await overflows(page), "", "overflow");
          equal(await violations(page), "", "axe");
        }, { lang, theme, width, height }),
      );
    }
  }

  await report.test("repeated calls fold into one row and unfold again, and find opens the fold", () =>
    on(`/trace/${A}`, READY.trace, async (page) => {
      const all = await rows(page);
      await page.keyboard.press("Shift+H");
      await eventually(async () => (await rows(page)) === all - REPEATS + 1, "forty calls are one row");
      const badge = await page.textContent(".wf-row:has(.closed) .wf-badge");
      equal(badge, `×${REPEATS}`, "badge");
      await page.screenshot({ path: `${out}/trace-folded-en-light-1440.png` });
      await page.keyboard.press("/");
      await page.keyboard.type("status=503");
      await page.keyboard.press("Enter");
      await eventually(() => query(page).get("span"), "the failed call is selected");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Shift+H");
      await eventually(async () => (await rows(page)) === all, "unfolded");
    }),
  );

  await report.test("a deep tree stops indenting and says its depth", () =>
    on(`/trace/${A}?q=op=%22level+24%22`, READY.trace, async (page) => {
      await page.keyboard.press("n");
      await page.waitForSelector(".wf-row.selected");
      equal(await page.textContent(".wf-row.selected .wf-badge"), "↳25", "badge of the depth");
    }),
  );

  await report.test("find looks into tags, a share of the trace, and shows only what it found", () =>
    on(`/trace/${A}`, READY.trace, async (page) => {
      const found = () => page.textContent(".find [role=status]");
      const type = async (text, wanted) => {
        await page.fill("[data-filter]", text);
        await eventually(async () => (await found())?.endsWith(`/ ${wanted}`), `${text} finds ${wanted}`);
      };
      await type("connect", 1);
      await type('"sql.query=select item 1"', 11);
      await type("http.status_code>=500", 1);
      await type("version=2.15.1 -error", 1);
      await type(">95%", 2);
      await page.click(".find [aria-pressed]");
      await eventually(async () => (await rows(page)) === 2, "only these rows");
      await eventually(() => query(page).get("only") === "1", "the URL says so");
    }),
  );

  await report.test("r shows a subtree alone, 0 the whole again, and Back goes back", () =>
    on(`/trace/${A}?q=op=%22get+/cart/%7Bid%7D%22`, READY.trace, async (page) => {
      const all = await rows(page);
      await page.keyboard.press("n");
      await eventually(() => query(page).get("span"), "selected");
      await page.keyboard.press("r");
      await eventually(async () => (await rows(page)) === REPEATS + 1, "the subtree alone");
      await page.goBack();
      await eventually(async () => (await rows(page)) === all, "the whole trace after Back");
    }),
  );

  await report.test("the tabs of a span hold tags, events, where its time went and similar traces", () =>
    on(`/trace/${A}?q=op=%22post+/charge%22`, READY.trace, async (page) => {
      await page.keyboard.press("n");
      await page.waitForSelector(".span-panel [role=tab]");
      const tab = (n) => page.click(`.span-panel [role=tab]:nth-child(${n})`);
      await tab(3);
      await eventually(async () => (await page.textContent(".span-panel [role=tabpanel]"))?.includes("card checked"), "the annotation");
      await tab(5);
      await eventually(async () => (await page.textContent(".span-panel [role=tabpanel]"))?.includes("retry post psp"), "the retry in its time");
      await tab(6);
      await page.waitForSelector(`.similar a[href="/trace/${B}"]`);
      equal(await violations(page), "", "axe");
      await page.screenshot({ path: `${out}/trace-similar-en-light-1440.png` });
    }),
  );

  await report.test("a tag is added to the filter of the list that was left", () =>
    on("/traces?q=service=checkout", READY.traces, async (page) => {
      await page.click(`a[href^="/trace/${A}"]`);
      await page.waitForSelector(READY.trace);
      await page.fill("[data-filter]", 'op="post /checkout"');
      await page.keyboard.press("Enter");
      await page.click(".pairs a:has-text('−')");
      await eventually(() => query(page).get("q") === 'service=checkout -version="2.15.1"', "both terms");
    }),
  );

  await report.test("the table sorts, and saves what it shows for a spreadsheet", () =>
    on(`/trace/${A}?view=table`, ".v-row", async (page) => {
      await page.click("[role=columnheader] button:has-text('Duration')");
      equal(await page.getAttribute("[role=columnheader]:nth-child(5)", "aria-sort"), "descending", "order");
      equal(await page.textContent(".v-row [role=gridcell]:nth-child(2)"), "post /api/checkout", "the longest first");
      const saved = page.waitForEvent("download");
      await page.click("button:has-text('CSV')");
      const lines = readFileSync(await (await saved).path(), "utf8").trimEnd().split("\r\n");
      equal(lines.length, spans.length + 1, "lines");
      holds(lines[1].includes("post /api/checkout"), lines[1]);
    }),
  );

  await report.test("the flame is walked by arrows and says what is selected", () =>
    on(`/trace/${A}?view=flame`, ".flame canvas[style]", async (page) => {
      const says = (text) => eventually(async () => (await page.textContent(".flame ~ [role=status]"))?.includes(text), `${text} is said`);
      await page.focus(".flame");
      for (const text of ["post /api/checkout", "post /checkout", "get /cart"]) {
        await page.keyboard.press("ArrowDown");
        await says(text);
      }
      await page.keyboard.press("ArrowRight");
      await says("level 1");
      await page.keyboard.press("ArrowUp");
      await says("level 0");
      await eventually(() => query(page).get("span") === spans.find(({ name }) => name === "level 0").id, "the URL names it");
    }),
  );

  await report.test("m marks a trace and compares the next one with it; a row shows the tags that differ", () =>
    on(`/trace/${A}`, READY.trace, async (page) => {
      await page.keyboard.press("m");
      await page.waitForSelector(".toast");
      await page.keyboard.press("Control+k");
      await page.waitForSelector("dialog[open] input");
      await page.keyboard.type(B);
      await page.keyboard.press("Enter");
      await eventually(() => page.url().includes(B), "the other trace");
      await page.waitForSelector(READY.trace);
      await page.keyboard.press("m");
      await eventually(() => page.url().startsWith(`${base}/compare/${A}/${B}`), "both are compared");
      await page.waitForSelector(".cmp-findings");
      const findings = (await page.textContent(".cmp-findings")) ?? "";
      holds(findings.includes("level 3") && findings.includes("+842 ms") === false, "calls that only one has are listed");
      await page.focus("[role=treegrid]");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.waitForSelector(".cmp-tags");
      holds(((await page.textContent(".cmp-tags")) ?? "").includes("2.15.2"), "the version differs");
      const span = await eventually(() => query(page).get("span"), "the URL names the row");
      await page.reload();
      await page.waitForSelector(".v-row.selected");
      equal(query(page).get("span"), span, "after a reload");
      await page.click("button[aria-label='Swap A and B']");
      await eventually(() => page.url().startsWith(`${base}/compare/${B}/${A}`), "swapped");
    }),
  );

  await report.test("Zipkin's JSON is pasted and shown without being stored", () =>
    on("/", READY.overview, async (page) => {
      const foreign = checkout("ab".repeat(16), nowUs, 1);
      await page.evaluate((text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      }, JSON.stringify(foreign));
      await page.waitForSelector(READY.trace);
      holds(page.url().includes("ab".repeat(16)), "it has its own address");
      holds((await page.locator(".banner").count()) >= 1, "it says where it is from");
      await page.fill("[data-filter]", "connect");
      await eventually(async () => (await page.textContent(".find [role=status]"))?.endsWith("/ 1"), "its tags are searched");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".span-panel .pairs");
      equal((await fetch(`${base}/api/v2/trace/${"ab".repeat(16)}`)).status, 404, "the store's answer");
    }),
  );
}
