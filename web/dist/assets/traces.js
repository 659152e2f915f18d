import {
  $,
  A,
  ApiError,
  Empty,
  F,
  Failure,
  HeatTable,
  Heatmap,
  Icon,
  Loaded,
  Pill,
  Popover,
  ServiceDot,
  ServiceName,
  Skeleton,
  Stale,
  T,
  TRACES_TABS,
  a,
  apiUrl,
  boundsOf,
  boxOf,
  cellsOf,
  chartFilter,
  chartScope,
  copyText,
  d,
  density,
  fmt,
  fromInput,
  getJson,
  heatGridOf,
  href,
  isPinned,
  lang,
  listScope,
  live,
  markForCompare,
  marked,
  navigate,
  nowMs,
  openRow,
  readBox,
  setsScope,
  shortId,
  spansArrivedAt,
  sumOf,
  texts,
  toInput,
  traceIdIn,
  useKeys,
  useResource,
  useTitle,
  visibleSpan,
  w,
  wholeOf,
  writeBox
} from "./chunk.js";

// src/ui/tabs.tsx
function Tabs({ label, tabs, chosen, onChoose, children }) {
  return a($, { children: [
    a("div", { class: "seg tabs", role: "tablist", "aria-label": label, onKeyDown: (event) => {
      let at = tabs.findIndex(({ key }) => key === chosen), to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === void 0) return;
      event.preventDefault();
      let next = tabs[(to + tabs.length) % tabs.length];
      onChoose(next.key), document.getElementById(`tab-${next.key}`)?.focus();
    }, children: tabs.map(({ key, name }) => a("button", { id: `tab-${key}`, type: "button", role: "tab", "aria-selected": key === chosen, "aria-controls": "tab-panel", tabIndex: key === chosen ? 0 : -1, onClick: () => onChoose(key), children: name }, key)) }),
    a("div", { id: "tab-panel", role: "tabpanel", "aria-labelledby": `tab-${chosen}`, children })
  ] });
}

// src/pages/traces/terms.ts
function termsOf(text) {
  let terms = [], start = -1, isQuoted = !1, depth = 0;
  for (let i = 0; i < text.length; i++) {
    let ch = text[i];
    if (isQuoted) {
      ch === "\\" ? i++ : ch === '"' && (isQuoted = !1);
      continue;
    }
    if (/\s/.test(ch) && depth === 0) {
      start >= 0 && terms.push({ from: start, to: i }), start = -1;
      continue;
    }
    start < 0 && (start = i), ch === '"' ? isQuoted = !0 : ch === "(" ? depth++ : ch === ")" && (depth = Math.max(0, depth - 1));
  }
  return start >= 0 && terms.push({ from: start, to: text.length }), terms;
}
function unitsOf(text, points) {
  let units = 0;
  for (let ch of text) {
    if (points-- <= 0) break;
    units += ch.length;
  }
  return units;
}
function pointsOf(text, units) {
  return [...text.slice(0, units)].length;
}
function piecesOf(text, fault) {
  let terms = termsOf(text), edges = new Set([0, text.length, ...terms.flatMap(({ from, to }) => [from, to])]);
  if (fault) for (let at of [fault.from, fault.to]) edges.add(Math.min(text.length, Math.max(0, at)));
  let cuts = [...edges].sort((a2, b) => a2 - b), inside = (range, at) => range !== null && at >= range.from && at < range.to;
  return cuts.slice(0, -1).map((from, i) => ({
    text: text.slice(from, cuts[i + 1]),
    isTerm: terms.some((term) => inside(term, from)),
    isFault: inside(fault, from)
  }));
}
function readTerm(text) {
  let bare = text.replace(/^[-!]+/, ""), negated = (text.length - bare.length) % 2 === 1, match = /^("(?:\\.|[^"\\])*"|[^"=!<>~()\s]+)\s*=\s*(?![~=])(.+)$/s.exec(bare);
  if (!match) return { text, negated, name: bare, values: [] };
  let list = /^\((.*)\)$/s.exec(match[2]);
  return { text, negated, name: match[1], values: list ? valuesOf(list[1]) : [match[2]] };
}
function valuesOf(list) {
  return (list.match(/"(?:\\.|[^"\\])*"|[^\s,"]+/g) ?? []).map((value) => value.trim());
}
function writeTerm({ negated, name, values, text }) {
  return values.length === 0 ? text : `${negated ? "-" : ""}${name}=${values.length === 1 ? values[0] : `(${values.join(",")})`}`;
}
var textsOf = (q) => termsOf(q).map(({ from, to }) => q.slice(from, to));
function standingOf(q, term) {
  let wanted = readTerm(term);
  for (let other of textsOf(q).map(readTerm))
    if (!(other.name !== wanted.name || !wanted.values.every((value) => other.values.includes(value))))
      return other.negated === wanted.negated ? "included" : "excluded";
  return null;
}
function without(q, term) {
  let wanted = readTerm(term);
  return textsOf(q).flatMap((text) => {
    let other = readTerm(text);
    if (other.name !== wanted.name) return [text];
    if (wanted.values.length === 0) return other.values.length === 0 ? [] : [text];
    let values = other.values.filter((value) => !wanted.values.includes(value));
    return values.length === other.values.length ? [text] : values.length === 0 ? [] : [writeTerm({ ...other, values })];
  }).join(" ");
}
function including(q, term) {
  let wanted = readTerm(term), joined = !1;
  return [...textsOf(without(q, term)).map((text) => {
    let other = readTerm(text);
    return joined || wanted.values.length === 0 || other.values.length === 0 || other.name !== wanted.name || other.negated !== wanted.negated ? text : (joined = !0, writeTerm({ ...other, values: [...other.values, ...wanted.values] }));
  }), ...joined ? [] : [term]].join(" ");
}
function excluding(q, term) {
  return including(without(q, term), /^[-!]/.test(term) ? term.slice(1) : `-${term}`);
}

