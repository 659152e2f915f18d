/**
 * This host's rules as the page shows them, against a netd of its own in a network namespace of its own: the server asks it over
 * its socket, so that neither server nor browser need to be in there.
 */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { overflows, violations, visitor } from "./browser.mjs";
import { NOTICED_MS, ownServer } from "./own.mjs";
import { equal, eventually, holds } from "./report.mjs";

const RULES = `traffic:
  lists:
    office: [203.0.113.7, "2001:db8:7::/48"]
  management: { ssh: { from: [office] } }
  inbound:
    - redirect: 80 -> 8080
    - allow: [443, 53/udp]
    - deny: all
      from: 146.66.156.0/23
  otherwise: deny
`;
/** Somebody else's, as docker's are. */
const OTHERS = "table ip nat {\n chain DOCKER { }\n chain PREROUTING {\n  type nat hook prerouting priority dstnat\n  tcp dport 9000 dnat to 192.0.2.9\n }\n}\n";
/** Is sent to the port that is redirected, again and again: its rule is hit. */
const CALLER = 'setInterval(() => require("net").connect(80, "192.0.2.1").on("error", () => {}), 250)';

export async function traffic(world) {
  const { report, binary } = world;
  const name = "the rules of a host";
  if (!binary) return report.skip(name, "no --binary to start a server with");
  const reason = whyNotApart();
  if (reason) return report.skip(name, `no network namespace of its own: ${reason}`);
  const folder = mkdtempSync(join(tmpdir(), "nines-rules-"));
  const netd = ownNetd(binary, folder);
  let server;
  try {
    await netd.start();
    server = await ownServer(binary, { withDefinitions: false, netd: netd.socket });
    await walk(world, server.base, netd, visitor(world.browser, server.base));
  } finally {
    await server?.end();
    await netd.end();
    rmSync(folder, { recursive: true });
  }
}

/** What keeps a namespace from being made; empty where nothing does. In one of users, too, netd may not read what it must. */
function whyNotApart() {
  const made = spawnSync("unshare", ["--net", "ip", "link", "set", "lo", "up"], { encoding: "utf8" });
  return made.status === 0 ? "" : (made.error?.message ?? made.stderr.trim());
}

/** A netd alone in its network, with somebody who calls; commands that talk to it, and that work in there. */
function ownNetd(binary, folder) {
  const [socket, state, file] = ["netd.sock", "state", "traffic.yaml"].map((each) => join(folder, each));
  writeFileSync(file, RULES);
  let inside;
  // It keeps its namespace while it is started anew.
  const script = `ip link set lo up; ip addr add 192.0.2.1/24 dev lo; '${process.execPath}' -e '${CALLER}' & while :; do '${binary}' netd --socket '${socket}' --state '${state}'; sleep 3; done`;
  const run = (program, args, input) => spawnSync(program, args, { encoding: "utf8", input });
  const nsenter = (...args) => ["nsenter", ["--target", String(inside.pid), "--net", ...args]];
  return {
    socket,
    file,
    plan: join(folder, "plan"),
    async start() {
      inside = spawn("unshare", ["--net", "sh", "-c", script], { stdio: "ignore", detached: true });
      await eventually(() => this.nines("status").status !== 2, "netd answers", NOTICED_MS);
    },
    /** A command of ours. */
    nines: (...args) => run(binary, ["traffic", ...args, "--netd", socket]),
    /** A command of nft in there; null where there is no nft. */
    nft: (text) => {
      const done = run(...nsenter("nft", "-f", "-"), text);
      return done.error || done.stderr.includes("failed to execute") ? null : done;
    },
    /** Ends netd as if it broke; it comes back. */
    break: () => run(...nsenter("sh", "-c", `kill -9 $(pgrep -P ${inside.pid} -f ' netd ')`)),
    async end() {
      const ended = new Promise((resolve) => inside.once("exit", resolve));
      process.kill(-inside.pid, "SIGKILL");
      await ended;
    },
  };
}

