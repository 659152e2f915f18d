/** What an SLO's page computes: statuses and their order, returns of the budget, other promises, suggestions. */

import assert from "node:assert/strict";
import test from "node:test";
import type { Marker, SeriesPoint, Slo, SloLatency, SloSeries } from "../src/api/types";
import { suggestionsOf, yamlOf } from "../src/pages/overview/suggest";
import { badBy, badShare, beforeAfter, limitText, outageUs, proposal, returnsOf, stepMarker, usedOf, valueOf } from "../src/pages/slo/budget";
import { burnStateOf, matchesStatus, oneFailure, ordered } from "../src/pages/slo/status";

const slo = (more: Partial<Slo>): Slo => ({
  name: "a",
  objective: "1",
  service: "web",
  window: "28d",
  target: 0.99,
  good: 990,
  bad: 10,
  sli: 0.99,
  budget: 0,
  burn: {},
  coverage: 1,
  state: "healthy",
  exhaustsInUs: null,
  gate: "allowed",
  ...more,
});

const point = (budget: number | null, good = 9, bad = 1, forecast: number | null = null): SeriesPoint => ({ good, bad, budget, sli: good / (good + bad), forecast });
const series = (points: SeriesPoint[]): SloSeries => ({ stepUs: 60_000_000, start: "2026-11-27T00:00:00Z", points });

test("a pair of burn windows has four states, and a threshold is reached by being met", () => {
  assert.deepEqual(
    [burnStateOf(15, 14.4, 14.4), burnStateOf(15, 1, 14.4), burnStateOf(1, 15, 14.4), burnStateOf(1, 1, 14.4), burnStateOf(null, null, 1)],
    ["firing", "recovering", "rising", "quiet", "quiet"],
  );
});

test("the numbers over the table narrow it to what they count", () => {
  assert.equal(matchesStatus(slo({ sli: 0.98 }), "missed"), true);
  assert.equal(matchesStatus(slo({ sli: 0.99 }), "missed"), false, "a target that is met exactly is met");
  assert.equal(matchesStatus(slo({ budget: 0.24 }), "low"), true);
  assert.equal(matchesStatus(slo({ budget: null, sli: null }), "low"), false);
});

test("groups stand by their most urgent SLO, what belongs to none last", () => {
  const all = [
    slo({ name: "quiet", story: "buy", budget: 0.9 }),
    slo({ name: "none", budget: 0.1 }),
    slo({ name: "gone", story: "find", state: "exhausted", budget: -1 }),
    slo({ name: "low", story: "buy", budget: 0.2 }),
  ];
  assert.deepEqual(ordered(all, "risk", "story").map(({ name }) => name), ["gone", "low", "quiet", "none"]);
  assert.deepEqual(ordered(all, "name", "none").map(({ name }) => name), ["gone", "low", "none", "quiet"]);
});

test("one failure is told only where it costs much", () => {
  assert.equal(oneFailure(slo({ good: 400, bad: 0 })), 1 / (400 * (1 - 0.99)));
  assert.equal(oneFailure(slo({ good: 40_000, bad: 0 })), null);
  assert.equal(oneFailure(slo({ good: 0, bad: 0 })), null);
});

test("what comes back to a rolling budget is found with the time of the failures that left", () => {
  const budgets = [1, 0.9, 0.4, 0.4, 0.5, 0.7, 0.7, 0.69, 0.695];
  const found = returnsOf(series(budgets.map((budget) => point(budget))), 120_000_000);
  assert.equal(found.length, 1, "half a per cent is noise");
  assert.equal(found[0].at, 6);
  assert.ok(Math.abs(found[0].gained - 0.3) < 1e-9);
  assert.equal(found[0].leftMs, Date.parse("2026-11-27T00:00:00Z") + 6 * 60_000 - 120_000);
  assert.deepEqual(returnsOf(series([point(0.2), point(0.9), point(1)]), 60_000_000), [], "the first points see a window that has just begun");
});

test("a calendar's line is what its forecast leaves", () => {
  assert.equal(valueOf(point(0.5, 9, 1, 0.25), "budget"), 0.25);
  assert.equal(valueOf(point(0.5), "budget"), 0.5);
  assert.equal(valueOf(point(0.5), "requests"), 10);
});

test("a marker is compared by what was counted before and after it", () => {
  const points = Array.from({ length: 30 }, (_, i) => point(1, i < 15 ? 10 : 8, i < 15 ? 0 : 2));
  const { before, after } = beforeAfter(series(points), Date.parse("2026-11-27T00:15:00Z"));
  assert.deepEqual([badShare(before), badShare(after), before.good, after.good + after.bad], [0, 0.2, 100, 100]);
  assert.equal(badShare(beforeAfter(series(points), Date.parse("2026-11-26T00:00:00Z")).before), null);
});

