import assert from "node:assert/strict";
import { test } from "node:test";
import { josa, type Josa } from "../src/i18n/josa";

test("a particle follows the last sound of its word", () => {
  for (const [word, pair, expected] of [
    ["서비스", "을/를", "서비스를"],
    ["트래픽", "을/를", "트래픽을"],
    ["예산", "이/가", "예산이"],
    ["오류", "은/는", "오류는"],
    ["스팬", "과/와", "스팬과"],
    ["서울", "으로/로", "서울로"],
    ["부산", "으로/로", "부산으로"],
    ["대구", "으로/로", "대구로"],
    ["2.15.0", "이/가", "2.15.0이"],
    ["v2", "을/를", "v2를"],
    ["99.9%", "으로/로", "99.9%로"],
    ["rank", "이/가", "rank가"],
    ["item", "을/를", "item을"],
    ["SQL", "으로/로", "SQL로"],
    ["목록 (1)", "은/는", "목록 (1)은"],
    ["", "을/를", "를"],
  ] as [string, Josa, string][]) {
    assert.equal(josa(word, pair), expected);
  }
});