async function walk({ report, out }, base, netd, on) {
  const query = (page) => new URL(page.url()).searchParams;
  const shot = (page, name) => page.screenshot({ path: `${out}/traffic-${name}.png`, fullPage: true });
  const looked = async (page, name) => {
    await shot(page, name);
    equal(await violations(page), "", "axe");
    equal(await overflows(page), "", "overflow");
  };

  await report.test("rules, a first start: says that nothing is closed, and how to begin", () =>
    on("/traffic", "main .state h2", async (page) => {
      holds((await page.textContent(".command")).includes("traffic check"), "the first command");
      await looked(page, "empty-en-light-1440");
    }),
  );

  equal(netd.nines("plan", netd.file, "--out", netd.plan).status, 1, "a plan with changes");
  const { id } = JSON.parse(netd.nines("apply", netd.plan, "--confirm", "600s", "-o", "json").stdout);

  for (const [lang, theme, width, height] of [["en", "light", 1440, 900], ["ko", "dark", 1440, 900], ["en", "dark", 390, 844], ["ko", "light", 390, 844]]) {
    await report.test(`rules, a plan that waits: is counted down, with the commands that settle it, ${lang} ${theme} ${width}`, () =>
      on(
        "/traffic",
        ".rule-table tbody tr",
        async (page) => {
          const left = () => page.textContent("[role=timer]");
          const first = await left();
          holds(/\d:\d\d/.test(first), `a time is left: ${first}`);
          await eventually(async () => (await left()) !== first, "it goes down");
          await page.click(".banner .command .btn");
          equal(await page.evaluate(() => navigator.clipboard.readText()), `nines traffic confirm ${id}`, "the command that confirms");
          await looked(page, `pending-${lang}-${theme}-${width}`);
          await page.click(".banner + .row a");
          await page.waitForSelector(".diff li");
          await looked(page, `plan-${lang}-${theme}-${width}`);
        },
        { lang, theme, width, height },
      ),
    );
  }

  await report.test("a plan: its first answer is in the page; v shows all lines, and the address keeps it", () =>
    on(`/traffic/plan/${id}`, ".diff li", async (page) => {
      const html = await (await fetch(`${base}/traffic/plan/${id}`, { headers: { accept: "text/html" } })).text();
      holds(html.includes(`/api/nines/v1/traffic/plans/${id}`) && html.includes(`<title>Traffic plan ${id}`), "title and first data");
      holds((await page.textContent(".fates")).includes("drop by otherwise"), "packets whose fate changes");
      const before = await page.locator(".diff li").count();
      await page.keyboard.press("v");
      await eventually(async () => (await page.locator(".diff li").count()) > before, "more lines");
      equal(query(page).get("verbose"), "1", "verbose is in the URL");
      holds((await page.textContent("pre")).includes("redirect: 80 -> 8080"), "the file");
    }),
  );

  equal(netd.nines("confirm", id).status, 0, "confirmed from here");

  await report.test("rules, confirmed: are counted while the page is seen, those never hit are marked, what is built in opens", () =>
    on("/traffic", ".rule-table tbody tr", async (page) => {
      await eventually(async () => (await page.locator(".pill.ok").allTextContents()).includes("Live = confirmed"), "the state");
      const row = page.locator(".rule-table tr", { has: page.locator("code", { hasText: /^inbound\/1$/ }) });
      const hits = async () => Number((await row.locator("td").nth(2).textContent()).replace(/\D/g, ""));
      const first = await hits();
      await eventually(async () => (await hits()) > first, "hits go up", 15_000);
      await eventually(async () => /^[\d.]+\/s$/.test(await row.locator("td").nth(3).textContent()), "hits a second");
      holds((await page.locator(".rule-table tr", { hasText: "146.66.156.0/23" }).textContent()).includes("never hit"), "never hit");
      const rows = await page.locator(".rule-table tbody tr").count();
      await page.keyboard.press("]");
      await eventually(async () => (await page.locator(".rule-table tbody tr").count()) > rows, "built-in rules");
      equal(query(page).get("builtin"), "1", "in the URL");
      await looked(page, "confirmed-en-light-1440");
    }),
  );

  await report.test("rules: filter, chain and form narrow and show them, and the address keeps it", () =>
    on("/traffic?chain=prerouting&nft=1", ".rule-table tbody tr", async (page) => {
      equal(await page.locator(".rule-table tbody tr").count(), 1, "rules of the chain");
      holds((await page.textContent(".parts")).includes("redirect to :8080"), "as nft has it");
      await page.keyboard.press("/");
      await page.keyboard.type("zzz");
      await page.waitForSelector("main .state .btn");
      equal(query(page).get("q"), "zzz", "the filter is in the URL");
      await page.click("main .state .btn");
      await page.waitForSelector(".rule-table tbody tr");
      equal(page.url(), `${base}/traffic`, "all of them");
    }),
  );

  await report.test("what happened to rules is told with who and why, and leads to the plan", () =>
    on("/traffic", `.changes a[href$="${id}"]`, async (page) => {
      for (const what of ["made", "applied", "confirmed", "uid", "netd started"]) {
        await eventually(async () => (await page.textContent(".changes")).includes(what), `the journal tells: ${what}`);
      }
      await page.locator(".changes a").first().click();
      await page.waitForSelector(".diff");
      equal(new URL(page.url()).pathname, `/traffic/plan/${id}`, "the plan");
      await page.waitForSelector(".pill.ok");
    }),
  );

  const other = "rules of others: are named with what they do to ours";
  const done = netd.nft(OTHERS);
  if (!done) report.skip(other, "nft is not installed");
  else await report.test(other, async () => {
    equal(done.stderr, "", "nft");
    await on("/traffic", ".others li", async (page) => {
      const text = await page.textContent(".others");
      holds(text.includes("docker") && text.includes("ip nat PREROUTING, prerouting -100") && text.includes("also where they deny it"), text);
      await looked(page, "others-en-light-1440");
    });
  });

  await report.test("a packet: is asked for on the page, its way is marked, its answer has an address and a command", () =>
    on("/traffic", ".explain-form .btn", async (page) => {
      for (const [nth, text] of [[1, "146.66.156.9"], [2, "192.0.2.1"], [3, "22"], [5, "eth0"]]) await page.fill(`.explain-form label:nth-child(${nth}) input`, text);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".explained .pill");
      equal(page.url(), `${base}/traffic/explain?src=146.66.156.9&dst=192.0.2.1&dport=22&iif=eth0`, "the address");
      equal(await page.textContent(".explained .pill + span"), "by inbound/3", "what decides");
      holds((await page.textContent(".marked")).includes("146.66.156.0/23"), "its way is marked among the rules");
      await looked(page, "explain-en-light-1440");
      await page.keyboard.press("Shift+Y");
      await eventually(async () => (await page.evaluate(() => navigator.clipboard.readText())) === "nines traffic explain 146.66.156.9 192.0.2.1:22 --in eth0", "the command");
      await page.reload();
      await page.waitForSelector(".marked");
    }),
  );

  await drift({ report }, netd, on, looked);

  await report.test("rules: while netd is gone the page says so, and goes on by itself when it is back", () =>
    on("/traffic", ".rule-table tbody tr", async (page) => {
      netd.break();
      await page.waitForSelector("main .state h2");
      await looked(page, "silent-en-light-1440");
      await page.waitForSelector(".rule-table tbody tr", { timeout: NOTICED_MS });
    }),
  );
}

