/**
 * The map as it is drawn: as many pixels for a service as the window has, the ways of lines, and which names can be
 * read at once. Pure.
 */

import type { MapEdge, MapNode, ServiceMap } from "./model";

/** What the drawing may take. */
export interface Room {
  width: number;
  height: number;
}

/** Sizes of a service, and how far the places of neighbours are apart. */
export interface Sizes extends Room {
  column: number;
  row: number;
}
/** A column is no narrower than a few letters, a row no lower than a line that can be pointed at. */
const COLUMN = { min: 56, max: 300 };
const ROW = { min: 10, max: 92 };
/** A service takes so much of its place, and no more than two lines of text need. */
const SHARE = { width: 0.76, height: 0.78 };
const SERVICE = { width: 190, height: 44 };

const within = (value: number, { min, max }: { min: number; max: number }) => Math.min(max, Math.max(min, value));

/** Sizes by which so many ranks and rows fill the room. */
export function sizesOf(ranks: number, rows: number, room: Room): Sizes {
  // The last of each takes no more than the service itself.
  const column = within(room.width / (ranks - 1 + SHARE.width), COLUMN);
  const row = within(room.height / (rows - 1 + SHARE.height), ROW);
  return { column, row, width: Math.min(SERVICE.width, column * SHARE.width), height: Math.min(SERVICE.height, row * SHARE.height) };
}

export interface Placed {
  sizes: Sizes;
  /** The upper left corner of each service. */
  at: Map<string, { x: number; y: number }>;
  width: number;
  height: number;
  way(edge: MapEdge): string;
}

export function place(map: ServiceMap, room: Room): Placed {
  const ranks = map.nodes.map((node) => node.rank);
  const rows = [...map.nodes.map((node) => node.row), ...map.edges.flatMap((edge) => edge.via.map(([, row]) => row))];
  const [first, top] = [Math.min(...ranks), Math.min(...rows)];
  const sizes = sizesOf(Math.max(...ranks) - first + 1, Math.max(...rows) - top + 1, room);
  const x = (rank: number) => (rank - first) * sizes.column;
  const y = (row: number) => (row - top) * sizes.row;
  const at = new Map(map.nodes.map((node) => [node.service, { x: x(node.rank), y: y(node.row) }]));
  const middle = sizes.height / 2;
  return {
    sizes,
    at,
    width: x(Math.max(...ranks)) + sizes.width,
    height: y(Math.max(...rows)) + sizes.height,
    way(edge) {
      const from = at.get(edge.parent);
      const to = at.get(edge.child);
      if (!from || !to) return "";
      const isBack = to.x < from.x;
      // Who calls to the left is left on the left; within a rank lines go round on the right.
      const start = [from.x + (isBack ? 0 : sizes.width), from.y + middle - (from === to ? middle / 4 : 0)];
      const end = [to.x + (to.x > from.x ? 0 : sizes.width), to.y + middle + (from === to ? middle / 4 : 0)];
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

/** How much of a service can be drawn at a height in pixels: its figures, its name alone, or a name here and there. */
export type Detail = "figures" | "name" | "sparse";
export function detailOf(heightPx: number): Detail {
  return heightPx >= 34 ? "figures" : heightPx >= 14 ? "name" : "sparse";
}

/** Text of names: pixels on the screen, and what a letter takes of them. */
export const NAME_PX = { figures: 13, name: 11, sparse: 10 } as const satisfies Record<Detail, number>;
export const LETTER = 0.56;

/** Names that can be read at once where not all can: none over another, and those first that come first. */
export function readable(nodes: MapNode[], { at, sizes }: Placed, textPx: number): Set<string> {
  const taken: { x: number; y: number; to: number }[] = [];
  const shown = new Set<string>();
  for (const { service } of nodes) {
    const { x, y } = at.get(service)!; // every node is placed
    const to = x + Math.min(sizes.column, textPx * (1.5 + LETTER * service.length));
    if (taken.some((other) => Math.abs(other.y - y) < textPx * 1.1 && other.x < to && x < other.to)) continue;
    taken.push({ x, y, to });
    shown.add(service);
  }
  return shown;
}

/** A name that fits into so many pixels; its end tells services apart more often than its middle. */
export function fitted(name: string, width: number, perChar: number): string {
  const most = Math.max(4, Math.floor(width / perChar));
  if (name.length <= most) return name;
  const tail = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(name.length - tail)}`;
}
