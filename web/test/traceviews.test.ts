import assert from "node:assert/strict";
import { test } from "node:test";
import { callGraphOf } from "../src/pages/trace/callgraph";
import { csvOf, sortedRows } from "../src/pages/trace/csv";
import { findIn, questionsOf } from "../src/pages/trace/find";
import { lanesOf, rowAt } from "../src/pages/trace/lanes";
import { groupsOf, modelOf, reveal, sharesOf, visibleRows, withAncestors, type Hiding } from "../src/pages/trace/model";
import { partsOf, rankOf } from "../src/pages/trace/where";
import { traceOf, type Row } from "./tracefixture";

// web 0–100 { cart 10–60 { db ×3 }, cart 60–70, mail 80–90 ✕ }
const ROWS: Row[] = [
  ["web", "get /", 0, 100, -1],
  ["cart", "load", 10, 50, 0],
  ["db", "select", 12, 10, 1],
  ["db", "select", 24, 10, 1],
  ["db", "select", 30, 20, 1],
  ["cart", "load", 60, 10, 0],
  ["mail", "send", 80, 10, 0, true],
];
const model = () => modelOf(traceOf(ROWS));

function hiding(more: Partial<Hiding> = {}): Hiding {
  return { collapsed: new Uint8Array(ROWS.length), folded: new Uint8Array(ROWS.length), groups: groupsOf(model()), ...more };
}

test("siblings of one operation are one group, and others are not", () => {
  const groups = groupsOf(model());
  assert.deepEqual([...groups.first], [0, 1, 2, 2, 2, 1, 6]);
  assert.deepEqual([groups.calls[2], groups.sumUs[2], groups.calls[1]], [3, 40, 2]);
  assert.deepEqual([groups.next[2], groups.next[3], groups.next[4]], [3, 4, -1]);
});

test("a fold shows the first of its rows and hides what is below it", () => {
  const h = hiding();
  h.folded![2] = 1;
  assert.deepEqual([...visibleRows(model(), h)], [0, 1, 2, 5, 6]);
  h.folded![1] = 1;
  assert.deepEqual([...visibleRows(model(), h)], [0, 1, 6]);
});

test("revealing a row opens the folds that it and its ancestors are in", () => {
  const h = hiding();
  h.folded![1] = 1;
  h.folded![2] = 1;
  assert.equal(reveal(model(), h, 4), true);
  assert.deepEqual([...visibleRows(model(), h)], [0, 1, 2, 3, 4, 5, 6]);
  h.folded![2] = 1;
  assert.equal(reveal(model(), h, 2), false, "the first of a fold is seen as it is");
});

test("a subtree alone, and only what was found with the rows above it", () => {
  assert.deepEqual([...visibleRows(model(), hiding({ root: 1 }))], [1, 2, 3, 4]);
  const only = withAncestors(model().parent, Uint8Array.from([0, 0, 0, 1, 0, 0, 0]));
  assert.deepEqual([...visibleRows(model(), hiding({ only }))], [0, 1, 3]);
});

test("the server is asked about tags and texts, not about what the columns know", () => {
  const asked = (query: string) => questionsOf(query).map(({ ask }) => ask);
  assert.deepEqual(asked("service=web error >2.5% self>1ms"), []);
  assert.deepEqual(asked("http.status_code>=500"), [{ q: "http.status_code>=500" }]);
  assert.deepEqual(asked('-timeout service=(a,b) "two words"'), [{ text: "timeout" }, { q: "service=(a,b)" }, { text: "two words" }]);
  assert.deepEqual(asked("x timeout timeout"), [{ text: "timeout" }]);
});

test("what the server found counts, and a tag that it has not looked at yet is not there", () => {
  const rows = (query: string, answers?: Map<string, Uint8Array>) => [...(findIn(model(), query, answers)?.flags ?? [])].flatMap((flag, row) => (flag ? [row] : []));
  const answers = new Map([
    ["slow", Uint8Array.from([0, 0, 0, 1, 0, 0, 0])],
    ["a=b", Uint8Array.from([0, 1, 0, 1, 0, 0, 0])],
  ]);
  assert.deepEqual(rows("slow", answers), [3]);
  assert.deepEqual(rows("-a=b service=db", answers), [2, 4]);
  assert.deepEqual(rows("a=b"), []);
  assert.deepEqual(rows(">45%"), [0, 1]);
  assert.deepEqual(rows("self>=20us"), [0, 4]);
});