test("markers are stepped through in time and the last stays", () => {
  const marker = (at: string): Marker => ({ lane: "deploy", at, until: null, service: null, subject: at, text: at });
  const all = ["1", "2", "3"].map(marker);
  assert.equal(stepMarker(all, null, 1)?.at, "1");
  assert.equal(stepMarker(all, null, -1)?.at, "3");
  assert.equal(stepMarker(all, all[0], 1)?.at, "2");
  assert.equal(stepMarker(all, all[2], 1)?.at, "3");
  assert.equal(stepMarker([], null, 1), null);
});

test("a marker that left the window is stepped from by its time, and two of one moment are two", () => {
  const marker = (second: number, event: number): Marker => ({ lane: "gate", at: `2026-11-27T00:00:0${second}Z`, until: null, service: null, subject: "web", text: "", event });
  const [gone, ...left] = [marker(1, 1), marker(2, 2), marker(2, 3), marker(4, 4)];
  assert.equal(stepMarker(left, gone, 1)?.event, 2);
  assert.equal(stepMarker(left, gone, -1)?.event, 2, "before it there is none any more");
  assert.equal(stepMarker(left, left[0], 1)?.event, 3);
  assert.equal(stepMarker(left, marker(3, 9), -1)?.event, 3);
  assert.equal(stepMarker(left, marker(5, 9), 1)?.event, 4);
});

const latency: SloLatency = {
  from: "2026-11-27T00:00:00Z",
  to: "2026-11-27T01:00:00Z",
  stepUs: 60_000_000,
  start: "2026-11-27T00:00:00Z",
  thresholdUs: 300_000,
  bucketsPerDoubling: 4,
  buckets: [
    [100_000, 199_999],
    [200_000, 399_999],
  ],
  // Ten of a hundred fail whatever they took.
  cells: [
    [0, 0, 60, 10, 50],
    [0, 1, 40, 0, 40],
  ],
};

test("other limits are counted from the cells, between their edges as an estimate", () => {
  assert.deepEqual(badBy(latency, 400_000), { good: 90, bad: 10, isExact: true });
  assert.deepEqual(badBy(latency, 200_000), { good: 50, bad: 50, isExact: true });
  assert.deepEqual(badBy(latency, 300_000), { good: 70, bad: 30, isExact: false });
  assert.deepEqual(badBy(latency, null), { good: 90, bad: 10, isExact: true });
  assert.equal(usedOf({ good: 995, bad: 5 }, 0.99)?.toFixed(6), "0.500000");
  assert.equal(usedOf({ good: 0, bad: 0 }, 0.99), null);
});

test("failures are told as an outage at the traffic of the window", () => {
  assert.equal(outageUs(slo({ good: 990, bad: 10 }), 10, 1_000_000), 10_000);
  assert.equal(outageUs(slo({ good: 0, bad: 0 }), 10, 1_000_000), null);
});

test("a proposal changes what was changed and nothing else", () => {
  assert.equal(proposal("a.yaml", slo({ name: "x" }), 0.995, null), "--- a/a.yaml\n+++ b/a.yaml\n@@ SLO x @@\n-    target: 0.99\n+    target: 0.995\n");
  assert.match(proposal("a.yaml", slo({}), 0.99, ["300ms", "1s"]), /@@\n-    duration<300ms\n\+    duration<1s\n$/);
  assert.deepEqual([limitText(2_000_000), limitText(303_104), limitText(900)], ["2s", "303ms", "900us"]);
});

test("suggestions promise what the busiest endpoints kept, rounded down, and are definitions", () => {
  const [first, second] = suggestionsOf([
    { key: ["user-profile", "get /users/{id}"], spans: 10_000, errors: 7 },
    { key: ["it's", 'say "hi"'], spans: 100, errors: 0 },
    { key: ["nameless", null], spans: 99, errors: 0 },
  ]);
  assert.deepEqual([first.name, first.target], ["user-profile-get-users-id-availability", 0.999]);
  assert.equal(second.target, 0.9999, "never all of them: a promise leaves something to spend");
  assert.match(yamlOf(first), /where: 'service=user-profile kind=server op="get \/users\/\{id\}" !error'/);
  assert.match(yamlOf(second), /where: 'service="it''s" kind=server op="say \\"hi\\"" !error'/);
  assert.equal(suggestionsOf([]).length, 0);
});
