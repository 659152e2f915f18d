import {
  $,
  A,
  DataTable,
  Empty,
  Icon,
  Loaded,
  Pill,
  RangeMenu,
  Seg,
  ServiceName,
  Shape,
  Stale,
  T,
  TONES,
  a,
  apiUrl,
  boundsOf,
  byRisk,
  d,
  fmt,
  href,
  navigate,
  nowMs,
  rangeText,
  score,
  statusOf,
  texts,
  titleOf,
  useKeys,
  useResource,
  useTitle,
  w
} from "./chunk.js";

// src/pages/map/model.ts
function flowOf(map, node) {
  if (node.calls !== void 0) return { calls: node.calls, errors: node.errors ?? 0 };
  let sum = (edges) => edges.reduce((flow, edge) => ({ calls: flow.calls + edge.calls, errors: flow.errors + edge.errors }), { calls: 0, errors: 0 }), callers = map.edges.filter((edge) => edge.child === node.service && edge.parent !== node.service);
  return sum(callers.length > 0 ? callers : map.edges.filter((edge) => edge.parent === node.service));
}
var secondsOf = (map) => Math.max(1, (Date.parse(map.to) - Date.parse(map.from)) / 1e3), FAILING = 0.01, shareOf = (flow) => flow.calls > 0 ? Math.min(1, flow.errors / flow.calls) : 0, ROOMY = { width: 184, height: 44, column: 264, row: 58 }, TIGHT = { width: 116, height: 20, column: 176, row: 25 }, ROOMY_MAX = 60, sizesOf = (nServices) => nServices > ROOMY_MAX ? TIGHT : ROOMY, isTight = (sizes) => sizes === TIGHT;
function place(map) {
  let sizes = sizesOf(map.nodes.length), first = Math.min(...map.nodes.map((node) => node.rank)), top = Math.min(...map.nodes.map((node) => node.row), ...map.edges.flatMap((edge) => edge.via.map(([, row]) => row))), x = (rank) => (rank - first) * sizes.column, y = (row) => (row - top) * sizes.row, at = new Map(map.nodes.map((node) => [node.service, { x: x(node.rank), y: y(node.row) }])), width = Math.max(...map.nodes.map((node) => x(node.rank))) + sizes.width, height = Math.max(...map.nodes.map((node) => y(node.row))) + sizes.height, middle = sizes.height / 2;
  return {
    sizes,
    at,
    width,
    height,
    way(edge) {
      let from = at.get(edge.parent), to = at.get(edge.child);
      if (!from || !to) return "";
      let isBack = to.x < from.x, start = [from.x + (isBack ? 0 : sizes.width), from.y + middle - (from === to ? 6 : 0)], end = [to.x + (to.x > from.x ? 0 : sizes.width), to.y + middle + (from === to ? 6 : 0)];
      if (to.x === from.x) return `M${start.join(" ")}C${start[0] + ROUND_PX} ${start[1]} ${end[0] + ROUND_PX} ${end[1]} ${end.join(" ")}`;
      let passed = edge.via.flatMap(([rank, row]) => {
        let ends = [[x(rank), y(row) + middle], [x(rank) + sizes.width, y(row) + middle]];
        return isBack ? ends.reverse() : ends;
      }), points = [start, ...passed, end];
      return points.map((point, i) => i === 0 ? `M${point.join(" ")}` : curve(points[i - 1], point)).join("");
    }
  };
}
var ROUND_PX = 40;
function curve([fx, fy], [tx, ty]) {
  if (fy === ty) return `L${tx} ${ty}`;
  let bend = (tx - fx) / 2;
  return `C${fx + bend} ${fy} ${tx - bend} ${ty} ${tx} ${ty}`;
}
function thickness(perSecond) {
  return Math.min(9, 1 + 1.6 * Math.log10(1 + 10 * perSecond));
}
function next(map, service, key) {
  let busiest = (edges) => edges.filter((edge) => edge.parent !== edge.child).sort((a2, b) => b.calls - a2.calls)[0], here = map.nodes.find((node) => node.service === service);
  if (!here) return null;
  if (key === "ArrowRight") return busiest(map.edges.filter((edge) => edge.parent === service))?.child ?? null;
  if (key === "ArrowLeft") return busiest(map.edges.filter((edge) => edge.child === service))?.parent ?? null;
  let step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  return step !== 0 && map.nodes.find((node) => node.rank === here.rank && node.order === here.order + step)?.service || null;
}
function tracesThrough(edge) {
  return edge.timedBy === "callee" ? `service=${quote(edge.child)} remote=${quote(edge.parent)}` : edge.timedBy === "caller" ? `service=${quote(edge.parent)} remote=${quote(edge.child)}` : `service=${quote(edge.child)}`;
}
var quote = (value) => /^[\w./-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
function fitted(name, width, perChar) {
  let most = Math.max(4, Math.floor(width / perChar));
  if (name.length <= most) return name;
  let tail = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(name.length - tail)}`;
}

// src/pages/map/health.ts
var slosOf = (service, slos) => slos.filter((slo) => slo.service.toLowerCase() === service).sort(byRisk);
function toneOf(node, slos) {
  let worst = slosOf(node.service, slos)[0];
  return worst ? TONES[statusOf(worst)] : node.alarming ? "crit" : node.calls && (node.errors ?? 0) / node.calls >= FAILING ? "warn" : null;
}

// src/pages/map/graph.tsx
var EDGE_PX = 16, ZOOM_MIN = 0.2, ZOOM_MAX = 3, STEP = 1.25;
function Graph({ map, slos, query, set }) {
  let t = texts().map, svg = T(null), placed = w(() => place(map), [map]), [view, setView] = d(null), [width, setWidth] = d(1e3), [current, setCurrent] = d(query.sel || map.nodes[0].service), seconds = secondsOf(map);
  A(() => {
    let el = svg.current, watch = new ResizeObserver(() => setWidth(el.clientWidth));
    return watch.observe(el), () => watch.disconnect();
  }, []);
  let fit = w(() => {
    let zoom2 = Math.max(ZOOM_MIN, Math.min(1.15, width / (placed.width + 2 * EDGE_PX)));
    return { x: -(width / zoom2 - placed.width) / 2, y: -EDGE_PX, zoom: zoom2 };
  }, [width, placed.width]), { x, y, zoom } = view ?? fit, height = Math.max(240, (placed.height + 2 * EDGE_PX) * fit.zoom), zoomTo = (factor, px = width / 2, py = height / 2) => {
    let to = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom * factor));
    setView({ x: x + px / zoom - px / to, y: y + py / zoom - py / to, zoom: to });
  }, focusOn = (service) => {
    setCurrent(service), [...svg.current?.querySelectorAll("[data-service]") ?? []].find((node) => node.dataset.service === service)?.focus();
  };
  useKeys([
    { keys: "ArrowRight", label: t.walk, group: "map", run: null },
    { keys: "Enter", label: t.details, group: "map", run: null },
    { keys: "+", label: t.zoomIn, group: "map", run: () => zoomTo(STEP) },
    { keys: "-", label: t.zoomOut, group: "map", run: () => zoomTo(1 / STEP) },
    { keys: "0", label: t.fit, group: "map", run: () => setView(null) }
  ]);
  let onKeyDown = (event) => {
    if (!(event.ctrlKey || event.metaKey || event.altKey)) {
      if (event.key === "Enter" || event.key === " ") set({ sel: current, callee: "" });
      else if (event.key === "Escape" && query.sel) set({ sel: "", callee: "" });
      else if (event.key.startsWith("Arrow")) {
        let to = next(map, current, event.key);
        to && focusOn(to);
      } else return;
      event.preventDefault();
    }
  }, onPointerDown = (event) => {
    if (event.button !== 0 || event.target.closest("[data-service], .map-hit")) return;
    let el = svg.current, [fromX, fromY] = [event.clientX, event.clientY], move = (to) => setView({ x: x - (to.clientX - fromX) / zoom, y: y - (to.clientY - fromY) / zoom, zoom });
    el.setPointerCapture(event.pointerId), el.addEventListener("pointermove", move), el.addEventListener("pointerup", () => el.removeEventListener("pointermove", move), { once: !0 });
  }, onWheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    let box = svg.current.getBoundingClientRect();
    zoomTo(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  };
  A(() => {
    let el = svg.current;
    return el.addEventListener("wheel", onWheel, { passive: !1 }), () => el.removeEventListener("wheel", onWheel);
  });
  let isFound = (name) => query.q !== "" && score(query.q, name) !== null, touches = (edge) => !query.sel || (query.callee ? edge.parent === query.sel && edge.child === query.callee : edge.parent === query.sel || edge.child === query.sel);
  return a("section", { class: "card map-card", children: [
    a("svg", { ref: svg, class: "map", style: { height: `${height}px` }, viewBox: `${x} ${y} ${width / zoom} ${height / zoom}`, role: "group", "aria-label": t.label(map.nodes.length, map.edges.length), onPointerDown, onKeyDown, children: [
      map.edges.map((edge) => a(Line, { edge, way: placed.way(edge), seconds, isPale: !touches(edge), choose: () => set({ sel: edge.parent, callee: edge.child }) }, `${edge.parent} ${edge.child}`)),
      map.nodes.map((node) => {
        let at = placed.at.get(node.service);
        return a(
          "g",
          {
            class: `map-node k-${node.kind}${isFound(node.service) ? " found" : ""}${query.sel === node.service && !query.callee ? " chosen" : ""}`,
            transform: `translate(${at.x} ${at.y})`,
            "data-service": node.service,
            role: "button",
            tabIndex: node.service === current ? 0 : -1,
            onFocus: () => setCurrent(node.service),
            onClick: () => set({ sel: node.service, callee: "" }),
            children: a(Service, { node, map, sizes: placed.sizes, seconds, tone: toneOf(node, slos) })
          },
          node.service
        );
      })
    ] }),
    a("div", { class: "row sub map-legend", children: [
      a("span", { class: "spring", children: [
        t.legendWidth,
        " · ",
        t.legendRed
      ] }),
      [["zoom-in", t.zoomIn, () => zoomTo(STEP)], ["zoom-out", t.zoomOut, () => zoomTo(1 / STEP)], ["maximize", t.fit, () => setView(null)]].map(([icon, label, run]) => a("button", { type: "button", class: "btn small icon-only", "aria-label": label, title: label, onClick: run, children: a(Icon, { name: icon }) }, icon))
    ] })
  ] });
}
function Line({ edge, way, seconds, isPale, choose }) {
  let f = fmt(), width = thickness(edge.calls / seconds), share = shareOf(edge);
  return a("g", { class: `map-line${isPale ? " pale" : ""}`, children: [
    a("path", { d: way, style: { strokeWidth: `${width}px` } }),
    share > 0 && a("path", { class: "bad", d: way, style: { strokeWidth: `${Math.max(1.5, width * share)}px` } }),
    a("path", { class: "map-hit", d: way, onClick: choose, children: a("title", { children: `${edge.parent} → ${edge.child}: ${f.rate(edge.calls / seconds)}, ${f.share(share)}${edge.p95Us ? `, p95 ${f.duration(edge.p95Us)}` : ""}` }) })
  ] });
}
function Service({ node, map, sizes, seconds, tone }) {
  let t = texts().map, f = fmt(), flow = flowOf(map, node), share = shareOf(flow), rate = f.rate(flow.calls / seconds), tight = isTight(sizes), { width, height } = sizes, left = tight ? 20 : 26, line = tight ? height / 2 + 4 : node.kind === "database" ? 23 : 19;
  return a($, { children: [
    a("title", { children: [t.node(node.service, t.kinds[node.kind], rate, f.share(share)), node.p95Us && t.p95(f.duration(node.p95Us)), node.alarming && t.alarming].filter(Boolean).join(", ") }),
    a("path", { class: "box", d: outline(node.kind, width, height) }),
    a("rect", { class: `hue c${node.color % 8}`, x: tight ? 8 : 12, y: line - 8, width: "8", height: "8", rx: "2" }),
    a("text", { class: tight ? "name tight" : "name", x: left, y: line, children: fitted(node.service, width - left - (tone ? 20 : 8), tight ? 6.1 : 7.1) }),
    !tight && a("text", { class: "figures", x: left, y: line + 16, children: [
      rate,
      " · ",
      a("tspan", { class: share >= FAILING ? "bad" : void 0, children: f.share(share) }),
      node.p95Us ? ` · ${f.duration(node.p95Us)}` : ""
    ] }),
    tone && tone !== "ok" && a("g", { class: `tone ${tone}`, transform: `translate(${width - 18} ${line - 10})`, children: a("svg", { width: "12", height: "12", viewBox: "0 0 12 12", children: a(Shape, { tone }) }) })
  ] });
}
function outline(kind, w2, h) {
  let end = Math.min(10, h / 2);
  return kind === "database" ? `M0 5a${w2 / 2} 5 0 0 1 ${w2} 0v${h - 10}a${w2 / 2} 5 0 0 1 ${-w2} 0zM0 5a${w2 / 2} 5 0 0 0 ${w2} 0` : kind === "queue" ? `M${end} 0h${w2 - 2 * end}a${end} ${h / 2} 0 0 1 0 ${h}h${2 * end - w2}a${end} ${h / 2} 0 0 1 0 ${-h}zM${w2 - end} 0a${end} ${h / 2} 0 0 0 0 ${h}` : kind === "external" ? `M${end} 0h${w2 - 2 * end}l${end} ${h / 2}l${-end} ${h / 2}h${2 * end - w2}l${-end} ${-h / 2}z` : `M6 0h${w2 - 12}a6 6 0 0 1 6 6v${h - 12}a6 6 0 0 1 -6 6h${12 - w2}a6 6 0 0 1 -6 -6v${12 - h}a6 6 0 0 1 6 -6z`;
}

// src/pages/map/panel.tsx
function Panel({ map, slos, query, set }) {
  let t = texts().map, node = map.nodes.find((each) => each.service === query.sel), edge = map.edges.find((each) => each.parent === query.sel && each.child === query.callee), close = () => set({ sel: "", callee: "" });
  if (!node || query.callee && !edge) return null;
  let range = { t: query.t, from: query.from, to: query.to };
  return a("aside", { class: "card map-panel", "aria-label": t.details, onKeyDown: (event) => event.key === "Escape" && close(), children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: edge ? `${edge.parent} → ${edge.child}` : a(ServiceName, { name: node.service, color: node.color }) }),
      !edge && a("span", { class: "sub", children: t.kinds[node.kind] }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.close, onClick: close, children: a(Icon, { name: "x" }) })
    ] }),
    edge ? a($, { children: [
      a(Lines, { title: t.lines, edges: [edge], map, query, name: (each) => each.child }),
      a("a", { class: "btn", href: href("traces", {}, { q: tracesThrough(edge), ...range }), children: t.through })
    ] }) : a($, { children: [
      a("div", { class: "row tight", children: [
        a("a", { class: "btn small", href: href("traces", {}, { q: `service=${quote(node.service)}`, ...range }), children: t.traces }),
        a("button", { type: "button", class: "btn small", onClick: () => set({ focus: node.service }), children: t.focusHere })
      ] }),
      node.calls !== void 0 && a(Red, { service: node.service, map }),
      a("h3", { children: t.slos }),
      a(Slos, { slos: slosOf(node.service, slos) }),
      a(Lines, { title: t.callers, edges: map.edges.filter((each) => each.child === node.service), map, query, name: (each) => each.parent }),
      a(Lines, { title: t.called, edges: map.edges.filter((each) => each.parent === node.service), map, query, name: (each) => each.child })
    ] })
  ] });
}
function Slos({ slos }) {
  let t = texts();
  return slos.length === 0 ? a("p", { class: "sub", children: t.map.noSlos }) : a("ul", { class: "map-slos", children: slos.map((slo) => a("li", { class: "row tight", children: [
    a(Pill, { tone: TONES[statusOf(slo)], children: t.status[statusOf(slo)] }),
    a("a", { class: "link", href: href("slo", { name: slo.name }), children: titleOf(slo) }),
    a("span", { class: "sub", children: fmt().budget(slo.budget) })
  ] }, `${slo.name} ${slo.objective}`)) });
}
function Lines({ title, edges, map, query, name }) {
  let t = texts().map, f = fmt(), seconds = secondsOf(map);
  if (edges.length === 0) return null;
  let sorted = [...edges].sort((a2, b) => b.calls - a2.calls);
  return a("table", { "aria-label": title, class: "map-lines", children: [
    a("thead", { children: a("tr", { children: [
      a("th", { scope: "col", children: title }),
      a("th", { scope: "col", class: "num", children: t.rate }),
      a("th", { scope: "col", class: "num", children: t.errors }),
      a("th", { scope: "col", class: "num", children: t.slow })
    ] }) }),
    a("tbody", { children: sorted.map((edge) => a("tr", { children: [
      a("td", { children: a("a", { class: "link", href: href("traces", {}, { q: tracesThrough(edge), t: query.t, from: query.from, to: query.to }), title: t.throughEdge(edge.parent, edge.child), "aria-label": t.throughEdge(edge.parent, edge.child), children: name(edge) }) }),
      a("td", { class: "num", children: f.rate(edge.calls / seconds) }),
      a("td", { class: "num", children: f.share(shareOf(edge)) }),
      a("td", { class: "num", children: edge.p95Us ? f.duration(edge.p95Us) : "" })
    ] }, name(edge))) })
  ] });
}
function Red({ service, map }) {
  let t = texts().map, f = fmt(), { from, to } = map, answer = useResource(apiUrl("/aggregate", { q: `service=${quote(service)} kind=(server,consumer)`, by: "time", histogram: "duration", from, to }), { keep: !0 }).data;
  if (!answer) return a("div", { class: "map-red", "aria-busy": "true" });
  let items = [...answer.items].sort((a2, b) => String(a2.key[0]).localeCompare(String(b.key[0]))), step = Math.max(1, (answer.stepUs ?? 1e6) / 1e6), rows = [
    [t.rate, items.map((item) => item.spans / step), f.rate],
    [t.errors, items.map((item) => item.errors / Math.max(1, item.spans)), f.share],
    [t.slow, items.map((item) => item.p90Us ?? 0), f.duration]
  ];
  return a("div", { class: "map-red", children: rows.map(([label, values, text]) => a(Spark, { label, values, last: values.length > 0 ? text(Math.max(...values)) : "" }, label)) });
}
function Spark({ label, values, last }) {
  let most = Math.max(...values, 1e-9), points = values.map((value, i) => `${i * 100 / Math.max(1, values.length - 1)},${27 - value / most * 24}`).join(" ");
  return a("div", { children: [
    a("span", { class: "sub", children: [
      label,
      " ≤ ",
      last
    ] }),
    a("svg", { viewBox: "0 0 100 28", preserveAspectRatio: "none", "aria-hidden": "true", children: a("polyline", { points }) })
  ] });
}

// src/pages/map/tables.tsx
function Tables({ map, slos, query }) {
  let all = texts(), t = all.map, f = fmt(), seconds = secondsOf(map), range = { t: query.t, from: query.from, to: query.to }, fits = (text) => score(query.q, text) !== null, time = (us) => us ? f.duration(us) : "", colors = new Map(map.nodes.map((node) => [node.service, node.color])), through = (edge) => href("traces", {}, { q: tracesThrough(edge), ...range }), of = (node) => href("traces", {}, { q: `service=${quote(node.service)}`, ...range });
  return a($, { children: [
    a("section", { class: "card flush", children: [
      a("div", { class: "card-head", children: a("h2", { children: t.lines }) }),
      a(
        DataTable,
        {
          label: t.lines,
          rows: map.edges.filter((edge) => fits(`${edge.parent} ${edge.child}`)).sort((a2, b) => b.calls - a2.calls),
          rowKey: (edge) => `${edge.parent} ${edge.child}`,
          rowHref: through,
          columns: [
            {
              key: "from",
              head: t.from,
              cell: (edge) => a("a", { href: through(edge), "aria-label": t.throughEdge(edge.parent, edge.child), children: a(ServiceName, { name: edge.parent, color: colors.get(edge.parent) }) })
            },
            { key: "to", head: t.to, cell: (edge) => a(ServiceName, { name: edge.child, color: colors.get(edge.child) }) },
            { key: "rate", head: t.rate, num: !0, cell: (edge) => f.rate(edge.calls / seconds) },
            { key: "errors", head: t.errors, num: !0, cell: (edge) => f.share(shareOf(edge)) },
            { key: "p50", head: t.p50, num: !0, wideOnly: !0, cell: (edge) => time(edge.p50Us) },
            { key: "p95", head: t.slow, num: !0, wideOnly: !0, cell: (edge) => time(edge.p95Us) },
            { key: "p99", head: t.p99, num: !0, wideOnly: !0, cell: (edge) => time(edge.p99Us) }
          ]
        }
      )
    ] }),
    a("section", { class: "card flush", children: [
      a("div", { class: "card-head", children: a("h2", { children: t.services }) }),
      a(
        DataTable,
        {
          label: t.services,
          rows: map.nodes.filter((node) => fits(node.service)).sort((a2, b) => flowOf(map, b).calls - flowOf(map, a2).calls),
          rowKey: (node) => node.service,
          rowHref: of,
          columns: [
            {
              key: "name",
              head: t.services,
              cell: (node) => a("a", { href: of(node), children: a(ServiceName, { name: node.service, color: node.color }) })
            },
            { key: "kind", head: t.kind, wideOnly: !0, class: "sub", cell: (node) => t.kinds[node.kind] },
            { key: "rate", head: t.rate, num: !0, cell: (node) => f.rate(flowOf(map, node).calls / seconds) },
            { key: "errors", head: t.errors, num: !0, cell: (node) => f.share(shareOf(flowOf(map, node))) },
            { key: "p95", head: t.slow, num: !0, wideOnly: !0, cell: (node) => time(node.p95Us) },
            {
              key: "status",
              head: t.status,
              cell: (node) => {
                let worst = slosOf(node.service, slos)[0];
                return worst && a(Pill, { tone: TONES[statusOf(worst)], children: all.status[statusOf(worst)] });
              }
            }
          ]
        }
      )
    ] })
  ] });
}

// src/pages/map/map.tsx
var SERVICES_SHOWN = 60, SERVICES_MAX = 300, REFRESH_MS = 5e3, isNarrow = matchMedia("(max-width: 900px)");
function MapPage({ query }) {
  let t = texts().map;
  useTitle(t.title);
  let set = (change, replace = !1) => navigate(href("map", {}, { ...query, ...change }), { replace }), { from, to } = boundsOf(query, nowMs.peek()), isPinned = query.from !== "", url = apiUrl("/map", {
    ...isPinned ? { from, to } : { since: query.t },
    histogram: "duration",
    services: query.all ? SERVICES_MAX : SERVICES_SHOWN,
    focus: query.focus,
    hops: query.focus ? query.hops : void 0,
    min: query.min === "0" ? void 0 : query.min
  }), map = useResource(url, { topic: "traces", keep: !0, follow: !1 });
  A(() => {
    if (!map.outdated || isPinned) return;
    let timer = setTimeout(() => !document.hidden && map.retry(), REFRESH_MS);
    return () => clearTimeout(timer);
  }, [map.outdated, map.data, isPinned]);
  let slos = useResource(apiUrl("/slos"), { topic: "slos" }).data?.items ?? [], [names, setNames] = d([]);
  A(() => {
    map.data && !query.focus && setNames(map.data.nodes.map((node) => node.service));
  }, [map.data]);
  let view = isNarrow.matches ? "table" : query.view;
  return a($, { children: [
    map.problem && a(Stale, { resource: map, what: t.title }),
    a("div", { class: "row", children: [
      a("label", { class: "search", children: [
        a(Icon, { name: "search" }),
        a("span", { class: "sr", children: t.find }),
        a("input", { class: "input", type: "search", "data-filter": !0, placeholder: t.find, value: query.q, onInput: (event) => set({ q: event.currentTarget.value }, !0) })
      ] }),
      a("label", { class: "row tight sub map-focus", children: [
        t.focus,
        a("select", { class: "input", value: query.focus, onChange: (event) => set({ focus: event.currentTarget.value, sel: "", callee: "" }), children: [
          a("option", { value: "", children: t.everything }),
          [...new Set([...names, query.focus])].filter(Boolean).map((name) => a("option", { children: name }, name))
        ] })
      ] }),
      query.focus && a("div", { class: "row tight sub", children: [
        t.hops,
        a(Seg, { label: t.hops, values: ["1", "2", "3"], now: query.hops, text: (hops) => hops, choose: (hops) => set({ hops }) })
      ] }),
      a("div", { class: "row tight sub", children: [
        t.min,
        a(Seg, { label: t.min, values: ["0", "1", "5", "20"], now: query.min, text: (min) => t.minOf(min), choose: (min) => set({ min }) })
      ] }),
      !isNarrow.matches && a(Seg, { label: t.view, values: ["graph", "table"], now: query.view, text: (name) => t[name], choose: (next2) => set({ view: next2 }) }),
      a("span", { class: "spring" }),
      a(RangeMenu, { range: query, onChange: (range) => set(range) })
    ] }),
    a(Loaded, { resource: map, what: t.title, rows: 12, card: !0, children: (shown) => a($, { children: [
      shown.nodes.length === 0 ? a("section", { class: "card", children: a(Empty, { title: t.emptyTitle, children: [
        a("p", { children: query.focus ? t.noFocus(query.focus) : t.emptyText }),
        query.focus && a("button", { type: "button", class: "btn", onClick: () => set({ focus: "" }), children: t.everything })
      ] }) }) : a("div", { class: view === "table" ? "grid map-tables" : query.sel ? "map-split" : "grid", children: [
        view === "graph" ? a(Graph, { map: shown, slos, query, set }) : a(Tables, { map: shown, slos, query }),
        query.sel && view === "graph" && a(Panel, { map: shown, slos, query, set })
      ] }),
      a("div", { class: "row sub", children: [
        (shown.left.services > 0 || query.all) && a($, { children: [
          shown.left.services > 0 && a("span", { children: t.folded(shown.left.services) }),
          a("button", { type: "button", class: "btn small", onClick: () => set({ all: !query.all }), children: query.all ? t.fold : t.unfold })
        ] }),
        shown.left.edges > 0 && a("span", { children: t.weak(shown.left.edges) }),
        a("span", { children: t.over(rangeText(query)) })
      ] })
    ] }) })
  ] });
}
export {
  MapPage
};
