import {
  $,
  a,
  fmt,
  term,
  texts,
  w
} from "./chunk.js";

// src/pages/trace/callgraph.ts
function callGraphOf(model) {
  let nodes = model.services.map(({ name }, service) => ({ name, service, spans: 0, errors: 0, selfUs: 0, column: -1, place: 0 })), peers = new Map(), edges = new Map(), call = (from, to, row) => {
    let key = `${from} ${to}`, edge = edges.get(key) ?? { from, to, calls: 0, errors: 0, totalUs: 0 };
    edges.set(key, edge), edge.calls++, edge.errors += model.isError[row], edge.totalUs += model.duration[row];
  };
  for (let row = 0; row < model.count; row++) {
    let node = nodes[model.service[row]];
    node.spans++, node.errors += model.isError[row], node.selfUs += model.self[row];
    let caller = model.parent[row] < 0 ? -1 : model.service[model.parent[row]];
    caller >= 0 && caller !== model.service[row] && call(caller, model.service[row], row);
    let remote = model.remotes[row];
    if (remote && model.size[row] === 1 && ["CLIENT", "PRODUCER"].includes(model.kinds[row]) && remote !== node.name) {
      let to = peers.get(remote) ?? model.services.findIndex(({ name }) => name === remote);
      to < 0 && (to = nodes.push({ name: remote, service: -1, spans: 0, errors: 0, selfUs: 0, column: -1, place: 0 }) - 1, peers.set(remote, to)), call(model.service[row], to, row);
    }
  }
  return arrange(nodes, [...edges.values()]);
}
function arrange(nodes, edges) {
  let called = nodes.map(() => []);
  for (let { from, to } of edges) called[from].push(to);
  let state = new Uint8Array(nodes.length), order = [], forward = [], visit = (i) => {
    state[i] = 1;
    for (let to of called[i])
      state[to] !== 1 && (forward.push([i, to]), state[to] === 0 && visit(to));
    state[i] = 2, order.push(i);
  }, isCalled = new Set(edges.map(({ to }) => to));
  for (let i of nodes.keys()) isCalled.has(i) || visit(i);
  for (let i of nodes.keys()) state[i] === 0 && visit(i);
  for (let i of order.reverse()) {
    nodes[i].column = Math.max(0, nodes[i].column);
    for (let [from, to] of forward) from === i && (nodes[to].column = Math.max(nodes[to].column, nodes[i].column + 1));
  }
  let taken = [];
  for (let node of nodes) node.place = taken[node.column] = (taken[node.column] ?? 0) + 1;
  return { nodes, edges, columns: taken.length, places: Math.max(0, ...taken) };
}

// src/pages/trace/tracemap.tsx
var NODE = { width: 136, height: 46 }, GAP = { x: 56, y: 18 }, EDGES_DRAWN_MAX = 200;
function TraceMap({ model, title, onFind }) {
  let t = texts(), f = fmt(), graph = w(() => callGraphOf(model), [model]), { nodes, edges } = graph, x = ({ column }) => column * (NODE.width + GAP.x) + 1, y = ({ place }) => (place - 1) * (NODE.height + GAP.y) + 1, width = graph.columns * (NODE.width + GAP.x) - GAP.x + 2, height = graph.places * (NODE.height + GAP.y) - GAP.y + 2, find = (node) => onFind(node.service < 0 ? term("remote", node.name) : term("service", node.name)), mostCalls = Math.max(1, ...edges.map(({ calls }) => calls)), ordered = [...edges].sort((a2, b) => b.totalUs - a2.totalUs);
  return a($, { children: [
    a("div", { class: "call-map", tabIndex: 0, role: "region", "aria-label": t.trace.map(title), children: a("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", children: [
      ordered.slice(0, EDGES_DRAWN_MAX).map(({ from, to, calls, errors }) => {
        let [a2, b] = [nodes[from], nodes[to]], [x1, y1, x2, y2] = [x(a2) + NODE.width, y(a2) + NODE.height / 2, x(b), y(b) + NODE.height / 2], bend = Math.max(GAP.x / 2, Math.abs(x2 - x1) / 2);
        return a("g", { class: errors > 0 ? "edge failed" : "edge", children: [
          a("path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, "stroke-width": 1 + 3 * Math.log1p(calls) / Math.log1p(mostCalls) }),
          a("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 5, "text-anchor": "middle", children: t.trace.times(f.count(calls)) })
        ] }, `${from} ${to}`);
      }),
      nodes.map((node) => {
        let hue = node.service < 0 ? void 0 : model.services[node.service].hue;
        return a("g", { class: node.service < 0 ? "node peer" : "node", onClick: () => find(node), children: [
          a("rect", { x: x(node), y: y(node), width: NODE.width, height: NODE.height, rx: "6" }),
          hue !== void 0 && a("rect", { class: `hue c${hue}`, x: x(node), y: y(node), width: "4", height: NODE.height, rx: "2" }),
          a("text", { x: x(node) + 12, y: y(node) + 19, class: "name", children: node.name.length > 18 ? `${node.name.slice(0, 17)}…` : node.name || t.trace.unknownService }),
          a("text", { x: x(node) + 12, y: y(node) + 36, class: node.errors > 0 ? "failed" : "", children: node.service < 0 ? t.trace.peer : [f.duration(node.selfUs), node.errors > 0 && `✕ ${f.count(node.errors)}`].filter(Boolean).join(" · ") })
        ] }, node.name);
      })
    ] }) }),
    a("table", { class: "shares", children: [
      a("thead", { children: a("tr", { children: [
        [t.trace.caller, t.trace.callee].map((text) => a("th", { scope: "col", children: text }, text)),
        [t.trace.calls, t.traces.errors, t.trace.meanTime].map((text) => a("th", { scope: "col", class: "num", children: text }, text))
      ] }) }),
      a("tbody", { children: ordered.slice(0, EDGES_DRAWN_MAX).map(({ from, to, calls, errors, totalUs }) => a("tr", { children: [
        a("td", { children: nodes[from].name || t.trace.unknownService }),
        a("td", { children: a("button", { type: "button", class: "plain", onClick: () => find(nodes[to]), children: nodes[to].name || t.trace.unknownService }) }),
        a("td", { class: "num", children: f.count(calls) }),
        a("td", { class: "num", children: errors > 0 ? a("span", { class: "crit-text", children: [
          "✕ ",
          f.count(errors)
        ] }) : "" }),
        a("td", { class: "num", children: f.duration(totalUs / calls) })
      ] }, `${from} ${to}`)) })
    ] }),
    edges.length === 0 && a("p", { class: "muted", children: t.trace.mapNone })
  ] });
}
export {
  TraceMap
};
