/** Says why nothing is found: nothing ever came, retention took it, nothing came in this range, or nothing matches; and what to do next. */

import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Aggregate, StoreFacts } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Empty, Skeleton } from "../../ui/states";
import { href, type QueryOf, type Range } from "../../url/routes";
import { boundsOf, isPinned } from "../../url/timerange";
import { FirstSpan } from "./firstspan";
import { rangeText } from "./rangemenu";

/** What an empty search offers next. */
const WIDER: Partial<Record<Range, Range>> = { "15m": "1h", "1h": "6h", "6h": "24h", "24h": "7d", "2d": "7d" };

interface NothingProps {
  query: QueryOf<"traces">;
  nothingEver: boolean;
  set(change: Partial<QueryOf<"traces">>): void;
}

export function NothingFound({ query, nothingEver, set }: NothingProps) {
  const t = texts().traces;
  const f = fmt();
  const narrowed = query.q !== "" || query.sel !== "";
  const all = useResource<Aggregate>(nothingEver || !narrowed ? null : apiUrl("/aggregate", { ...boundsOf(query) }));
  const store = useResource<StoreFacts>(nothingEver ? null : apiUrl("/store"));
  if (nothingEver) return <FirstSpan />;
  if (all.loading || store.loading) return <Skeleton rows={3} />;

  const wider = isPinned(query) ? "24h" : WIDER[query.t];
  const range = rangeText(query);
  const inRange = all.data?.total.spans ?? 0;
  const keepUs = store.data?.retention?.maxAgeUs;
  const isExpired = keepUs !== undefined && keepUs !== null && isPinned(query) && Date.parse(query.to) < Date.now() - keepUs / 1000;
  const [title, text] = isExpired
    ? [t.expired, t.expiredText(f.length(keepUs))]
    : inRange > 0
      ? [t.noneMatch, t.noneMatchText(range, inRange, f.count(inRange))]
      : [t.noneInRange, t.noneInRangeText(range)];
  return (
    <Empty title={title}>
      <p>{text}</p>
      <div class="row tight">
        {query.sel && (
          <button type="button" class="btn" onClick={() => set({ sel: "" })}>
            {t.clearSelection}
          </button>
        )}
        {query.q && (
          <a class="btn" href={href("traces", {}, { ...query, q: "", sel: "" })}>
            {t.clear}
          </a>
        )}
        {wider && (
          <button type="button" class="btn" onClick={() => set({ t: wider, from: "", to: "", sel: "" })}>
            {t.widen(t.last(f.window(wider)))}
          </button>
        )}
      </div>
    </Empty>
  );
}
