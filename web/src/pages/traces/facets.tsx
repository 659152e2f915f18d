/** Which values the spans have: each can be asked for or left out, with how many there are, and how many are selected. */

import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Facet, FacetPage } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { readBox } from "../../ui/heatgrid";
import { IconButton } from "../../ui/iconbutton";
import { Icon } from "../../ui/icons";
import { useNarrow } from "../../ui/narrow";
import { Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";
import type { QueryOf } from "../../url/routes";
import { setsScope } from "../../url/scope";
import { excluding, including, standingOf, without } from "./terms";

const VALUES_SHOWN = 6;
const VALUES_ASKED = 40;

export const facetsUrl = (query: QueryOf<"traces">) => apiUrl("/facets", { ...setsScope(query.q, query, readBox(query.sel)), keys: query.keys, limit: VALUES_ASKED });

interface FacetsProps {
  query: QueryOf<"traces">;
  set(change: Partial<QueryOf<"traces">>): void;
}

export function Facets({ query, set }: FacetsProps) {
  const t = texts().traces;
  const isNarrow = useNarrow();
  const facets = useResource<FacetPage>(facetsUrl(query), { topic: "traces", keep: true, follow: false });
  const shown = facets.data?.items.map((facet) => facet.key) ?? [];
  const others = (facets.data?.tags ?? []).filter((tag) => !shown.includes(tag.key));
  return (
    <details class="card facets" open={!isNarrow}>
      <summary>{t.facets}</summary>
      <Loaded resource={facets} what={t.facets} rows={8}>
        {(page) => (
          <div class={facets.old ? "dimmed" : undefined}>
            {page.cut && <Pill tone="info">{page.cut}</Pill>}
            {page.items.map((facet) => (
              <FacetList key={facet.key} facet={facet} q={query.q} hasSelection={page.selected !== null} onFilter={(q) => set({ q })} onRemove={shown.length > 1 ? () => set({ keys: shown.filter((key) => key !== facet.key).join(",") }) : undefined} />
            ))}
            {others.length > 0 && (
              <label class="field">
                {t.addFacet}
                <select class="input" value="" onChange={(event) => set({ keys: [...shown, event.currentTarget.value].join(",") })}>
                  <option value="" />
                  {others.map((tag) => (
                    <option key={tag.key} value={tag.key}>
                      {tag.key}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {query.keys && (
              <button type="button" class="btn small quiet" onClick={() => set({ keys: "" })}>
                {t.usualFacets}
              </button>
            )}
          </div>
        )}
      </Loaded>
    </details>
  );
}

interface FacetListProps {
  facet: Facet;
  q: string;
  hasSelection: boolean;
  onFilter(q: string): void;
  onRemove?(): void;
}

function FacetList({ facet, q, hasSelection, onFilter, onRemove }: FacetListProps) {
  const t = texts().traces;
  const f = fmt();
  const [isLong, setLong] = useState(false);
  const name = t.facetNames[facet.key as keyof typeof t.facetNames] ?? facet.key;
  const most = facet.items.reduce((max, { spans }) => Math.max(max, spans), 1);
  const values = isLong ? facet.items : facet.items.slice(0, VALUES_SHOWN);
  const valueText = (value: string) => (facet.key === "error" ? (value === "true" ? t.failedValue : t.goodValue) : value);
  return (
    <section class="facet" aria-label={name}>
      <h3>
        <span class="clip spring" title={facet.key}>
          {name}
        </span>
        <span class="sub">{f.count(facet.values)}</span>
        {onRemove && (
          <IconButton icon="x" label={t.removeFacet(name)} run={onRemove} />
        )}
      </h3>
      {values.map(({ value, term, spans, errors, selected }) => {
        const standing = standingOf(q, term);
        const text = valueText(value);
        const count = hasSelection ? t.ofAll(f.count(selected ?? 0), f.count(spans)) : f.count(spans);
        return (
          <div key={value} class={`value ${standing ?? ""}`}>
            <button type="button" class="take" aria-pressed={standing === "included"} title={term} onClick={() => onFilter(standing === "included" ? without(q, term) : including(q, term))}>
              <i class="share" style={{ width: `${Math.max(1, (spans / most) * 100)}%` }} />
              {errors > 0 && facet.key !== "error" && <i class="share bad" style={{ width: `${Math.max(1, (errors / most) * 100)}%` }} />}
              <span class="clip">{text}</span>
              <span class="num sub">{count}</span>
            </button>
            <button type="button" class="btn small icon-only quiet" aria-pressed={standing === "excluded"} aria-label={t.exclude(`${name} ${text}`)} title={t.exclude(text)} onClick={() => onFilter(standing === "excluded" ? without(q, term) : excluding(q, term))}>
              <Icon name="minus" />
            </button>
          </div>
        );
      })}
      {facet.items.length > VALUES_SHOWN && (
        <button type="button" class="btn small quiet" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? t.fewer : t.moreValues(f.count(facet.items.length - VALUES_SHOWN))}
        </button>
      )}
      {facet.without > 0 && <span class="sub">{t.withoutValue(f.count(facet.without))}</span>}
    </section>
  );
}