// src/pages/traces/apart.tsx
function SetsApart({ query, colors, set }) {
  let t = texts().traces, f = fmt(), box = readBox(query.sel), scope = setsScope(query.q, query, box), apart = useResource(apiUrl("/compare", { ...scope, q: chartFilter(query.q) }), { topic: "traces", keep: !0, follow: !1 });
  return a(Loaded, { resource: apart, what: t.tabs.compare, rows: 8, children: (found) => {
    let { selected, rest } = found.sampled, name = box ? t.theSelection : found.sel === "error" ? t.failedSpans : t.slowestTenth;
    return selected.traces === 0 ? a(Empty, { title: t.nothingSelected, children: a("p", { children: t.nothingSelectedText }) }) : rest.traces === 0 ? a(Empty, { title: t.noRest, children: a("p", { children: t.noRestText }) }) : a("div", { class: `apart${apart.old ? " dimmed" : ""}`, children: [
      a("div", { class: "card-head", children: [
        a("span", { children: [
          a("b", { children: t.against(name) }),
          " ",
          a("span", { class: "sub", children: t.sampled(f.count(selected.traces), f.count(rest.traces)) })
        ] }),
        found.cut && a(Pill, { tone: "info", children: found.cut }),
        a("span", { class: "spring" }),
        a("span", { class: "legend", children: [
          a("i", { class: "swatch sel", "aria-hidden": "true" }),
          " ",
          name
        ] }),
        a("span", { class: "legend", children: [
          a("i", { class: "swatch rest", "aria-hidden": "true" }),
          " ",
          t.theRest
        ] })
      ] }),
      found.items.length === 0 && a(Empty, { title: t.nothingApart, children: a("p", { children: t.nothingApartText }) }),
      found.items.length > 0 && a("ol", { class: "apart-list", "aria-label": t.tabs.compare, children: found.items.map((item) => a(Row, { item, colors, q: query.q, set }, item.terms)) }),
      a(TimeSpent, { found, colors })
    ] });
  } });
}
function Row({ item, colors, q, set }) {
  let t = texts().traces, { key, value, service, terms } = item;
  return a("li", { class: "apart-row", children: [
    a("div", { class: "what", children: [
      a(ServiceName, { name: service, color: colors.get(service) }),
      key !== "service" && a("span", { class: "mono clip", title: terms, children: key === "error" ? t.fails(value) : a($, { children: [
        key,
        "=",
        a("b", { children: value })
      ] }) }),
      item.alike > 0 && a("span", { class: "sub nowrap", children: t.alike(item.alike) })
    ] }),
    a(Bar, { side: item.selected, class: "sel", name: t.theSelection }),
    a(Bar, { side: item.rest, class: "rest", name: t.theRest }),
    a("div", { class: "row tight acts", children: item.onMatch ? a($, { children: [
      a("button", { type: "button", class: "btn small", onClick: () => set({ q: including(q, terms), sel: "", tab: "results" }), children: t.includeShort }),
      a("button", { type: "button", class: "btn small", onClick: () => set({ q: excluding(q, item.term), sel: "", tab: "results" }), children: t.excludeShort })
    ] }) : a("button", { type: "button", class: "btn small", title: terms, onClick: () => set({ q: terms, sel: "", tab: "results" }), children: t.searchIt }) })
  ] });
}
function Bar({ side, class: name, name: label }) {
  let f = fmt();
  return a("div", { class: "apart-side", children: [
    a("span", { class: "apart-bar", "aria-hidden": "true", children: a("i", { class: name, style: { width: `${side.share * 100}%` } }) }),
    a("span", { class: "num", children: [
      a("span", { class: "sr", children: [
        label,
        " "
      ] }),
      f.share(side.share)
    ] }),
    a("span", { class: "row tight exemplars", children: side.traceIds.slice(0, 2).map((id) => a("a", { class: "link mono", href: href("trace", { id }), children: shortId(id) }, id)) })
  ] });
}
function TimeSpent({ found, colors }) {
  let t = texts().traces, f = fmt();
  return found.time.length === 0 ? null : a("section", { class: "card-part", children: [
    a("h3", { children: t.timeSpent }),
    a("table", { children: [
      a("thead", { children: a("tr", { children: [
        a("th", { scope: "col", children: t.facetNames.service }),
        a("th", { scope: "col", class: "num", children: t.theSelectionShort }),
        a("th", { scope: "col", class: "num", children: t.theRest }),
        a("th", { scope: "col", class: "num", children: t.difference })
      ] }) }),
      a("tbody", { children: found.time.slice(0, 8).map(({ service, selectedUs, restUs }) => a("tr", { children: [
        a("td", { children: a(ServiceName, { name: service || t.unnamed, color: colors.get(service) }) }),
        a("td", { class: "num", children: f.duration(selectedUs) }),
        a("td", { class: "num", children: f.duration(restUs) }),
        a("td", { class: "num", children: f.offset(selectedUs - restUs) })
      ] }, service)) })
    ] })
  ] });
}

// src/ui/narrow.ts
var NARROW = "(max-width: 900px)";
function useNarrow() {
  let [isNarrow, setNarrow] = d(() => matchMedia(NARROW).matches);
  return A(() => {
    let list = matchMedia(NARROW), follow = () => setNarrow(list.matches);
    return list.addEventListener("change", follow), () => list.removeEventListener("change", follow);
  }, []), isNarrow;
}

// src/pages/traces/chart.tsx
var DOTS_MAX = 2e3, READOUT_PX = 18, HEIGHT_PX = { wide: 230, narrow: 150 }, chartUrl = (query) => apiUrl("/aggregate", { ...chartScope(query.q, query), by: "time,duration", buckets: 2 });
function TracesChart({ query, heat, set }) {
  let t = texts().traces, f = fmt(), isNarrow = useNarrow(), answer = heat.data, grid = w(() => answer && heatGridOf(answer), [answer]), few = answer !== void 0 && answer.total.timed > 0 && answer.total.timed <= DOTS_MAX && !heat.old, scatter = useResource(few ? apiUrl("/scatter", { ...chartScope(query.q, query) }) : null, { topic: "traces", follow: !1 }).data, dots = w(() => scatter ? { ...scatter, startMs: scatter.startUs.map((us) => us / 1e3) } : null, [scatter]);
  if (!answer || !grid) return heat.problem ? a(Failure, { what: t.chart, problem: heat.problem, retry: heat.retry }) : a(Skeleton, { rows: 6 });
  let box = readBox(query.sel), cells = cellsOf(grid, box), isRoots = query.q.trim() === "", words = (n) => (isRoots ? t.requests : t.matching)(n, f.count(n)), zoom = (fromMs, toMs) => set({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), sel: "", live: !1 }), selected = sumOf(grid, cells), height = isNarrow ? HEIGHT_PX.narrow : HEIGHT_PX.wide;
  return a($, { children: [
    a("div", { class: "card-head", children: [
      a("span", { role: "status", children: box ? a($, { children: [
        a("b", { children: t.selected(f.count(selected.spans), words(answer.total.spans)) }),
        cells && a("span", { class: "sub", children: [
          " ",
          boxText(boxOf(grid, cells), grid.toMs)
        ] })
      ] }) : a("b", { children: words(answer.total.spans) }) }),
      answer.total.errors > 0 && !box && a(Pill, { tone: "crit", children: t.failed(f.count(answer.total.errors)) }),
      box && selected.errors > 0 && a(Pill, { tone: "crit", children: t.failed(f.count(selected.errors)) }),
      answer.cut && a(Pill, { tone: "info", children: answer.cut }),
      a("span", { class: "spring" }),
      box && a($, { children: [
        a("button", { type: "button", class: "btn small", onClick: () => zoom(box.fromMs, box.toMs), children: [
          a(Icon, { name: "zoom-in" }),
          t.zoomIn
        ] }),
        a("button", { type: "button", class: "btn small", onClick: () => set({ sel: "" }), children: [
          a(Icon, { name: "x" }),
          t.clearSelection
        ] })
      ] }),
      a("button", { type: "button", class: "btn small", onClick: () => set({ table: !query.table }), children: query.table ? texts().chart.asChart : texts().chart.asTable })
    ] }),
    query.table ? a(HeatTable, { grid, label: t.chart, onBox: (next) => set({ sel: writeBox(next) }) }) : a("div", { style: { minHeight: `${height + READOUT_PX}px` }, children: a(
      Heatmap,
      {
        label: t.chartLabel(words(answer.total.spans), f.count(answer.total.errors), f.duration(answer.total.durationMaxUs)),
        grid,
        dots: few ? dots : null,
        box,
        onBox: (next) => set({ sel: writeBox(next) }),
        onZoom: zoom,
        onDot: (index) => scatter && navigate(href("trace", { id: scatter.traceId[index] })),
        height,
        stripPx: isNarrow ? 0 : 36,
        dimmed: heat.old
      }
    ) })
  ] });
  function boxText({ fromMs, toMs, fromUs, toUs }, nowMs2) {
    let whole = cells && grid && cells.r0 === wholeOf(grid).r0 && cells.r1 === wholeOf(grid).r1;
    return [t.fromTo(f.time(fromMs, nowMs2), f.time(toMs, nowMs2)), !whole && t.fromTo(f.duration(fromUs), f.duration(toUs + 1))].filter(Boolean).join(" · ");
  }
}

