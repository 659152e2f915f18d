/** This host's rules as its kernel holds them: what is in force, what waits, what is hit, who else decides. Nothing here changes them. */

import "../../shared";
import { texts } from "../../i18n";
import { useTitle } from "../../shell/head";
import { useKeys } from "../../shell/keys";
import { Loaded, Stale } from "../../ui/states";
import { navigate } from "../../url/location";
import { href, type QueryOf } from "../../url/routes";
import { Untold, NoRules } from "./empty";
import { Happened } from "./events";
import { ExplainForm } from "./explain";
import { Others } from "./others";
import { Rules } from "./rules";
import { State } from "./state";
import { useStatus } from "./status";

export { ExplainPage } from "./explain";
export { PlanPage } from "./plan";

export function TrafficPage({ query }: { query: QueryOf<"traffic"> }) {
  const t = texts();
  useTitle(t.traffic.title);
  const { resource, samples } = useStatus();
  const set = (change: Partial<typeof query>, replace = false) => navigate(href("traffic", {}, { ...query, ...change }), { replace });
  useKeys([
    { keys: "[", label: t.keys.collapseAll, group: "list", run: () => set({ builtin: false }) },
    { keys: "]", label: t.keys.collapseAll, group: "list", run: () => set({ builtin: true }) },
  ]);
  return (
    <>
      {resource.old && <Stale resource={resource} what={t.traffic.title} />}
      <Loaded resource={resource} what={t.traffic.title} rows={10} card>
        {(status) =>
          status.netd !== "live" ? (
            <Untold status={status} />
          ) : (
            <>
              <State status={status} />
              {status.rules.length === 0 ? <NoRules /> : <Rules rules={status.rules} query={query} set={set} samples={samples} />}
              <section class="card">
                <h2>{t.traffic.explain}</h2>
                <ExplainForm query={{}} />
              </section>
              <Others others={status} />
            </>
          )
        }
      </Loaded>
      <Happened />
    </>
  );
}
