import assert from "node:assert/strict";
import { test } from "node:test";
import { formatsOf, NONE, parseLength } from "../src/i18n/format";
import { fromInput, toInput } from "../src/url/timerange";

const en = formatsOf("en");
const ko = formatsOf("ko");

test("a duration has three significant digits and the unit that fits", () => {
  for (const [us, text] of [
    [0, "0 ms"],
    [1, "1 µs"],
    [999, "999 µs"],
    [1_000, "1 ms"],
    [1_250, "1.25 ms"],
    [12_400, "12.4 ms"],
    [842_000, "842 ms"],
    [999_499, "999 ms"],
    [999_500, "1 s"],
    [1_240_000, "1.24 s"],
    [59_900_000, "59.9 s"],
  ] as const) {
    assert.equal(en.duration(us), text, `${us} µs`);
  }
});

test("long durations are said in two units of the language", () => {
  assert.equal(en.duration(123_000_000), "2m 3s");
  assert.equal(ko.duration(123_000_000), "2분 3초");
  assert.equal(ko.duration(2 * 3_600_000_000), "2시간");
  assert.equal(ko.duration(26 * 3_600_000_000), "1일 2시간");
});

test("an offset always has its sign", () => {
  assert.equal(en.offset(352_000), "+352 ms");
  assert.equal(en.offset(-14_000), "−14 ms");
});

test("an SLI is never rounded up to its target", () => {
  assert.equal(en.sli(0.99899, 0.999), "99.89%");
  assert.equal(en.sli(0.999999, 0.999), "99.99%");
  assert.equal(en.sli(1, 0.999), "100%");
  assert.equal(en.sli(0.9982, 0.999), "99.82%");
  assert.equal(en.sli(0.99963, 0.9995), "99.96%");
  assert.equal(en.sli(null, 0.999), NONE);
});

test("a target shows all its digits and no more", () => {
  for (const [ratio, text] of [
    [0.99, "99%"],
    [0.995, "99.5%"],
    [0.9995, "99.95%"],
    [0.99999, "99.999%"],
  ] as const) {
    assert.equal(en.target(ratio), text);
  }
});

test("a budget is signed with a minus, and its last hundredths show", () => {
  assert.equal(en.budget(-0.18), "−18%");
  assert.equal(en.budget(-4.034), "−403%");
  assert.equal(en.budget(0.004), "0.4%");
  assert.equal(en.budget(-0.004), "−0.4%");
  assert.equal(en.budget(0), "0%");
  assert.equal(en.budget(-0.0001), "0%");
  assert.equal(en.budget(1), "100%");
  assert.equal(en.budget(null), NONE);
});

test("a burn rate has one digit until it needs none", () => {
  assert.equal(en.burn(2.06), "2.1×");
  assert.equal(en.burn(0), "0.0×");
  assert.equal(en.burn(1234), "1,234×");
  assert.equal(en.burn(null), NONE);
});

test("windows keep the unit they were defined in", () => {
  assert.equal(en.window("28d"), "28 days");
  assert.equal(en.window("24h"), "24 hours");
  assert.equal(en.window("1m"), "1 minute");
  assert.equal(ko.window("28d"), "28일");
  assert.equal(ko.window("15s"), "15초");
  assert.equal(en.window("1h30m"), "1h30m");
});

test("times of another day carry their date", () => {
  const now = Date.parse("2026-11-25T06:00:00Z");
  assert.equal(en.time(Date.parse("2026-11-25T05:02:11Z"), now), "14:02:11");
  assert.match(en.time(Date.parse("2026-11-23T05:02:11Z"), now), /23 Nov.*14:02/);
  assert.match(ko.time(Date.parse("2026-11-23T05:02:11Z"), now), /11월 23일.*14:02/);
});

test("relative times look both ways", () => {
  const now = 1_000_000_000_000;
  assert.equal(ko.relative(now - 3 * 60_000, now), "3분 전");
  assert.equal(ko.relative(now + 3 * 86_400_000, now), "3일 후");
  assert.match(en.relative(now - 3 * 60_000, now), /^3 min/);
});

test("lengths read back", () => {
  assert.equal(parseLength("1h"), 3_600_000_000);
  assert.equal(parseLength("15m"), 900_000_000);
  assert.equal(parseLength("2w"), 14 * 86_400_000_000);
  for (const bad of ["", "h", "1", "1y", "-1h", "1.5h"]) assert.equal(parseLength(bad), null, bad);
});

test("the clock of UTC is another than that of here", () => {
  const utc = formatsOf("en", "utc");
  const at = Date.UTC(2026, 10, 27, 16, 30);
  assert.equal(utc.time(at, at), "16:30:00");
  assert.equal(en.time(at, at), "01:30:00");
  assert.equal(utc.time(at, Date.UTC(2026, 10, 27, 23)), "16:30:00", "the same day in UTC");
  assert.equal(en.time(Date.UTC(2026, 10, 27, 10), at), "27 Nov, 19:00", "another day in Seoul");
  assert.equal(utc.tick(Date.UTC(2026, 10, 27), 3_600_000), "27 Nov");
  assert.match(utc.instant(at), /UTC$/);
  assert.equal(utc.offsetMs(at), 0);
  assert.equal(en.offsetMs(at), 9 * 3_600_000);
});

test("a moment goes into a field and comes back", () => {
  for (const { offsetMs } of [formatsOf("en", "utc"), en]) {
    const at = Date.UTC(2026, 2, 29, 1, 30, 5);
    assert.equal(fromInput(toInput(at, offsetMs), offsetMs), at);
  }
  assert.ok(Number.isNaN(fromInput("", en.offsetMs)));
});

test("bytes and rates have three digits and the unit that fits", () => {
  for (const [n, text] of [[0, "0 B"], [999, "999 B"], [1000, "1 kB"], [999_600, "1 MB"], [1_234_567, "1.23 MB"], [56.7e9, "56.7 GB"]] as const) assert.equal(en.bytes(n), text);
  for (const [n, text] of [[0, "0/s"], [0.004, "<0.01/s"], [0.4, "0.4/s"], [120.4, "120/s"], [12_345, "12,345/s"]] as const) assert.equal(en.rate(n), text);
});