// src/pages/traces/chips.tsx
function Chips({ q, onChange }) {
  let t = texts().traces, terms = termsOf(q);
  return terms.length === 0 ? null : a("ul", { class: "chips", "aria-label": t.filter, children: terms.map(({ from, to }) => {
    let term = q.slice(from, to);
    return a("li", { children: a("button", { type: "button", class: "chip", "aria-label": t.remove(term), title: t.remove(term), onClick: () => onChange(`${q.slice(0, from)}${q.slice(to)}`.replace(/\s+/g, " ").trim()), children: [
      a("span", { class: "clip", children: term }),
      a(Icon, { name: "x" })
    ] }) }, from);
  }) });
}

// src/pages/traces/facets.tsx
var VALUES_SHOWN = 6, VALUES_ASKED = 40, facetsUrl = (query) => apiUrl("/facets", { ...setsScope(query.q, query, readBox(query.sel)), keys: query.keys, limit: VALUES_ASKED });
function Facets({ query, set }) {
  let t = texts().traces, isNarrow = useNarrow(), facets = useResource(facetsUrl(query), { topic: "traces", keep: !0, follow: !1 }), shown = facets.data?.items.map((facet) => facet.key) ?? [], others = (facets.data?.tags ?? []).filter((tag) => !shown.includes(tag.key));
  return a("details", { class: "card facets", open: !isNarrow, children: [
    a("summary", { children: t.facets }),
    a(Loaded, { resource: facets, what: t.facets, rows: 8, children: (page) => a("div", { class: facets.old ? "dimmed" : void 0, children: [
      page.cut && a(Pill, { tone: "info", children: page.cut }),
      page.items.map((facet) => a(FacetList, { facet, q: query.q, hasSelection: page.selected !== null, onFilter: (q) => set({ q }), onRemove: shown.length > 1 ? () => set({ keys: shown.filter((key) => key !== facet.key).join(",") }) : void 0 }, facet.key)),
      others.length > 0 && a("label", { class: "field", children: [
        t.addFacet,
        a("select", { class: "input", value: "", onChange: (event) => set({ keys: [...shown, event.currentTarget.value].join(",") }), children: [
          a("option", { value: "" }),
          others.map((tag) => a("option", { value: tag.key, children: tag.key }, tag.key))
        ] })
      ] }),
      query.keys && a("button", { type: "button", class: "btn small quiet", onClick: () => set({ keys: "" }), children: t.usualFacets })
    ] }) })
  ] });
}
function FacetList({ facet, q, hasSelection, onFilter, onRemove }) {
  let t = texts().traces, f = fmt(), [isLong, setLong] = d(!1), name = t.facetNames[facet.key] ?? facet.key, most = facet.items.reduce((max, { spans }) => Math.max(max, spans), 1), values = isLong ? facet.items : facet.items.slice(0, VALUES_SHOWN), valueText = (value) => facet.key === "error" ? value === "true" ? t.failedValue : t.goodValue : value;
  return a("section", { class: "facet", children: [
    a("h3", { children: [
      a("span", { class: "clip spring", title: facet.key, children: name }),
      a("span", { class: "sub", children: f.count(facet.values) }),
      onRemove && a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.removeFacet(name), title: t.removeFacet(name), onClick: onRemove, children: a(Icon, { name: "x" }) })
    ] }),
    values.map(({ value, term, spans, errors, selected }) => {
      let standing = standingOf(q, term), text = valueText(value), count = hasSelection ? t.ofAll(f.count(selected ?? 0), f.count(spans)) : f.count(spans);
      return a("div", { class: `value ${standing ?? ""}`, children: [
        a("button", { type: "button", class: "take", "aria-pressed": standing === "included", "aria-label": `${t.include(`${name} ${text}`)}: ${count}`, title: term, onClick: () => onFilter(standing === "included" ? without(q, term) : including(q, term)), children: [
          a("i", { class: "share", style: { width: `${Math.max(1, spans / most * 100)}%` } }),
          errors > 0 && facet.key !== "error" && a("i", { class: "share bad", style: { width: `${Math.max(1, errors / most * 100)}%` } }),
          a("span", { class: "clip", children: text }),
          a("span", { class: "num sub", children: count })
        ] }),
        a("button", { type: "button", class: "btn small icon-only quiet", "aria-pressed": standing === "excluded", "aria-label": t.exclude(`${name} ${text}`), title: t.exclude(text), onClick: () => onFilter(standing === "excluded" ? without(q, term) : excluding(q, term)), children: a(Icon, { name: "minus" }) })
      ] }, value);
    }),
    facet.items.length > VALUES_SHOWN && a("button", { type: "button", class: "btn small quiet", "aria-expanded": isLong, onClick: () => setLong(!isLong), children: isLong ? t.fewer : t.moreValues(f.count(facet.items.length - VALUES_SHOWN)) }),
    facet.without > 0 && a("span", { class: "sub", children: t.withoutValue(f.count(facet.without)) })
  ] });
}

