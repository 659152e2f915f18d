/** What is known of a span's operation around the time of its trace: how it ranks, and other traces of it. */

import { useEffect, useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Aggregate, TracePage } from "../../api/types";
import type { TraceModel } from "./model";
import { term } from "./term";
import { rankOf } from "./where";

/** How far to either side of the trace calls are compared with. */
const AROUND_MS = 30 * 60_000;
/** Below so many calls a percentile says nothing. */
const CALLS_MIN = 20;
const SIMILAR_MAX = 20;
/** A held arrow key passes rows faster than this; nothing is asked about them. */
const REST_MS = 250;

/** The filter that finds spans like a row's. */
export function filterOf(model: TraceModel, row: number): string {
  const kind = model.kinds[row].toLowerCase();
  const name = model.names[model.name[row]];
  return [term("service", model.services[model.service[row]]?.name ?? ""), name && term("op", name), kind && `kind=${kind}`].filter(Boolean).join(" ");
}

/** The window around a trace, whole minutes, so that all its spans ask for the same. */
export function windowOf(model: TraceModel): { from: string; to: string } {
  const middle = Math.round(model.startUs / 60_000_000) * 60_000;
  return { from: new Date(middle - AROUND_MS).toISOString(), to: new Date(middle + AROUND_MS).toISOString() };
}

/** `row` once it rests. */
function useRested(row: number): number {
  const [rested, setRested] = useState(-1);
  useEffect(() => {
    const timer = setTimeout(() => setRested(row), REST_MS);
    return () => clearTimeout(timer);
  }, [row]);
  return rested === row ? row : -1;
}

/** The share of calls of the same operation that were quicker, and of how many; null until it is known. */
export function useRank(model: TraceModel, row: number): { share: number; calls: number } | null {
  const rested = useRested(row);
  const url = rested < 0 || model.duration[row] <= 0 ? null : apiUrl("/aggregate", { q: filterOf(model, row), by: "duration", buckets: 8, ...windowOf(model) });
  const counted = useResource<Aggregate>(url).data;
  if (!counted) return null;
  const buckets = counted.items.flatMap(({ key: [bucket], timed }) => (typeof bucket === "object" && bucket !== null ? [{ ...bucket, n: timed }] : []));
  const share = rankOf(buckets, model.duration[row], CALLS_MIN);
  return share === null ? null : { share, calls: counted.total.timed };
}

/** Other traces with a span like this. */
export function useSimilar(model: TraceModel, row: number) {
  return useResource<TracePage>(apiUrl("/traces", { q: filterOf(model, row), limit: SIMILAR_MAX, ...windowOf(model) }));
}