test("parts of a span's time add up to it, overlaps counted once", () => {
  const parts = partsOf(model(), 1);
  assert.deepEqual(parts.map(({ service, calls, us }) => [service, calls, us]), [[2, 3, 36], [-1, 1, 14]]);
  assert.equal(parts.reduce((sum, { us }) => sum + us, 0), 50);
});

test("a rank is the share of calls that were quicker", () => {
  const buckets = [
    { fromUs: 0, toUs: 9, n: 50 },
    { fromUs: 10, toUs: 19, n: 50 },
  ];
  assert.equal(rankOf(buckets, 10, 20), 0.5);
  assert.equal(rankOf(buckets, 15, 20), 0.75);
  assert.equal(rankOf(buckets, 100, 20), 1);
  assert.equal(rankOf(buckets, 10, 101), null);
});

test("shares by operation add up to those by service", () => {
  const byService = sharesOf(model(), false);
  const byOperation = sharesOf(model(), true);
  const sum = (list: typeof byService) => list.reduce((total, { selfUs }) => total + selfUs, 0);
  assert.equal(sum(byService), sum(byOperation));
  assert.equal(byOperation.length, 4);
});

test("rows sort by any column, equal ones in the order of the tree", () => {
  const sorted = (key: Parameters<typeof sortedRows>[1]["key"], down: boolean) => [...sortedRows(model(), { root: -1, only: null, key, down })];
  assert.deepEqual(sorted("duration", true), [0, 1, 4, 2, 3, 5, 6]);
  assert.deepEqual(sorted("service", false), [1, 5, 2, 3, 4, 6, 0]);
  assert.deepEqual([...sortedRows(model(), { root: 1, only: Uint8Array.from([1, 0, 1, 1, 0, 1, 1]), key: "start", down: true })], [3, 2]);
});

test("a file for spreadsheets quotes what it must and holds no formula", () => {
  const risky = modelOf(traceOf([["a,b", '=SUM("x")', 0, 10, -1]]));
  const [head, line] = csvOf(risky, Int32Array.of(0)).split("\r\n");
  assert.equal(head.split(",").length, 11);
  assert.equal(line, `0000000000000000,,"a,b","'=SUM(""x"")",SERVER,1,10,10,0,,0`);
});

test("lanes go down by depth, and what overlaps stands beside each other", () => {
  const overlapping = modelOf(traceOf([["a", "x", 0, 100, -1], ["b", "1", 0, 50, 0], ["b", "2", 20, 50, 0], ["c", "z", 25, 5, 2], ["b", "3", 60, 10, 0]]));
  const lanes = lanesOf(overlapping, -1);
  assert.deepEqual([...lanes.lane], [0, 1, 2, 3, 1]);
  assert.equal(lanes.count, 4);
  assert.equal(rowAt(lanes, overlapping, 1, 65, 0), 4);
  assert.equal(rowAt(lanes, overlapping, 1, 55, 0), -1);
  assert.equal(rowAt(lanes, overlapping, 1, 55, 6), 4);
  assert.deepEqual([...lanesOf(overlapping, 2).lane], [-1, -1, 0, 1, -1]);
});

test("calls between services are counted, with those that only their callers tell of", () => {
  const columns = traceOf(ROWS);
  columns.rows.kind[2] = "CLIENT";
  columns.rows.remote[2] = "postgres";
  const { nodes, edges } = callGraphOf(modelOf(columns));
  assert.deepEqual(nodes.map(({ name, column }) => [name, column]), [["web", 0], ["cart", 1], ["db", 2], ["mail", 1], ["postgres", 3]]);
  assert.deepEqual(edges.map(({ from, to, calls, errors }) => [from, to, calls, errors]), [[0, 1, 2, 0], [1, 2, 3, 0], [2, 4, 1, 0], [0, 3, 1, 1]]);
});

test("services that call each other in a ring all have a place", () => {
  const { nodes } = callGraphOf(modelOf(traceOf([["a", "x", 0, 9, -1], ["b", "y", 1, 7, 0], ["a", "x", 2, 5, 1], ["b", "y", 3, 3, 2]])));
  assert.deepEqual(nodes.map(({ column, place }) => [column, place]), [[0, 1], [1, 1]]);
});