// src/pages/traces/filterbar.tsx
var ASK_AFTER_MS = 90;
function FilterBar({ q, fault: refused, onRun, onTraceId }) {
  let t = texts(), field = T(null), marks = T(null), [text, setText] = d(q), [items, setItems] = d([]), [selected, setSelected] = d(-1), [fault, setFault] = d(null), asking = T({});
  A(() => {
    setText(q), setFault(null);
  }, [q]), A(() => {
    refused && setFault({ message: refused.message, from: unitsOf(q, refused.at?.from ?? 0), to: unitsOf(q, refused.at?.to ?? 0) });
  }, [refused?.message, refused?.at?.from, q]), A(() => () => stopAsking(), []);
  function stopAsking() {
    clearTimeout(asking.current.timer), asking.current.request?.abort();
  }
  function ask(value, caret, afterMs = ASK_AFTER_MS) {
    stopAsking(), asking.current.timer = setTimeout(() => {
      let request = new AbortController();
      asking.current.request = request;
      let url = apiUrl("/complete", { q: value, pos: pointsOf(value, caret) });
      getJson(url, lang.peek(), request.signal).then(
        (answer) => {
          if (document.activeElement !== field.current) return;
          setItems(answer.items), setSelected(-1);
          let wrong = answer.error && { message: answer.error.message, from: unitsOf(value, answer.error.from), to: unitsOf(value, answer.error.to) };
          setFault(wrong && (caret < wrong.from || caret > wrong.to) ? wrong : null);
        },
        () => setItems([])
        // Suggestions are a help; the filter works without them.
      );
    }, afterMs);
  }
  function close() {
    stopAsking(), setItems([]), setSelected(-1);
  }
  function run(value) {
    close();
    let id = traceIdIn(value);
    id ? onTraceId(id) : value.trim() !== q && onRun(value.trim());
  }
  function accept(item) {
    let from = unitsOf(text, item.from), to = unitsOf(text, item.to), isOpen2 = item.kind === "name" || item.kind === "operator" || /[=<>~(]$/.test(item.text), tail = text.slice(to), inserted = isOpen2 || tail.startsWith(" ") ? item.text : `${item.text} `, next = text.slice(0, from) + inserted + tail;
    setText(next);
    let caret = from + inserted.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret)), isOpen2 ? ask(next, caret, 0) : run(next);
  }
  function onKeyDown(event) {
    if (event.isComposing) return;
    let step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    step !== 0 ? (event.preventDefault(), items.length === 0 ? ask(text, field.current?.selectionStart ?? text.length, 0) : setSelected((selected + step + items.length + (selected < 0 && step < 0 ? 1 : 0)) % items.length)) : event.key === "Enter" ? (event.preventDefault(), selected >= 0 && items[selected] ? accept(items[selected]) : run(text)) : event.key === "Tab" && selected >= 0 && items[selected] ? (event.preventDefault(), accept(items[selected])) : event.key === "Escape" && (items.length > 0 ? close() : field.current?.blur());
  }
  let isOpen = items.length > 0;
  return a("div", { class: "filter-box", children: [
    a("div", { class: `filter${fault ? " faulty" : ""}`, children: [
      a(Icon, { name: "search" }),
      a("div", { class: "filter-field", children: [
        a("div", { class: "filter-marks", "aria-hidden": "true", ref: marks, children: piecesOf(text, fault).map((piece, i) => a("span", { class: `${piece.isTerm ? "term" : ""}${piece.isFault ? " fault" : ""}`, children: piece.text }, i)) }),
        a(
          "input",
          {
            ref: field,
            "data-filter": !0,
            type: "text",
            role: "combobox",
            "aria-label": t.traces.filter,
            "aria-expanded": isOpen,
            "aria-controls": "filter-options",
            "aria-autocomplete": "list",
            "aria-activedescendant": selected >= 0 ? `filter-option-${selected}` : void 0,
            "aria-invalid": fault !== null,
            "aria-describedby": "filter-words",
            placeholder: t.traces.placeholder,
            autocomplete: "off",
            autocapitalize: "off",
            spellcheck: !1,
            value: text,
            onInput: (event) => {
              let { value, selectionStart } = event.currentTarget, pasted = event.inputType === "insertFromPaste" ? traceIdIn(value) : null;
              setText(value), pasted ? onTraceId(pasted) : ask(value, selectionStart ?? value.length);
            },
            onFocus: (event) => ask(text, event.currentTarget.selectionStart ?? text.length),
            onBlur: close,
            onKeyDown,
            onScroll: (event) => marks.current && (marks.current.style.transform = `translateX(${-event.currentTarget.scrollLeft}px)`)
          }
        )
      ] }),
      text !== "" && a(
        "button",
        {
          type: "button",
          class: "btn small icon-only quiet",
          "aria-label": t.traces.clear,
          title: t.traces.clear,
          onClick: () => {
            setText(""), run(""), field.current?.focus();
          },
          children: a(Icon, { name: "x" })
        }
      )
    ] }),
    a("div", { id: "filter-options", class: "options", role: "listbox", "aria-label": t.traces.suggestions, hidden: !isOpen, children: items.map((item, i) => a(
      "div",
      {
        id: `filter-option-${i}`,
        class: "option",
        role: "option",
        "aria-selected": i === selected,
        onPointerDown: (event) => {
          event.preventDefault(), accept(item);
        },
        children: [
          a("span", { class: "mono clip spring", children: item.text }),
          item.spans !== void 0 && a("span", { class: "num sub", title: t.traces.seenSpans(fmt().count(item.spans)), children: fmt().count(item.spans) }),
          a("span", { class: "sub nowrap", children: t.traces.kinds[item.kind] ?? item.kind })
        ]
      },
      `${item.kind} ${item.text}`
    )) }),
    a("p", { id: "filter-words", class: fault ? "filter-fault" : "sr", children: fault ? `${t.traces.filterFault}: ${fault.message}` : t.traces.hint }),
    a("span", { class: "sr", role: "status", children: isOpen ? t.traces.suggestionCount(items.length) : "" })
  ] });
}

// src/pages/traces/filterhelp.tsx
function FilterHelp({ hint }) {
  let t = texts().traces, lines = [
    ["service=checkout error", t.helpTerms.all],
    ["service=checkout", t.helpTerms.service],
    ['op="get /profile/{id}"', t.helpTerms.op],
    ["service=(rank,user)", t.helpTerms.any],
    ["-service=health", t.helpTerms.not],
    ["duration>200ms http.status_code>=500", t.helpTerms.number],
    ["http.url", t.helpTerms.exists],
    ["op=~^get", t.helpTerms.regex]
  ];
  return a("section", { class: "card", children: [
    a("h2", { children: t.help }),
    hint && a("p", { class: "muted", children: hint }),
    a("table", { class: "pairs filter-help", children: a("tbody", { children: lines.map(([term, meaning]) => a("tr", { children: [
      a("th", { scope: "row", children: term }),
      a("td", { children: meaning })
    ] }, term)) }) })
  ] });
}

