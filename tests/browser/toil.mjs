/**
 * Toil and runbooks on a server of their own: figures that equal the API's, an entry by the keyboard alone, and that no
 * page and no answer tells what a person's hours come to.
 */

import { goTo, openPage, overflows, READY, violations } from "./browser.mjs";
import { ownServer } from "./own.mjs";
import { equal, eventually, holds } from "./report.mjs";

const API = "/api/nines/v1";
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const WEEKS = 13;
/** Names that stand nowhere else, so that one of them in a page or in an answer is seen. */
const PERSONS = { pay: ["zoe.quandt", "ivo.quandt"], web: ["mia.quandt"] };
const RUN = "r-20261127-0931-5f2a";
const LOOKS = [["en", "light", 1440], ["ko", "dark", 1440], ["ko", "light", 390], ["en", "dark", 390]];

const iso = (ms) => new Date(ms).toISOString();

/** Two tasks of one team, each week, and one of another. */
function entries(now) {
  const entry = (person, team, task, title, category, startMs, minutes, more) => ({
    source: "test", extId: `${task} ${person} ${startMs}`, person, team, task, title, category, class: "toil", evidence: "A", start: iso(startMs), attendedSeconds: minutes * 60, ...more,
  });
  return Array.from({ length: WEEKS }, (_, week) => {
    const at = now - (week + 1) * WEEK_MS + 20 * HOUR_MS;
    const [zoe, ivo] = PERSONS.pay;
    return [
      entry(zoe, "pay", "cert-renewal", "Renew certificates", "release", at, 300 - week * 15),
      entry(ivo, "pay", "refund-by-hand", "Refund by hand", "business_process", at + 2 * HOUR_MS, 45, { evidence: "C", interrupt: true }),
      entry(PERSONS.web[0], "web", "feed-schema", "Bump the feed's schema", "migration", at, 900),
    ];
  }).flat();
}

const TEXT = "---\nid: pay-restart\ntitle: Restart pay\nservice: pay\n---\n\n# Restart pay\n\n```sh {id=look}\necho look\n```\n\n```sh {id=restart}\nexit 1\n```\n";

function run(now) {
  const start = now - 2 * 24 * HOUR_MS;
  const step = (id, kind, fromS, wallS, more) => ({ id, kind, startedAt: iso(start + fromS * 1_000), endedAt: iso(start + (fromS + wallS) * 1_000), exit: null, attendedSeconds: wallS, wallSeconds: wallS, skipped: null, outputBytes: 0, ...more });
  return {
    run: RUN, runbook: "pay-restart", title: "Restart pay", sha256: "9f".repeat(32), service: "pay", actor: "cron", mode: "run", startedAt: iso(start), endedAt: iso(start + 730_000),
    outcome: "stopped", attendedSeconds: 400, manualSeconds: 300, wallSeconds: 730, category: "interrupt", team: "pay", chainHead: "c0".repeat(32),
    steps: [
      step("look", "sh", 0, 12, { exit: 0, outputBytes: 5, output: "look\n" }),
      { ...step("warm", "sh", 12, 0), startedAt: null, endedAt: null, skipped: "caches were warm" },
      step("tell", "manual", 12, 300),
      step("restart", "sh", 312, 388, { exit: 1, outputBytes: 24, output: "error: nothing came back\n" }),
    ],
  };
}

