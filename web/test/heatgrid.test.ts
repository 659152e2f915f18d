import assert from "node:assert/strict";
import { test } from "node:test";
import { heatGridOf } from "../src/api/heat";
import type { Aggregate } from "../src/api/types";
import { formatsOf } from "../src/i18n/format";
import { boundsOfBucket, boxOf, bucketOf, cellsOf, durationTicks, gridOf, quantileOf, readBox, sumOf, timeTicks, writeBox } from "../src/ui/heatgrid";

test("buckets are those of the server: every number lies in exactly one, and they follow each other", () => {
  for (const parts of [1, 2, 16]) {
    let next = 0;
    for (let bucket = 0; bucket < 20 * parts; bucket++) {
      const { fromUs, toUs } = boundsOfBucket(bucket, parts);
      assert.equal(fromUs, next, `bucket ${bucket} of ${parts}`);
      assert.equal(bucketOf(fromUs, parts), bucket);
      assert.equal(bucketOf(toUs, parts), bucket);
      next = toUs + 1;
    }
  }
  // As crates/storage answers them.
  assert.deepEqual(boundsOfBucket(bucketOf(5_000, 2), 2), { fromUs: 4_096, toUs: 6_143 });
});

const bucket = (us: number) => boundsOfBucket(bucketOf(us, 2), 2);
const grid = gridOf({ fromMs: 12_000, toMs: 61_000, stepMs: 10_000, parts: 2 }, [
  { atMs: 10_000, bucket: bucket(1_000), spans: 5, errors: 0 },
  { atMs: 20_000, bucket: bucket(9_000), spans: 3, errors: 2 },
  { atMs: 20_000, bucket: bucket(1_000), spans: 1, errors: 0 },
  { atMs: 60_000, bucket: null, spans: 7, errors: 1 },
  { atMs: 90_000, bucket: bucket(1_000), spans: 100, errors: 0 },
]);

test("a grid has every slice of its window and every bucket between the extremes", () => {
  assert.equal(grid.columns, 6);
  assert.equal(grid.rows[0].fromUs, bucket(1_000).fromUs);
  assert.equal(grid.rows.at(-1)?.toUs, bucket(9_000).toUs);
  for (let r = 1; r < grid.rows.length; r++) assert.equal(grid.rows[r].fromUs, grid.rows[r - 1].toUs + 1);
  assert.deepEqual([...grid.allSpans], [5, 4, 0, 0, 0, 7]);
  assert.deepEqual([...grid.allErrors], [0, 2, 0, 0, 0, 1]);
});

test("a box is whole cells, cut at the window, and counts what they hold", () => {
  const cells = { c0: 0, c1: 1, r0: 0, r1: 0 };
  const box = boxOf(grid, cells);
  assert.deepEqual(box, { fromMs: 12_000, toMs: 30_000, ...bucket(1_000) });
  assert.deepEqual(cellsOf(grid, box), cells);
  assert.deepEqual(sumOf(grid, cells), { spans: 6, errors: 0 });
  assert.deepEqual(sumOf(grid, { c0: 0, c1: 5, r0: 0, r1: grid.rows.length - 1 }), { spans: 9, errors: 2 });
  assert.deepEqual(sumOf(grid, null), { spans: 0, errors: 0 });
});

test("a box of another grid selects the cells that it touches, and none outside", () => {
  assert.deepEqual(cellsOf(grid, { fromMs: 25_000, toMs: 26_000, fromUs: 900, toUs: 1_100 }), { c0: 1, c1: 1, r0: 0, r1: 1 });
  assert.equal(cellsOf(grid, { fromMs: 0, toMs: 10_000, fromUs: 1, toUs: 9_000 }), null);
  assert.equal(cellsOf(grid, { fromMs: 12_000, toMs: 61_000, fromUs: 50_000, toUs: 60_000 }), null);
});

test("quantiles of a slice are upper ends of buckets", () => {
  assert.equal(quantileOf(grid, 1, 0.5), bucket(9_000).toUs);
  assert.equal(quantileOf(grid, 1, 0.25), bucket(1_000).toUs);
  assert.equal(quantileOf(grid, 2, 0.5), null);
});

test("a threshold is inside the grid though no span took so long", () => {
  const wide = gridOf({ fromMs: 0, toMs: 1_000, stepMs: 1_000, parts: 2 }, [{ atMs: 0, bucket: bucket(1_000), spans: 1, errors: 0 }], [300_000]);
  assert.ok((wide.rows.at(-1)?.toUs ?? 0) >= 300_000);
  assert.equal(gridOf({ fromMs: 0, toMs: 1_000, stepMs: 1_000, parts: 2 }, []).rows.length, 0);
});

test("a box reads back from its address, and anything else is none", () => {
  const box = { fromMs: 1, toMs: 2, fromUs: 3, toUs: 3 };
  assert.deepEqual(readBox(writeBox(box)), box);
  assert.equal(writeBox(null), "");
  for (const wrong of ["", "1,2,3", "1,2,3,4,5", "2,1,3,4", "1,2,4,3", "a,2,3,4", "-1,2,3,4", "1e9,2,3,4"]) assert.equal(readBox(wrong), null, wrong);
});

test("ticks are round moments of local time, and round durations", () => {
  const day = 86_400_000;
  const kst = 9 * 3_600_000;
  assert.deepEqual(timeTicks(0, 3 * day, 4, kst), { stepMs: day, at: [day - kst, 2 * day - kst, 3 * day - kst] });
  assert.equal(timeTicks(0, 3_600_000, 6, 0).stepMs, 600_000);
  assert.ok(timeTicks(0, 400 * day, 8, 0).at.length > 0);
  assert.deepEqual(durationTicks(500, 2_000_000, 8), [1_000, 10_000, 100_000, 1_000_000]);
  assert.deepEqual(durationTicks(800, 30_000, 8), [1_000, 2_000, 5_000, 10_000, 20_000]);
  const at = new Date(2026, 10, 27, 14, 5, 9).getTime();
  assert.equal(formatsOf("en").tick(at, 1_000), "14:05:09");
  assert.equal(formatsOf("en").tick(at, 60_000), "14:05");
  assert.equal(formatsOf("en").tick(at, day), "27 Nov");
  assert.equal(formatsOf("en").tick(new Date(2026, 10, 27).getTime(), 3_600_000), "27 Nov");
});

test("an aggregate by time and duration is a grid", () => {
  const sums = { timed: 0, durationSumUs: 0, durationMaxUs: 0 };
  const answer: Aggregate = {
    from: "1970-01-01T00:00:12Z",
    to: "1970-01-01T00:00:40Z",
    by: ["time", "duration"],
    stepUs: 10_000_000,
    bucketsPerDoubling: 2,
    total: { spans: 3, errors: 1, ...sums },
    items: [
      { key: ["1970-01-01T00:00:20Z", { fromUs: 4_096, toUs: 6_143 }], spans: 2, errors: 1, ...sums },
      { key: ["1970-01-01T00:00:30Z", null], spans: 1, errors: 0, ...sums },
    ],
    rest: { groups: 0, spans: 0, errors: 0, ...sums },
    cut: null,
    tookUs: 1,
  };
  const heat = heatGridOf(answer);
  assert.deepEqual([...heat.allSpans], [0, 2, 1, 0]);
  assert.deepEqual([...heat.spans], [0, 2, 0, 0]);
  assert.deepEqual(heat.rows, [{ fromUs: 4_096, toUs: 6_143 }]);
});
