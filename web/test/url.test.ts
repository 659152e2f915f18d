import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeQuery } from "../src/url/codec";
import { commandOf, shellQuote } from "../src/url/command";
import { pinnedHref } from "../src/url/pinned";
import { href, locate, ROUTES, type RouteName } from "../src/url/routes";
import { boundsOf, isPinned } from "../src/url/timerange";
import { shortId, traceIdIn } from "../src/url/traceid";

function split(url: string): [string, string] {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at)];
}

test("a page's state survives its own URL", () => {
  const filters = ["", "service=checkout duration>200ms error", 'op="get /profile/{id}" -service=a', "a=한글 & 100%+#x", 'k="a\\"b"'];
  for (const q of filters) {
    const query = { q, t: "6h", from: "", to: "", sel: "1,2,3,4", tab: "groups", sort: "slowest", by: "service,version", keys: "op", table: true, live: true } as const;
    const url = href("traces", {}, query);
    assert.deepEqual(locate(...split(url)), { name: "traces", path: {}, query }, url);
  }
  const url = href("trace", { id: "5f2c" }, { span: "ab", q: "x y", cp: true, from: "10", to: "20" });
  assert.deepEqual(locate(...split(url)), { name: "trace", path: { id: "5f2c" }, query: { span: "ab", view: "timeline", q: "x y", only: false, cp: true, from: "10", to: "20", root: "" } });
});

test("defaults leave no trace in the URL", () => {
  assert.equal(href("overview", {}, { status: "all", story: "" }), "/");
  assert.equal(href("traces", {}, { t: "1h", q: "" }), "/traces");
  assert.equal(href("trace", { id: "a" }, { cp: false }), "/trace/a");
});

test("a filter stays readable in the URL", () => {
  assert.equal(href("traces", {}, { q: "service=checkout op=/a,b" }), "/traces?q=service=checkout+op=/a,b");
  assert.equal(new URLSearchParams(`q=${escapeQuery("a+b&c=d#e%")}`).get("q"), "a+b&c=d#e%");
});

test("path segments are encoded and decoded", () => {
  assert.equal(href("slo", { name: "a/b c" }), "/slos/a%2Fb%20c");
  const place = locate("/slos/a%2Fb%20c", "?tab=sli");
  assert.deepEqual(place.name === "slo" && [place.path.name, place.query.tab, place.query.sel], ["a/b c", "sli", ""]);
});

test("an address that no page has is missing, whatever it looks like", () => {
  for (const path of ["/nope", "/slos/a/b", "/trace", "/trace/%", "/traces/x", "/api/v2/trace/1"]) assert.equal(locate(path, "").name, "missing", path);
});

test("a parameter that cannot be is read as its default", () => {
  assert.deepEqual(locate("/", "?status=purple&x=1"), { name: "overview", path: {}, query: { status: "all", story: "", group: "none", sort: "risk" } });
  assert.deepEqual(locate("/traces", "?t=99y"), { name: "traces", path: {}, query: { q: "", t: "1h", from: "", to: "", sel: "", tab: "results", sort: "newest", by: "", keys: "", table: false, live: false } });
});

test("every route finds itself", () => {
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const url = ROUTES[name].path.replace(/:\w+/g, "x");
    assert.equal(locate(url, "").name, name);
  }
});

test("a trace id is 16 or 32 hexadecimal digits, however it was copied", () => {
  assert.equal(traceIdIn(" 5AF7183FB1D4CF5F\n"), "5af7183fb1d4cf5f");
  assert.equal(traceIdIn("5af7183fb1d4cf5f5af7183fb1d4cf5f"), "5af7183fb1d4cf5f5af7183fb1d4cf5f");
  for (const text of ["", "5af7", "service=5af7183fb1d4cf5f", "zzf7183fb1d4cf5f"]) assert.equal(traceIdIn(text), null, text);
  assert.equal(shortId("5af7183fb1d4cf5f"), "5af7…cf5f");
});

test("relative ranges end at the server's now, pinned ones stay", () => {
  assert.deepEqual(boundsOf({ t: "15m", from: "", to: "" }), { since: "15m" });
  const pinned = { t: "1h" as const, from: "2026-11-24T00:00:00Z", to: "2026-11-24T01:00:00Z" };
  assert.deepEqual(boundsOf(pinned), { from: "2026-11-24T00:00:00.000Z", to: "2026-11-24T01:00:00.000Z" });
  assert.equal(isPinned({ t: "1h", from: "x", to: "2026-11-24T01:00:00Z" }), false);
});

test("each page names its command, safe to paste into a shell", () => {
  assert.equal(commandOf(locate("/", "")), "nines slo status");
  assert.equal(commandOf(locate("/traces", "?q=service=a+error")), "nines trace find 'service=a error' --since 1h");
  assert.equal(
    commandOf(locate("/traces", "?sort=slowest&sel=1000,2000,4096,8191")),
    "nines trace find 'root duration>=4096us duration<8192us' --from 1970-01-01T00:00:01.000Z --to 1970-01-01T00:00:01.999999Z --sort slowest",
  );
  assert.equal(commandOf(locate("/trace/5af7183fb1d4cf5f", "")), "nines trace get 5af7183fb1d4cf5f");
  assert.equal(commandOf(locate("/nope", "")), null);
  assert.equal(shellQuote("it's; rm -rf /"), `'it'\\''s; rm -rf /'`);
});

test("a range that moves is pinned to what it shows now", () => {
  const now = Date.parse("2026-11-27T12:00:00Z");
  assert.equal(pinnedHref(locate("/traces", "?q=error&t=6h"), now), "/traces?q=error&t=6h&from=2026-11-27T06:00:00.000Z&to=2026-11-27T12:00:00.000Z");
  assert.equal(pinnedHref(locate("/traces", ""), now), "/traces?from=2026-11-27T11:00:00.000Z&to=2026-11-27T12:00:00.000Z");
  assert.equal(pinnedHref(locate("/traces", "?from=2026-11-27T06:00:00Z&to=2026-11-27T07:00:00Z"), now), null);
  assert.equal(pinnedHref(locate("/slos", ""), now), null);
});
