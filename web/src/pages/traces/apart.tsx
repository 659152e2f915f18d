/** What sets the selected traces apart from the rest, with traces of both sides to look at; and where their time went. */

import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Apart, ApartItem, ApartSide } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { readBox } from "../../ui/heatgrid";
import { ServiceName } from "../../ui/service";
import { Empty, Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href, type QueryOf } from "../../url/routes";
import { chartFilter, setsScope } from "../../url/scope";
import { shortId } from "../../url/traceid";
import { excluding, including } from "./terms";

interface ApartProps {
  query: QueryOf<"traces">;
  colors: Map<string, number>;
  set(change: Partial<QueryOf<"traces">>): void;
}

export function SetsApart({ query, colors, set }: ApartProps) {
  const t = texts().traces;
  const f = fmt();
  const box = readBox(query.sel);
  const scope = setsScope(query.q, query, box);
  const apart = useResource<Apart>(apiUrl("/compare", { ...scope, q: chartFilter(query.q) }), { topic: "traces", keep: true, follow: false });
  return (
    <Loaded resource={apart} what={t.tabs.compare} rows={8}>
      {(found) => {
        const { selected, rest } = found.sampled;
        const name = box ? t.theSelection : found.sel === "error" ? t.failedSpans : t.slowestTenth;
        if (selected.traces === 0) return <Empty title={t.nothingSelected}>{<p>{t.nothingSelectedText}</p>}</Empty>;
        if (rest.traces === 0) return <Empty title={t.noRest}>{<p>{t.noRestText}</p>}</Empty>;
        return (
          <div class={`apart${apart.old ? " dimmed" : ""}`}>
            <div class="card-head">
              <span>
                <b>{t.against(name)}</b> <span class="sub">{t.sampled(f.count(selected.traces), f.count(rest.traces))}</span>
              </span>
              {found.cut && <Pill tone="info">{found.cut}</Pill>}
              <span class="spring" />
              <span class="legend"><i class="swatch sel" aria-hidden="true" /> {name}</span>
              <span class="legend"><i class="swatch rest" aria-hidden="true" /> {t.theRest}</span>
            </div>
            {found.items.length === 0 && <Empty title={t.nothingApart}>{<p>{t.nothingApartText}</p>}</Empty>}
            {found.items.length > 0 && (
              <ol class="apart-list" aria-label={t.tabs.compare}>
                {found.items.map((item) => (
                  <Row key={item.terms} item={item} colors={colors} q={query.q} set={set} />
                ))}
              </ol>
            )}
            <TimeSpent found={found} colors={colors} />
          </div>
        );
      }}
    </Loaded>
  );
}

interface RowProps {
  item: ApartItem;
  colors: Map<string, number>;
  q: string;
  set(change: Partial<QueryOf<"traces">>): void;
}

function Row({ item, colors, q, set }: RowProps) {
  const t = texts().traces;
  const { key, value, service, terms } = item;
  return (
    <li class="apart-row">
      <div class="what">
        <ServiceName name={service} color={colors.get(service)} />
        {key !== "service" && (
          <span class="mono clip" title={terms}>
            {key === "error" ? t.fails(value) : <>{key}=<b>{value}</b></>}
          </span>
        )}
        {item.alike > 0 && <span class="sub nowrap">{t.alike(item.alike)}</span>}
      </div>
      <Bar side={item.selected} class="sel" name={t.theSelection} />
      <Bar side={item.rest} class="rest" name={t.theRest} />
      <div class="row tight acts">
        {item.onMatch ? (
          <>
            <button type="button" class="btn small" onClick={() => set({ q: including(q, terms), sel: "", tab: "results" })}>
              {t.includeShort}
            </button>
            <button type="button" class="btn small" onClick={() => set({ q: excluding(q, item.term), sel: "", tab: "results" })}>
              {t.excludeShort}
            </button>
          </>
        ) : (
          <button type="button" class="btn small" title={terms} onClick={() => set({ q: terms, sel: "", tab: "results" })}>
            {t.searchIt}
          </button>
        )}
      </div>
    </li>
  );
}

function Bar({ side, class: name, name: label }: { side: ApartSide; class: string; name: string }) {
  const f = fmt();
  return (
    <div class="apart-side">
      <span class="apart-bar" aria-hidden="true">
        <i class={name} style={{ width: `${side.share * 100}%` }} />
      </span>
      <span class="num">
        <span class="sr">{label} </span>
        {f.share(side.share)}
      </span>
      <span class="row tight exemplars">
        {side.traceIds.slice(0, 2).map((id) => (
          <a key={id} class="link mono" href={href("trace", { id })}>
            {shortId(id)}
          </a>
        ))}
      </span>
    </div>
  );
}

/** Services whose own time grew or shrank: the mean in a trace of either side. */
function TimeSpent({ found, colors }: { found: Apart; colors: Map<string, number> }) {
  const t = texts().traces;
  const f = fmt();
  if (found.time.length === 0) return null;
  return (
    <section class="card-part">
      <h3>{t.timeSpent}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.facetNames.service}</th>
            <th scope="col" class="num">{t.theSelectionShort}</th>
            <th scope="col" class="num">{t.theRest}</th>
            <th scope="col" class="num">{t.difference}</th>
          </tr>
        </thead>
        <tbody>
          {found.time.slice(0, 8).map(({ service, selectedUs, restUs }) => (
            <tr key={service}>
              <td>
                <ServiceName name={service || t.unnamed} color={colors.get(service)} />
              </td>
              <td class="num">{f.duration(selectedUs)}</td>
              <td class="num">{f.duration(restUs)}</td>
              <td class="num">{f.offset(selectedUs - restUs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
