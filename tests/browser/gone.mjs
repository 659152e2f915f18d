/**
 * States that every page can be in, one row a page: nothing there at all, a filter that nothing fits, an answer that is
 * not whole, and a server that ends in the middle of it and comes back.
 */

import { goTo, openPage, overflows, READY, violations } from "./browser.mjs";
import { makeTrace, post } from "./made.mjs";
import { NOTICED_MS, ownServer } from "./own.mjs";
import { pagesOf, SLO } from "./pages.mjs";
import { equal, eventually, holds } from "./report.mjs";

const API = "/api/nines/v1/";
const LIMIT = "bytes_per_query_max";

/** With neither spans nor definitions: the page, and what it offers as the next step. */
const BARE = [
  ["overview", "/", "main .state pre, main .state .btn"],
  ["slos", "/slos", "main .state pre, main .state .btn"],
  ["stories", "/stories", "main .state pre"],
  ["traces", "/traces", ".snippet pre"],
  ["map", "/map", "main .state .btn"],
  ["alerts", "/alerts", "main .state .pill"],
  ["traffic", "/traffic", "main .state .command"],
  ["plan", "/traffic/plan/nobody", "main .state .btn"],
  ["explain", "/traffic/explain?src=203.0.113.7&dst=192.0.2.1", "main .state .command"],
  ["toil", "/toil", "main .state .command"],
  ["runbooks", "/runbooks", "main .state .command"],
  ["runbook", "/runbooks/nobody", "main .state .btn"],
  ["run", "/runs/nobody", "main .state .btn"],
  ["definitions", "/definitions", "main .state p, main .state pre"],
  ["settings", "/settings", ".props dd"],
  ["slo", "/slos/nobody", "main .state .btn"],
  ["trace", "/trace/00000000deadffff", "main .state .btn"],
  ["compare", "/compare/00000000deadffff/00000000deadfffe", "main .state .btn"],
];

/** Words and values that nothing fits, and what leads out of it. */
const FITTING_NOTHING = [
  ["overview", "/?status=held", "main .card-head .btn"],
  ["slos", "/slos?q=zzz", "main .state .btn"],
  ["stories", "/stories?q=zzz", "main .state .btn"],
  ["traces", "/traces?q=service=zzz", "main .state .btn"],
  ["map", "/map?focus=zzz", "main .state .btn"],
  ["alerts", "/alerts?q=zzz", "main .state .btn"],
  ["toil", "/toil?team=zzz", "main .state .btn"],
  ["definitions", "/definitions?q=zzz", "main .state .btn"],
];

/** Pages that read spans, and the answers that can be cut short. */
const CUT = [
  ["traces", "/traces", /\/(traces|facets|aggregate)\?/],
  ["trace", null, /\/traces\/\w+(\?|$)/],
  ["compare", null, /\/traces\/\w+\?/],
  ["map", "/map", /\/map\?/],
  ["slo", `/slos/${SLO}`, /\/(latency|events)\?/],
];

export async function gone(world) {
  const { report, binary } = world;
  const name = "every page in every state";
  if (!binary) return report.skip(name, "no --binary to start a server with");
  await bare(world);
  const server = await ownServer(binary, { withDefinitions: true });
  try {
    const traces = [makeTrace(20), makeTrace(30)];
    for (const trace of traces) await post(server.base, trace);
    const paths = new Map(pagesOf(traces).map(([page, path]) => [page, path]));
    await look(world, server.base, "nothing fits", FITTING_NOTHING);
    await cut(world, server.base, paths);
    await lost(world, server, pagesOf(traces));
  } finally {
    await server.end();
  }
}

/** Nothing is there: a server of its own that was sent nothing. */
async function bare(world) {
  const server = await ownServer(world.binary, { withDefinitions: false });
  try {
    await look(world, server.base, "nothing is there", BARE);
  } finally {
    await server.end();
  }
}

