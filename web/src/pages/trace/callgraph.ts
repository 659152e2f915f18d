/** Who called whom in one trace: services, those that only their callers tell of, and calls between them. Pure. */

import type { TraceModel } from "./model";

export interface Node {
  name: string;
  /** Index of the service; −1 for one that only its callers tell of. */
  service: number;
  spans: number;
  errors: number;
  selfUs: number;
  /** Column and place in it. */
  column: number;
  place: number;
}

export interface Edge {
  from: number;
  to: number;
  calls: number;
  errors: number;
  totalUs: number;
}

export interface CallGraph {
  nodes: Node[];
  edges: Edge[];
  columns: number;
  places: number;
}

export function callGraphOf(model: TraceModel): CallGraph {
  const nodes = model.services.map(({ name }, service): Node => ({ name, service, spans: 0, errors: 0, selfUs: 0, column: -1, place: 0 }));
  const peers = new Map<string, number>();
  const edges = new Map<string, Edge>();
  const call = (from: number, to: number, row: number) => {
    const key = `${from} ${to}`;
    const edge = edges.get(key) ?? { from, to, calls: 0, errors: 0, totalUs: 0 };
    edges.set(key, edge);
    edge.calls++;
    edge.errors += model.isError[row];
    edge.totalUs += model.duration[row];
  };
  for (let row = 0; row < model.count; row++) {
    const node = nodes[model.service[row]];
    node.spans++;
    node.errors += model.isError[row];
    node.selfUs += model.self[row];
    const caller = model.parent[row] < 0 ? -1 : model.service[model.parent[row]];
    if (caller >= 0 && caller !== model.service[row]) call(caller, model.service[row], row);
    const remote = model.remotes[row];
    // A call that nobody answers with a span of its own went to something that does not report.
    if (remote && model.size[row] === 1 && ["CLIENT", "PRODUCER"].includes(model.kinds[row]) && remote !== node.name) {
      let to = peers.get(remote) ?? model.services.findIndex(({ name }) => name === remote);
      if (to < 0) {
        to = nodes.push({ name: remote, service: -1, spans: 0, errors: 0, selfUs: 0, column: -1, place: 0 }) - 1;
        peers.set(remote, to);
      }
      call(model.service[row], to, row);
    }
  }
  return arrange(nodes, [...edges.values()]);
}

/** Columns by the longest way from a start, calls back to a caller left out; places in the order of first sight. */
function arrange(nodes: Node[], edges: Edge[]): CallGraph {
  const called = nodes.map((): number[] => []);
  for (const { from, to } of edges) called[from].push(to);
  const state = new Uint8Array(nodes.length); // 1 while its callees are looked at, 2 afterwards
  const order: number[] = [];
  const forward: [number, number][] = [];
  const visit = (i: number) => {
    state[i] = 1;
    for (const to of called[i]) {
      if (state[to] === 1) continue;
      forward.push([i, to]);
      if (state[to] === 0) visit(to);
    }
    state[i] = 2;
    order.push(i);
  };
  const isCalled = new Set(edges.map(({ to }) => to));
  for (const i of nodes.keys()) if (!isCalled.has(i)) visit(i);
  for (const i of nodes.keys()) if (state[i] === 0) visit(i);
  for (const i of order.reverse()) {
    nodes[i].column = Math.max(0, nodes[i].column);
    for (const [from, to] of forward) if (from === i) nodes[to].column = Math.max(nodes[to].column, nodes[i].column + 1);
  }
  const taken: number[] = [];
  for (const node of nodes) node.place = taken[node.column] = (taken[node.column] ?? 0) + 1;
  return { nodes, edges, columns: taken.length, places: Math.max(0, ...taken) };
}
