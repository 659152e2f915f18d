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

/** Columns by the way from the start: a node stands right of whoever called it first. */
function arrange(nodes: Node[], edges: Edge[]): CallGraph {
  const called = new Set(edges.map(({ to }) => to));
  const queue = nodes.map((_, i) => i).filter((i) => !called.has(i));
  if (queue.length === 0 && nodes.length > 0) queue.push(0);
  for (const i of queue) nodes[i].column = 0;
  for (const i of queue) {
    for (const { to } of edges.filter(({ from }) => from === i)) {
      if (nodes[to].column >= 0) continue;
      nodes[to].column = nodes[i].column + 1;
      queue.push(to);
    }
  }
  const taken: number[] = [];
  for (const i of [...queue, ...nodes.keys()]) {
    const node = nodes[i];
    if (node.column < 0) node.column = 0; // a ring that nobody outside calls
    else if (queue.indexOf(i) < 0 || node.place > 0) continue;
    node.place = taken[node.column] = (taken[node.column] ?? 0) + 1;
  }
  return { nodes, edges, columns: taken.length, places: Math.max(0, ...taken.map((n) => n ?? 0)) };
}
