/** Every page in both languages, both themes and two widths: nothing inaccessible, cut off, broken or foreign. */

import { goTo, openPage, overflows, READY, violations } from "./browser.mjs";
import { equal, holds } from "./report.mjs";

const LANGS = ["en", "ko"];
const THEMES = ["light", "dark"];
const SIZES = [
  [1440, 900],
  [390, 844],
];

export async function matrix({ browser, base, out, subjects, report }) {
  const pages = [
    ["overview", "/"],
    ["traces", "/traces"],
    ["trace", subjects.trace && `/trace/${subjects.trace.traceId}`],
    ["slos", "/slos"],
    ["stories", "/stories"],
    ["map", "/map"],
    ["alerts", "/alerts?state=all"],
    ["traffic", "/traffic"],
    ["explain", "/traffic/explain"],
    ["toil", "/toil"],
    ["runbooks", "/runbooks"],
    ["definitions", "/definitions"],
    ["settings", "/settings"],
    ["slo", subjects.slo && `/slos/${encodeURIComponent(subjects.slo.name)}`],
  ];
  for (const [name, path] of pages) {
    for (const lang of LANGS) {
      for (const theme of THEMES) {
        for (const [width, height] of SIZES) {
          const title = `${name} ${lang} ${theme} ${width}`;
          if (!path) {
            report.skip(title, "the server holds nothing to show on it");
            continue;
          }
          await report.test(title, () => look({ browser, base, out, name, path, lang, theme, width, height }));
        }
      }
    }
  }
}

async function look({ browser, base, out, name, path, lang, theme, width, height }) {
  const { page, wrongs, close } = await openPage(browser, base, { lang, theme, width, height });
  try {
    await goTo(page, base + path, READY[name]);
    await page.screenshot({ path: `${out}/${name}-${lang}-${theme}-${width}.png` });
    equal(await page.evaluate(() => document.documentElement.lang), lang, "language of the page");
    const korean = await page.evaluate(() => /[가-힣]/.test(document.querySelector("nav")?.textContent ?? ""));
    equal(korean, lang === "ko", "Korean in the navigation");
    holds((await page.title()).endsWith("· nines"), `title “${await page.title()}” does not name the product`);
    equal(await overflows(page), "", "overflow");
    equal(await violations(page), "", "axe");
    equal(wrongs.join("\n"), "", "errors");
  } finally {
    await close();
  }
}
