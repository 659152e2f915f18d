/** The drawing: lines as thick as their calls with a red core of failures, services as shapes that say what they are. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Slo } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useKeys } from "../../shell/keys";
import { score } from "../../shell/match";
import { Icon, type IconName } from "../../ui/icons";
import { HUES } from "../../ui/service";
import { Shape, type Tone } from "../../ui/status";
import { toneOf } from "./health";
import type { MapQuery } from "./map";
import { FAILING, fitted, flowOf, isTight, next, place, secondsOf, shareOf, thickness, type MapEdge, type MapNode, type ServiceMap, type Sizes } from "./model";

/** Room around the drawing, and how far it can be zoomed. */
const EDGE_PX = 16;
const ZOOM_MIN = 0.2;
const ZOOM_MAX = 3;
const STEP = 1.25;

interface View {
  x: number;
  y: number;
  zoom: number;
}

interface GraphProps {
  map: ServiceMap;
  slos: Slo[];
  query: MapQuery;
  set(change: Partial<MapQuery>): void;
}

export function Graph({ map, slos, query, set }: GraphProps) {
  const t = texts().map;
  const svg = useRef<SVGSVGElement>(null);
  const placed = useMemo(() => place(map), [map]);
  const [view, setView] = useState<View | null>(null);
  const [width, setWidth] = useState(1000);
  const [current, setCurrent] = useState(query.sel || map.nodes[0].service);
  const seconds = secondsOf(map);
  useEffect(() => {
    const el = svg.current!; // rendered below, always
    const watch = new ResizeObserver(() => setWidth(el.clientWidth));
    watch.observe(el);
    return () => watch.disconnect();
  }, []);
  // The whole drawing, but never larger than it is.
  const fit: View = useMemo(() => {
    const zoom = Math.max(ZOOM_MIN, Math.min(1.15, width / (placed.width + 2 * EDGE_PX)));
    return { x: -(width / zoom - placed.width) / 2, y: -EDGE_PX, zoom };
  }, [width, placed.width]);
  const { x, y, zoom } = view ?? fit;
  const height = Math.max(240, (placed.height + 2 * EDGE_PX) * fit.zoom);
  const zoomTo = (factor: number, px = width / 2, py = height / 2) => {
    const to = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom * factor));
    setView({ x: x + px / zoom - px / to, y: y + py / zoom - py / to, zoom: to });
  };
  const focusOn = (service: string) => {
    setCurrent(service);
    const el = [...(svg.current?.querySelectorAll<SVGElement>("[data-service]") ?? [])].find((node) => node.dataset.service === service);
    el?.focus();
  };
  useKeys([
    { keys: "ArrowRight", label: t.walk, group: "map", run: null },
    { keys: "Enter", label: t.details, group: "map", run: null },
    { keys: "+", label: t.zoomIn, group: "map", run: () => zoomTo(STEP) },
    { keys: "-", label: t.zoomOut, group: "map", run: () => zoomTo(1 / STEP) },
    { keys: "0", label: t.fit, group: "map", run: () => setView(null) },
  ]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") set({ sel: current, callee: "" });
    else if (event.key === "Escape" && query.sel) set({ sel: "", callee: "" });
    else if (event.key.startsWith("Arrow")) {
      const to = next(map, current, event.key);
      if (to) focusOn(to);
    } else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as Element).closest("[data-service], .map-hit")) return;
    const el = svg.current!; // its own event
    const [fromX, fromY] = [event.clientX, event.clientY];
    const move = (to: PointerEvent) => setView({ x: x - (to.clientX - fromX) / zoom, y: y - (to.clientY - fromY) / zoom, zoom });
    el.setPointerCapture(event.pointerId);
    el.addEventListener("pointermove", move);
    el.addEventListener("pointerup", () => el.removeEventListener("pointermove", move), { once: true });
  };
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    const box = svg.current!.getBoundingClientRect();
    zoomTo(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  };
  useEffect(() => {
    const el = svg.current!; // rendered below, always
    el.addEventListener("wheel", onWheel, { passive: false }); // JSX listens passively
    return () => el.removeEventListener("wheel", onWheel);
  });

  const isFound = (name: string) => query.q !== "" && score(query.q, name) !== null;
  const touches = (edge: MapEdge) => !query.sel || (query.callee ? edge.parent === query.sel && edge.child === query.callee : edge.parent === query.sel || edge.child === query.sel);
  return (
    <section class="card map-card">
      <svg ref={svg} class="map" style={{ height: `${height}px` }} viewBox={`${x} ${y} ${width / zoom} ${height / zoom}`} role="group" aria-label={t.label(map.nodes.length, map.edges.length)} onPointerDown={onPointerDown} onKeyDown={onKeyDown}>
        {map.edges.map((edge) => (
          <Line key={`${edge.parent} ${edge.child}`} edge={edge} way={placed.way(edge)} seconds={seconds} isPale={!touches(edge)} choose={() => set({ sel: edge.parent, callee: edge.child })} />
        ))}
        {map.nodes.map((node) => {
          const at = placed.at.get(node.service)!; // every node is placed
          return (
            <g
              key={node.service}
              class={`map-node k-${node.kind}${isFound(node.service) ? " found" : ""}${query.sel === node.service && !query.callee ? " chosen" : ""}`}
              transform={`translate(${at.x} ${at.y})`}
              data-service={node.service}
              role="button"
              tabIndex={node.service === current ? 0 : -1}
              onFocus={() => setCurrent(node.service)}
              onClick={() => set({ sel: node.service, callee: "" })}
            >
              <Service node={node} map={map} sizes={placed.sizes} seconds={seconds} tone={toneOf(node, slos)} />
            </g>
          );
        })}
      </svg>
      <div class="row sub map-legend">
        <span class="spring">
          {t.legendWidth} · {t.legendRed}
        </span>
        {([["zoom-in", t.zoomIn, () => zoomTo(STEP)], ["zoom-out", t.zoomOut, () => zoomTo(1 / STEP)], ["maximize", t.fit, () => setView(null)]] as [IconName, string, () => void][]).map(([icon, label, run]) => (
          <button key={icon} type="button" class="btn small icon-only" aria-label={label} title={label} onClick={run}>
            <Icon name={icon} />
          </button>
        ))}
      </div>
    </section>
  );
}