export async function toil({ browser, out, report, binary }) {
  const name = "toil and runbooks";
  if (!binary) return report.skip(name, "no --binary to start a server with");
  const server = await ownServer(binary, { withDefinitions: false });
  const post = async (path, body) => {
    const answer = await fetch(server.base + API + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    holds(answer.ok, `POST ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
  const ask = async (path) => (await fetch(server.base + API + path)).json();
  const on = async (path, ready, act, options) => {
    const opened = await openPage(browser, server.base, options);
    try {
      await goTo(opened.page, server.base + path, ready);
      await act(opened.page, opened);
      equal(opened.wrongs.filter((wrong) => !/ 50\d| 40\d/.test(wrong)).join("\n"), "", "errors");
    } finally {
      await opened.page.unrouteAll({ behavior: "ignoreErrors" });
      await opened.close();
    }
  };
  try {
    const now = Date.now();
    const all = entries(now);
    const taken = await post("/toil", { entries: all });
    equal(`${taken.imported} ${JSON.stringify(taken.refused)}`, `${all.length} []`, "entries that the server took");
    await post("/runbooks/approvals", { runbook: "pay-restart", path: "runbooks/pay-restart.md", sha256: "9f".repeat(32), by: "boss", title: "Restart pay", service: "pay", text: TEXT });
    await post("/runs", run(now));
    await pages({ report, out, on, ask });
    await states({ report, on });
    await entry({ report, out, on, ask });
    await nobody({ report, on, ask });
  } finally {
    await server.end();
  }
}

const query = (page) => new URL(page.url()).searchParams;
const text = async (page, selector) => ((await page.textContent(selector)) ?? "").replace(/\s+/g, " ");

async function pages({ report, out, on, ask }) {
  for (const [page, path, ready] of [["toil", "/toil", ".toil-teams > li"], ["runbooks", "/runbooks", ".runbook-table tbody tr"], ["runbook", "/runbooks/pay-restart", READY.runbook], ["run", `/runs/${RUN}`, READY.run]]) {
    for (const [lang, theme, width] of LOOKS) {
      await report.test(`${page}, with something on it, ${lang} ${theme} ${width}: nothing inaccessible or cut off`, () =>
        on(path, ready, async (opened) => {
          await opened.screenshot({ path: `${out}/full-${page}-${lang}-${theme}-${width}.png`, fullPage: true });
          equal(await overflows(opened), "", "overflow");
          equal(await violations(opened), "", "axe");
        }, { lang, theme, width, height: width < 500 ? 844 : 900 }),
      );
    }
  }

  await report.test("each team's share, hours and floor are the API's, and so is what costs most", () =>
    on("/toil", ".toil-teams > li", async (page) => {
      const { teams, top } = await ask("/toil/report");
      equal(await page.locator(".toil-teams > li").count(), teams.length, "teams");
      for (const team of teams) {
        const row = await text(page, `.toil-teams > li[data-team="${team.team}"]`);
        const share = Number(/([\d.]+)%/.exec(await text(page, `li[data-team="${team.team}"] .toil-share b`))?.[1]);
        holds(Math.abs(share - team.share * 100) < 0.6, `${team.team}: ${share} % shown, ${team.share} told`);
        const [, counted, capacity] = /([\d.,]+) h of ([\d.,]+) h/.exec(row) ?? [];
        holds(Math.abs(Number(counted?.replace(",", "")) - team.countedHours.all) < 0.6, `${team.team}: ${counted} h shown, ${team.countedHours.all} told`);
        holds(Math.abs(Number(capacity?.replace(",", "")) - team.capacityHours) < 0.6, `${team.team}: capacity ${capacity}`);
        equal(row.includes("Someone in this team is above the cap"), team.someoneOver, `${team.team}: whether someone is over`);
        equal(row.includes("rotation is too small"), team.rotationTooSmall, `${team.team}: whether the rotation is too small`);
      }
      const rows = await page.locator(".toil-top tbody tr").allTextContents();
      equal(rows.length, top.length, "tasks");
      for (const [i, task] of top.entries()) {
        holds(rows[i].includes(task.title || task.task), `${rows[i]} is ${task.task}`);
        holds(rows[i].includes(task.elasticity?.label ?? task.elasticityLacking ?? "No data"), `${task.task}: how it grows, or why that is not known`);
      }
    }),
  );

  await report.test("team and window are in the address, narrow what is shown, and Back takes them off", () =>
    on("/toil", ".toil-teams > li", async (page) => {
      await page.selectOption(".choose select", "web");
      await eventually(() => query(page).get("team") === "web", "the address has the team");
      await eventually(async () => (await page.locator(".toil-teams > li").count()) === 1, "one team is shown");
      await page.click(".seg button:has-text('4 weeks')");
      await eventually(() => query(page).get("weeks") === "4", "the address has the window");
      await page.reload();
      await page.waitForSelector('.toil-teams > li[data-team="web"]');
      equal(await page.getAttribute(".seg button:has-text('4 weeks')", "aria-pressed"), "true", "the window after a reload");
      await page.goBack();
      await page.goBack();
      await eventually(async () => (await page.locator(".toil-teams > li").count()) > 1, "all teams are back");
    }),
  );

  await report.test("on paper the report is one page of figures, without what is pressed", () =>
    on("/toil", ".toil-teams > li", async (page) => {
      await page.emulateMedia({ media: "print" });
      equal(await page.evaluate(() => [...document.querySelectorAll("main .btn, main .seg, .rail")].filter((el) => el.getClientRects().length > 0).length), 0, "controls on paper");
      const pdf = (await page.pdf({ format: "A4", printBackground: true })).toString("latin1");
      equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1, "pages of paper");
    }),
  );

  await report.test("a runbook tells its steps, who is needed, its level and what is missing, and nothing is run from it", () =>
    on("/runbooks", ".runbook-table tbody tr", async (page) => {
      const posted = [];
      page.on("request", (request) => request.method() !== "GET" && posted.push(request.url()));
      const told = await ask("/runbooks/pay-restart");
      holds((await text(page, ".runbook-table tbody tr")).includes(told.level), "the level is in the list");
      holds(((await page.getAttribute(".level", "aria-label")) ?? "").length > "L1: ".length, "the level is explained");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.waitForSelector(READY.runbook);
      equal(await page.locator(".runbook-steps > li").count(), told.steps.length, "steps");
      equal(await page.locator(".runbook-steps .pill").count(), told.steps.filter((step) => step.needsHuman).length, "steps that need a person");
      equal(await text(page, ".ladder [aria-current] b"), told.level, "the level that is reached");
      await page.click(".command button >> nth=1");
      await eventually(async () => (await page.evaluate(() => navigator.clipboard.readText())) === `nines run ${told.path}`, "the command is copied");
      await page.click(`a[href="/runs/${RUN}"]`);
      await page.waitForSelector(READY.run);
      equal(posted.join(" "), "", "requests that change something");
    }),
  );

  await report.test("a run is told step by step: times, how each ended, why one was left out, what it said", () =>
    on(`/runs/${RUN}`, READY.run, async (page) => {
      const told = await ask(`/runs/${RUN}`);
      equal(await page.locator(".run-steps > li").count(), told.steps.length, "steps");
      const steps = await page.locator(".run-steps > li").allTextContents();
      holds(steps[1].includes("caches were warm"), `why it was left out: ${steps[1]}`);
      holds(steps[3].includes("exit 1") && steps[3].includes("nothing came back"), `how it failed: ${steps[3]}`);
      holds(await page.isVisible(".run-steps li:last-child pre"), "what a failed step said is open");
      holds((await text(page, "main")).includes(told.chainHead), "the end of the chain");
    }),
  );
}

async function states({ report, on }) {
  for (const [page, path, asked] of [["toil", "/toil?weeks=4", "**/toil/report?*"], ["runbooks", "/settings", "**/runbooks?*"]]) {
    await report.test(`${page}: a server that fails is told, and asked again on a press`, () =>
      on("/settings", ".props dd", async (opened) => {
        let isDown = true;
        await opened.route(asked, (route) => (isDown ? route.fulfill({ status: 503, json: { title: "Service Unavailable", detail: "the disk is full", status: 503 } }) : route.continue()));
        if (path.startsWith("/toil")) await opened.goto(new URL(path, opened.url()).href);
        else for (const key of "gb") await opened.keyboard.press(key);
        await opened.waitForSelector("main [role=alert]");
        holds((await text(opened, "main [role=alert]")).includes("the disk is full"), "what the server said");
        equal(await violations(opened), "", "axe");
        isDown = false;
        await opened.click("main [role=alert] .btn >> nth=0");
        await opened.waitForSelector(page === "toil" ? ".toil-teams > li" : ".runbook-table tbody tr");
      }),
    );
  }

  await report.test("where too little is seen nothing is ranked, and the page says why", () =>
    on("/settings", ".props dd", async (page) => {
      await page.route("**/toil/report?*", async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), coverage: 0.31, darkHours: 210, ranks: false, top: [], proposals: [] } });
      });
      await page.goto(new URL("/toil?weeks=4", page.url()).href);
      await page.waitForSelector(".toil .state .pill");
      equal(await page.locator(".toil-top, .toil-kinds").count(), 0, "rankings");
      holds((await text(page, ".toil")).includes("Only 31%"), "how much is seen");
      holds((await text(page, ".toil")).includes("210 h of dark toil"), "how much is not");
      equal(await violations(page), "", "axe");
    }),
  );
}

async function entry({ report, out, on, ask }) {
  await report.test("toil is logged from any page by the keyboard alone, and is in the report", () =>
    on("/settings", ".props dd", async (page) => {
      await page.focus("a.brand");
      await page.keyboard.press("t");
      await page.waitForSelector("dialog[open] .toil-log");
      await page.screenshot({ path: `${out}/toil-log-en-light-1440.png` });
      equal(await violations(page), "", "axe");
      const next = async (field) => {
        await page.keyboard.press("Tab");
        await eventually(() => page.evaluate((name) => document.activeElement?.name === name, field), `Tab leads to ${field}`);
      };
      await page.keyboard.type("Unlock a partner");
      await next("minutes");
      await page.keyboard.type("25");
      await next("category");
      await page.keyboard.press("b");
      await next("task");
      await page.keyboard.type("partner-unlock");
      await next("person");
      await page.keyboard.type("zoe.quandt");
      await next("team");
      await page.keyboard.type("pay");
      await next("interrupt");
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".toast");
      await eventually(() => page.evaluate(() => !document.querySelector("dialog")), "the dialog closes");
      equal(await page.evaluate(() => document.activeElement?.className), "brand", "the focus is back");
      const mine = (await ask("/toil/entries?me=zoe.quandt")).items.find(({ task }) => task === "partner-unlock");
      equal(mine?.attendedSeconds, 1_500, "hands-on seconds");
      equal(`${mine.title} ${mine.team} ${mine.category} ${mine.evidence} ${mine.interrupt}`, "Unlock a partner pay business_process D true", "the entry");
      await page.keyboard.press("Escape");
      for (const key of "gl") await page.keyboard.press(key);
      await page.waitForSelector(".toil-teams > li");
    }),
  );

  await report.test("a refused entry stays in its form, and the page says why", () =>
    on("/toil", ".toil-teams > li", async (page) => {
      await page.route("**/api/nines/v1/toil?*", (route) => route.fulfill({ status: 400, json: { title: "Bad Request", detail: "`start` lies in the future", status: 400 } }));
      await page.click("main .btn.primary");
      await page.waitForSelector("dialog[open] .toil-log");
      await page.keyboard.type("Something");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".toast:has-text('lies in the future')");
      equal(await page.inputValue(".toil-log [name=text]"), "Something", "what was typed");
    }),
  );

  await report.test("a task that is known is offered, and brings its words and team", () =>
    on("/toil", ".toil-teams > li", async (page) => {
      await page.keyboard.press("t");
      await page.waitForSelector(".toil-log datalist option[value='cert-renewal']", { state: "attached" });
      await page.fill(".toil-log [name=task]", "cert-renewal");
      equal(await page.inputValue(".toil-log [name=text]"), "Renew certificates", "its words");
      equal(await page.inputValue(".toil-log [name=team]"), "pay", "its team");
      equal(await page.inputValue(".toil-log [name=category]"), "release", "its category");
    }),
  );

  await report.test("the sheet of keys has the way to toil, to runbooks and to an entry", () =>
    on("/toil", ".toil-teams > li", async (page) => {
      await page.keyboard.press("?");
      await page.waitForSelector("dialog[open] kbd");
      const sheet = await text(page, "dialog[open]");
      for (const words of ["Log toil", "Go to Toil", "Go to Runbooks"]) holds(sheet.includes(words), `${words} is in the sheet`);
    }),
  );
}

async function nobody({ report, on, ask }) {
  const persons = Object.values(PERSONS).flat();
  await report.test("no page and no answer names a person beside hours, or ranks persons", async () => {
    for (const path of ["/toil/report", "/toil/report?team=pay", "/toil/report?team=web", "/toil/next", "/runbooks", "/runbooks/pay-restart"]) {
      const answer = await ask(path);
      const words = JSON.stringify(answer);
      for (const person of persons) holds(!words.includes(person), `${path} names ${person}`);
      holds(!("me" in answer), `${path} has somebody's own figures though nobody asked for theirs`);
      holds(!/"(person|persons|byPerson|leaders|ranking)"/.test(words), `${path} has a list of persons`);
    }
    for (const [path, ready] of [["/toil", ".toil-teams > li"], ["/toil?team=pay", ".toil-teams > li"], ["/runbooks", ".runbook-table tbody tr"], ["/runbooks/pay-restart", READY.runbook]]) {
      await on(path, ready, async (page) => {
        const html = await page.content();
        for (const person of persons) holds(!html.includes(person), `${path} names ${person}`);
      });
    }
  });
}