// src/ui/longtable.tsx
var OVERSCAN_ROWS = 8;
function LongTable({ label, columns, rows, rowPx, rowKey, rowHref, rowClass, sorted, onSort, keys, dimmed, class: extra }) {
  let t = texts(), body = T(null), span = useWindow(body, rows.length, rowPx), [wanted, setWanted] = d(-1), linkAt = (index) => body.current?.querySelector(`tr[aria-rowindex="${index + 2}"] a`), currentIndex = () => Number(document.activeElement?.closest("tr[aria-rowindex]")?.getAttribute("aria-rowindex") ?? 1) - 2, move = (step) => {
    let at = currentIndex(), next = at < 0 ? step > 0 ? 0 : rows.length - 1 : Math.min(rows.length - 1, Math.max(0, at + step)), link = linkAt(next);
    if (!link) {
      let top = body.current.getBoundingClientRect().top + scrollY;
      scrollTo(0, top + next * rowPx - innerHeight / 2), setWanted(next);
      return;
    }
    link.focus({ preventScroll: !0 }), link.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  A(() => {
    let link = wanted < 0 ? null : linkAt(wanted);
    link && (link.focus({ preventScroll: !0 }), setWanted(-1));
  }, [wanted, span.first, span.end]);
  let current = () => rows[currentIndex()], open = () => {
    let row = current();
    row && window.open(rowHref(row), "_blank", "noopener");
  };
  useKeys([
    { keys: "j", label: t.keys.next, group: "list", run: () => move(1) },
    { keys: "k", label: t.keys.previous, group: "list", run: () => move(-1) },
    { keys: "Enter", label: t.keys.open, group: "list", run: null },
    { keys: "o", label: t.keys.openTab, group: "list", run: open },
    ...keys?.(current) ?? []
  ]);
  let gap = (n) => n > 0 && a("tr", { class: "gap", "aria-hidden": "true", style: { height: `${n * rowPx}px` }, children: a("td", { colSpan: columns.length }) });
  return a("table", { "aria-label": label, "aria-rowcount": rows.length + 1, class: `long ${extra ?? ""}${dimmed ? " dimmed" : ""}`, style: { "--row": `${rowPx}px` }, children: [
    a("thead", { children: a("tr", { "aria-rowindex": 1, children: columns.map((column) => a("th", { scope: "col", class: classOf(column, !1), "aria-sort": column.sort && sorted?.by === column.sort ? sorted.direction : void 0, children: column.sort && onSort ? a("button", { type: "button", class: "sort", onClick: () => onSort(column.sort), children: [
      column.head,
      a("span", { "aria-hidden": "true", children: sorted?.by === column.sort ? sorted.direction === "descending" ? "↓" : "↑" : "" })
    ] }) : column.head }, column.key)) }) }),
    a(
      "tbody",
      {
        ref: body,
        onKeyDown: (event) => {
          event.key !== "ArrowDown" && event.key !== "ArrowUp" || (event.preventDefault(), move(event.key === "ArrowDown" ? 1 : -1));
        },
        children: [
          gap(span.first),
          rows.slice(span.first, span.end).map((row, i) => a("tr", { class: `go ${rowClass?.(row) ?? ""}`, "aria-rowindex": span.first + i + 2, onClick: (event) => openRow(event, rowHref(row)), children: columns.map((column) => a("td", { class: classOf(column, !0), children: column.cell(row) }, column.key)) }, rowKey(row))),
          gap(rows.length - span.end)
        ]
      }
    )
  ] });
}
function useWindow(body, count, rowPx) {
  let look = () => {
    let top = body.current?.getBoundingClientRect().top ?? 0;
    return visibleSpan(Math.max(0, -top), innerHeight - Math.max(0, top), rowPx, count, OVERSCAN_ROWS);
  }, [span, setSpan] = d({ first: 0, end: Math.min(count, 40) });
  return F(() => {
    let frame = 0, update = () => {
      frame = 0;
      let next = look();
      setSpan((now) => now.first === next.first && now.end === next.end ? now : next);
    }, later = () => frame ||= requestAnimationFrame(update);
    return update(), addEventListener("scroll", later, { passive: !0 }), addEventListener("resize", later), () => {
      cancelAnimationFrame(frame), removeEventListener("scroll", later), removeEventListener("resize", later);
    };
  }, [count, rowPx]), { first: Math.min(span.first, count), end: Math.min(span.end, count) };
}
function classOf(column, isCell) {
  return [column.num && "num", column.wideOnly && "hide-s", isCell && column.class].filter(Boolean).join(" ") || void 0;
}

// src/pages/traces/groups.tsx
var GROUPS_MAX = 200, BY_USUAL = ["service", "op"], BY_ERROR = ["service", "op", "tag.error", "http.status_code"], ROW_PX = { wide: 40, narrow: 60 };
function Groups({ query, colors, set }) {
  let t = texts().traces, by = query.by ? query.by.split(",") : BY_USUAL, isUsual = (name) => name in t.facetNames;
  return a($, { children: [
    a(
      "form",
      {
        class: "row tight by",
        onSubmit: (event) => {
          event.preventDefault();
          let field = event.currentTarget.elements.namedItem("by"), names = [...by, field.value.trim()].filter((name, i, all) => name && all.indexOf(name) === i).slice(0, 4);
          field.value = "", set({ by: names.join(",") });
        },
        children: [
          a("span", { class: "sub", children: t.groupBy }),
          by.map((name) => a("button", { type: "button", class: "chip", disabled: by.length === 1, "aria-label": t.remove(name), title: t.remove(name), onClick: () => set({ by: by.filter((other) => other !== name).join(",") }), children: [
            isUsual(name) ? t.facetNames[name] : name,
            a("span", { "aria-hidden": "true", children: "✕" })
          ] }, name)),
          by.length < 4 && a("input", { class: "input", name: "by", list: "by-names", "aria-label": t.groupByMore, placeholder: t.groupByMore }),
          a("datalist", { id: "by-names", children: Object.keys(t.facetNames).map((name) => a("option", { value: name }, name)) })
        ]
      }
    ),
    a(GroupTable, { query, colors, extra: "", by, label: t.tabs.groups, none: a(Empty, { title: t.noneInRange }) })
  ] });
}
function Errors({ query, colors }) {
  let t = texts().traces;
  return a(GroupTable, { query, colors, extra: "error", by: BY_ERROR, label: t.tabs.errors, none: a(Empty, { title: t.noErrors, tone: "ok", children: a("p", { children: t.noErrorsText }) }) });
}
var FIGURES = {
  spans: (row) => row.spans,
  errors: (row) => row.errors / row.spans,
  p50: (row) => row.p50Us ?? 0,
  p90: (row) => row.p90Us ?? 0,
  p99: (row) => row.p99Us ?? 0,
  sum: (row) => row.durationSumUs
};
function GroupTable({ query, colors, extra, by, label, none }) {
  let t = texts().traces, f = fmt(), isNarrow = useNarrow(), [sort, setSort] = d("spans"), scope = listScope(query.q, query, readBox(query.sel)), q = `${scope.q} ${extra}`.trim(), groups = useResource(apiUrl("/aggregate", { ...scope, q, by: by.join(","), histogram: "duration", limit: GROUPS_MAX }), { topic: "traces", keep: !0, follow: !1 }), termsOf2 = (row) => (row.terms ?? []).filter((term) => term !== null), linkOf = (row) => href("traces", {}, { ...query, by: "", sort: "newest", tab: "results", q: [...termsOf2(row), ...extra ? [extra] : []].reduce(including, query.q) }), figure = (key, head, cell, wideOnly = !0) => ({ key, head, sort: key, cell, num: !0, wideOnly }), columns = [
    {
      key: "key",
      head: by.map((name) => t.facetNames[name] ?? name.replace(/^tag\./, "")).join(" · "),
      class: "trace-root",
      cell: (row) => a("a", { class: "root", href: linkOf(row), children: by.map((name, i) => a(Part, { name, part: row.key[i], colors }, name)) })
    },
    figure("spans", t.spans, (row) => f.count(row.spans), !1),
    ...extra ? [] : [figure("errors", t.errorShare, (row) => row.errors > 0 ? a(Pill, { tone: "crit", children: f.share(row.errors / row.spans) }) : f.share(0), !1)],
    figure("p50", t.median, (row) => f.duration(row.p50Us ?? 0)),
    figure("p90", t.p90, (row) => f.duration(row.p90Us ?? 0)),
    figure("p99", t.p99, (row) => f.duration(row.p99Us ?? 0)),
    figure("sum", t.timeShare, (row) => f.share(row.durationSumUs / Math.max(1, groups.data?.total.durationSumUs ?? 1)))
  ];
  return a(Loaded, { resource: groups, what: label, rows: 8, children: (found) => found.items.length === 0 ? none : a($, { children: [
    a("div", { class: "card-head", children: [
      a("span", { class: "muted", role: "status", children: found.rest.groups > 0 ? t.groupsOf(f.count(found.items.length), f.count(found.items.length + found.rest.groups)) : t.groupCount(found.items.length, f.count(found.items.length)) }),
      found.cut && a(Pill, { tone: "info", children: found.cut })
    ] }),
    a(
      LongTable,
      {
        label,
        columns,
        rows: [...found.items].sort((a2, b) => FIGURES[sort](b) - FIGURES[sort](a2)),
        rowPx: isNarrow ? ROW_PX.narrow : ROW_PX.wide,
        rowKey: (row) => JSON.stringify(row.key),
        rowHref: linkOf,
        sorted: { by: sort, direction: "descending" },
        onSort: setSort,
        dimmed: groups.old,
        class: "trace-table"
      }
    )
  ] }) });
}
function Part({ name, part, colors }) {
  let t = texts().traces;
  if (name === "service" && typeof part == "string") return a(ServiceName, { name: part, color: colors.get(part) });
  if (typeof part == "boolean") return a("span", { class: "muted", children: part ? t.failedValue : t.goodValue });
  let f = fmt();
  return a("span", { class: "muted", children: part === null ? t.noValue : typeof part == "object" ? t.fromTo(f.duration(part.fromUs), f.duration(part.toUs + 1)) : part });
}

// src/pages/traces/firstspan.tsx
var WAYS = ["curl", "OpenTelemetry", "Spring Boot"];
function snippet(way, origin) {
  switch (way) {
    case "curl":
      return `curl -sS ${origin}/api/v2/spans -H 'content-type: application/json' -d '[{
  "traceId":"5af7183fb1d4cf5f","id":"6b221d5bc9e6496c","name":"hello",
  "timestamp":'$(date +%s)000000',"duration":12000,"kind":"SERVER",
  "localEndpoint":{"serviceName":"my-service"}}]'`;
    case "OpenTelemetry":
      return `OTEL_SERVICE_NAME=my-service
OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${origin}/v1/traces`;
    case "Spring Boot":
      return `management.tracing.sampling.probability=1.0
management.zipkin.tracing.endpoint=${origin}/api/v2/spans`;
  }
}
function FirstSpan() {
  let t = texts(), [way, setWay] = d("curl"), code = snippet(way, location.origin);
  return a(Empty, { title: t.first.title, children: [
    a("p", { children: t.first.text }),
    a("div", { class: "seg", role: "group", "aria-label": t.first.tabs, children: WAYS.map((name) => a("button", { type: "button", "aria-pressed": name === way, onClick: () => setWay(name), children: name }, name)) }),
    a("div", { class: "snippet", children: [
      a("pre", { tabIndex: 0, children: code }),
      a("button", { type: "button", class: "btn small", onClick: () => {
        copyText(code);
      }, children: [
        a(Icon, { name: "copy" }),
        t.shell.copy
      ] })
    ] }),
    a("div", { class: "row", children: [
      a(Pill, { tone: "none", children: t.first.waiting }),
      a("span", { class: "muted", children: t.first.demo })
    ] })
  ] });
}

// src/pages/traces/rangemenu.tsx
var CHOICES = ["15m", "1h", "6h", "24h", "2d", "7d"];
function rangeText(range) {
  let t = texts().traces, f = fmt();
  return isPinned(range) ? t.fromTo(f.time(Date.parse(range.from), nowMs.value), f.time(Date.parse(range.to), nowMs.value)) : t.last(f.window(range.t));
}
function RangeMenu({ range, onChange }) {
  let t = texts().traces;
  return a(
    Popover,
    {
      label: t.range,
      button: a($, { children: [
        a(Icon, { name: "clock" }),
        rangeText(range),
        a(Icon, { name: "chevron-down" })
      ] }),
      children: (close) => a($, { children: [
        a("div", { class: "legend", children: t.relative }),
        CHOICES.map((length) => a(
          "button",
          {
            type: "button",
            class: "item",
            "aria-current": !isPinned(range) && range.t === length ? "true" : void 0,
            onClick: () => {
              close(), onChange({ t: length, from: "", to: "" });
            },
            children: t.last(fmt().window(length))
          },
          length
        )),
        a("hr", {}),
        a(
          Pinned,
          {
            range,
            onChange: (next) => {
              close(), onChange(next);
            }
          }
        )
      ] })
    }
  );
}
function Pinned({ range, onChange }) {
  let t = texts().traces, { offsetMs } = fmt(), now = nowMs.peek(), [from, setFrom] = d(toInput(isPinned(range) ? Date.parse(range.from) : now - 36e5, offsetMs)), [to, setTo] = d(toInput(isPinned(range) ? Date.parse(range.to) : now, offsetMs)), [fromMs, toMs] = [fromInput(from, offsetMs), fromInput(to, offsetMs)], isValid = fromMs < toMs;
  return a(
    "form",
    {
      class: "pinned",
      onSubmit: (event) => {
        event.preventDefault(), isValid && onChange({ t: range.t, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
      },
      children: [
        a("div", { class: "legend", children: t.pinned }),
        a("label", { class: "field", children: [
          t.from,
          a("input", { class: "input", type: "datetime-local", step: "1", value: from, onInput: (event) => setFrom(event.currentTarget.value) })
        ] }),
        a("label", { class: "field", children: [
          t.to,
          a("input", { class: "input", type: "datetime-local", step: "1", value: to, onInput: (event) => setTo(event.currentTarget.value) })
        ] }),
        !isValid && a("span", { class: "pill bare crit", role: "alert", children: t.badRange }),
        a("button", { type: "submit", class: "btn primary", disabled: !isValid, children: t.apply })
      ]
    }
  );
}

// src/pages/traces/nothing.tsx
var WIDER = { "15m": "1h", "1h": "6h", "6h": "24h", "24h": "7d", "2d": "7d" };
function NothingFound({ query, nothingEver, set }) {
  let t = texts().traces, f = fmt(), narrowed = query.q !== "" || query.sel !== "", all = useResource(nothingEver || !narrowed ? null : apiUrl("/aggregate", { ...boundsOf(query) })), store = useResource(nothingEver ? null : apiUrl("/store"));
  if (nothingEver) return a(FirstSpan, {});
  if (all.loading || store.loading) return a(Skeleton, { rows: 3 });
  let wider = isPinned(query) ? "24h" : WIDER[query.t], range = rangeText(query), inRange = all.data?.total.spans ?? 0, keepUs = store.data?.retention?.maxAgeUs, isExpired = keepUs != null && isPinned(query) && Date.parse(query.to) < Date.now() - keepUs / 1e3, [title, text] = isExpired ? [t.expired, t.expiredText(f.length(keepUs))] : inRange > 0 ? [t.noneMatch, t.noneMatchText(range, inRange, f.count(inRange))] : [t.noneInRange, t.noneInRangeText(range)];
  return a(Empty, { title, children: [
    a("p", { children: text }),
    a("div", { class: "row tight", children: [
      query.sel && a("button", { type: "button", class: "btn", onClick: () => set({ sel: "" }), children: t.clearSelection }),
      query.q && a("a", { class: "btn", href: href("traces", {}, { ...query, q: "", sel: "" }), children: t.clear }),
      wider && a("button", { type: "button", class: "btn", onClick: () => set({ t: wider, from: "", to: "", sel: "" }), children: t.widen(t.last(f.window(wider))) })
    ] })
  ] });
}

// src/pages/traces/table.tsx
var SERVICES_SHOWN = 3, ROW_PX2 = { comfortable: 40, dense: 28, narrow: 60 };
function inOrder(traces, sort) {
  let figure = { newest: null, slowest: null, spans: (trace) => trace.spans, nservices: (trace) => trace.services.length, errors: (trace) => trace.errors }[sort];
  return figure ? [...traces].sort((a2, b) => figure(b) - figure(a2) || b.startUs - a2.startUs) : traces;
}
function TraceTable({ traces, colors, sort, onSort, dimmed }) {
  let t = texts().traces, f = fmt(), isNarrow = useNarrow(), longestUs = traces.reduce((longest, trace) => Math.max(longest, trace.durationUs), 1), start = (trace) => f.time(trace.startUs / 1e3, nowMs.value), columns = [
    { key: "start", head: t.start, sort: "newest", cell: start, wideOnly: !0, class: "sub" },
    {
      key: "root",
      head: t.root,
      class: "trace-root",
      cell: (trace) => a($, { children: [
        a("a", { class: "root", href: href("trace", { id: trace.traceId }), children: [
          a(ServiceDot, { color: colors.get(trace.root.service) }),
          a("b", { children: trace.root.service || t.unnamed }),
          " ",
          a("span", { class: "muted", children: trace.root.name })
        ] }),
        a("span", { class: "sub only-s", children: [start(trace), t.nSpans(trace.spans, f.count(trace.spans)), t.nServices(trace.services.length)].join(" · ") })
      ] })
    },
    {
      key: "duration",
      head: t.duration,
      sort: "slowest",
      class: "trace-duration",
      cell: (trace) => a("span", { class: "duration", children: [
        a("span", { class: "num", children: f.duration(trace.durationUs) }),
        a("span", { class: "bar hide-s", "aria-hidden": "true", children: a("i", { style: { width: `${Math.max(1, Math.sqrt(trace.durationUs / longestUs) * 100)}%` } }) })
      ] })
    },
    { key: "spans", head: t.spans, sort: "spans", cell: (trace) => f.count(trace.spans), num: !0, wideOnly: !0 },
    { key: "nservices", head: t.servicesShort, sort: "nservices", cell: (trace) => f.count(trace.services.length), num: !0, wideOnly: !0 },
    {
      key: "errors",
      head: t.errors,
      sort: "errors",
      cell: (trace) => trace.errors > 0 && a(Pill, { tone: "crit", children: [
        f.count(trace.errors),
        a("span", { class: "sr", children: [
          " ",
          t.errors
        ] })
      ] })
    },
    { key: "services", head: t.services, cell: (trace) => a(Services, { trace, colors }), wideOnly: !0 }
  ], mark = texts().compare.mark;
  return a(
    LongTable,
    {
      label: t.table,
      columns,
      rows: inOrder(traces, sort),
      rowPx: isNarrow ? ROW_PX2.narrow : ROW_PX2[density.value],
      rowKey: (trace) => trace.traceId,
      rowHref: (trace) => href("trace", { id: trace.traceId }),
      rowClass: (trace) => marked.value === trace.traceId ? "marked" : "",
      sorted: { by: sort, direction: "descending" },
      onSort: (by) => onSort(by),
      keys: (current) => [{ keys: "x", label: mark, group: "list", run: () => {
        current() && markForCompare(current().traceId);
      } }],
      dimmed,
      class: "trace-table"
    }
  );
}
function Services({ trace, colors }) {
  let rest = trace.services.slice(SERVICES_SHOWN);
  return a("span", { class: "services", children: [
    trace.services.slice(0, SERVICES_SHOWN).map((service) => a(ServiceName, { name: service.name, color: colors.get(service.name) }, service.name)),
    rest.length > 0 && a("span", { class: "sub", title: rest.map((service) => service.name).join(", "), children: texts().traces.more(rest.length) })
  ] });
}

// src/pages/traces/traces.tsx
var LOOK_AGAIN_MS = 1e3, LIVE_MS = 5e3, SLOWEST_MAX = 200;
function TracesPage({ query }) {
  let t = texts();
  useTitle(t.traces.title, query.q ? `${query.q} · ${t.traces.title}` : t.traces.title);
  let parameters = listParameters(query), list = useResource(apiUrl("/traces", parameters), { topic: "traces", keep: !0, follow: !1 }), heat = useResource(chartUrl(query), { topic: "traces", keep: !0, follow: !1 }), facets = useResource(facetsUrl(query), { topic: "traces", follow: !1 }), services = useResource(apiUrl("/services"), { topic: "traces" }).data, colors = w(() => new Map((services?.items ?? []).map((service) => [service.name, service.color])), [services]), refresh = () => [list, heat, facets].forEach((resource) => resource.retry()), isEmpty = list.data?.items.length === 0, follows = query.live && !isPinned(query);
  useLookAgain((isEmpty || follows) && !list.loading, isEmpty ? LOOK_AGAIN_MS : LIVE_MS, refresh);
  let set = (change) => navigate(href("traces", {}, { ...query, ...change })), badFilter = list.problem?.status === 400 && list.problem.at ? list.problem : null, nothingEver = services?.items.length === 0, isBare = isEmpty && !query.sel && query.tab === "results";
  return a($, { children: [
    a("div", { class: "row filter-row", children: [
      a(
        FilterBar,
        {
          q: query.q,
          fault: badFilter && { message: badFilter.detail ?? badFilter.title, at: badFilter.at },
          onRun: (q) => set({ q, sel: "" }),
          onTraceId: (id) => navigate(href("trace", { id }))
        }
      ),
      a("button", { type: "button", class: "btn", "aria-pressed": follows, disabled: isPinned(query), title: t.traces.liveHint, onClick: () => set({ live: !query.live }), children: [
        a(Icon, { name: "activity" }),
        t.traces.live
      ] }),
      a(RangeMenu, { range: query, onChange: (range) => set({ ...range, sel: "" }) })
    ] }),
    a(Chips, { q: query.q, onChange: (q) => set({ q, sel: "" }) }),
    list.old && list.problem && !badFilter && a(Stale, { resource: list, what: t.traces.title }),
    badFilter ? a(FilterHelp, { hint: badFilter.hint }) : isBare ? a("section", { class: "card flush", children: a(NothingFound, { query, nothingEver: nothingEver ?? !1, set }) }) : a($, { children: [
      a("section", { class: "card", "aria-label": t.traces.chart, children: a(TracesChart, { query, heat, set }) }),
      a("div", { class: "explore", children: [
        a(Facets, { query, set: (change) => set("q" in change ? { ...change, sel: "" } : change) }),
        a("section", { class: "card flush found", children: a(Tabs, { label: t.traces.views, tabs: TRACES_TABS.map((key) => ({ key, name: t.traces.tabs[key] })), chosen: query.tab, onChoose: (tab) => set({ tab }), children: [
          query.tab === "results" && a(Results, { query, list, colors, refresh, set, parameters }),
          query.tab === "compare" && a(SetsApart, { query, colors, set }),
          query.tab === "groups" && a(Groups, { query, colors, set }),
          query.tab === "errors" && a(Errors, { query, colors, set })
        ] }) })
      ] })
    ] })
  ] });
}
function listParameters(query) {
  return { ...listScope(query.q, query, readBox(query.sel)), ...query.sort === "slowest" ? { sort: "slowest", limit: SLOWEST_MAX } : {} };
}
function Results({ query, list, colors, parameters, refresh, set }) {
  let t = texts().traces, f = fmt(), more = useMore(list.data, (cursor) => apiUrl("/traces", { ...parameters, cursor })), items = w(() => [...list.data?.items ?? [], ...more.pages.flatMap((page) => page.items)], [list.data, more.pages]), summary = query.sort === "slowest" ? t.summarySlowest : query.sort !== "newest" && more.next ? t.summarySorted : more.next ? t.summaryMore : t.summary;
  return a(Loaded, { resource: list, what: t.title, rows: 12, children: (first) => items.length === 0 ? a(NothingFound, { query, nothingEver: !1, set }) : a($, { children: [
    a("div", { class: "card-head", children: [
      a("span", { class: "muted", role: "status", children: summary(f.count(items.length), f.duration(first.tookUs)) }),
      first.cut && a(Pill, { tone: "info", children: first.cut }),
      a("span", { class: "spring" }),
      list.outdated && live.value !== "paused" && !list.loading && !query.live && a("button", { type: "button", class: "btn small", onClick: refresh, children: [
        a(Icon, { name: "refresh" }),
        t.fresh
      ] })
    ] }),
    a(TraceTable, { traces: items, colors, sort: query.sort, onSort: (sort) => set({ sort }), dimmed: list.old }),
    a("div", { class: "list-end", children: [
      more.problem && a(Failure, { what: t.title, problem: more.problem, retry: more.load }),
      more.next && !more.problem && a("button", { type: "button", class: "btn", disabled: more.loading, onClick: more.load, children: more.loading ? texts().state.loading : t.loadMore }),
      !more.next && more.pages.length > 0 && a("span", { class: "sub", children: t.end })
    ] })
  ] }) });
}
function useMore(first, urlOf) {
  let none = { of: first, pages: [], loading: !1, problem: null }, [state, setState] = d(none), mine = state.of === first ? state : none, next = (mine.pages.at(-1) ?? first)?.next ?? null, latest = T(first);
  latest.current = first;
  let load = () => {
    next && (setState({ ...mine, loading: !0, problem: null }), getJson(urlOf(next), lang.peek()).then(
      (page) => latest.current === first && setState({ of: first, pages: [...mine.pages, page], loading: !1, problem: null }),
      (error) => latest.current === first && setState({ ...mine, loading: !1, problem: error instanceof ApiError ? error.problem : { title: String(error), status: 0 } })
    ));
  };
  return { pages: mine.pages, next, loading: mine.loading, problem: mine.problem, load };
}
function useLookAgain(isWaiting, afterMs, look) {
  let arrived = spansArrivedAt.value, timer = T(void 0), latest = T(look);
  latest.current = look, A(() => {
    isWaiting ? arrived > 0 && (timer.current ??= setTimeout(() => {
      timer.current = void 0, document.hidden || latest.current();
    }, afterMs)) : (clearTimeout(timer.current), timer.current = void 0);
  }, [isWaiting, arrived]), A(() => () => clearTimeout(timer.current), []);
}
export {
  TracesPage
};
