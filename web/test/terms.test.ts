import assert from "node:assert/strict";
import { test } from "node:test";
import { excluding, including, piecesOf, pointsOf, standingOf, termsOf, unitsOf, without } from "../src/pages/traces/terms";

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

test("values of one name are alternatives, and one that is excluded is not asked for any more", () => {
  assert.equal(including("", "service=a"), "service=a");
  assert.equal(including("duration>1s service=a", "service=b"), "duration>1s service=(a,b)");
  assert.equal(including("service=(a,b)", "service=a"), "service=(b,a)");
  assert.equal(including('op="get /x"', 'op="get /y, z"'), 'op=("get /x","get /y, z")');
  assert.equal(including("-service=a", "service=a"), "service=a");
  assert.equal(including("-error x", "error"), "x error");
  assert.equal(including("service!=a", "service=b"), "service!=a service=b");
  assert.equal(excluding("service=a", "service=a"), "-service=a");
  assert.equal(excluding("service=(a,b)", "service=a"), "service=b -service=a");
  assert.equal(excluding("-service=a", "service=b"), "-service=(a,b)");
  assert.equal(excluding("", "-error"), "error");
  assert.equal(including("error", "-error"), "-error");
});

test("a term is taken out wherever it stands, and nothing else", () => {
  assert.equal(without('error service=(a,"b c") duration>1s', 'service="b c"'), "error service=a duration>1s");
  assert.equal(without("error errors=1", "error"), "errors=1");
  assert.equal(without("service=~^a service=a", "service=a"), "service=~^a");
});

test("a facet's value knows whether it is asked for", () => {
  assert.equal(standingOf("service=(a,b) -kind=client", "service=b"), "included");
  assert.equal(standingOf("service=(a,b) -kind=client", "kind=client"), "excluded");
  assert.equal(standingOf("service=(a,b)", "service=c"), null);
  assert.equal(standingOf("error", "error"), "included");
  assert.equal(standingOf("error", "-error"), "excluded");
});
