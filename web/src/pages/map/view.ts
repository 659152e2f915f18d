/** What of the map is seen: by its middle and zoom, in the address as shares of the whole, so that a link shows the same in any window. */

import { useState } from "preact/hooks";
import { useSettled } from "../../url/settled";
import type { Placed, Room } from "./layout";

export interface View {
  x: number;
  y: number;
  zoom: number;
}

export const ZOOM_MAX = 8;
/** Room around the drawing. */
export const EDGE_PX = 16;

/** The whole map in the middle of the room; a small one is not blown up. */
export function whole({ width, height }: Pick<Placed, "width" | "height">, room: Room): View {
  const zoom = Math.min(1, room.width / (width + 2 * EDGE_PX), room.height / (height + 2 * EDGE_PX));
  return { x: (width - room.width / zoom) / 2, y: (height - room.height / zoom) / 2, zoom };
}

/** `0.5000,0.5000,2.0000`: the middle of the window as shares of the map's width and height, and the zoom, as exactly as a map of ten thousand pixels needs. */
export function writeView({ x, y, zoom }: View, { width, height }: Pick<Placed, "width" | "height">, room: Room): string {
  const share = (middle: number, of: number) => (middle / of).toFixed(4);
  return [share(x + room.width / zoom / 2, width), share(y + room.height / zoom / 2, height), zoom.toPrecision(5)].join(",");
}

export function readView(text: string, { width, height }: Pick<Placed, "width" | "height">, room: Room): View | null {
  const [across, down, zoom] = text.split(",").map(Number);
  if (![across, down, zoom].every(Number.isFinite) || zoom <= 0) return null;
  return { x: across * width - room.width / zoom / 2, y: down * height - room.height / zoom / 2, zoom };
}

/** Zoomed by `factor` about a point of the window. */
export function zoomed({ x, y, zoom }: View, factor: number, px: number, py: number, least: number): View {
  const to = Math.min(ZOOM_MAX, Math.max(least, zoom * factor));
  return { x: x + px / zoom - px / to, y: y + py / zoom - py / to, zoom: to };
}

/** Moved so that a box is in sight, unless it is. */
export function revealing(view: View, room: Room, box: { x: number; y: number } & Room): View {
  const shift = (from: number, size: number, seen: number, length: number) => (from < seen ? from - seen - EDGE_PX : from + size > seen + length ? from + size - seen - length + EDGE_PX : 0);
  return { ...view, x: view.x + shift(box.x, box.width, view.x, room.width / view.zoom), y: view.y + shift(box.y, box.height, view.y, room.height / view.zoom) };
}

/** The view of the address, and its change; the whole map where the address has none. */
export function useView(inAddress: string, write: (at: string) => void, placed: Placed, room: Room): { view: View; fit: View; setView(view: View | null): void } {
  const [at, setAt] = useSettled(inAddress, write);
  // As it was moved to, until the address says otherwise: shares are rounded.
  const [moved, setMoved] = useState<{ at: string; view: View } | null>(null);
  const fit = whole(placed, room);
  const view = moved?.at === at ? moved.view : (readView(at, placed, room) ?? fit);
  return {
    view,
    fit,
    setView(next) {
      const text = next ? writeView(next, placed, room) : "";
      setMoved(next && { at: text, view: next });
      setAt(text);
    },
  };
}
