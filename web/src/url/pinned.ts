/** The link that goes on showing what is shown now: a range that moves with the clock, held still. Pure. */

import { parseLength } from "../i18n/format";
import { href, type Place, type RouteName } from "./routes";
import { isPinned, type TimeRange } from "./timerange";

/** Null where nothing moves: the page has no range, or its range is pinned already. */
export function pinnedHref(place: Place, nowMs: number): string | null {
  if (place.name === "missing" || !("t" in place.query && "from" in place.query && "to" in place.query)) return null;
  const range = place.query as TimeRange;
  if (isPinned(range)) return null;
  const from = new Date(nowMs - (parseLength(range.t) ?? 0) / 1000).toISOString();
  return href(place.name as RouteName, place.path as never, { ...place.query, from, to: new Date(nowMs).toISOString() } as never);
}
