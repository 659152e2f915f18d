import { chromium } from "playwright-core";
const [, , base, out, ...specs] = process.argv;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
for (const spec of specs) {
  const [name, path, lang = "en", theme = "light", width = "1440", height = "900"] = spec.split("|");
  const ctx = await browser.newContext({ viewport: { width: +width, height: +height }, colorScheme: theme, locale: lang === "ko" ? "ko-KR" : "en-GB" });
  const page = await ctx.newPage();
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && console.log(name, m.type(), m.text()));
  page.on("pageerror", (e) => console.log(name, "pageerror", e.stack));
  await page.goto(base + path + (path.includes("?") ? "&" : "?") + "lang=" + lang);
  await page.waitForTimeout(900);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) console.log(name, "overflow", over);
  await page.screenshot({ path: `${out}/${name}.png` });
  await ctx.close();
}
await browser.close();
