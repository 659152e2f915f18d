import assert from "node:assert/strict";
import { test } from "node:test";
import { leading, shown, type Alert } from "../src/pages/alerts/model";
import { detailOf, fitted, place, readable, sizesOf } from "../src/pages/map/layout";
import { flowOf, next, quote, thickness, tracesThrough, type MapEdge, type MapNode, type ServiceMap } from "../src/pages/map/model";
import { readView, revealing, whole, writeView, zoomed } from "../src/pages/map/view";

const node = (service: string, rank: number, order: number, more: Partial<MapNode> = {}): MapNode => ({ service, color: 0, kind: "service", alarming: false, rank, order, row: order, ...more });
const edge = (parent: string, child: string, calls: number, more: Partial<MapEdge> = {}): MapEdge => ({ parent, child, calls, errors: 0, via: [], ...more });
const map: ServiceMap = {
  from: "2026-11-27T00:00:00Z",
  to: "2026-11-27T00:01:00Z",
  nodes: [node("web", 0, 0), node("app", 1, 0, { calls: 90, errors: 9 }), node("cart", 1, 1), node("db", 2, 0, { kind: "database" })],
  edges: [edge("web", "app", 80), edge("web", "cart", 90), edge("app", "db", 50, { errors: 5 }), edge("cart", "db", 10), edge("db", "app", 1)],
  left: { services: 0, edges: 0 },
};

const ROOM = { width: 1_120, height: 600 };

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
  const placed = place(map, ROOM);
  const { width, column } = placed.sizes;
  assert.ok(placed.way(map.edges[0]).startsWith(`M${width} `));
  assert.ok(placed.way(map.edges[0]).endsWith(`${column} ${placed.sizes.height / 2}`));
  assert.ok(placed.way(map.edges[4]).startsWith(`M${2 * column} `), "a call back leaves on the left");
  assert.equal(placed.way(edge("web", "nobody", 1)), "");
  assert.equal(placed.width, 2 * column + width);
  const passing = place({ ...map, edges: [edge("web", "db", 1, { via: [[1, 2]] })] }, ROOM);
  assert.match(passing.way(edge("web", "db", 1, { via: [[1, 2]] })), new RegExp(`${column} ${2 * passing.sizes.row + passing.sizes.height / 2}L${column + width} `), "straight beside the services it passes");
});

test("thickness grows with the logarithm and ends", () => {
  assert.ok(thickness(0) === 1 && thickness(1) < thickness(10) && thickness(10) - thickness(1) > thickness(2) - thickness(1));
  assert.equal(thickness(1e9), 9);
});

test("ranks and rows fill the room, from a handful of services to hundreds", () => {
  for (const [ranks, rows] of [[5, 10], [6, 25], [12, 60]]) {
    const { column, row, width, height } = sizesOf(ranks, rows, ROOM);
    const [across, down] = [(ranks - 1) * column + width, (rows - 1) * row + height];
    assert.ok(across <= ROOM.width + 1 && across > ROOM.width * 0.97, `${ranks} ranks take ${across}`);
    assert.ok(down <= ROOM.height + 1 && down > ROOM.height * 0.97, `${rows} rows take ${down}`);
  }
  const few = sizesOf(2, 1, ROOM);
  assert.ok(few.column < 400 && few.height === 44, "two services are not blown up");
});

test("the smaller a service is drawn, the less it says", () => {
  assert.deepEqual([44, 20, 8].map(detailOf), ["figures", "name", "sparse"]);
});

test("names that stand over one another are not shown together, and the first wins", () => {
  const crowd: ServiceMap = { ...map, nodes: [node("aaaaaaaa", 0, 0), node("b", 0, 1), node("c", 0, 2)], edges: [] };
  const placed = { ...place(crowd, ROOM), at: new Map([["aaaaaaaa", { x: 0, y: 0 }], ["b", { x: 40, y: 4 }], ["c", { x: 0, y: 40 }]]) };
  assert.deepEqual([...readable(crowd.nodes, placed, 10)], ["aaaaaaaa", "c"]);
  assert.deepEqual([...readable([crowd.nodes[1], crowd.nodes[0]], placed, 10)], ["b"]);
  assert.equal(readable(crowd.nodes, placed, 2).size, 3, "zoomed in there is room for all");
});

test("a view in the address shows the same part in any window", () => {
  const [placed, wide] = [{ width: 2_000, height: 1_000 }, { width: 1_000, height: 500 }];
  assert.deepEqual(whole({ width: 968, height: 468 }, wide), { x: -16, y: -16, zoom: 1 });
  assert.equal(whole(placed, wide).zoom, 500 / 1_032);
  const view = zoomed(whole(placed, wide), 4, 500, 250, 0.2);
  assert.equal(writeView(view, placed, wide), `0.5000,0.5000,${view.zoom.toPrecision(5)}`);
  const other = readView(writeView(view, placed, wide), placed, { width: 400, height: 400 });
  assert.ok(other && Math.abs(other.x + 200 / other.zoom - 1_000) < 1e-6);
  assert.equal(readView("", placed, wide), null);
  assert.equal(readView("1,x,2", placed, wide), null);
});

test("a service out of sight is moved into sight, one in sight stays where it is", () => {
  const [view, room] = [{ x: 0, y: 0, zoom: 1 }, { width: 500, height: 300 }];
  assert.deepEqual(revealing(view, room, { x: 100, y: 100, width: 80, height: 20 }), view);
  assert.deepEqual(revealing(view, room, { x: 480, y: -50, width: 80, height: 20 }), { x: 76, y: -66, zoom: 1 });
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
