import {
  $,
  A,
  Banner,
  Empty,
  Failure,
  Icon,
  Pill,
  Skeleton,
  T,
  a,
  apiUrl,
  coloursOf,
  copyText,
  d,
  fitCanvas,
  fmt,
  href,
  indexOfRow,
  modelOf,
  navigate,
  nextFlagged,
  nowMs,
  paletteVersion,
  place,
  readChoice,
  reveal,
  saveChoice,
  scrollToShow,
  shareByService,
  shortId,
  stepLevel,
  texts,
  useKeys,
  useResource,
  useSettled,
  useSpanDetail,
  useTitle,
  visibleRows,
  visibleSpan,
  w
} from "./chunk.js";

// src/pages/trace/find.ts
function durationUsOf(text) {
  let match = /^(\d+(?:\.\d+)?)(us|µs|ms|s|m)?$/.exec(text);
  if (!match) return null;
  let unit = { us: 1, µs: 1, ms: 1e3, s: 1e6, m: 6e7 }[match[2] ?? "us"] ?? 1;
  return Number(match[1]) * unit;
}
function wordsOf(query) {
  return [...query.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
}
var COMPARISONS = { ">": (a2, b) => a2 > b, ">=": (a2, b) => a2 >= b, "<": (a2, b) => a2 < b, "<=": (a2, b) => a2 <= b };
function testOf(model, word) {
  let negated = /^[-!](.+)$/.exec(word);
  if (negated) {
    let inner = testOf(model, negated[1]);
    return (row) => !inner(row);
  }
  if (word === "error") return (row) => model.isError[row] === 1;
  if (word === "root") return (row) => model.parent[row] < 0;
  let compared = /^(?:duration)?(>=|<=|>|<)(.+)$/.exec(word);
  if (compared) {
    let compare = COMPARISONS[compared[1]], percent = /^(\d+(?:\.\d+)?)%$/.exec(compared[2]), limit = percent ? Number(percent[1]) / 100 * model.durationUs : durationUsOf(compared[2]);
    if (limit !== null) return (row) => compare(model.duration[row], limit);
  }
  let named = /^(service|op|kind|remote|status)=(.*)$/.exec(word);
  if (named) {
    let wanted = named[2].toLowerCase(), textOf = {
      service: (row) => model.services[model.service[row]]?.name ?? "",
      op: (row) => model.names[model.name[row]] ?? "",
      kind: (row) => model.kinds[row],
      remote: (row) => model.remotes[row],
      status: (row) => model.statuses[row]
    }[named[1]];
    return (row) => textOf(row).toLowerCase() === wanted;
  }
  let needle = word.toLowerCase(), inService = Uint8Array.from(model.services, (service) => Number(service.name.toLowerCase().includes(needle))), inName = Uint8Array.from(model.names, (name) => Number(name.toLowerCase().includes(needle)));
  return (row) => inService[model.service[row]] === 1 || inName[model.name[row]] === 1 || model.statuses[row].toLowerCase().includes(needle) || model.remotes[row].toLowerCase().includes(needle) || model.ids[row] === needle;
}
function findIn(model, query) {
  let tests = wordsOf(query).map((word) => testOf(model, word));
  if (tests.length === 0) return null;
  let flags = new Uint8Array(model.count), count = 0;
  for (let row = 0; row < model.count; row++)
    tests.every((test) => test(row)) && (flags[row] = 1, count++);
  return { flags, count };
}
function ordinalOf(matches, row) {
  if (row < 0 || !matches.flags[row]) return 0;
  let n = 0;
  for (let i = 0; i <= row; i++) n += matches.flags[i];
  return n;
}

// src/pages/trace/findbar.tsx
function FindBar({ matches, selected, q, onQuery, onStep, onLeave }) {
  let t = texts().trace, f = fmt();
  return a("div", { class: "filter find", children: [
    a(Icon, { name: "search" }),
    a(
      "input",
      {
        type: "text",
        "data-filter": !0,
        "aria-label": t.findLabel,
        placeholder: t.find,
        autocomplete: "off",
        spellcheck: !1,
        value: q,
        onInput: (event) => onQuery(event.currentTarget.value),
        onKeyDown: (event) => {
          event.isComposing || (event.key === "Enter" ? (event.preventDefault(), onStep(event.shiftKey ? -1 : 1)) : event.key === "Escape" && (event.preventDefault(), q ? onQuery("") : onLeave()));
        }
      }
    ),
    a("span", { class: "sub nowrap", role: "status", children: matches && (matches.count === 0 ? t.findNone : t.findCount(f.count(ordinalOf(matches, selected)), f.count(matches.count))) }),
    matches && matches.count > 0 && a($, { children: [
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.findPrevious, title: t.findPrevious, onClick: () => onStep(-1), children: a(Icon, { name: "chevron-up" }) }),
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.findNext, title: t.findNext, onClick: () => onStep(1), children: a(Icon, { name: "chevron-down" }) })
    ] })
  ] });
}

