import assert from "node:assert/strict";
import { test } from "node:test";
import { byKind, isEmpty, keyOf, oneDigit, recordOf, sparkline, type Proposal, type ToilReport } from "../src/pages/toil/model";
import { levelAfter, matching, needingPerson, placeOf, type Run, type Runbook, type RunStep } from "../src/pages/runbooks/model";
import { commandOf } from "../src/url/command";
import { windowOf } from "../src/url/weeks";
import { href, locate } from "../src/url/routes";

const commandAt = (url: string) => commandOf(locate(url.split("?")[0], url.split("?")[1] ?? ""), Date.parse("2026-11-28T12:00:00Z"));

test("a quarter is left to the API; other windows begin at a midnight, so that a day asks one question", () => {
  const noon = Date.parse("2026-11-28T12:00:00Z");
  assert.deepEqual(windowOf("13", noon), {});
  assert.deepEqual(windowOf("4", noon), { from: "2026-11-01T00:00:00Z" });
  assert.deepEqual(windowOf("4", noon + 3_600_000), windowOf("4", noon));
});

test("a report is empty when neither hours nor alerts are there", () => {
  const report: ToilReport = { window: { from: "", to: "", weeks: 13 }, teams: [], top: [], proposals: [], automations: [], oncall: null, coverage: null, darkHours: null, ranks: true };
  assert.equal(isEmpty(report), true);
  assert.equal(isEmpty({ ...report, oncall: { alerts: 1, sessions: 1, shifts: 1, alertsPerIncident: 1, incidentsPerShift: 1, offHoursShare: 0 } }), false);
});

test("proposals come in the order in which they are to be tried, and one of an unknown kind is not lost", () => {
  const proposal = (kind: string): Proposal => ({ kind, task: kind, hoursPerYear: 1, why: "" });
  const groups = byKind(["automate", "delegate", "fix", "reject", "automate"].map(proposal));
  assert.deepEqual(
    groups.map(([kind, of]) => [kind, of.length]),
    [["reject", 1], ["fix", 1], ["automate", 2], ["delegate", 1]],
  );
});

test("the line of the weeks begins at nought and ends at the edge", () => {
  assert.equal(sparkline([{ hours: 0 }, { hours: 10 }, { hours: 5 }], 100, 12), "0.0,11.0 50.0,1.0 100.0,6.0");
  assert.equal(sparkline([{ hours: 0 }, { hours: 0 }], 100, 12), "0.0,11.0 100.0,11.0");
});

test("hours have a digit while it says something", () => {
  const count = (n: number) => String(Math.round(n));
  assert.deepEqual([0, 0.04, 4.44, 9.96, 120.4].map((n) => oneDigit(n, count)), ["0", "0", "4.4", "10", "120"]);
});

test("an entry ends now, is declared, and has a key of its words where none is given", () => {
  const now = Date.parse("2026-11-28T12:00:00Z");
  const draft = { text: " Rotate Certs: 인증서! ", minutes: 20, task: "", category: "release", interrupt: false, person: "", team: "pay" };
  assert.deepEqual(JSON.parse(JSON.stringify(recordOf(draft, now, "1f"))), {
    source: "page",
    extId: "1f",
    team: "pay",
    task: "rotate-certs-인증서",
    title: "Rotate Certs: 인증서!",
    category: "release",
    evidence: "D",
    start: "2026-11-28T11:40:00.000Z",
    attendedSeconds: 1200,
  });
  assert.equal(recordOf({ ...draft, task: " cert " }, now, "1f").task, "cert");
  assert.equal(keyOf("--- ---"), "");
});

test("runbooks are found by words and service, also those that nobody approved", () => {
  const runbook = (name: string, title: string | null, service: string | null) => ({ runbook: name, title, service }) as Runbook;
  const all = [runbook("pay-restart", "Restart pay", "pay"), runbook("rotate", null, null)];
  const names = (q: string, service = "") => matching(all, q, service).map((one) => one.runbook);
  assert.deepEqual(names(""), ["pay-restart", "rotate"]);
  assert.deepEqual(names("PAY restart"), ["pay-restart"]);
  assert.deepEqual(names("rot"), ["rotate"]);
  assert.deepEqual(names("", "pay"), ["pay-restart"]);
});

test("a level has one after it, but for the last and for none", () => {
  assert.deepEqual(["L0", "L3", "L4", "none", null].map(levelAfter), ["L1", "L4", null, null, null]);
  assert.deepEqual(needingPerson([{ id: "a", kind: "sh", needsHuman: false }, { id: "b", kind: "ask", needsHuman: true }]), ["b"]);
});

test("a step stands where it began and does not stick out of its run", () => {
  const run = { startedAt: "2026-11-28T12:00:00Z", endedAt: "2026-11-28T12:01:40Z" } as Run;
  const step = (startedAt: string | null, wallSeconds: number) => ({ startedAt, wallSeconds }) as RunStep;
  assert.deepEqual(placeOf(step("2026-11-28T12:00:25Z", 50), run), { from: 0.25, share: 0.5 });
  assert.deepEqual(placeOf(step("2026-11-28T12:01:30Z", 50), run), { from: 0.9, share: 0.09999999999999998 });
  assert.equal(placeOf(step(null, 0), run), null);
});

test("every page of toil and runbooks has its command", () => {
  assert.equal(commandAt("/toil"), "nines toil report");
  assert.equal(commandAt("/toil?team=a+b&weeks=4"), "nines toil report --team 'a b' --from 2026-11-01");
  assert.equal(commandAt("/runbooks"), "nines runbook list");
  for (const url of [href("runbook", { id: "pay restart" }), href("run", { id: "r-1" })]) assert.equal(commandAt(url), "nines runbook list");
});
