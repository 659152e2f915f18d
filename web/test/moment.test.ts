import assert from "node:assert/strict";
import { test } from "node:test";
import { around, momentIn } from "../src/shell/moment";

const NOW = Date.parse("2026-03-04T15:00:00Z");
const HOUR = 3_600_000;
const at = (text: string, offsetMs = 0) => {
  const moment = momentIn(text, NOW, offsetMs);
  return moment && [moment.rest, new Date(moment.atMs).toISOString()];
};

test("a time of day among words is the last such moment, and the words are left", () => {
  assert.deepEqual(at("checkout 14:02"), ["checkout", "2026-03-04T14:02:00.000Z"]);
  assert.deepEqual(at("14:02:30 slow checkout"), ["slow checkout", "2026-03-04T14:02:30.000Z"]);
  assert.deepEqual(at("checkout 9:05 "), ["checkout", "2026-03-04T09:05:00.000Z"]);
});

test("what is ahead of now was yesterday", () => {
  assert.deepEqual(at("23:59"), ["", "2026-03-03T23:59:00.000Z"]);
});

test("the time is by the reader's clock", () => {
  assert.deepEqual(at("23:59", 9 * HOUR), ["", "2026-03-04T14:59:00.000Z"]);
  assert.deepEqual(at("00:30", 9 * HOUR), ["", "2026-03-03T15:30:00.000Z"]);
});

test("Korean hours and minutes are read too", () => {
  assert.deepEqual(at("결제 14시 2분"), ["결제", "2026-03-04T14:02:00.000Z"]);
  assert.deepEqual(at("결제 14시"), ["결제", "2026-03-04T14:00:00.000Z"]);
});

test("numbers that are no time of day are words", () => {
  assert.equal(at("checkout-25:02"), null);
  assert.equal(at("127.0.0.1:9411"), null);
  assert.equal(at("24:00"), null);
});

test("around a moment is five minutes to either side, slowest first", () => {
  assert.deepEqual(around(NOW), { from: "2026-03-04T14:55:00.000Z", to: "2026-03-04T15:05:00.000Z", sort: "slowest" });
});
