import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf, pointsOf, termsOf, unitsOf } from "../src/pages/traces/terms";

const terms = (text: string) => termsOf(text).map(({ from, to }) => text.slice(from, to));

test("terms end at spaces outside quotes and parentheses", () => {
  assert.deepEqual(terms('service=a  op="get /x y" b=(c, d) error'), ["service=a", 'op="get /x y"', "b=(c, d)", "error"]);
  assert.deepEqual(terms('a="x \\" y" b'), ['a="x \\" y"', "b"]);
  assert.deepEqual(terms('open="not closed b'), ['open="not closed b']);
  assert.deepEqual(terms("  "), []);
});

test("pieces put together are the text, and marks stand where they should", () => {
  const text = "service=rank duration>abc error";
  const pieces = piecesOf(text, { from: 22, to: 25 });
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.deepEqual(
    pieces.filter((piece) => piece.isFault).map((piece) => piece.text),
    ["abc"],
  );
  assert.ok(pieces.filter((piece) => piece.text === " ").every((piece) => !piece.isTerm));
  assert.deepEqual(piecesOf("", null), []);
  assert.equal(piecesOf("ab", { from: 1, to: 99 }).at(-1)?.isFault, true);
});

test("the server's code points and the browser's units agree beyond the basic plane", () => {
  const text = "a😀한b";
  assert.equal(unitsOf(text, 0), 0);
  assert.equal(unitsOf(text, 2), 3);
  assert.equal(unitsOf(text, 99), text.length);
  assert.equal(pointsOf(text, 3), 2);
  for (let points = 0; points <= 4; points++) assert.equal(pointsOf(text, unitsOf(text, points)), points);
});
