/** A set of definitions that breaks and is mended under a server of its own: told on every page, at once, with its place. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goTo, openPage, READY, violations } from "./browser.mjs";
import { makeTrace, post } from "./made.mjs";
import { NOTICED_MS, ownServer } from "./own.mjs";
import { pagesOf } from "./pages.mjs";
import { equal, eventually, holds } from "./report.mjs";

const BROKEN_FILE = "view-profile.yaml";

export async function refused({ browser, binary, out, report }) {
  const name = "a broken file is told on every page with its place, and gone when it is mended";
  if (!binary) return report.skip(name, "no --binary to start a server with");
  await report.test(name, async () => {
    const server = await ownServer(binary, { withDefinitions: true });
    try {
      await breakAndMend(browser, server.base, join(server.definitions, BROKEN_FILE), out);
    } finally {
      await server.end();
    }
  });
}

async function breakAndMend(browser, base, file, out) {
  const traces = [makeTrace(20), makeTrace(30)];
  for (const trace of traces) await post(base, trace);
  const good = readFileSync(file, "utf8");
  const opened = await openPage(browser, base);
  const { page } = opened;
  const banner = () => page.evaluate(() => document.querySelector(".banner.crit")?.textContent ?? "");
  try {
    await goTo(page, `${base}/definitions`, READY.definitions);
    equal(await banner(), "", "no banner while all is well");
    const nObjects = await page.locator(".definitions-table tbody tr").count();
    writeFileSync(file, good.replace(/target: [\d.]+/, "target: 1.2"));
    await eventually(async () => (await banner()).includes(BROKEN_FILE), "the banner names the file, by the stream alone", NOTICED_MS);
    const place = (await page.textContent(".findings li code")) ?? "";
    holds(new RegExp(`${BROKEN_FILE}:\\d+:\\d+$`).test(place), `file, line and column: ${place}`);
    holds(((await page.textContent(".findings li")) ?? "").includes("target"), "the property");
    equal(await page.locator(".definitions-table tbody tr").count(), nObjects, "the last good set is in force");
    equal(await violations(page), "", "axe");
    await page.screenshot({ path: `${out}/definitions-refused-en-light-1440.png` });
    for (const [, path, ready] of pagesOf(traces).filter(([name]) => name !== "definitions")) {
      await goTo(page, base + path, ready);
      await eventually(async () => (await banner()).includes(BROKEN_FILE), `the banner on ${path}`);
    }
    await page.click(".banner.crit a");
    await eventually(() => new URL(page.url()).pathname === "/definitions", "the banner leads to the faults");
    writeFileSync(file, good);
    await eventually(async () => (await banner()) === "", "the banner goes when the file is mended", NOTICED_MS);
    equal(opened.wrongs.join("\n"), "", "errors");
  } finally {
    await opened.close();
  }
}