// src/pages/trace/bars.ts
var ROW_PX = 26, BAR_TOP = 6, BAR_PX = 14, BAR_MIN_PX = 2, RADIUS = 2, LABEL_GAP = 5, FADED = 0.28;
function readPalette(el) {
  let hues = coloursOf(el, Object.fromEntries(Array.from({ length: 8 }, (_, i) => [i, `--s${i + 1}`])));
  return { ...coloursOf(el, { text: "--text", muted: "--muted", border: "--border", surface: "--surface", crit: "--crit-fill", critText: "--crit", accent: "--accent" }), hues: Object.values(hues), font: getComputedStyle(el).fontFamily };
}
function drawBars(ctx, palette, scene) {
  let { model, visible, view, width, height } = scene, scale = width / (view.to - view.from);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height), ctx.save(), ctx.translate(scene.left, 0), ctx.fillStyle = palette.border;
  for (let tick of scene.ticks) ctx.fillRect(Math.round((tick - view.from) * scale), 0, 1, height);
  ctx.font = `11px ${palette.font}`, ctx.textBaseline = "middle";
  for (let index = scene.first; index < scene.end; index++) {
    let row = visible[index], top = index * ROW_PX - scene.scrollTop, isFaded = scene.matches !== null && !scene.matches[row] || scene.onlyCritical && !model.isCritical[row];
    ctx.globalAlpha = isFaded ? FADED : 1, drawBar(ctx, top, scale, palette, scene, row);
  }
  ctx.restore();
}
function drawBar(ctx, top, scale, palette, scene, row) {
  let { model, view, width } = scene, from = (model.start[row] - view.from) * scale, to = from + model.duration[row] * scale, label = scene.labelOf(row), status = model.isError[row] ? model.statuses[row] || "✕" : "", left = Math.max(0, Math.min(from, width)), right = Math.min(width + RADIUS * 2, Math.max(to, left + (to >= 0 ? BAR_MIN_PX : 0)));
  if (to >= 0 && from <= width) {
    let service = model.services[model.service[row]];
    ctx.fillStyle = palette.hues[service?.hue ?? 0], ctx.beginPath(), ctx.roundRect(left, top + BAR_TOP, Math.max(BAR_MIN_PX, right - left), BAR_PX, RADIUS), ctx.fill(), service?.isHatched && hatch(ctx, left, top + BAR_TOP, right - left, BAR_PX, palette.surface), model.isError[row] && markError(ctx, left, top + BAR_TOP, Math.max(BAR_MIN_PX, right - left), palette), model.isCritical[row] && (ctx.fillStyle = palette.text, ctx.fillRect(Math.max(0, left), top + BAR_TOP + BAR_PX + 1, Math.max(BAR_MIN_PX, Math.min(width, right) - Math.max(0, left)), 2));
  }
  drawLabel(ctx, top, { from: -scene.left, to: width, left: Math.max(0, left), right: Math.min(width, right) }, palette, label, status);
}
function markError(ctx, x, y, width, palette) {
  ctx.fillStyle = palette.crit, ctx.beginPath(), ctx.roundRect(x - 2, y, Math.min(6, width + 2), BAR_PX, RADIUS), ctx.fill(), ctx.strokeStyle = palette.crit, ctx.lineWidth = 1.5, ctx.beginPath(), ctx.roundRect(x - 1.5, y - 0.75, width + 2, BAR_PX + 1.5, RADIUS + 1), ctx.stroke();
}
function hatch(ctx, x, y, width, height, colour) {
  ctx.save(), ctx.beginPath(), ctx.rect(x, y, width, height), ctx.clip(), ctx.strokeStyle = colour, ctx.lineWidth = 1.5, ctx.beginPath();
  for (let at = x - height; at < x + width; at += 6)
    ctx.moveTo(at, y + height), ctx.lineTo(at + height, y);
  ctx.stroke(), ctx.restore();
}
function drawLabel(ctx, top, at, palette, label, status) {
  let middle = top + BAR_TOP + BAR_PX / 2 + 0.5;
  ctx.textAlign = "left";
  let statusPx = status ? ctx.measureText(`${status} `).width : 0, textPx = statusPx + ctx.measureText(label).width, x = at.right + LABEL_GAP + (status ? 1 : 0);
  x + textPx > at.to && (x = at.left - LABEL_GAP - textPx - (status ? 2 : 0)), x < at.from && (x = Math.max(at.from, at.right - textPx - LABEL_GAP - 2), ctx.fillStyle = palette.surface, ctx.beginPath(), ctx.roundRect(x - 3, top + BAR_TOP + 1, textPx + 6, BAR_PX - 2, RADIUS), ctx.fill()), status && (ctx.fillStyle = palette.critText, ctx.fillText(status, x, middle)), ctx.fillStyle = palette.muted, ctx.fillText(label, x + statusPx, middle);
}
var MINIMAP_LINES_MAX = 4e3;
function drawMinimap(ctx, width, height, palette, model) {
  ctx.clearRect(0, 0, width, height);
  let step = Math.max(1, Math.floor(model.count / MINIMAP_LINES_MAX)), rowPx = height / Math.max(1, model.count), linePx = Math.max(1, Math.min(4, rowPx * 0.7)), scale = width / model.durationUs;
  for (let row = 0; row < model.count; row += step)
    ctx.fillStyle = palette.hues[model.services[model.service[row]]?.hue ?? 0], ctx.fillRect(model.start[row] * scale, row * rowPx, Math.max(1.5, model.duration[row] * scale), linePx);
  ctx.fillStyle = palette.crit;
  for (let row = 0; row < model.count; row++)
    model.isError[row] && ctx.fillRect(model.start[row] * scale, row * rowPx, Math.max(2, model.duration[row] * scale), Math.max(2, linePx));
}

// src/pages/trace/timescale.ts
function clampView(view, durationUs) {
  let length = Math.min(durationUs, Math.max(Math.min(10, durationUs), view.to - view.from)), from = Math.min(Math.max(0, view.from), durationUs - length);
  return { from, to: from + length };
}
function zoomView(view, factor, anchor, durationUs) {
  let length = view.to - view.from, next = Math.min(durationUs, Math.max(Math.min(10, durationUs), length * factor)), at = view.from + length * anchor;
  return clampView({ from: at - next * anchor, to: at + next * (1 - anchor) }, durationUs);
}
function panView(view, share, durationUs) {
  let shift = (view.to - view.from) * share;
  return clampView({ from: view.from + shift, to: view.to + shift }, durationUs);
}
function fitView(startUs, spanUs, durationUs) {
  let air = Math.max(spanUs * 0.1, 5);
  return clampView({ from: startUs - air, to: startUs + spanUs + air }, durationUs);
}
var isWhole = (view, durationUs) => view.from <= 0 && view.to >= durationUs;
function ticksOf(view, wanted) {
  let rough = (view.to - view.from) / Math.max(1, wanted), power = 10 ** Math.floor(Math.log10(Math.max(rough, 1))), step = [1, 2, 5, 10].map((n) => n * power).find((candidate) => candidate >= rough) ?? power * 10, ticks = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) ticks.push(at);
  return ticks;
}
function tickLabel(us, stepUs, largestUs) {
  if (us === 0) return "0";
  let [unit, sizeUs] = largestUs < 1e3 ? ["µs", 1] : largestUs < 1e6 ? ["ms", 1e3] : ["s", 1e6], digits = Math.max(0, Math.ceil(-Math.log10(stepUs / sizeUs) - 1e-9));
  return `${(us / sizeUs).toFixed(digits)} ${unit}`;
}

