/** What is known of a service or a line that was chosen. */

import type { ComponentChildren } from "preact";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Aggregate, Slo } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { ClosingHead } from "../../ui/cardhead";
import { ServiceName } from "../../ui/service";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { statusOf, titleOf, TONES } from "../slo/status";
import { slosOf } from "./health";
import type { MapQuery } from "./map";
import { quote, secondsOf, shareOf, tracesThrough, type MapEdge, type ServiceMap } from "./model";

interface PanelProps {
  map: ServiceMap;
  slos: Slo[];
  query: MapQuery;
  set(change: Partial<MapQuery>): void;
}

export function Panel({ map, slos, query, set }: PanelProps) {
  const t = texts().map;
  const node = map.nodes.find((each) => each.service === query.sel);
  const edge = map.edges.find((each) => each.parent === query.sel && each.child === query.callee);
  const close = () => set({ sel: "", callee: "" });
  if (!node || (query.callee && !edge)) return null;
  const range = { t: query.t, from: query.from, to: query.to };
  return (
    <aside class="card map-panel" aria-label={t.details} onKeyDown={(event) => event.key === "Escape" && close()}>
      <ClosingHead title={edge ? `${edge.parent} → ${edge.child}` : <ServiceName name={node.service} color={node.color} />} label={t.close} onClose={close}>
        {!edge && <span class="sub">{t.kinds[node.kind]}</span>}
      </ClosingHead>
      {edge ? (
        <>
          <Lines title={t.lines} edges={[edge]} map={map} query={query} name={(each) => each.child} />
          <a class="btn" href={href("traces", {}, { q: tracesThrough(edge), ...range })}>
            {t.through}
          </a>
        </>
      ) : (
        <>
          <div class="row tight">
            <a class="btn small" href={href("traces", {}, { q: `service=${quote(node.service)}`, ...range })}>
              {t.traces}
            </a>
            <button type="button" class="btn small" onClick={() => set({ focus: node.service, at: "" })}>
              {t.focusHere}
            </button>
          </div>
          {node.calls !== undefined && <Red service={node.service} map={map} />}
          <h3>{t.slos}</h3>
          <Slos slos={slosOf(node.service, slos)} />
          <Lines title={t.callers} edges={map.edges.filter((each) => each.child === node.service)} map={map} query={query} name={(each) => each.parent} />
          <Lines title={t.called} edges={map.edges.filter((each) => each.parent === node.service)} map={map} query={query} name={(each) => each.child} />
        </>
      )}
    </aside>
  );
}

function Slos({ slos }: { slos: Slo[] }) {
  const t = texts();
  if (slos.length === 0) return <p class="sub">{t.map.noSlos}</p>;
  return (
    <ul class="map-slos">
      {slos.map((slo) => (
        <li key={`${slo.name} ${slo.objective}`} class="row tight">
          <Pill tone={TONES[statusOf(slo)]}>{t.status[statusOf(slo)]}</Pill>
          <a class="link" href={href("slo", { name: slo.name })}>
            {titleOf(slo)}
          </a>
          <span class="sub">{fmt().budget(slo.budget)}</span>
        </li>
      ))}
    </ul>
  );
}

interface LinesProps {
  title: string;
  edges: MapEdge[];
  map: ServiceMap;
  query: MapQuery;
  name(edge: MapEdge): string;
}

function Lines({ title, edges, map, query, name }: LinesProps) {
  const t = texts().map;
  const f = fmt();
  const seconds = secondsOf(map);
  if (edges.length === 0) return null;
  const sorted = [...edges].sort((a, b) => b.calls - a.calls);
  return (
    <table aria-label={title} class="map-lines">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" class="num">{t.rate}</th>
          <th scope="col" class="num">{t.errors}</th>
          <th scope="col" class="num">{t.slow}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((edge) => (
          <tr key={name(edge)}>
            <td>
              <a class="link" href={href("traces", {}, { q: tracesThrough(edge), t: query.t, from: query.from, to: query.to })} title={t.throughEdge(edge.parent, edge.child)} aria-label={t.throughEdge(edge.parent, edge.child)}>
                {name(edge)}
              </a>
            </td>
            <td class="num">{f.rate(edge.calls / seconds)}</td>
            <td class="num">{f.share(shareOf(edge))}</td>
            <td class="num">{edge.p95Us ? f.duration(edge.p95Us) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Calls, failures and slowness over the time of the map. */
function Red({ service, map }: { service: string; map: ServiceMap }) {
  const t = texts().map;
  const f = fmt();
  const { from, to } = map;
  const answer = useResource<Aggregate>(apiUrl("/aggregate", { q: `service=${quote(service)} kind=(server,consumer)`, by: "time", histogram: "duration", from, to }), { keep: true }).data;
  if (!answer) return <div class="map-red" aria-busy="true" />;
  const items = [...answer.items].sort((a, b) => String(a.key[0]).localeCompare(String(b.key[0])));
  const step = Math.max(1, (answer.stepUs ?? 1e6) / 1e6);
  const rows: [string, number[], (value: number) => string][] = [
    [t.rate, items.map((item) => item.spans / step), f.rate],
    [t.errors, items.map((item) => item.errors / Math.max(1, item.spans)), f.share],
    [t.slow, items.map((item) => (item as { p90Us?: number }).p90Us ?? 0), f.duration],
  ];
  return (
    <div class="map-red">
      {rows.map(([label, values, text]) => (
        <Spark key={label} label={label} values={values} last={values.length > 0 ? text(Math.max(...values)) : ""} />
      ))}
    </div>
  );
}

function Spark({ label, values, last }: { label: string; values: number[]; last: ComponentChildren }) {
  const most = Math.max(...values, 1e-9);
  const points = values.map((value, i) => `${(i * 100) / Math.max(1, values.length - 1)},${27 - (value / most) * 24}`).join(" ");
  return (
    <div>
      <span class="sub">
        {label} ≤ {last}
      </span>
      <svg viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
        <polyline points={points} />
      </svg>
    </div>
  );
}
