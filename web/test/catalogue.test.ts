import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../src/i18n/en";
import { ko } from "../src/i18n/ko";

type Leaf = { path: string; value: unknown };

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** Names and notation: nothing to translate. */
const NOTATION = new Set(["nav.slos", "slo.title", "slo.name", "slo.tabs.sli", "palette.slo", "trace.json", "shell.version", "shell.title", "traces.placeholder", "traces.more", "traces.fromTo", "trace.findCount", "trace.hidden", "trace.times", "overview.meetingOf", "alerts.acknowledged", "map.p50", "map.p95", "map.p99", "map.slow", "map.slos", "traffic.nft", "toil.beta", "toil.period", "runbooks.approved", "runbooks.mode.auto", "runbooks.kinds.slo"]);

/** What a message says for sample values. */
function said(value: unknown): string {
  if (typeof value !== "function") return String(value);
  const samples = Array.from({ length: value.length }, (_, i) => `〈${i}〉`);
  return String((value as (...args: string[]) => string)(...samples));
}

test("both languages have the same messages, taking the same values", () => {
  const english = leaves(en);
  const korean = new Map(leaves(ko).map(({ path, value }) => [path, value]));
  assert.deepEqual([...korean.keys()].sort(), english.map(({ path }) => path).sort());
  for (const { path, value } of english) assert.equal(typeof korean.get(path), typeof value, path);
});

test("every value that a message takes is said, in both languages", () => {
  const korean = new Map(leaves(ko).map(({ path, value }) => [path, value]));
  for (const { path, value } of leaves(en)) {
    if (typeof value !== "function") continue;
    const english = said(value).match(/〈\d〉/g)?.sort() ?? [];
    // The count decides English's plural and is not said itself; Korean has no plural.
    const other = said(korean.get(path)).match(/〈\d〉/g)?.sort() ?? [];
    assert.deepEqual([...new Set(other)], [...new Set(english)], path);
  }
});

test("no Korean message was left in English", () => {
  const korean = new Map(leaves(ko).map(({ path, value }) => [path, value]));
  for (const { path } of leaves(en)) {
    const text = said(korean.get(path));
    assert.notEqual(text.trim(), "", path);
    if (NOTATION.has(path)) assert.doesNotMatch(text, /[가-힣]/, `${path} is in Korean now: take it off the list`);
    else assert.match(text, /[가-힣]/, `${path}: ${text}`);
  }
});
