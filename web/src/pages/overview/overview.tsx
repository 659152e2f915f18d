/** The overview: are the promises kept, what is about to break one, may we release, what changed. */

import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Page, Slo, SloList, Story } from "../../api/types";
import { texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { Loaded, Stale } from "../../ui/states";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { matchesStatus } from "../slo/status";
import { Arrange, SloTable } from "../slo/table";
import { Changes } from "./changes";
import { Checklist } from "./checklist";
import { NoSlos } from "./noslos";
import { Stories } from "./stories";
import { Tiles } from "./tiles";

/** The server counts at most two seconds behind; half a minute behind, something is wrong. */
const STALE_AFTER_MS = 30_000;

export function Overview({ query }: { query: QueryOf<"overview"> }) {
  const t = texts();
  useTitle(t.overview.title);
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "slos" });
  const stories = useResource<Page<Story>>(apiUrl("/stories"), { topic: "slos" });
  const watermarkMs = Date.parse(slos.data?.watermark ?? "");
  const isStale = nowMs.value - watermarkMs > STALE_AFTER_MS;

  return (
    <>
      {slos.old && <Stale resource={slos} what={t.slo.title} />}
      {slos.data?.items.length === 0 && <Checklist nSlos={0} />}
      <Loaded resource={slos} what={t.slo.title} rows={10} card>
        {(list) => (
          <>
            {list.items.length > 0 && <Tiles slos={list.items} query={query} />}
            <section class="card flush" aria-label={t.slo.table}>
              <Narrowed list={list.items} stories={stories.data?.items ?? []} query={query} />
              {isStale && list.items.length > 0 && (
                <div class="card-head">
                  <Stale sinceMs={watermarkMs} what={t.slo.title} />
                </div>
              )}
              {list.items.length === 0 ? <NoSlos /> : <SloTable slos={shown(list.items, stories.data?.items ?? [], query)} dimmed={slos.old} group={query.group} sort={query.sort} />}
            </section>
          </>
        )}
      </Loaded>
      <div class="grid overview-low">
        <Stories stories={stories} slos={slos.data?.items ?? []} query={query} />
        <Changes />
      </div>
      {/* Below what is known already, so that nothing moves when it comes. */}
      {slos.data && slos.data.items.length > 0 && <Checklist nSlos={slos.data.items.length} />}
    </>
  );
}

/** The SLOs that the tiles and stories leave in the table. */
function shown(slos: Slo[], stories: Story[], query: QueryOf<"overview">): Slo[] {
  const story = stories.find((other) => other.name === query.story);
  return slos.filter((slo) => matchesStatus(slo, query.status) && (!query.story || slo.story === query.story || story?.slos.includes(slo.name)));
}

/** Says what the table leaves out, and how to get it back. */
function Narrowed({ list, stories, query }: { list: Slo[]; stories: Story[]; query: QueryOf<"overview"> }) {
  const t = texts();
  if (list.length === 0) return null;
  const isNarrowed = query.status !== "all" || query.story !== "";
  const story = stories.find((other) => other.name === query.story);
  return (
    <div class="card-head">
      {isNarrowed && (
        <>
          <span class="muted">{t.overview.filtered(shown(list, stories, query).length, list.length)}</span>
          {query.status !== "all" && <span class="chip">{t.status[query.status]}</span>}
          {query.story && <span class="chip">{t.overview.story(story?.title ?? query.story)}</span>}
          <a class="btn small" href={href("overview", {}, { group: query.group, sort: query.sort })}>
            {t.overview.clear}
          </a>
        </>
      )}
      <span class="spring" />
      <Arrange group={query.group} sort={query.sort} set={(change) => navigate(href("overview", {}, { ...query, ...change }), { replace: true })} />
    </div>
  );
}