// src/pages/trace/minimap.tsx
var HEIGHT_PX = 36, DRAG_PX_MIN = 4;
function Minimap({ model, view, onView }) {
  let box = T(null), canvas = T(null), drag = T(null), version = paletteVersion.value;
  A(() => {
    let el = box.current, surface = canvas.current, draw = () => {
      let ctx = fitCanvas(surface, el.clientWidth, HEIGHT_PX);
      ctx && el.isConnected && drawMinimap(ctx, el.clientWidth, HEIGHT_PX, readPalette(el), model);
    }, observer = new ResizeObserver(draw);
    return observer.observe(el), () => observer.disconnect();
  }, [model, version]);
  let shareAt = (event) => {
    let rect = box.current.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - rect.left) / rect.width));
  }, moveTo = (event) => {
    if (!drag.current || Math.abs(event.clientX - drag.current.fromX) < DRAG_PX_MIN) return;
    let rect = box.current.getBoundingClientRect(), a2 = Math.min(1, Math.max(0, (drag.current.fromX - rect.left) / rect.width)), b = shareAt(event);
    onView(clampView({ from: Math.min(a2, b) * model.durationUs, to: Math.max(a2, b) * model.durationUs }, model.durationUs));
  }, left = view.from / model.durationUs * 100, width = (view.to - view.from) / model.durationUs * 100;
  return a(
    "div",
    {
      ref: box,
      class: "minimap",
      title: texts().trace.minimap,
      onPointerDown: (event) => {
        drag.current = { fromX: event.clientX }, event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: moveTo,
      onPointerUp: (event) => {
        if (drag.current && Math.abs(event.clientX - drag.current.fromX) < DRAG_PX_MIN && !isWhole(view, model.durationUs)) {
          let at = shareAt(event) * model.durationUs, half = (view.to - view.from) / 2;
          onView(clampView({ from: at - half, to: at + half }, model.durationUs));
        }
        drag.current = null;
      },
      onDblClick: () => onView({ from: 0, to: model.durationUs }),
      children: [
        a("canvas", { ref: canvas, "aria-hidden": "true" }),
        !isWhole(view, model.durationUs) && a($, { children: [
          a("i", { class: "shade", style: { left: 0, width: `${left}%` } }),
          a("i", { class: "shade", style: { left: `${left + width}%`, right: 0 } }),
          a("i", { class: "brush", style: { left: `${left}%`, width: `${width}%` } })
        ] })
      ]
    }
  );
}

