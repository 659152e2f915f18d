import assert from "node:assert/strict";
import { test } from "node:test";
import { durationUsOf, findIn, ordinalOf } from "../src/pages/trace/find";
import { huesOf, indexOfRow, modelOf, nextFlagged, reveal, sharesOf, stepLevel, visibleRows } from "../src/pages/trace/model";
import { clampView, fitView, panView, tickLabel, ticksOf, zoomView } from "../src/pages/trace/timescale";
import { traceOf, type Row } from "./tracefixture";

// edge 0–100; a 10–40 {a1 10–20, a2 15–30}; b 50–90 {b1 60–70 ✕}
const ROWS: Row[] = [
  ["edge", "get /", 0, 100, -1],
  ["a", "work", 10, 30, 0],
  ["db", "select", 10, 10, 1],
  ["db", "select", 15, 15, 1],
  ["b", "work", 50, 40, 0],
  ["psp", "charge", 60, 10, 4, true],
];

const model = () => modelOf(traceOf(ROWS));

test("self time is what no child covers, and overlapping children count once", () => {
  assert.deepEqual([...model().self], [100 - 30 - 40, 30 - 20, 10, 15, 40 - 10, 10]);
});

test("a child that outlives its parent, or comes unsorted, takes no more than there is", () => {
  const late = modelOf(traceOf([["a", "x", 0, 100, -1], ["b", "late", 90, 50, 0], ["b", "early", 10, 20, 0]]));
  assert.deepEqual([...late.self], [100 - 10 - 20, 50, 20]);
});

test("shares add up to one, most first", () => {
  const shares = sharesOf(model(), false);
  assert.equal(shares[0].selfUs, 30);
  assert.ok(Math.abs(shares.reduce((sum, of) => sum + of.share, 0) - 1) < 1e-9);
  assert.equal(shares.find((of) => of.errors > 0)?.service, 4);
});

test("a closed row hides its whole subtree and nothing else", () => {
  const m = model();
  const collapsed = new Uint8Array(m.count);
  assert.deepEqual([...visibleRows(m, { collapsed })], [0, 1, 2, 3, 4, 5]);
  collapsed[1] = 1;
  const visible = visibleRows(m, { collapsed });
  assert.deepEqual([...visible], [0, 1, 4, 5]);
  assert.equal(indexOfRow(visible, 4), 2);
  assert.equal(indexOfRow(visible, 2), -1);
  collapsed[0] = 1;
  assert.deepEqual([...visibleRows(m, { collapsed })], [0]);
});

test("revealing a row opens its ancestors only", () => {
  const m = model();
  const collapsed = new Uint8Array(m.count).fill(1);
  assert.equal(reveal(m, { collapsed }, 5), true);
  assert.deepEqual([...visibleRows(m, { collapsed })], [0, 1, 4, 5]);
  assert.equal(reveal(m, { collapsed }, 5), false);
});

test("levels close from the deepest and open from the shallowest", () => {
  const m = model();
  const collapsed = new Uint8Array(m.count);
  stepLevel(m, collapsed, false);
  assert.deepEqual([...visibleRows(m, { collapsed })], [0, 1, 4]);
  stepLevel(m, collapsed, false);
  assert.deepEqual([...visibleRows(m, { collapsed })], [0]);
  stepLevel(m, collapsed, false);
  stepLevel(m, collapsed, true);
  assert.deepEqual([...visibleRows(m, { collapsed })], [0, 1, 4]);
  stepLevel(m, collapsed, true);
  assert.equal(visibleRows(m, { collapsed }).length, 6);
});

test("the next marked row is found around the end, in both directions", () => {
  const flags = Uint8Array.from([0, 1, 0, 0, 1, 0]);
  assert.equal(nextFlagged(flags, -1, 1), 1);
  assert.equal(nextFlagged(flags, 1, 1), 4);
  assert.equal(nextFlagged(flags, 4, 1), 1);
  assert.equal(nextFlagged(flags, 0, -1), 4);
  assert.equal(nextFlagged(new Uint8Array(3), 0, 1), -1);
});

