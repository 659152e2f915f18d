/** A heat-map from the answer to `/aggregate?by=time,duration`. Pure. */

import { gridOf, type Cell, type HeatGrid } from "../ui/heatgrid";
import type { Aggregate } from "./types";

/** `shownUs` are durations that must lie inside it, whether or not a span took so long. */
export function heatGridOf(answer: Aggregate, shownUs: number[] = []): HeatGrid {
  const cells = answer.items.map(({ key: [at, bucket], spans, errors }): Cell => ({ atMs: Date.parse(String(at)), bucket: isBucket(bucket) ? bucket : null, spans, errors }));
  const window = { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to), stepMs: (answer.stepUs ?? 60_000_000) / 1000, parts: answer.bucketsPerDoubling ?? 2 };
  return gridOf(window, cells, shownUs);
}

const isBucket = (part: unknown): part is { fromUs: number; toUs: number } => typeof part === "object" && part !== null && "fromUs" in part;
