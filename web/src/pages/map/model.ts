/** The map as it is drawn: places in pixels, ways of lines, whom an arrow key leads to. Pure. */

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

/** Sizes of a service and its place: two lines of text, or one where there are many. */
export interface Sizes {
  width: number;
  height: number;
  column: number;
  row: number;
}
const ROOMY: Sizes = { width: 184, height: 44, column: 264, row: 58 };
const TIGHT: Sizes = { width: 116, height: 20, column: 164, row: 25 };
const ROOMY_MAX = 60;
export const sizesOf = (nServices: number): Sizes => (nServices > ROOMY_MAX ? TIGHT : ROOMY);
export const isTight = (sizes: Sizes): boolean => sizes === TIGHT;

export interface Placed {
  sizes: Sizes;
  /** The upper left corner of each service. */
  at: Map<string, { x: number; y: number }>;
  width: number;
  height: number;
  way(edge: MapEdge): string;
}

export function place(map: ServiceMap): Placed {
  const sizes = sizesOf(map.nodes.length);
  const first = Math.min(...map.nodes.map((node) => node.rank));
  const top = Math.min(...map.nodes.map((node) => node.row), ...map.edges.flatMap((edge) => edge.via.map(([, row]) => row)));
  const x = (rank: number) => (rank - first) * sizes.column;
  const y = (row: number) => (row - top) * sizes.row;
  const at = new Map(map.nodes.map((node) => [node.service, { x: x(node.rank), y: y(node.row) }]));
  const width = Math.max(...map.nodes.map((node) => x(node.rank))) + sizes.width;
  const height = Math.max(...map.nodes.map((node) => y(node.row))) + sizes.height;
  const middle = sizes.height / 2;
  return {
    sizes,
    at,
    width,
    height,
    way(edge) {
      const from = at.get(edge.parent);
      const to = at.get(edge.child);
      if (!from || !to) return "";
      const isBack = to.x < from.x;
      // Who calls to the left is left on the left; within a rank lines go round on the right.
      const start = [from.x + (isBack ? 0 : sizes.width), from.y + middle - (from === to ? 6 : 0)];
      const end = [to.x + (to.x > from.x ? 0 : sizes.width), to.y + middle + (from === to ? 6 : 0)];
      if (to.x === from.x) return `M${start.join(" ")}C${start[0] + ROUND_PX} ${start[1]} ${end[0] + ROUND_PX} ${end[1]} ${end.join(" ")}`;
      const passed = edge.via.flatMap(([rank, row]) => {
        const ends = [[x(rank), y(row) + middle], [x(rank) + sizes.width, y(row) + middle]];
        return isBack ? ends.reverse() : ends;
      });
      const points = [start, ...passed, end];
      return points.map((point, i) => (i === 0 ? `M${point.join(" ")}` : curve(points[i - 1], point))).join("");
    },
  };
}

/** How far lines within a rank go to the right. */
const ROUND_PX = 40;

function curve([fx, fy]: number[], [tx, ty]: number[]): string {
  if (fy === ty) return `L${tx} ${ty}`;
  const bend = (tx - fx) / 2;
  return `C${fx + bend} ${fy} ${tx - bend} ${ty} ${tx} ${ty}`;
}

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

/** A name that fits into so many pixels; its end tells services apart more often than its middle. */
export function fitted(name: string, width: number, perChar: number): string {
  const most = Math.max(4, Math.floor(width / perChar));
  if (name.length <= most) return name;
  const tail = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(name.length - tail)}`;
}
