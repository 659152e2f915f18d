/** All SLOs, narrowed by words and by status. */

import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Slo, SloList } from "../../api/types";
import { texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { score } from "../../shell/match";
import { SearchField } from "../../ui/search";
import { Seg } from "../../ui/seg";
import { Empty, Loaded, Stale } from "../../ui/states";
import { navigate } from "../../url/location";
import { href, STATUSES, type QueryOf } from "../../url/routes";
import { NoSlos } from "../overview/noslos";
import { matchesStatus } from "./status";
import { Arrange, SloTable } from "./table";

export function SloListPage({ query }: { query: QueryOf<"slos"> }) {
  const t = texts();
  useTitle(t.slo.title);
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "slos" });
  const set = (change: Partial<QueryOf<"slos">>, replace: boolean) => navigate(href("slos", {}, { ...query, ...change }), { replace });

  return (
    <>
      {slos.old && <Stale resource={slos} what={t.slo.title} />}
      <div class="row">
        <SearchField label={t.slo.find} text={query.q} onText={(q) => set({ q }, true)} />
        <Seg label={t.slo.status} values={STATUSES} now={query.status} text={(status) => t.status[status]} choose={(status) => set({ status }, false)} />
        <Arrange group={query.group} sort={query.sort} set={(change) => set(change, true)} />
      </div>
      <section class="card flush">
        <Loaded resource={slos} what={t.slo.title} rows={8}>
          {(list) => <Matching list={list.items} query={query} dimmed={slos.old} />}
        </Loaded>
      </section>
    </>
  );
}

function Matching({ list, query, dimmed }: { list: Slo[]; query: QueryOf<"slos">; dimmed: boolean }) {
  const t = texts();
  if (list.length === 0) return <NoSlos />;
  const found = list.filter((slo) => matchesStatus(slo, query.status) && score(query.q, [slo.displayName, slo.name, slo.objective, slo.service, slo.storyTitle, slo.story].join(" ")) !== null);
  if (found.length > 0) return <SloTable slos={found} dimmed={dimmed} group={query.group} sort={query.sort} />;
  return (
    <Empty title={t.slo.nothing}>
      <a class="btn" href={href("slos", {})}>
        {t.overview.clear}
      </a>
    </Empty>
  );
}
