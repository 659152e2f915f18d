/** The services of one trace and the calls between them; the table below says the same. */

import "../../shared";
import { useMemo } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { callGraphOf, type Node } from "./callgraph";
import { term } from "./term";
import type { ViewProps } from "./views";

const NODE = { width: 136, height: 46 };
const GAP = { x: 56, y: 18 };
/** More calls between services than these are in the table only. */
const EDGES_DRAWN_MAX = 200;

export function TraceMap({ model, title, onFind }: ViewProps) {
  const t = texts();
  const f = fmt();
  const graph = useMemo(() => callGraphOf(model), [model]);
  const { nodes, edges } = graph;
  const x = ({ column }: Node) => column * (NODE.width + GAP.x) + 1;
  const y = ({ place }: Node) => (place - 1) * (NODE.height + GAP.y) + 1;
  const width = graph.columns * (NODE.width + GAP.x) - GAP.x + 2;
  const height = graph.places * (NODE.height + GAP.y) - GAP.y + 2;
  const find = (node: Node) => onFind(node.service < 0 ? term("remote", node.name) : term("service", node.name));
  const mostCalls = Math.max(1, ...edges.map(({ calls }) => calls));
  const ordered = [...edges].sort((a, b) => b.totalUs - a.totalUs);
  return (
    <>
      <div class="call-map" tabIndex={0} role="region" aria-label={t.trace.map(title)}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {ordered.slice(0, EDGES_DRAWN_MAX).map(({ from, to, calls, errors }) => {
            const [a, b] = [nodes[from], nodes[to]];
            const [x1, y1, x2, y2] = [x(a) + NODE.width, y(a) + NODE.height / 2, x(b), y(b) + NODE.height / 2];
            const bend = Math.max(GAP.x / 2, Math.abs(x2 - x1) / 2);
            return (
              <g key={`${from} ${to}`} class={errors > 0 ? "edge failed" : "edge"}>
                <path d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} stroke-width={1 + (3 * Math.log1p(calls)) / Math.log1p(mostCalls)} />
                <text x={(x1 + x2) / 2} y={(y1 + y2) / 2 - 5} text-anchor="middle">
                  {t.trace.times(f.count(calls))}
                </text>
              </g>
            );
          })}
          {nodes.map((node) => {
            const hue = node.service < 0 ? undefined : model.services[node.service].hue;
            return (
              <g key={node.name} class={node.service < 0 ? "node peer" : "node"} onClick={() => find(node)}>
                <rect x={x(node)} y={y(node)} width={NODE.width} height={NODE.height} rx="6" />
                {hue !== undefined && <rect class={`hue c${hue}`} x={x(node)} y={y(node)} width="4" height={NODE.height} rx="2" />}
                <text x={x(node) + 12} y={y(node) + 19} class="name">
                  {node.name.length > 18 ? `${node.name.slice(0, 17)}…` : node.name || t.trace.unknownService}
                </text>
                <text x={x(node) + 12} y={y(node) + 36} class={node.errors > 0 ? "failed" : ""}>
                  {node.service < 0 ? t.trace.peer : [f.duration(node.selfUs), node.errors > 0 && `✕ ${f.count(node.errors)}`].filter(Boolean).join(" · ")}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <table class="shares">
        <thead>
          <tr>
            {[t.trace.caller, t.trace.callee].map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
            {[t.trace.calls, t.traces.errors, t.trace.meanTime].map((text) => (
              <th key={text} scope="col" class="num">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, EDGES_DRAWN_MAX).map(({ from, to, calls, errors, totalUs }) => (
            <tr key={`${from} ${to}`}>
              <td>{nodes[from].name || t.trace.unknownService}</td>
              <td>
                <button type="button" class="plain" onClick={() => find(nodes[to])}>
                  {nodes[to].name || t.trace.unknownService}
                </button>
              </td>
              <td class="num">{f.count(calls)}</td>
              <td class="num">{errors > 0 ? <span class="crit-text">✕ {f.count(errors)}</span> : ""}</td>
              <td class="num">{f.duration(totalUs / calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {edges.length === 0 && <p class="muted">{t.trace.mapNone}</p>}
    </>
  );
}
