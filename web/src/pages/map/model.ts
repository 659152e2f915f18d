/** Services and their calls: flows, shares, whom an arrow key leads to. Pure. */

import type { Gap } from "../../api/types";

export interface MapNode {
  service: string;
  color: number;
  kind: "service" | "database" | "queue" | "external";
  alarming: boolean;
  /** What it answered; absent where it sends no spans of that. */
  calls?: number;
  errors?: number;
  p95Us?: number | null;
  rank: number;
  order: number;
  row: number;
}

export interface MapEdge {
  parent: string;
  child: string;
  calls: number;
  errors: number;
  timedBy?: "caller" | "callee";
  p50Us?: number | null;
  p95Us?: number | null;
  p99Us?: number | null;
  /** Ranks and rows it passes. */
  via: [number, number][];
}

export interface ServiceMap {
  from: string;
  to: string;
  nodes: MapNode[];
  edges: MapEdge[];
  left: { services: number; edges: number };
  partial?: Gap[];
}

/** Figures of a service or of calls, a second. */
export interface Flow {
  calls: number;
  errors: number;
}

/** What a service answered; where it does not say, what its callers made of it, else what it called. */
export function flowOf(map: ServiceMap, node: MapNode): Flow {
  if (node.calls !== undefined) return { calls: node.calls, errors: node.errors ?? 0 };
  const sum = (edges: MapEdge[]) => edges.reduce((flow, edge) => ({ calls: flow.calls + edge.calls, errors: flow.errors + edge.errors }), { calls: 0, errors: 0 });
  const callers = map.edges.filter((edge) => edge.child === node.service && edge.parent !== node.service);
  return sum(callers.length > 0 ? callers : map.edges.filter((edge) => edge.parent === node.service));
}

export const secondsOf = (map: ServiceMap): number => Math.max(1, (Date.parse(map.to) - Date.parse(map.from)) / 1000);

/** From which share of failures a service or a line is told to fail. */
export const FAILING = 0.01;
export const shareOf = (flow: Flow): number => (flow.calls > 0 ? Math.min(1, flow.errors / flow.calls) : 0);

/** How thick a line is: by the logarithm of its calls a second, from a hair to nine pixels. */
export function thickness(perSecond: number): number {
  return Math.min(9, 1 + 1.6 * Math.log10(1 + 10 * perSecond));
}

/** Whom an arrow key leads to: right and left along the busiest call, up and down in the rank. */
export function next(map: ServiceMap, service: string, key: string): string | null {
  const busiest = (edges: MapEdge[]) => edges.filter((edge) => edge.parent !== edge.child).sort((a, b) => b.calls - a.calls)[0];
  const here = map.nodes.find((node) => node.service === service);
  if (!here) return null;
  if (key === "ArrowRight") return busiest(map.edges.filter((edge) => edge.parent === service))?.child ?? null;
  if (key === "ArrowLeft") return busiest(map.edges.filter((edge) => edge.child === service))?.parent ?? null;
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  return (step !== 0 && map.nodes.find((node) => node.rank === here.rank && node.order === here.order + step)?.service) || null;
}

/** A filter of the traces that went through a call: by the side that names the other. */
export function tracesThrough(edge: MapEdge): string {
  if (edge.timedBy === "callee") return `service=${quote(edge.child)} remote=${quote(edge.parent)}`;
  return edge.timedBy === "caller" ? `service=${quote(edge.parent)} remote=${quote(edge.child)}` : `service=${quote(edge.child)}`;
}

export const quote = (value: string): string => (/^[\w./-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);
