/** The link that goes on showing what is shown now: a range that moves with the clock, held still. Pure. */

import { href, type Place, type RouteName } from "./routes";
import { boundsOf, isPinned, type TimeRange } from "./timerange";

/** Null where nothing moves: the page has no range, or its range is pinned already. */
export function pinnedHref(place: Place, nowMs: number): string | null {
  if (place.name === "missing" || !("t" in place.query && "from" in place.query && "to" in place.query)) return null;
  const range = place.query as TimeRange;
  if (isPinned(range)) return null;
  const { from = new Date(nowMs - DEFAULT_RANGE_MS).toISOString(), to = new Date(nowMs).toISOString() } = boundsOf(range, nowMs);
  return href(place.name as RouteName, place.path as never, { ...place.query, from, to } as never);
}

/** The range that is left to the server. */
const DEFAULT_RANGE_MS = 3_600_000;