async function look({ browser, out, report }, base, state, rows) {
  for (const [page, path, step] of rows) {
    for (const [lang, theme] of [["en", "light"], ["ko", "dark"]]) {
      await report.test(`${page}, ${state}: says so and offers a next step, ${lang} ${theme}`, async () => {
        const opened = await openPage(browser, base, { lang, theme });
        try {
          await goTo(opened.page, base + path, step);
          await opened.page.screenshot({ path: `${out}/state-${state.replaceAll(" ", "-")}-${page}-${lang}-${theme}-1440.png` });
          equal(await violations(opened.page), "", "axe");
          equal(await overflows(opened.page), "", "overflow");
          // An address that names what is not there is answered with 404, which the browser tells on its console.
          equal(opened.wrongs.filter((wrong) => !wrong.includes("404")).join("\n"), "", "errors");
        } finally {
          await opened.close();
        }
      });
    }
  }
}

async function cut({ browser, out, report }, base, paths) {
  for (const [page, path, asked] of CUT) {
    await report.test(`${page}, an answer that is not whole: says what kept it from being so`, async () => {
      const opened = await openPage(browser, base);
      try {
        await cutAnswers(opened.page, (url) => url.startsWith(API) && asked.test(url));
        await goTo(opened.page, base + (path ?? paths.get(page)), READY[page]);
        await eventually(() => opened.page.evaluate((limit) => document.querySelector("main").innerText.includes(limit), LIMIT), "the limit is named");
        await opened.page.screenshot({ path: `${out}/state-partial-${page}-en-light-1440.png`, fullPage: true });
        equal(await violations(opened.page), "", "axe");
      } finally {
        await opened.page.unrouteAll({ behavior: "ignoreErrors" });
        await opened.close();
      }
    });
  }
}

/** Answers at these paths are not whole, be they asked for or part of the page: it asks only for what that lacks. */
async function cutAnswers(page, isCut) {
  const cutShort = (answer) => ({ ...answer, cut: `${LIMIT} = 7`, partial: [{ limit: LIMIT, max: 7 }] });
  const cutBlock = (block) => {
    const boot = JSON.parse(block);
    for (const url of Object.keys(boot.data ?? {}).filter(isCut)) boot.data[url] = cutShort(boot.data[url]);
    return JSON.stringify(boot).replaceAll("<", "\\u003c");
  };
  await page.route((url) => isCut(url.pathname + url.search), async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: cutShort(await answer.json()) });
  });
  await page.route((url) => !/^\/(api|ui|assets)\//.test(url.pathname), async (route) => {
    const answer = await route.fetch();
    const html = (await answer.text()).replace(/(?<=id="boot">).*?(?=<\/script>)/s, cutBlock);
    await route.fulfill({ response: answer, body: html });
  });
}

/** All pages are open when the server is killed; all of them are there when it is back. */
async function lost({ browser, out, report }, server, pages) {
  const test = (page) => `${page}, its server ends in the middle: keeps what it shows, says since when, and recovers`;
  const wanted = pages.filter(([page]) => report.wants(test(page)));
  const open = [];
  try {
    for (const [page, path, ready] of wanted) {
      const opened = await openPage(browser, server.base);
      open.push(opened);
      await goTo(opened.page, server.base + path, ready);
      await opened.page.waitForSelector(".live.live");
    }
    await server.stop("SIGKILL");
    const told = [];
    for (const [i, [page, , ready]] of wanted.entries()) told.push(await whileGone(open[i].page, ready, `${out}/state-gone-${page}-en-light-1440.png`).catch((error) => error));
    await server.start();
    for (const [i, [page, , ready]] of wanted.entries()) {
      await report.test(test(page), async () => {
        if (told[i]) throw told[i];
        await eventually(() => open[i].page.evaluate(() => !document.querySelector(".banner.warn, main [role=alert]")), "the page recovers", NOTICED_MS);
        holds(await open[i].page.isVisible(ready), "its data is there");
      });
    }
  } finally {
    for (const opened of open) await opened.close();
  }
}

async function whileGone(page, ready, file) {
  await eventually(async () => /since \d/.test((await page.textContent("main > .banner.warn").catch(() => "")) ?? ""), "the page says since when");
  holds(await page.isVisible(ready), "what was shown is kept");
  await page.screenshot({ path: file });
  equal(await violations(page), "", "axe");
}
