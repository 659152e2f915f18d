/** No SLO is loaded: what one is, three that would fit what was received, and what to type. */

import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Definitions } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { copyText } from "../../ui/clipboard";
import { Icon } from "../../ui/icons";
import { Empty } from "../../ui/states";
import { suggestionsOf, yamlOf, type Endpoint } from "./suggest";

/** How definitions get into a server. */
export const DEFINING = "nines slo check definitions/\nnines serve --definitions definitions/";
/** As far back as an SLO of the usual window looks. */
const SINCE = "28d";

export function NoSlos() {
  const t = texts().overview;
  const f = fmt();
  const definitions = useResource<Definitions>(apiUrl("/definitions"), { topic: "slos" }).data;
  const endpoints = useResource<{ items: Endpoint[] }>(apiUrl("/aggregate", { q: "kind=server", by: "service,op", since: SINCE, limit: 20 })).data;
  const suggestions = suggestionsOf(endpoints?.items ?? []);
  return (
    <Empty title={t.emptyTitle}>
      <p>{t.emptyText}</p>
      {suggestions.length > 0 && (
        <>
          <h3>{t.suggested}</h3>
          <ul class="suggested">
            {suggestions.map((suggestion) => (
              <li key={suggestion.name}>
                <span>
                  <b>{suggestion.op}</b> <span class="muted">{suggestion.service}</span>
                  <span class="sub">{t.achieved(f.sli(suggestion.achieved, suggestion.target), f.count(suggestion.spans), f.window(SINCE), f.target(suggestion.target))}</span>
                </span>
                <button type="button" class="btn small" onClick={() => void copyText(yamlOf(suggestion))}>
                  <Icon name="copy" />
                  {t.copyYaml}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <pre tabIndex={0}>{DEFINING}</pre>
      {definitions && definitions.directories.length > 0 && <p>{t.emptySince(f.list(definitions.directories))}</p>}
    </Empty>
  );
}
