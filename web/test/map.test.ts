import assert from "node:assert/strict";
import { test } from "node:test";
import { leading, shown, type Alert } from "../src/pages/alerts/model";
import { fitted, flowOf, next, place, quote, sizesOf, thickness, tracesThrough, type MapEdge, type MapNode, type ServiceMap } from "../src/pages/map/model";

const node = (service: string, rank: number, order: number, more: Partial<MapNode> = {}): MapNode => ({ service, color: 0, kind: "service", alarming: false, rank, order, row: order, ...more });
const edge = (parent: string, child: string, calls: number, more: Partial<MapEdge> = {}): MapEdge => ({ parent, child, calls, errors: 0, via: [], ...more });
const map: ServiceMap = {
  from: "2026-11-27T00:00:00Z",
  to: "2026-11-27T00:01:00Z",
  nodes: [node("web", 0, 0), node("app", 1, 0, { calls: 90, errors: 9 }), node("cart", 1, 1), node("db", 2, 0, { kind: "database" })],
  edges: [edge("web", "app", 80), edge("web", "cart", 90), edge("app", "db", 50, { errors: 5 }), edge("cart", "db", 10), edge("db", "app", 1)],
  left: { services: 0, edges: 0 },
};

test("arrows walk along the busiest call and up and down in the rank", () => {
  assert.equal(next(map, "web", "ArrowRight"), "cart");
  assert.equal(next(map, "db", "ArrowLeft"), "app");
  assert.equal(next(map, "cart", "ArrowUp"), "app");
  assert.equal(next(map, "cart", "ArrowDown"), null);
  assert.equal(next(map, "web", "ArrowLeft"), null);
  assert.equal(next(map, "nobody", "ArrowRight"), null);
});

test("a service says what it answered; one that is silent, what its callers made of it, else what it called", () => {
  assert.deepEqual(flowOf(map, map.nodes[1]), { calls: 90, errors: 9 });
  assert.deepEqual(flowOf(map, map.nodes[3]), { calls: 60, errors: 5 });
  assert.deepEqual(flowOf(map, map.nodes[0]), { calls: 170, errors: 0 });
});

test("lines leave on the right and arrive on the left, but for calls back", () => {
  const placed = place(map);
  const { width, column } = placed.sizes;
  assert.ok(placed.way(map.edges[0]).startsWith(`M${width} `));
  assert.ok(placed.way(map.edges[0]).endsWith(`${column} ${placed.sizes.height / 2}`));
  assert.ok(placed.way(map.edges[4]).startsWith(`M${2 * column} `), "a call back leaves on the left");
  assert.equal(placed.way(edge("web", "nobody", 1)), "");
  assert.equal(placed.width, 2 * column + width);
  const passing = place({ ...map, edges: [edge("web", "db", 1, { via: [[1, 2]] })] });
  assert.match(passing.way(edge("web", "db", 1, { via: [[1, 2]] })), new RegExp(`${column} ${2 * passing.sizes.row + 22}L${column + width} `), "straight beside the services it passes");
});

test("many services are drawn tight, thickness grows with the logarithm and ends", () => {
  assert.notEqual(sizesOf(60), sizesOf(61));
  assert.ok(thickness(0) === 1 && thickness(1) < thickness(10) && thickness(10) - thickness(1) > thickness(2) - thickness(1));
  assert.equal(thickness(1e9), 9);
});

test("traces through a line are asked of the side that names the other", () => {
  assert.equal(tracesThrough(edge("a", "b c", 1, { timedBy: "caller" })), 'service=a remote="b c"');
  assert.equal(tracesThrough(edge("a", "b", 1, { timedBy: "callee" })), "service=b remote=a");
  assert.equal(tracesThrough(edge("a", "b", 1)), "service=b");
  assert.equal(quote('say "x"\\'), '"say \\"x\\"\\\\"');
});

test("a name that is too long keeps both its ends", () => {
  assert.equal(fitted("checkout", 100, 7), "checkout");
  assert.equal(fitted("recommendation-service-eu", 70, 7), "recom…e-eu");
});

const alert = (name: string, state: Alert["state"], more: Partial<Alert> = {}): Alert => ({
  id: null, slo: name, objective: "", name, service: "shop", severity: "page", state, level: state === "frozen" ? "firing" : state,
  frozen: null, since: null, acknowledged: null, silenced: null, told: null, conditions: null, text: null, ...more,
});

test("alerts are shown by state and words, what needs somebody first", () => {
  const all = [alert("a", "inactive"), alert("b", "pending"), alert("c", "firing", { acknowledged: { by: "kim", at: "" } }), alert("d", "firing"), alert("e", "frozen")];
  const names = (state: Parameters<typeof shown>[1], words = "") => shown(all, state, words).map((each) => each.name).join("");
  assert.equal(names("active"), "dceb");
  assert.equal(names("all"), "dceba");
  assert.equal(names("firing"), "dce", "a frozen alert that fires is among them");
  assert.equal(names("frozen"), "e");
  assert.equal(names("all", "shop b"), "b");
});

test("the leading condition is the one that holds, else the nearest to its threshold", () => {
  const condition = (long: string, longBurn: number | null, threshold: number, holds = false, reachable = true) => ({ long, longBurn, threshold, holds, reachable });
  const of = (...conditions: Alert["conditions"] & object) => leading(alert("a", "firing", { conditions }))?.long;
  assert.equal(of(condition("1h", 10, 14), condition("6h", 7, 6, true)), "6h");
  assert.equal(of(condition("1h", 1, 14), condition("6h", 3, 6)), "6h");
  assert.equal(of(condition("1h", 99, 1, false, false), condition("6h", null, 6)), "6h");
  assert.equal(leading(alert("a", "firing")), null);
});
