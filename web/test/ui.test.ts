import assert from "node:assert/strict";
import { test } from "node:test";
import type { Slo } from "../src/api/types";
import { burnStateOf, byRisk, holdsReleases, matchesStatus, statusOf } from "../src/pages/slo/status";
import { keyName } from "../src/shell/keys";
import { rank, score } from "../src/shell/match";
import { scrollToShow, visibleSpan } from "../src/ui/windowing";

test("exactly the rows that are seen, and a few more, are shown", () => {
  assert.deepEqual(visibleSpan(0, 260, 26, 1000, 2), { first: 0, end: 12 });
  assert.deepEqual(visibleSpan(2613, 260, 26, 1000, 2), { first: 98, end: 113 });
  assert.deepEqual(visibleSpan(25_740, 260, 26, 1000, 2), { first: 988, end: 1000 });
  assert.deepEqual(visibleSpan(0, 260, 26, 3, 2), { first: 0, end: 3 });
  assert.deepEqual(visibleSpan(9_999, 260, 26, 3, 2), { first: 3, end: 3 });
});

test("showing a row scrolls no further than needed", () => {
  assert.equal(scrollToShow(5, 0, 260, 26, 1), 0);
  assert.equal(scrollToShow(9, 0, 260, 26, 1), 26);
  assert.equal(scrollToShow(0, 500, 260, 26, 1), 0);
  assert.equal(scrollToShow(10, 400, 260, 26, 1), 234);
});

const slo = (more: Partial<Slo>): Slo => ({
  name: "a",
  objective: "1",
  service: "s",
  window: "28d",
  target: 0.99,
  good: 1,
  bad: 0,
  sli: 1,
  budget: 1,
  burn: {},
  coverage: 1,
  state: "healthy",
  exhaustsInUs: null,
  gate: "allowed",
  ...more,
});

test("an SLO has one status, and the worst comes first", () => {
  const held = slo({ name: "held", state: "exhausted", gate: "held", budget: -0.2 });
  const spent = slo({ name: "spent", state: "exhausted", budget: 0 });
  const burning = slo({ name: "burning", state: "burning", budget: 0.6, exhaustsInUs: 5 });
  const risk = slo({ name: "risk", budget: 0.2 });
  const none = slo({ name: "none", state: "unmeasured", budget: null, sli: null });
  const healthy = slo({ name: "healthy", budget: 0.9 });
  assert.deepEqual([held, spent, burning, risk, none, healthy].map(statusOf), ["held", "spent", "burning", "risk", "none", "healthy"]);
  const shuffled = [healthy, risk, held, none, burning, spent].sort(byRisk).map((one) => one.name);
  assert.deepEqual(shuffled, ["held", "spent", "burning", "risk", "none", "healthy"]);
});

test("of two with one status the sooner exhausted comes first, then the lower budget", () => {
  const later = slo({ name: "later", exhaustsInUs: 9 });
  const sooner = slo({ name: "sooner", exhaustsInUs: 3 });
  const low = slo({ name: "low", budget: 0.4 });
  const full = slo({ name: "full", budget: 0.8 });
  assert.deepEqual([full, later, low, sooner].sort(byRisk).map((one) => one.name), ["sooner", "later", "low", "full"]);
});

test("only the SLO that holds the releases says so", () => {
  const page = { long: "1h", short: "5m", threshold: 14.4, longBurn: 20, shortBurn: 20, firing: true };
  assert.equal(holdsReleases(slo({ state: "exhausted", gate: "held" })), true);
  assert.equal(holdsReleases(slo({ state: "burning", gate: "held", page })), true);
  assert.equal(holdsReleases(slo({ gate: "held" })), false);
  assert.equal(matchesStatus(slo({ state: "burning", gate: "held", page }), "held"), true);
  assert.equal(matchesStatus(slo({}), "burning"), false);
});

test("a pair of windows has four states", () => {
  assert.equal(burnStateOf(15, 15, 14.4), "firing");
  assert.equal(burnStateOf(15, 1, 14.4), "recovering");
  assert.equal(burnStateOf(1, 15, 14.4), "rising");
  assert.equal(burnStateOf(1, null, 14.4), "quiet");
});

test("the palette ranks beginnings over middles and keeps the order of equals", () => {
  const items = ["profile-latency", "latency", "rank latency", "late"];
  assert.deepEqual(rank(items, "lat", (item) => item), ["latency", "late", "profile-latency", "rank latency"]);
  assert.deepEqual(rank(items, "lat rank", (item) => item), ["rank latency"]);
  assert.deepEqual(rank(items, "", (item) => item), items);
  assert.equal(score("zzz", "abc"), null);
});

test("keys have one name on every layout", () => {
  const key = (more: object) => keyName({ key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  assert.equal(key({ key: "c" }), "c");
  assert.equal(key({ key: "ㅊ", code: "KeyC" }), "c");
  assert.equal(key({ key: "ㅛ", code: "KeyY", shiftKey: true }), "Shift+Y");
  assert.equal(key({ key: "Y", shiftKey: true }), "Shift+Y");
  assert.equal(key({ key: "?", shiftKey: true }), "?");
  assert.equal(key({ key: "k", metaKey: true }), "Ctrl+K");
  assert.equal(key({ key: "ArrowRight", shiftKey: true }), "Shift+ArrowRight");
});
