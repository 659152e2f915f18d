/** The map as tables: what the drawing says, for whoever reads rather than looks. */

import type { Slo } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { score } from "../../shell/match";
import { ServiceName } from "../../ui/service";
import { Pill } from "../../ui/status";
import { DataTable } from "../../ui/table";
import { href } from "../../url/routes";
import { statusOf, TONES } from "../slo/status";
import { slosOf } from "./health";
import type { MapQuery } from "./map";
import { flowOf, quote, secondsOf, shareOf, tracesThrough, type MapEdge, type MapNode, type ServiceMap } from "./model";

export function Tables({ map, slos, query }: { map: ServiceMap; slos: Slo[]; query: MapQuery }) {
  const all = texts();
  const t = all.map;
  const f = fmt();
  const seconds = secondsOf(map);
  const range = { t: query.t, from: query.from, to: query.to };
  const fits = (text: string) => score(query.q, text) !== null;
  const time = (us: number | null | undefined) => (us ? f.duration(us) : "");
  const colors = new Map(map.nodes.map((node) => [node.service, node.color]));
  const through = (edge: MapEdge) => href("traces", {}, { q: tracesThrough(edge), ...range });
  const of = (node: MapNode) => href("traces", {}, { q: `service=${quote(node.service)}`, ...range });
  return (
    <>
      <section class="card flush">
        <div class="card-head">
          <h2>{t.lines}</h2>
        </div>
        <DataTable
          label={t.lines}
          rows={map.edges.filter((edge) => fits(`${edge.parent} ${edge.child}`)).sort((a, b) => b.calls - a.calls)}
          rowKey={(edge) => `${edge.parent} ${edge.child}`}
          rowHref={through}
          columns={[
            {
              key: "from",
              head: t.from,
              cell: (edge) => (
                <a href={through(edge)} aria-label={t.throughEdge(edge.parent, edge.child)}>
                  <ServiceName name={edge.parent} color={colors.get(edge.parent)} />
                </a>
              ),
            },
            { key: "to", head: t.to, cell: (edge) => <ServiceName name={edge.child} color={colors.get(edge.child)} /> },
            { key: "rate", head: t.rate, num: true, cell: (edge) => f.rate(edge.calls / seconds) },
            { key: "errors", head: t.errors, num: true, cell: (edge) => f.share(shareOf(edge)) },
            { key: "p50", head: t.p50, num: true, wideOnly: true, cell: (edge) => time(edge.p50Us) },
            { key: "p95", head: t.slow, num: true, wideOnly: true, cell: (edge) => time(edge.p95Us) },
            { key: "p99", head: t.p99, num: true, wideOnly: true, cell: (edge) => time(edge.p99Us) },
          ]}
        />
      </section>
      <section class="card flush">
        <div class="card-head">
          <h2>{t.services}</h2>
        </div>
        <DataTable
          label={t.services}
          rows={map.nodes.filter((node) => fits(node.service)).sort((a, b) => flowOf(map, b).calls - flowOf(map, a).calls)}
          rowKey={(node) => node.service}
          rowHref={of}
          columns={[
            {
              key: "name",
              head: t.services,
              cell: (node) => (
                <a href={of(node)}>
                  <ServiceName name={node.service} color={node.color} />
                </a>
              ),
            },
            { key: "kind", head: t.kind, wideOnly: true, class: "sub", cell: (node) => t.kinds[node.kind] },
            { key: "rate", head: t.rate, num: true, cell: (node) => f.rate(flowOf(map, node).calls / seconds) },
            { key: "errors", head: t.errors, num: true, cell: (node) => f.share(shareOf(flowOf(map, node))) },
            { key: "p95", head: t.slow, num: true, wideOnly: true, cell: (node) => time(node.p95Us) },
            {
              key: "status",
              head: t.status,
              cell: (node) => {
                const worst = slosOf(node.service, slos)[0];
                return worst && <Pill tone={TONES[statusOf(worst)]}>{all.status[statusOf(worst)]}</Pill>;
              },
            },
          ]}
        />
      </section>
    </>
  );
}
