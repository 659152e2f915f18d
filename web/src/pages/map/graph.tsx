/** The drawing: lines as thick as their calls with a red core of failures, services as shapes that say what they are. */

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Slo } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { useKeys } from "../../shell/keys";
import { score } from "../../shell/match";
import { Icon, type IconName } from "../../ui/icons";
import { toneOf } from "./health";
import { detailOf, NAME_PX, place, readable, type Placed, type Room } from "./layout";
import type { MapQuery } from "./map";
import { flowOf, next, secondsOf, shareOf, thickness, type MapEdge, type MapNode, type ServiceMap } from "./model";
import { Service } from "./service";
import { EDGE_PX, revealing, useView, zoomed } from "./view";

const STEP = 1.25;
/** What stands under the drawing, and the least that is left for it above. */
const BELOW_PX = 116;
const HEIGHT_MIN = 320;

interface GraphProps {
  map: ServiceMap;
  slos: Slo[];
  query: MapQuery;
  set(change: Partial<MapQuery>, replace?: boolean): void;
}

export function Graph({ map, slos, query, set }: GraphProps) {
  const t = texts().map;
  const svg = useRef<SVGSVGElement>(null);
  const room = useRoom(svg);
  const placed = useMemo(() => place(map, { width: room.width - 2 * EDGE_PX, height: room.height - 2 * EDGE_PX }), [map, room]);
  const height = Math.min(room.height, Math.max(HEIGHT_MIN, placed.height + 2 * EDGE_PX));
  const { view, fit, setView } = useView(query.at, (at) => set({ at }, true), placed, { width: room.width, height });
  const { x, y, zoom } = view;
  const [current, setCurrent] = useState(query.sel || map.nodes[0].service);
  const seconds = secondsOf(map);
  const isFound = (name: string) => query.q !== "" && score(query.q, name) !== null;
  const named = useNamed(map, placed, zoom, (node) => (query.sel === node.service || isFound(node.service) ? 2 : toneOf(node, slos) === "crit" ? 1 : 0), `${query.sel} ${query.q}`);
  const zoomTo = (factor: number, px = room.width / 2, py = height / 2) => setView(zoomed(view, factor, px, py, fit.zoom));
  const focusOn = (service: string) => {
    setCurrent(service);
    const el = [...(svg.current?.querySelectorAll<SVGElement>("[data-service]") ?? [])].find((node) => node.dataset.service === service);
    el?.focus({ preventScroll: true });
    const at = placed.at.get(service);
    if (at) setView(revealing(view, { width: room.width, height }, { ...at, width: placed.sizes.width, height: placed.sizes.height }));
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
  useLayoutEffect(() => {
    const el = svg.current!; // rendered below, always
    el.addEventListener("wheel", onWheel, { passive: false }); // JSX listens passively
    return () => el.removeEventListener("wheel", onWheel);
  });

  const touches = (edge: MapEdge) => !query.sel || (query.callee ? edge.parent === query.sel && edge.child === query.callee : edge.parent === query.sel || edge.child === query.sel);
  return (
    <section class="card map-card">
      <svg ref={svg} class="map" style={{ height: `${height}px` }} viewBox={`${x} ${y} ${room.width / zoom} ${height / zoom}`} role="group" aria-label={t.label(map.nodes.length, map.edges.length)} onPointerDown={onPointerDown} onKeyDown={onKeyDown}>
        {map.edges.map((edge) => (
          <Line key={`${edge.parent} ${edge.child}`} edge={edge} way={placed.way(edge)} zoom={zoom} seconds={seconds} isPale={!touches(edge)} choose={() => set({ sel: edge.parent, callee: edge.child })} />
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
              <Service node={node} map={map} sizes={placed.sizes} zoom={zoom} tone={toneOf(node, slos)} isNamed={named === null || named.has(node.service)} free={placed.width - at.x} />
            </g>
          );
        })}
      </svg>
      <div class="row sub map-legend">
        <span class="spring">
          {t.legendWidth} · {t.legendRed}
          {named && ` · ${t.legendSparse}`}
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

/** What the window has for the drawing. */
function useRoom(svg: { current: SVGSVGElement | null }): Room {
  const [room, setRoom] = useState<Room>({ width: 1000, height: 600 });
  useLayoutEffect(() => {
    const el = svg.current!; // the caller renders it, always
    const measure = () => {
      const above = el.getBoundingClientRect().top + scrollY;
      const [width, height] = [el.clientWidth, Math.max(HEIGHT_MIN, Math.floor(innerHeight - above - BELOW_PX))];
      setRoom((was) => (was.width === width && was.height === height ? was : { width, height }));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(el);
    addEventListener("resize", measure);
    return () => {
      watch.disconnect();
      removeEventListener("resize", measure);
    };
  }, []);
  return room;
}

/** The services whose names there is room for; null for all. Those that matter more come first, then the busy. */
function useNamed(map: ServiceMap, placed: Placed, zoom: number, matters: (node: MapNode) => number, key: string): Set<string> | null {
  return useMemo(() => {
    const detail = detailOf(placed.sizes.height * zoom);
    if (detail !== "sparse") return null;
    const ranked = map.nodes.map((node) => ({ node, matters: matters(node), share: shareOf(flowOf(map, node)), calls: flowOf(map, node).calls }));
    ranked.sort((a, b) => b.matters - a.matters || b.share - a.share || b.calls - a.calls);
    return readable(ranked.map(({ node }) => node), placed, NAME_PX[detail] / zoom);
  }, [map, placed, zoom, key]);
}

function Line({ edge, way, zoom, seconds, isPale, choose }: { edge: MapEdge; way: string; zoom: number; seconds: number; isPale: boolean; choose(): void }) {
  const f = fmt();
  const width = thickness(edge.calls / seconds) / zoom;
  const share = shareOf(edge);
  return (
    <g class={`map-line${isPale ? " pale" : ""}`}>
      <path d={way} style={{ strokeWidth: `${width}px` }} />
      {share > 0 && <path class="bad" d={way} style={{ strokeWidth: `${Math.max(1.5 / zoom, width * share)}px` }} />}
      <path class="map-hit" d={way} onClick={choose}>
        <title>{`${edge.parent} → ${edge.child}: ${f.rate(edge.calls / seconds)}, ${f.share(share)}${edge.p95Us ? `, p95 ${f.duration(edge.p95Us)}` : ""}`}</title>
      </path>
    </g>
  );
}
