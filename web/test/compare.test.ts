import assert from "node:assert/strict";
import { test } from "node:test";
import { differingTags, diffOf, findingsOf } from "../src/pages/compare/diff";
import { modelOf, withAncestors } from "../src/pages/trace/model";
import { traceOf, type Row } from "./tracefixture";

const model = (rows: Row[]) => modelOf(traceOf(rows));

const A: Row[] = [
  ["edge", "get /", 0, 100, -1],
  ["cart", "load", 10, 30, 0],
  ["db", "select", 12, 10, 1],
  ["mail", "send", 50, 10, 0],
];
const B: Row[] = [
  ["edge", "get /", 0, 200, -1],
  ["cart", "load", 10, 80, 0],
  ["db", "select", 12, 10, 1],
  ["db", "select", 24, 10, 1],
  ["db", "select", 36, 10, 1],
  ["tax", "ask", 100, 50, 0],
];

test("rows match by operation and order under matched parents", () => {
  const diff = diffOf(model(A), model(B));
  const pairs = [...diff.a].map((a, i) => [a, diff.b[i]]);
  assert.deepEqual(pairs, [[0, 0], [1, 1], [2, 2], [-1, 3], [-1, 4], [3, -1], [-1, 5]]);
  assert.deepEqual([...diff.depth], [0, 1, 2, 2, 2, 1, 1]);
  assert.deepEqual([...diff.size], [7, 4, 1, 1, 1, 1, 1]);
  assert.deepEqual([...diff.parent], [-1, 0, 1, 1, 1, 0, 0]);
});

test("a trace does not differ from itself", () => {
  const diff = diffOf(model(A), model(A));
  assert.equal(diff.isDifferent.some((one) => one === 1), false);
  const found = findingsOf(diff);
  assert.deepEqual([found.onlyA, found.onlyB, found.moreCalls, found.selfTime].map((list) => list.length), [0, 0, 0, 0]);
});

test("what only one has, what is called far more often and where time differs is told", () => {
  const found = findingsOf(diffOf(model(A), model(B)));
  assert.deepEqual(found.onlyA.map(({ service }) => service), ["mail"]);
  assert.deepEqual(found.onlyB.map(({ service }) => service), ["tax"]);
  assert.deepEqual(found.moreCalls.map(({ service, calls }) => [service, calls]), [["db", [1, 3]]]);
  // edge: 60 → 70; cart: 20 → 50; db: 10 → 30
  assert.deepEqual(found.selfTime[0].selfUs, [0, 50]);
  assert.deepEqual(found.selfTime[1].selfUs, [20, 50]);
});

test("a call that moved to another parent is in both, by count", () => {
  const moved = diffOf(model([["a", "x", 0, 10, -1], ["b", "y", 1, 8, 0], ["c", "z", 2, 2, 1]]), model([["a", "x", 0, 10, -1], ["b", "y", 1, 3, 0], ["c", "z", 5, 2, 0]]));
  assert.equal(findingsOf(moved).onlyA.length + findingsOf(moved).onlyB.length, 0);
  assert.equal(moved.count, 4);
});

test("rows above a difference are kept with it", () => {
  const diff = diffOf(model(A), model([...A.slice(0, 2), A[3].with(4, 0) as Row]));
  const at = [...diff.a].indexOf(2);
  assert.equal(diff.b[at], -1);
  const keep = withAncestors(diff.parent, diff.isDifferent);
  assert.equal(keep[at] && keep[diff.parent[at]] && keep[0], 1);
});

test("a trace deeper than the engine's stack is compared", () => {
  const deep: Row[] = Array.from({ length: 20_000 }, (_, i) => ["a", "x", i, 40_000 - 2 * i + 1, i - 1]);
  assert.equal(diffOf(model(deep), model(deep)).count, 20_000);
});

test("tags are the same, changed, or on one side", () => {
  assert.deepEqual(
    differingTags([["http.status", "200"], ["v", "1"], ["same", "x"]], [["http.status", "503"], ["same", "x"]]),
    [["http.status", "200", "503"], ["v", "1", undefined]],
  );
});
