import assert from "node:assert/strict";
import { test } from "node:test";
import { chartScope, listScope, setsScope } from "../src/url/scope";

const hour = { t: "1h" as const, from: "", to: "" };
const box = { fromMs: 1_000, toMs: 3_000, fromUs: 4_096, toUs: 6_143 };
const ofBox = { from: "1970-01-01T00:00:01.000Z", to: "1970-01-01T00:00:02.999999Z" };

test("without a filter the chart counts each trace once, and the list leaves nothing out", () => {
  assert.deepEqual(chartScope(" ", hour), { q: "root", since: "1h" });
  assert.deepEqual(chartScope("error", hour), { q: "error", since: "1h" });
  assert.deepEqual(listScope("", hour, null), { q: "", since: "1h" });
});

test("a box is its durations and its time, up to the last microsecond inside", () => {
  assert.deepEqual(listScope("", hour, box), { q: "root duration>=4096us duration<6144us", ...ofBox });
  assert.deepEqual(setsScope("error", hour, box), { q: "error", since: "1h", sel: "duration>=4096us duration<6144us", selFrom: ofBox.from, selTo: ofBox.to });
  assert.deepEqual(setsScope("", hour, null), { q: "", since: "1h" });
});