/** Our rules, changed by others. Where the kernel lets nobody do that, the answer is changed instead. */
async function drift({ report }, netd, on, looked) {
  const real = "rules that others changed: are told with who did it";
  const done = netd.nft("flush chain inet nines input");
  if (!done || done.status !== 0) report.skip(real, done ? "this kernel lets nobody but netd change its table" : "nft is not installed");
  else await report.test(real, () => on("/traffic", ".banner.crit", async (page) => holds((await page.textContent(".banner.crit")).includes("nft ("), "who")));
  for (const [lang, theme, width, height] of [["en", "light", 1440, 900], ["ko", "dark", 390, 844]]) {
    await report.test(`rules that are not those in force: who changed them, and what is done about it, ${lang} ${theme} ${width}`, () =>
      on(
        "/traffic",
        ".rule-table tbody tr",
        async (page) => {
          await page.route("**/api/nines/v1/traffic?*", async (route) => {
            const answer = await route.fetch();
            await route.fulfill({ response: answer, json: { ...(await answer.json()), drift: [{ process: "ufw", pid: 4711, generation: 9 }] } });
          });
          await page.waitForSelector(".banner.crit");
          holds((await page.textContent(".banner.crit")).includes("ufw (4711)"), "who");
          equal(await page.locator("main > .row .pill.ok").count(), 0, "nothing says that all is well");
          await looked(page, `drift-${lang}-${theme}-${width}`);
          await page.unrouteAll({ behavior: "ignoreErrors" });
        },
        { lang, theme, width, height },
      ),
    );
  }
}