function Line({ edge, way, seconds, isPale, choose }: { edge: MapEdge; way: string; seconds: number; isPale: boolean; choose(): void }) {
  const f = fmt();
  const width = thickness(edge.calls / seconds);
  const share = shareOf(edge);
  return (
    <g class={`map-line${isPale ? " pale" : ""}`}>
      <path d={way} style={{ strokeWidth: `${width}px` }} />
      {share > 0 && <path class="bad" d={way} style={{ strokeWidth: `${Math.max(1.5, width * share)}px` }} />}
      <path class="map-hit" d={way} onClick={choose}>
        <title>{`${edge.parent} → ${edge.child}: ${f.rate(edge.calls / seconds)}, ${f.share(share)}${edge.p95Us ? `, p95 ${f.duration(edge.p95Us)}` : ""}`}</title>
      </path>
    </g>
  );
}

interface ServiceProps {
  node: MapNode;
  map: ServiceMap;
  sizes: Sizes;
  seconds: number;
  tone: Tone | null;
}

function Service({ node, map, sizes, seconds, tone }: ServiceProps) {
  const t = texts().map;
  const f = fmt();
  const flow = flowOf(map, node);
  const share = shareOf(flow);
  const rate = f.rate(flow.calls / seconds);
  const tight = isTight(sizes);
  const { width, height } = sizes;
  const left = tight ? 20 : 26;
  const line = tight ? height / 2 + 4 : node.kind === "database" ? 23 : 19;
  return (
    <>
      <title>{[t.node(node.service, t.kinds[node.kind], rate, f.share(share)), node.p95Us && t.p95(f.duration(node.p95Us)), node.alarming && t.alarming].filter(Boolean).join(", ")}</title>
      <path class="box" d={outline(node.kind, width, height)} />
      <rect class={`hue c${node.color % HUES}`} x={tight ? 8 : 12} y={line - 8} width="8" height="8" rx="2" />
      <text class={tight ? "name tight" : "name"} x={left} y={line}>
        {fitted(node.service, width - left - (tone ? 20 : 8), tight ? 6.1 : 7.1)}
      </text>
      {!tight && (
        <text class="figures" x={left} y={line + 16}>
          {rate} · <tspan class={share >= FAILING ? "bad" : undefined}>{f.share(share)}</tspan>
          {node.p95Us ? ` · ${f.duration(node.p95Us)}` : ""}
        </text>
      )}
      {tone && tone !== "ok" && (
        <g class={`tone ${tone}`} transform={`translate(${width - 18} ${line - 10})`}>
          <svg width="12" height="12" viewBox="0 0 12 12">
            <Shape tone={tone} />
          </svg>
        </g>
      )}
    </>
  );
}

/** A box; a drum for a database, a tube for a queue, a lozenge for what is not ours. */
function outline(kind: MapNode["kind"], w: number, h: number): string {
  const end = Math.min(10, h / 2);
  if (kind === "database") return `M0 5a${w / 2} 5 0 0 1 ${w} 0v${h - 10}a${w / 2} 5 0 0 1 ${-w} 0zM0 5a${w / 2} 5 0 0 0 ${w} 0`;
  if (kind === "queue") return `M${end} 0h${w - 2 * end}a${end} ${h / 2} 0 0 1 0 ${h}h${2 * end - w}a${end} ${h / 2} 0 0 1 0 ${-h}zM${w - end} 0a${end} ${h / 2} 0 0 0 0 ${h}`;
  if (kind === "external") return `M${end} 0h${w - 2 * end}l${end} ${h / 2}l${-end} ${h / 2}h${2 * end - w}l${-end} ${-h / 2}z`;
  return `M6 0h${w - 12}a6 6 0 0 1 6 6v${h - 12}a6 6 0 0 1 -6 6h${12 - w}a6 6 0 0 1 -6 -6v${12 - h}a6 6 0 0 1 6 -6z`;
}
