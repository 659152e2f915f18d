/** Ways that people go, counted: from what a user said to the span that was to blame. */

import { READY, violations, visitor } from "./browser.mjs";
import { equal, eventually, holds } from "./report.mjs";

const INTERACTIONS_MAX = 4;
/** The demo counts its stock every three minutes, and checkouts wait for it meanwhile. */
const SLOW_WITHIN_MS = 200_000;
const SLOW = 'op="post /shop/checkout" duration>1s';
const CULPRIT = { service: "item", name: "post /items/{id}/reservations", tag: "stock.wait_ms" };

export async function ways({ browser, base, out, report }) {
  const on = visitor(browser, base);
  const ask = async (path) => (await fetch(`${base}/api/nines/v1${path}`)).json();

  for (const lang of ["en", "ko"]) {
    const name = `from “checkout was slow at 14:02” to the span to blame in at most ${INTERACTIONS_MAX} interactions, ${lang}`;
    const isDemo = (await ask("/services")).items.some((service) => service.name === "api-client");
    const slow = async () => (await ask(`/traces?q=${encodeURIComponent(SLOW)}&since=1h`)).items[0];
    const found = report.wants(name) && isDemo ? await eventually(slow, "a checkout is slow", SLOW_WITHIN_MS).catch(() => null) : null;
    if (!found) {
      report.skip(name, "no checkout was slow here");
      continue;
    }
    await report.test(name, () =>
      on(
        "/",
        READY.overview,
        async (page) => {
          const told = await page.evaluate((ms) => new Date(ms).toTimeString().slice(0, 5), found.startUs / 1000);
          let interactions = 0;
          const interact = async (what) => {
            interactions++;
            await what();
          };
          await interact(() => page.keyboard.press("Control+k"));
          await page.waitForSelector(".palette-input");
          await interact(async () => {
            await page.keyboard.type(`shop checkout ${told}`);
            await page.waitForSelector(".option:has-text('post /shop/checkout')");
            await page.screenshot({ path: `${out}/way-1-palette-${lang}-light-1440.png` });
            equal(await violations(page), "", "axe");
            await page.keyboard.press("Enter");
          });
          await page.waitForSelector(".trace-table tbody tr, .trace-table [role=row] a");
          await page.screenshot({ path: `${out}/way-2-traces-${lang}-light-1440.png` });
          await interact(() => page.click(".trace-table a.root >> nth=0"));
          await page.waitForSelector(".shares tbody button");
          await page.screenshot({ path: `${out}/way-3-trace-${lang}-light-1440.png` });
          await interact(() => page.click(".shares tbody button >> nth=0"));
          await page.waitForSelector(".span-panel");
          await eventually(async () => (await page.textContent(".span-panel"))?.includes(CULPRIT.tag), "what it waited for is told");
          const title = await page.textContent(".span-panel .span-title");
          holds(title?.includes(CULPRIT.service) && title.includes(CULPRIT.name), `the span to blame: ${title}`);
          await eventually(() => new URL(page.url()).searchParams.get("span"), "the span is in the URL");
          await page.screenshot({ path: `${out}/way-4-culprit-${lang}-light-1440.png` });
          equal(await violations(page), "", "axe");
          holds(interactions <= INTERACTIONS_MAX, `${interactions} interactions`);
        },
        { lang },
      ),
    );
  }
}