test("services keep their colour unless it is taken in this trace", () => {
  const hues = huesOf([0, 8, 1, 3].map((color, i) => ({ name: `s${i}`, color })));
  assert.deepEqual(
    hues.map((service) => service.hue),
    [0, 2, 1, 3],
  );
  assert.ok(hues.every((service) => !service.isHatched));
  const nine = huesOf(Array.from({ length: 9 }, (_, color) => ({ name: `s${color}`, color })));
  assert.deepEqual(
    nine.map((service) => service.isHatched),
    [...Array.from({ length: 8 }, () => false), true],
  );
});

test("finding takes words and a few terms, all of which must fit", () => {
  const m = model();
  const rows = (query: string) => [...(findIn(m, query)?.flags ?? [])].flatMap((flag, row) => (flag ? [row] : []));
  assert.deepEqual(rows("work"), [1, 4]);
  assert.deepEqual(rows("WORK b"), [4, 2, 3].filter((row) => [4].includes(row)));
  assert.deepEqual(rows("service=db"), [2, 3]);
  assert.deepEqual(rows("error"), [5]);
  assert.deepEqual(rows("503"), [5]);
  assert.deepEqual(rows("-service=db duration>=30us"), [0, 1, 4]);
  assert.deepEqual(rows(">50%"), [0]);
  assert.deepEqual(rows("root"), [0]);
  assert.deepEqual(rows("nothing"), []);
  assert.equal(findIn(m, "  "), null);
  assert.equal(ordinalOf(findIn(m, "work")!, 4), 2);
  assert.equal(ordinalOf(findIn(m, "work")!, 0), 0);
});

test("durations read as in the filter language", () => {
  assert.equal(durationUsOf("20ms"), 20_000);
  assert.equal(durationUsOf("1.5s"), 1_500_000);
  assert.equal(durationUsOf("300us"), 300);
  assert.equal(durationUsOf("abc"), null);
});

test("a view stays inside the trace", () => {
  assert.deepEqual(clampView({ from: -10, to: 50 }, 100), { from: 0, to: 60 });
  assert.deepEqual(clampView({ from: 90, to: 140 }, 100), { from: 50, to: 100 });
  assert.deepEqual(clampView({ from: 40, to: 40 }, 100), { from: 40, to: 50 });
  assert.deepEqual(clampView({ from: 0, to: 900 }, 100), { from: 0, to: 100 });
  assert.deepEqual(panView({ from: 0, to: 50 }, 2, 100), { from: 50, to: 100 });
  assert.deepEqual(fitView(20, 50, 100), { from: 15, to: 75 });
});

test("zooming keeps the moment under the pointer where it is", () => {
  const before = { from: 200, to: 600 };
  const after = zoomView(before, 0.5, 0.25, 1000);
  assert.equal(before.from + 400 * 0.25, after.from + (after.to - after.from) * 0.25);
  assert.deepEqual(zoomView({ from: 0, to: 1000 }, 4, 0.5, 1000), { from: 0, to: 1000 });
});

test("ticks are round, inside, and their labels differ", () => {
  assert.deepEqual(ticksOf({ from: 0, to: 842_000 }, 5), [0, 200_000, 400_000, 600_000, 800_000]);
  const view = { from: 352_101, to: 352_190 };
  const ticks = ticksOf(view, 5);
  assert.ok(ticks.length >= 3 && ticks.every((tick) => tick >= view.from && tick <= view.to));
  const labels = ticks.map((tick) => tickLabel(tick, ticks[1] - ticks[0], view.to));
  assert.equal(new Set(labels).size, labels.length, labels.join());
  assert.equal(tickLabel(0, 100, 1000), "0");
  assert.equal(tickLabel(200_000, 200_000, 842_000), "200 ms");
  assert.equal(tickLabel(1_500_000, 500_000, 3_000_000), "1.5 s");
});
