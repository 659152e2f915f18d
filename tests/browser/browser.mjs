/** Chromium, and pages that are watched while they are used. */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { equal } from "./report.mjs";

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** One colour can be wrong a thousand times. */
const VIOLATIONS_SHOWN = 8;

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--force-color-profile=srgb",
  "--font-render-hinting=none",
];

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/**
 * A page in a context of its own, and what went wrong on it: errors on the console, exceptions, requests to
 * other origins.
 */
export async function openPage(browser, base, { lang = "en", theme = "light", width = 1440, height = 900, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: lang === "ko" ? "ko-KR" : "en-GB",
    hasTouch: width < 500,
    permissions: ["clipboard-read", "clipboard-write"],
    ...more,
  });
  const page = await context.newPage();
  const wrongs = [];
  const origin = new URL(base).origin;
  page.on("console", (message) => message.type() === "error" && wrongs.push(`console: ${message.text()} ${message.location().url}`));
  page.on("pageerror", (error) => wrongs.push(`exception: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.origin !== origin) wrongs.push(`request off the origin: ${request.url()}`);
  });
  return { page, context, wrongs, close: () => context.close() };
}

/** Violations of WCAG 2.x A and AA on what is shown now, as text; empty when there is none. */
export async function violations(page) {
  // Evaluated, not added as a tag: the page's own policy forbids inline script.
  await page.evaluate(AXE_SOURCE);
  const found = await page.evaluate(async (tags) => {
    const results = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return results.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
  }, AXE_TAGS);
  const shown = found.slice(0, VIOLATIONS_SHOWN);
  return [...shown, ...(found.length > shown.length ? [`and ${found.length - shown.length} more`] : [])].join("\n");
}

/** What sticks out of its box: the page sideways, and labels of buttons, pills and table heads. */
export function overflows(page) {
  return page.evaluate(() => {
    const out = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) out.push(`the page is ${root.scrollWidth - root.clientWidth} px wider than the window`);
    for (const el of document.querySelectorAll(".btn, .pill, th, .seg > button, .rail .to")) {
      if (el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1) out.push(`${el.className || el.tagName} “${el.textContent}” is cut: ${el.scrollWidth} px in ${el.clientWidth}`);
    }
    return out.join("\n");
  });
}

/** What must be there before a page can be judged: its data, or the state that stands for it. */
export const READY = {
  overview: ".slo-table tbody tr, main .state h2",
  slos: ".slo-table tbody tr, main .state h2",
  slo: ".tiles, main .state h2",
  stories: ".story-section, main .state h2",
  compare: ".v-row",
  traces: ".trace-table tbody tr, main .state h2",
  trace: ".wf-row:not([hidden])",
  map: "[data-service], .map-tables tbody tr, main .state h2",
  alerts: ".alert-table tbody tr, main .state .pill, main .state h2",
  traffic: ".rule-table tbody tr, main .state h2",
  explain: ".explain-form .btn",
  toil: ".toil-teams > li, main .state h2",
  runbooks: ".runbook-table tbody tr, main .state h2",
  runbook: ".runbook-steps",
  run: ".run-steps > li",
  definitions: ".definitions-table tbody tr, main .state h2",
  settings: ".props dd",
};

export async function goTo(page, url, ready) {
  await page.goto(url);
  await page.waitForSelector(ready, { timeout: 15_000 });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // One frame for the canvas, one for what it made the layout do.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * How a suite looks at pages: `on(path, ready, run, options)` opens one of its own, waits for `ready`, runs, and holds
 * that nothing went wrong on it meanwhile.
 */
export function visitor(browser, base) {
  return async (path, ready, run, options) => {
    const opened = await openPage(browser, base, options);
    try {
      await goTo(opened.page, base + path, ready);
      await run(opened.page, opened);
      equal(opened.wrongs.join("\n"), "", "errors");
    } finally {
      await opened.close();
    }
  };
}