// src/pages/trace/panel.tsx
function SpanPanel({ model, row, onClose }) {
  let t = texts(), { detail, problem, retry } = useSpanDetail(model, row), [chosenHalf, setHalf] = d(null), service = model.services[model.service[row]]?.name || t.trace.unknownService, name = model.names[model.name[row]] || t.trace.unnamed, halves = detail?.halves ?? [], half = chosenHalf ?? Math.max(0, halves.findIndex((one) => one.service === service)), shown = halves[half] ?? detail;
  return a("div", { class: "span-panel", children: [
    a("div", { class: "card", children: [
      a("div", { class: "card-head", children: [
        a("h2", { class: "span-title", children: [
          service,
          " ",
          a("span", { class: "muted", children: [
            "· ",
            name
          ] })
        ] }),
        model.isError[row] === 1 && a(Pill, { tone: "crit", children: model.statuses[row] || t.trace.error }),
        a("span", { class: "spring" }),
        a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.span.close, title: t.span.close, onClick: onClose, children: a(Icon, { name: "x" }) })
      ] }),
      a(Facts, { model, row, detail: shown }),
      halves.length > 1 && a("div", { class: "row tight halves", children: [
        a("span", { class: "sub", children: t.span.halves }),
        a("div", { class: "seg", role: "group", "aria-label": t.span.halves, children: halves.map((one, i) => a("button", { type: "button", "aria-pressed": i === half, onClick: () => setHalf(i), children: [one.local?.service || one.service, one.kind?.toLowerCase()].filter(Boolean).join(" · ") }, i)) })
      ] }),
      a("h3", { children: t.span.tags }),
      shown ? a(Pairs, { pairs: shown.tags, none: t.span.tagsNone, searchable: !0 }) : problem ? a(Failure, { what: t.span.tags, problem, retry }) : a(Skeleton, { rows: 3 }),
      shown && (shown.resource?.length ?? 0) > 0 && a($, { children: [
        a("h3", { children: t.span.resource }),
        a(Pairs, { pairs: shown.resource ?? [], none: "" })
      ] })
    ] }),
    shown && a("div", { class: "card", children: [
      a("h2", { children: t.span.annotations }),
      a(Annotations, { detail: shown, startUs: model.startUs }),
      (shown.links?.length ?? 0) > 0 && a($, { children: [
        a("h3", { children: t.span.links }),
        a("ul", { children: shown.links?.map((link) => a("li", { children: a("a", { class: "link mono", href: href("trace", { id: link.traceId }, { span: link.spanId }), children: link.traceId }) }, link.traceId + link.spanId)) })
      ] })
    ] })
  ] });
}
function Facts({ model, row, detail }) {
  let t = texts().span, f = fmt(), isHalf = detail !== void 0 && detail.halves === void 0 && detail.durationUs > 0, durationUs = isHalf ? detail.durationUs : model.duration[row], startUs = isHalf && detail.startUs > 0 ? detail.startUs - model.startUs : model.start[row], parent = model.parent[row], facts = [
    [t.duration, durationUs > 0 ? f.duration(durationUs) : t.notKnown],
    [t.selfTime, f.duration(model.self[row])],
    [t.start, f.offset(startUs)],
    [t.kind, (detail?.kind ?? model.kinds[row]).toLowerCase() || t.notKnown],
    [t.remote, endpointText(detail?.remote) || model.remotes[row]],
    [t.local, endpointText(detail?.local)],
    [t.id, model.ids[row]],
    [t.parent, parent < 0 ? t.root : model.ids[parent]]
  ];
  return a("dl", { class: "facts", children: [
    facts.filter(([, value]) => value !== "").map(([name, value]) => a("div", { children: [
      a("dt", { children: name }),
      a("dd", { children: value })
    ] }, name)),
    detail?.shared && a("div", { children: [
      a("dt", { children: t.shared }),
      a("dd", { children: a(Icon, { name: "check" }) })
    ] }),
    detail?.debug && a("div", { children: [
      a("dt", { children: t.debug }),
      a("dd", { children: a(Icon, { name: "check" }) })
    ] })
  ] });
}
function endpointText(endpoint) {
  if (!endpoint) return "";
  let address = endpoint.ipv4 || (endpoint.ipv6 ? `[${endpoint.ipv6}]` : ""), port = endpoint.port ? `:${endpoint.port}` : "";
  return [endpoint.service ?? "", address + port].filter(Boolean).join(" ");
}
var TERM_CHARS_MAX = 200;
function Pairs({ pairs, none, searchable }) {
  let t = texts().span;
  return pairs.length === 0 ? a("p", { class: "muted", children: none }) : a("table", { class: "pairs", children: a("tbody", { children: pairs.map(([name, value], i) => {
    let term = value === "" ? name : `${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    return a("tr", { children: [
      a("th", { scope: "row", children: name }),
      a("td", { children: value }),
      a("td", { children: searchable && value.length <= TERM_CHARS_MAX && !value.includes(`
`) && a("a", { class: "btn small icon-only quiet", href: href("traces", {}, { q: term }), "aria-label": t.addFilter(`${name}=${value}`), title: t.addFilter(`${name}=${value}`), children: a(Icon, { name: "search" }) }) })
    ] }, i);
  }) }) });
}
function Annotations({ detail, startUs }) {
  let t = texts().span;
  return detail.annotations.length === 0 ? a("p", { class: "muted", children: t.annotationsNone }) : a("table", { class: "pairs", children: a("tbody", { children: detail.annotations.map((annotation, i) => a("tr", { children: [
    a("th", { scope: "row", class: "nowrap", title: fmt().instant(annotation.timeUs / 1e3), children: fmt().offset(annotation.timeUs - startUs) }),
    a("td", { children: annotation.value })
  ] }, i)) }) });
}

// src/pages/trace/summary.tsx
var SHOWN_MAX = 12;
function Summary({ model }) {
  let t = texts(), f = fmt(), shares = w(() => shareByService(model), [model]), spent = shares.filter((of) => of.share > 0);
  return a("div", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.span.summary }),
      a("span", { class: "sub", children: t.span.summaryHint })
    ] }),
    a("div", { class: "share-bar", "aria-hidden": "true", children: spent.map((of) => a("i", { class: dotClass(model, of.service), style: { flexGrow: of.share } }, of.service)) }),
    a("table", { class: "shares", children: [
      a("thead", { children: a("tr", { children: [
        a("th", { scope: "col", children: t.slo.service }),
        a("th", { scope: "col", class: "num", children: t.span.selfTime }),
        a("th", { scope: "col", class: "num", children: t.span.share }),
        a("th", { scope: "col", class: "num", children: t.traces.spans }),
        a("th", { scope: "col", class: "num", children: t.traces.errors })
      ] }) }),
      a("tbody", { children: shares.slice(0, SHOWN_MAX).map((of) => a("tr", { children: [
        a("td", { children: a("span", { class: "service", children: [
          a("i", { class: dotClass(model, of.service), "aria-hidden": "true" }),
          model.services[of.service].name || t.trace.unknownService
        ] }) }),
        a("td", { class: "num", children: f.duration(of.selfUs) }),
        a("td", { class: "num", children: f.share(of.share) }),
        a("td", { class: "num", children: f.count(of.spans) }),
        a("td", { class: "num", children: of.errors > 0 ? a("span", { class: "pill bare crit", children: f.count(of.errors) }) : "" })
      ] }, of.service)) })
    ] }),
    a("p", { class: "sub", children: t.span.select })
  ] });
}
function dotClass(model, service) {
  let { hue, isHatched } = model.services[service];
  return `dot c${hue}${isHatched ? " hatch" : ""}`;
}

// src/pages/trace/rows.ts
var INDENT_LEVELS_MAX = 20;
function element(tag, className, parent, role) {
  let el = document.createElement(tag);
  return el.className = className, role && el.setAttribute("role", role), parent.append(el), el;
}
var RowRing = class {
  constructor(box) {
    this.box = box;
  }
  box;
  slots = [];
  /** Everything is written again at the next fill. */
  forget() {
    for (let slot of this.slots) slot.state = -1;
  }
  /** The row that an element shows; −1 for none. */
  rowOf(el) {
    return this.slots.find((slot) => slot.el === el)?.row ?? -1;
  }
  /** The id of the element that shows `row` now. */
  idOf(row) {
    return row < 0 ? void 0 : this.slots.find((slot) => slot.row === row)?.el.id;
  }
  /** Shows the visible rows from index `first` up to `end`, with at least `wanted` elements. */
  fill(first, end, wanted, state) {
    for (; this.slots.length < wanted; ) this.slots.push(this.newSlot());
    let n = this.slots.length, used = new Uint8Array(n);
    for (let index = first; index < end; index++)
      used[index % n] = 1, writeSlot(this.slots[index % n], index, state);
    for (let i = 0; i < n; i++)
      used[i] || this.slots[i].row === -1 || (this.slots[i].row = -1, this.slots[i].el.hidden = !0);
  }
  newSlot() {
    let el = element("div", "wf-row", this.box, "row");
    el.id = `wf-row-${this.slots.length}`, el.hidden = !0;
    let nameCell = element("div", "wf-name", el, "gridcell"), twisty = element("span", "wf-twisty", nameCell);
    twisty.setAttribute("aria-hidden", "true");
    let dot = element("i", "dot", nameCell);
    dot.setAttribute("aria-hidden", "true");
    let service = element("b", "", nameCell), name = element("span", "muted", nameCell), badge = element("span", "wf-badge", nameCell), words = element("span", "sr", element("div", "wf-bar", el, "gridcell"));
    return { el, nameCell, twisty, dot, service, name, badge, words, row: -1, state: -1 };
  }
};
function writeSlot(slot, index, state) {
  let { model, matches, texts: texts2, fmt: fmt2 } = state, row = state.visible[index], depth = model.depth[row], isSelected = row === state.selected, isParent = model.size[row] > 1, isClosed = state.collapsed[row] === 1, isMatch = matches !== null && matches[row] === 1, isFaded = matches !== null && !isMatch || state.onlyCritical && !model.isCritical[row], bits = Number(isSelected) | Number(isClosed) << 1 | Number(isFaded) << 2 | Number(isMatch) << 3, top = `translateY(${index * ROW_PX}px)`;
  if (slot.el.style.transform !== top && (slot.el.style.transform = top), !(slot.row === row && slot.state === bits)) {
    if (slot.row !== row || slot.state < 0) {
      let service = model.services[model.service[row]];
      slot.el.hidden = !1, slot.el.setAttribute("aria-level", String(depth + 1)), slot.nameCell.style.paddingLeft = `${4 + Math.min(depth, INDENT_LEVELS_MAX) * state.indent}px`, slot.dot.className = `dot c${service?.hue ?? 0}${service?.isHatched ? " hatch" : ""}`, slot.service.textContent = service?.name || texts2.trace.unknownService, slot.name.textContent = ` ${model.names[model.name[row]] || texts2.trace.unnamed}`, slot.words.textContent = wordsOf2(model, row, texts2, fmt2);
    }
    slot.row = row, slot.state = bits, slot.el.setAttribute("aria-rowindex", String(index + 1)), slot.el.setAttribute("aria-selected", String(isSelected)), isParent ? slot.el.setAttribute("aria-expanded", String(!isClosed)) : slot.el.removeAttribute("aria-expanded"), slot.el.className = `wf-row${isSelected ? " selected" : ""}${isFaded ? " faded" : ""}${isMatch ? " match" : ""}`, slot.twisty.className = `wf-twisty${isParent ? isClosed ? " closed" : " open" : ""}`, slot.badge.textContent = isClosed ? texts2.trace.hidden(fmt2.count(model.size[row] - 1)) : depth > INDENT_LEVELS_MAX ? `↳${depth}` : "";
  }
}
function wordsOf2(model, row, texts2, fmt2) {
  let t = texts2.trace;
  return [
    model.duration[row] > 0 ? fmt2.duration(model.duration[row]) : "",
    t.startsAt(fmt2.offset(model.start[row])),
    model.isError[row] ? model.statuses[row] ? t.errorStatus(model.statuses[row]) : t.error : "",
    model.isCritical[row] ? t.onCritical : "",
    model.size[row] > 1 ? t.hiddenLabel(fmt2.count(model.size[row] - 1)) : ""
  ].filter(Boolean).join(", ");
}

// src/pages/trace/waterfall.ts
var OVERSCAN_ROWS = 4, INDENT_PX = 14, INDENT_PX_NARROW = 9, NAMES_NARROW_PX = 300, NAME_SHARE = 0.34, NAME_SHARE_NARROW = 0.45, NAME_PX_MIN = 150, NARROW_PX = 640, TICK_PX = 110, ZOOM_STEP = 0.6, PAN_STEP = 0.15, BARS_PADDING_PX = 6, LABEL_GUTTER_PX = 54, Waterfall = class {
  constructor(root, model, texts2, fmt2, events) {
    this.root = root;
    this.model = model;
    this.texts = texts2;
    this.fmt = fmt2;
    this.events = events;
    this.axis = element("div", "wf-axis", root), this.axis.setAttribute("aria-hidden", "true"), this.scroller = element("div", "wf-scroll", root, "treegrid"), this.scroller.tabIndex = 0, this.scroller.setAttribute("aria-colcount", "2"), this.canvas = document.createElement("canvas"), this.canvas.className = "wf-bars", this.canvas.setAttribute("aria-hidden", "true"), this.scroller.append(this.canvas), this.rowsBox = element("div", "wf-rows", this.scroller), this.rows = new RowRing(this.rowsBox), this.palette = readPalette(root), this.scroller.addEventListener("scroll", () => this.schedule(), { passive: !0 }), this.scroller.addEventListener("keydown", (event) => this.onKeyDown(event)), this.scroller.addEventListener("click", (event) => this.onClick(event)), this.scroller.addEventListener("dblclick", (event) => this.rowAt(event) >= 0 && this.fit()), this.scroller.addEventListener("wheel", (event) => this.onWheel(event), { passive: !1 }), this.observer = new ResizeObserver(() => this.resize()), this.observer.observe(this.scroller), this.setModel(model);
  }
  root;
  model;
  texts;
  fmt;
  events;
  axis;
  scroller;
  canvas;
  rowsBox;
  observer;
  rows;
  palette;
  collapsed = new Uint8Array(0);
  visible = new Int32Array(0);
  selected = -1;
  view = { from: 0, to: 1 };
  matches = null;
  onlyCritical = !1;
  gutter = 0;
  indent = INDENT_PX;
  width = 0;
  height = 0;
  frame = 0;
  destroy() {
    this.observer.disconnect(), cancelAnimationFrame(this.frame), this.root.replaceChildren();
  }
  // ---- what the page says ----
  setModel(model) {
    this.model = model, this.collapsed = new Uint8Array(model.count), this.view = { from: 0, to: model.durationUs }, this.relayout();
  }
  setLanguage(texts2, fmt2, label) {
    this.texts = texts2, this.fmt = fmt2, this.scroller.setAttribute("aria-label", label), this.rewrite();
  }
  setSelected(row) {
    row !== this.selected && (this.selected = row, row >= 0 && (reveal(this.model, this.collapsed, row) && this.relayout(), this.show(row)), this.schedule());
  }
  setMatches(matches) {
    this.matches = matches, this.rewrite();
  }
  setOnlyCritical(on) {
    this.onlyCritical = on, this.rewrite();
  }
  /** Without telling the page, which said so itself. */
  setView(view) {
    this.view = clampView(view, this.model.durationUs), this.schedule();
  }
  refreshPalette() {
    this.palette = readPalette(this.root), this.schedule();
  }
  // ---- what the reader does ----
  focus() {
    this.scroller.focus({ preventScroll: !0 });
  }
  zoom(direction, anchor = 0.5) {
    this.moveView(zoomView(this.view, direction > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, anchor, this.model.durationUs));
  }
  pan(direction) {
    this.moveView(panView(this.view, direction * PAN_STEP, this.model.durationUs));
  }
  reset() {
    this.moveView({ from: 0, to: this.model.durationUs });
  }
  fit() {
    this.selected < 0 || this.moveView(fitView(this.model.start[this.selected], this.model.duration[this.selected], this.model.durationUs));
  }
  collapseAll() {
    for (let row = 0; row < this.model.count; row++) this.collapsed[row] = this.model.size[row] > 1 ? 1 : 0;
    this.climbOut(), this.relayout();
  }
  expandAll() {
    this.collapsed.fill(0), this.relayout(), this.selected >= 0 && this.show(this.selected);
  }
  stepLevel(open) {
    stepLevel(this.model, this.collapsed, open), this.climbOut(), this.relayout();
  }
  /** Selects the next row that `flags` marks. */
  goToFlagged(flags, step) {
    let row = nextFlagged(flags, this.selected < 0 ? step > 0 ? -1 : 0 : this.selected, step);
    row >= 0 && this.select(row);
  }
  moveView(view) {
    this.view = clampView(view, this.model.durationUs), this.events.onView(this.view), this.schedule();
  }
  select(row) {
    this.setSelected(row), this.events.onSelect(row);
  }
  toggle(row) {
    this.model.size[row] <= 1 || (this.collapsed[row] ^= 1, this.climbOut(), this.relayout());
  }
  /** A selection inside a closed subtree moves up to the row that closed it. */
  climbOut() {
    let top = -1;
    for (let at = this.selected; at >= 0; at = this.model.parent[at]) at !== this.selected && this.collapsed[at] && (top = at);
    top >= 0 && this.select(top);
  }
  onClick(event) {
    let row = this.rowAt(event);
    row < 0 || (event.target.closest(".wf-twisty") ? this.toggle(row) : this.select(row));
  }
  rowAt(event) {
    let el = event.target.closest(".wf-row");
    return el ? this.rows.rowOf(el) : -1;
  }
  onWheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      let box = this.canvas.getBoundingClientRect();
      this.zoom(event.deltaY < 0 ? 1 : -1, Math.min(1, Math.max(0, (event.clientX - box.left - this.gutter) / this.width)));
    } else event.shiftKey && event.deltaY !== 0 && (event.preventDefault(), this.pan(event.deltaY > 0 ? 1 : -1));
  }
  onKeyDown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    let index = indexOfRow(this.visible, this.selected), page = Math.max(1, Math.floor(this.height / ROW_PX) - 1), goTo = (to) => this.visible.length > 0 && this.select(this.visible[Math.min(this.visible.length - 1, Math.max(0, to))]), step = {
      ArrowDown: () => goTo(index + 1),
      ArrowUp: () => goTo(index < 0 ? this.visible.length - 1 : index - 1),
      j: () => goTo(index + 1),
      k: () => goTo(index < 0 ? this.visible.length - 1 : index - 1),
      PageDown: () => goTo(index + page),
      PageUp: () => goTo(index - page),
      Home: () => goTo(0),
      End: () => goTo(this.visible.length - 1),
      ArrowRight: () => event.shiftKey ? this.stepLevel(!0) : this.openOrEnter(),
      ArrowLeft: () => event.shiftKey ? this.stepLevel(!1) : this.closeOrLeave(),
      Enter: () => this.selected >= 0 && this.events.onOpen(this.selected),
      " ": () => this.selected >= 0 && this.toggle(this.selected),
      Escape: () => this.select(-1)
    }[event.key];
    step && (event.preventDefault(), event.stopPropagation(), step());
  }
  openOrEnter() {
    let row = this.selected;
    row < 0 || this.model.size[row] <= 1 || (this.collapsed[row] ? this.toggle(row) : this.select(row + 1));
  }
  closeOrLeave() {
    let row = this.selected;
    row < 0 || (this.model.size[row] > 1 && !this.collapsed[row] ? this.toggle(row) : this.model.parent[row] >= 0 && this.select(this.model.parent[row]));
  }
  // ---- painting ----
  relayout() {
    this.visible = visibleRows(this.model, this.collapsed), this.rowsBox.style.height = `${this.visible.length * ROW_PX}px`, this.scroller.setAttribute("aria-rowcount", String(this.visible.length)), this.rewrite();
  }
  resize() {
    let width = this.scroller.clientWidth;
    this.height = this.scroller.clientHeight;
    let nameWidth = Math.round(Math.max(NAME_PX_MIN, width * (width < NARROW_PX ? NAME_SHARE_NARROW : NAME_SHARE))), indent = nameWidth < NAMES_NARROW_PX ? INDENT_PX_NARROW : INDENT_PX;
    indent !== this.indent && this.rows.forget(), this.indent = indent, this.gutter = width < NARROW_PX ? 0 : LABEL_GUTTER_PX, this.width = Math.max(0, width - nameWidth - this.gutter - BARS_PADDING_PX), this.root.style.setProperty("--wf-name", `${nameWidth}px`), this.root.style.setProperty("--wf-bars", `${nameWidth + this.gutter}px`), this.root.style.setProperty("--wf-height", `${this.height}px`), this.paint();
  }
  show(row) {
    let index = indexOfRow(this.visible, row);
    if (index < 0) return;
    let height = this.scroller.clientHeight, top = scrollToShow(index, this.scroller.scrollTop, height, ROW_PX, 1);
    top !== this.scroller.scrollTop && (this.scroller.scrollTop = top);
  }
  rewrite() {
    this.rows.forget(), this.schedule();
  }
  schedule() {
    this.frame || (this.frame = requestAnimationFrame(() => {
      this.frame = 0, this.paint();
    }));
  }
  paint() {
    if (this.width <= 0 || this.height <= 0) return;
    let scrollTop = this.scroller.scrollTop, { first, end } = visibleSpan(scrollTop, this.height, ROW_PX, this.visible.length, OVERSCAN_ROWS), { model, visible, collapsed, selected, matches, onlyCritical, indent, texts: texts2, fmt: fmt2 } = this;
    this.rows.fill(first, end, Math.ceil(this.height / ROW_PX) + 2 * OVERSCAN_ROWS + 1, { model, visible, collapsed, selected, matches, onlyCritical, indent, texts: texts2, fmt: fmt2 });
    let active = this.rows.idOf(this.selected);
    active ? this.scroller.setAttribute("aria-activedescendant", active) : this.scroller.removeAttribute("aria-activedescendant");
    let ticks = ticksOf(this.view, Math.max(2, Math.floor(this.width / TICK_PX)));
    this.writeAxis(ticks);
    let ctx = fitCanvas(this.canvas, this.gutter + this.width + BARS_PADDING_PX, this.height);
    ctx && drawBars(ctx, this.palette, {
      left: this.gutter,
      width: this.width,
      height: this.height,
      model: this.model,
      visible: this.visible,
      first,
      end,
      scrollTop,
      view: this.view,
      ticks,
      matches: this.matches,
      onlyCritical: this.onlyCritical,
      labelOf: (row) => this.model.duration[row] > 0 ? this.fmt.duration(this.model.duration[row]) : ""
    });
  }
  writeAxis(ticks) {
    let step = ticks.length > 1 ? ticks[1] - ticks[0] : this.model.durationUs;
    for (; this.axis.children.length < ticks.length; ) element("span", "", this.axis);
    for (; this.axis.children.length > ticks.length; ) this.axis.lastElementChild?.remove();
    ticks.forEach((tick, i) => {
      let el = this.axis.children[i], x = (tick - this.view.from) / (this.view.to - this.view.from) * this.width;
      el.textContent = tickLabel(tick, step, this.view.to), el.style.transform = `translateX(${x.toFixed(1)}px)`, el.className = x > this.width - 60 ? "at-end" : "";
    });
  }
};

// src/pages/trace/trace.tsx
var DOCK_BELOW_ROWS_MAX = 16;
function TracePage({ id, query }) {
  let t = texts().trace, known = /^[0-9a-f]{1,32}$/i.test(id) ? id.toLowerCase() : null, trace = useResource(known ? apiUrl(`/traces/${known}`) : null), model = w(() => trace.data ? modelOf(trace.data) : null, [trace.data]), title = model && model.count > 0 ? rootTitle(model) : t.title;
  return useTitle(title, model ? `${title} · ${shortId(id)}` : title), model && model.count > 0 ? a(TraceView, { model, query, title }) : a("section", { class: "card", children: !known || trace.problem?.status === 404 || model ? a(Empty, { title: t.notFound, children: [
    a("p", { children: known ? t.notFoundText(id) : t.badId(id) }),
    a("a", { class: "btn", href: href("traces", {}), children: t.toTraces })
  ] }) : trace.problem ? a(Failure, { what: t.title, problem: trace.problem, retry: trace.retry }) : a(Skeleton, { rows: 14 }) });
}
function rootTitle(model) {
  return model.names[model.name[0]] || model.services[model.service[0]]?.name || texts().trace.title;
}
function replaceQuery(change) {
  let here = place.peek();
  here.name === "trace" && navigate(href("trace", here.path, { ...here.query, ...change }), { replace: !0 });
}
function viewText(view, model) {
  return isWhole(view, model.durationUs) ? "" : `${Math.round(view.from)}-${Math.round(view.to)}`;
}
function viewOf(text, model) {
  let match = /^(\d+)-(\d+)$/.exec(text);
  return clampView(match ? { from: Number(match[1]), to: Number(match[2]) } : { from: 0, to: model.durationUs }, model.durationUs);
}
function TraceView({ model, query, title }) {
  let t = texts(), f = fmt(), box = T(null), panel = T(null), waterfall = T(void 0), [span, setSpan] = useSettled(query.span, (value) => replaceQuery({ span: value })), [find, setFind] = useSettled(query.q, (value) => replaceQuery({ q: value })), [view, setView] = useSettled(query.from && `${query.from}-${query.to}`, (value) => {
    let [from = "", to = ""] = value.split("-");
    replaceQuery({ from, to });
  }), [dock, setDock] = d(() => readChoice("traceDock") ?? (model.count > DOCK_BELOW_ROWS_MAX ? "right" : "below")), selected = w(() => span ? model.ids.indexOf(span) : -1, [model, span]), matches = w(() => findIn(model, find), [model, find]), chosen = T({ newest: span, pending: !1 }), choose = (id) => {
    id !== chosen.current.newest && (chosen.current = { newest: id, pending: !0 }, setSpan(id));
  };
  A(() => {
    let made = new Waterfall(box.current, model, t, f, {
      onSelect: (row) => choose(row < 0 ? "" : model.ids[row]),
      onView: (next) => setView(viewText(next, model)),
      onOpen: () => panel.current?.focus()
    });
    return waterfall.current = made, () => made.destroy();
  }, [model]), A(() => waterfall.current?.setView(viewOf(view, model)), [model, view]), A(() => waterfall.current?.setLanguage(t, f, t.trace.grid(title)), [model, t, title]), A(() => waterfall.current?.setMatches(matches?.flags ?? null), [model, matches]), A(() => waterfall.current?.setOnlyCritical(query.cp), [model, query.cp]), A(() => {
    chosen.current.pending && span !== chosen.current.newest || (chosen.current = { newest: span, pending: !1 }, waterfall.current?.setSelected(selected));
  }, [model, selected]), A(() => waterfall.current?.refreshPalette(), [model, paletteVersion.value]);
  let wf = () => waterfall.current, goToMatch = (step) => matches && matches.count > 0 && wf()?.goToFlagged(matches.flags, step), toggleCritical = () => replaceQuery({ cp: !query.cp }), toggleDock = () => {
    let next = dock === "right" ? "below" : "right";
    setDock(next), saveChoice("traceDock", next);
  }, keys = t.keys;
  return useKeys([
    { keys: "ArrowLeft", label: keys.collapse, group: "trace", run: null },
    { keys: "ArrowRight", label: keys.collapse, group: "trace", run: null },
    { keys: "Shift+ArrowLeft", label: keys.level, group: "trace", run: null },
    { keys: "Shift+ArrowRight", label: keys.level, group: "trace", run: null },
    { keys: "[", label: keys.collapseAll, group: "trace", run: () => wf()?.collapseAll() },
    { keys: "]", label: keys.collapseAll, group: "trace", run: () => wf()?.expandAll() },
    { keys: "+", label: keys.zoom, group: "trace", run: () => wf()?.zoom(1) },
    { keys: "-", label: keys.zoom, group: "trace", run: () => wf()?.zoom(-1) },
    { keys: "w", label: keys.zoom, group: "trace", run: () => wf()?.zoom(1) },
    { keys: "s", label: keys.zoom, group: "trace", run: () => wf()?.zoom(-1) },
    { keys: "a", label: keys.pan, group: "trace", run: () => wf()?.pan(-1) },
    { keys: "d", label: keys.pan, group: "trace", run: () => wf()?.pan(1) },
    { keys: "f", label: keys.fit, group: "trace", run: () => wf()?.fit() },
    { keys: "0", label: keys.reset, group: "trace", run: () => wf()?.reset() },
    { keys: "c", label: keys.critical, group: "trace", run: toggleCritical },
    { keys: "e", label: keys.error, group: "trace", run: () => wf()?.goToFlagged(model.isError, 1) },
    { keys: ".", label: keys.error, group: "trace", run: () => wf()?.goToFlagged(model.isError, 1) },
    { keys: ",", label: keys.error, group: "trace", run: () => wf()?.goToFlagged(model.isError, -1) },
    { keys: "n", label: keys.match, group: "trace", run: () => {
      goToMatch(1);
    } },
    { keys: "Shift+N", label: keys.match, group: "trace", run: () => {
      goToMatch(-1);
    } }
  ]), a($, { children: [
    a("div", { class: "row", children: [
      a("button", { type: "button", class: "btn quiet small mono trace-id", title: `${t.trace.copyId}: ${model.traceId}`, onClick: () => {
        copyText(model.traceId);
      }, children: [
        shortId(model.traceId),
        a(Icon, { name: "copy" }),
        a("span", { class: "sr", children: t.trace.copyId })
      ] }),
      model.errors > 0 && a(Pill, { tone: "crit", children: t.trace.errorCount(model.errors, f.count(model.errors)) }),
      a("span", { class: "muted", children: [
        t.trace.duration,
        " ",
        a("b", { class: "strong", children: f.duration(model.durationUs) }),
        " · ",
        t.trace.spanCount(model.spans, f.count(model.spans)),
        " · ",
        t.trace.serviceCount(model.services.length),
        " ·",
        " ",
        a("time", { dateTime: new Date(model.startUs / 1e3).toISOString(), title: f.instant(model.startUs / 1e3), children: f.time(model.startUs / 1e3, nowMs.value) })
      ] }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn", "aria-pressed": query.cp, onClick: toggleCritical, children: [
        t.trace.critical,
        " ",
        a("kbd", { class: "hide-s", children: "c" })
      ] }),
      a("a", { class: "btn", href: `/api/v2/trace/${model.traceId}`, target: "_blank", rel: "noopener", title: t.trace.jsonHint, children: t.trace.json })
    ] }),
    model.missingParents > 0 && a(Banner, { tone: "warn", children: t.trace.missing(model.missingParents, f.count(model.missingParents)) }),
    model.skewCorrected > 0 && a(Banner, { tone: "info", children: t.trace.skew(model.skewCorrected, f.count(model.skewCorrected)) }),
    a("div", { class: `trace-grid dock-${dock}`, children: [
      a("section", { class: "card waterfall-card", "aria-label": t.trace.grid(title), children: [
        a("div", { class: "wf-tools", children: [
          a(FindBar, { model, matches, selected, q: find, onQuery: setFind, onStep: goToMatch, onLeave: () => wf()?.focus() }),
          a("div", { class: "wf-buttons", children: [
            a(Tool, { icon: "collapse", label: t.trace.collapseAll, run: () => wf()?.collapseAll() }),
            a(Tool, { icon: "expand", label: t.trace.expandAll, run: () => wf()?.expandAll() }),
            a(Tool, { icon: "zoom-out", label: t.trace.zoomOut, run: () => wf()?.zoom(-1) }),
            a(Tool, { icon: "zoom-in", label: t.trace.zoomIn, run: () => wf()?.zoom(1) }),
            a(Tool, { icon: "maximize", label: t.trace.zoomReset, run: () => wf()?.reset() }),
            a("span", { class: "hide-dock", children: a(Tool, { icon: dock === "right" ? "dock-below" : "dock-right", label: dock === "right" ? t.trace.dockBelow : t.trace.dockRight, run: toggleDock }) })
          ] })
        ] }),
        a(
          Minimap,
          {
            model,
            view: viewOf(view, model),
            onView: (next) => setView(viewText(next, model))
          }
        ),
        a("div", { class: "wf", ref: box })
      ] }),
      a("section", { class: "trace-panel", ref: panel, tabIndex: -1, "aria-label": t.span.title, children: selected >= 0 ? a(SpanPanel, { model, row: selected, onClose: () => setSpan("") }, selected) : a(Summary, { model }) })
    ] })
  ] });
}
function Tool({ icon, label, run }) {
  return a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": label, title: label, onClick: run, children: a(Icon, { name: icon }) });
}
export {
  TracePage
};
