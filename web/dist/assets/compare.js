import {
  $,
  A,
  Empty,
  Failure,
  Icon,
  Skeleton,
  VirtualRows,
  a,
  d,
  dotClass,
  fmt,
  href,
  huesOf,
  modelOf,
  navigate,
  nextFlagged,
  nowMs,
  place,
  reveal,
  shortId,
  texts,
  useKeys,
  useSettled,
  useSpanDetail,
  useTitle,
  useTrace,
  visibleRows,
  w,
  withAncestors
} from "./chunk.js";

// src/pages/compare/delta.tsx
function Delta({ us }) {
  return us === 0 ? a("span", { class: "sub", children: "±0" }) : a("span", { class: `delta ${us > 0 ? "slower" : "faster"}`, children: fmt().offset(us) });
}
function deltaWords(us) {
  let t = texts().compare;
  return us === 0 ? t.same : (us > 0 ? t.slower : t.faster)(fmt().duration(Math.abs(us)));
}

// src/pages/compare/diff.ts
function numberOperations(models) {
  let known = new Map(), operations = [], numberOf = (service, name, kind) => {
    let key = `${service}
${name}
${kind}`, number = known.get(key);
    return number === void 0 && known.set(key, number = operations.push({ service, name, kind, calls: [0, 0], selfUs: [0, 0] }) - 1), number;
  };
  return { of: models.map((model, side) => {
    let byKind = new Map(), numbers = new Int32Array(model.count);
    for (let row = 0; row < model.count; row++) {
      let kind = model.kinds[row], mine = byKind.get(kind) ?? new Map();
      byKind.set(kind, mine);
      let pair = model.service[row] * model.names.length + model.name[row], number = mine.get(pair);
      number === void 0 && mine.set(pair, number = numberOf(model.services[model.service[row]]?.name ?? "", model.names[model.name[row]] ?? "", kind)), numbers[row] = number, operations[number].calls[side]++, operations[number].selfUs[side] += model.self[row];
    }
    return numbers;
  }), operations };
}
function childrenOf(model, row) {
  let children = [], end = row < 0 ? model.count : row + model.size[row];
  for (let child = row + 1; child < end; child += Math.max(1, model.size[child])) children.push(child);
  return children;
}
function pairChildren(models, of, parent) {
  let inA = parent.a < 0 ? [] : childrenOf(models[0], parent.a), inB = parent.b < 0 ? [] : childrenOf(models[1], parent.b);
  if (inA.length === 1 && inB.length === 1 && of[0][inA[0]] === of[1][inB[0]]) return [{ a: inA[0], b: inB[0] }];
  if (inB.length === 0) return inA.map((a2) => ({ a: a2, b: -1 }));
  let waiting = new Map();
  for (let b of inB.reverse()) {
    let list = waiting.get(of[1][b]);
    list ? list.push(b) : waiting.set(of[1][b], [b]);
  }
  let pairs = inA.map((a2) => ({ a: a2, b: waiting.get(of[0][a2])?.pop() ?? -1 }));
  return sorted(models, pairs, [...waiting.values()].flat(), parent);
}
function sorted([A2, B], pairs, onlyB, parent) {
  if (onlyB.length === 0) return pairs;
  let from = { a: parent.a < 0 ? 0 : A2.start[parent.a], b: parent.b < 0 ? 0 : B.start[parent.b] }, startOf = ({ a: a2, b }) => a2 < 0 ? B.start[b] - from.b : A2.start[a2] - from.a;
  return [...pairs, ...onlyB.map((b) => ({ a: -1, b }))].sort((x, y) => startOf(x) - startOf(y));
}
function rootPairs(models, of) {
  let [inA, inB] = models.map((model) => childrenOf(model, -1)), pairs = [{ a: inA[0] ?? -1, b: inB[0] ?? -1 }], rest = inB.slice(1);
  for (let a2 of inA.slice(1)) {
    let at = rest.findIndex((b) => of[1][b] === of[0][a2]);
    pairs.push({ a: a2, b: at < 0 ? -1 : rest.splice(at, 1)[0] });
  }
  return sorted(models, pairs, rest, { a: -1, b: -1 });
}
function diffOf(A2, B) {
  let models = [A2, B], { of, operations } = numberOperations(models), rows = [], parents = [], depths = [], waiting = rootPairs(models, of).reverse(), waitingOf = waiting.map(() => -1);
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    let parent = waitingOf.pop() ?? -1, at = rows.push(pair) - 1;
    parents.push(parent), depths.push(parent < 0 ? 0 : depths[parent] + 1);
    let children = pairChildren(models, of, pair);
    for (let i = children.length - 1; i >= 0; i--)
      waiting.push(children[i]), waitingOf.push(at);
  }
  let diff = {
    count: rows.length,
    a: Int32Array.from(rows, (row) => row.a),
    b: Int32Array.from(rows, (row) => row.b),
    parent: Int32Array.from(parents),
    depth: Uint16Array.from(depths),
    size: new Int32Array(rows.length).fill(1),
    isDifferent: new Uint8Array(rows.length),
    operations
  }, noiseUs = 0.01 * Math.max(A2.durationUs, B.durationUs);
  for (let row = rows.length - 1; row >= 0; row--) {
    diff.parent[row] >= 0 && (diff.size[diff.parent[row]] += diff.size[row]);
    let [a2, b] = [diff.a[row], diff.b[row]];
    diff.isDifferent[row] = +(a2 < 0 || b < 0 || A2.isError[a2] !== B.isError[b] || Math.abs(B.self[b] - A2.self[a2]) > noiseUs);
  }
  return diff;
}
function findingsOf({ operations }) {
  let byTime = (list) => list.sort((x, y) => Math.max(...y.selfUs) - Math.max(...x.selfUs)), ratio = ({ calls: [a2, b] }) => Math.max(a2, b) / Math.min(a2, b), delta = ({ selfUs: [a2, b] }) => Math.abs(b - a2);
  return {
    onlyA: byTime(operations.filter(({ calls: [, b] }) => b === 0)),
    onlyB: byTime(operations.filter(({ calls: [a2] }) => a2 === 0)),
    moreCalls: operations.filter(({ calls: [a2, b] }) => a2 > 0 && b > 0 && Math.max(a2, b) >= 3 * Math.min(a2, b)).sort((x, y) => ratio(y) - ratio(x)),
    selfTime: operations.filter((of) => delta(of) > 0).sort((x, y) => delta(y) - delta(x))
  };
}
function differingTags(a2, b) {
  let [inA, inB] = [new Map(a2), new Map(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])].sort().map((name) => [name, inA.get(name), inB.get(name)]).filter(([, left, right]) => left !== right);
}

// src/pages/compare/findings.tsx
var SHOWN_MAX = 8;
function FindingsCard({ A: A2, B, diff, onSelect }) {
  let t = texts().compare, f = fmt(), findings = w(() => findingsOf(diff), [diff]), calls = ({ calls: [a2, b] }) => t.calls(f.count(a2), f.count(b)), show = (operation) => {
    let isIt = (model, row) => row >= 0 && model.services[model.service[row]]?.name === operation.service && model.names[model.name[row]] === operation.name && model.kinds[row] === operation.kind;
    for (let row = 0; row < diff.count; row++) if (isIt(A2, diff.a[row]) || isIt(B, diff.b[row])) return onSelect(row);
  }, lists = [
    [t.onlyATitle, findings.onlyA, calls],
    [t.onlyBTitle, findings.onlyB, calls],
    [t.moreCalls, findings.moreCalls, calls],
    [t.selfTime, findings.selfTime, ({ selfUs: [a2, b] }) => a(Delta, { us: b - a2 })]
  ];
  return a("section", { class: "card cmp-findings", children: [
    lists.map(([title, operations, figure]) => a("div", { children: [
      a("h2", { children: [
        title,
        " ",
        a("span", { class: "sub", children: operations.length > 0 && f.count(operations.length) })
      ] }),
      operations.length === 0 && a("p", { class: "sub", children: t.nothing }),
      a("ul", { children: operations.slice(0, SHOWN_MAX).map((operation) => a("li", { children: [
        a("button", { type: "button", class: "plain", onClick: () => show(operation), children: [
          a("b", { children: operation.service || texts().trace.unknownService }),
          " ",
          operation.name || texts().trace.unnamed
        ] }),
        a("span", { class: "sub nowrap", children: figure(operation) })
      ] }, `${operation.service} ${operation.name} ${operation.kind}`)) })
    ] }, title)),
    a("p", { class: "sub", children: t.selectHint })
  ] });
}

// src/pages/compare/pair.tsx
function PairPanel({ A: A2, B, a: a2, b, onClose }) {
  let t = texts(), f = fmt(), [model, row] = a2 >= 0 ? [A2, a2] : [B, b], [ofA, ofB] = [useSpanDetail(A2, a2).detail, useSpanDetail(B, b).detail], isHere = (a2 < 0 || ofA !== void 0) && (b < 0 || ofB !== void 0), changed = isHere ? differingTags(ofA?.tags ?? [], ofB?.tags ?? []) : [], figures = [
    [t.span.start, (model2, row2) => model2.start[row2]],
    [t.span.duration, (model2, row2) => model2.duration[row2]],
    [t.span.selfTime, (model2, row2) => model2.self[row2]]
  ];
  return a("section", { class: "card", "aria-label": t.span.title, children: [
    a("div", { class: "card-head", children: [
      a("h2", { class: "span-title", children: [
        model.services[model.service[row]]?.name || t.trace.unknownService,
        " ",
        a("span", { class: "muted", children: [
          "· ",
          model.names[model.name[row]] || t.trace.unnamed
        ] })
      ] }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.span.close, title: t.span.close, onClick: onClose, children: a(Icon, { name: "x" }) })
    ] }),
    a("table", { class: "cmp-pair", children: [
      a("thead", { children: a("tr", { children: [
        a("td", {}),
        [
          [A2, a2, "A"],
          [B, b, "B"]
        ].map(([side, at, name]) => a("th", { scope: "col", children: at >= 0 ? a("a", { class: "link", href: href("trace", { id: side.traceId }, { span: side.ids[at] }), children: name }) : name }, name)),
        a("th", { scope: "col", children: "Δ" })
      ] }) }),
      a("tbody", { children: figures.map(([name, of]) => a("tr", { children: [
        a("th", { scope: "row", children: name }),
        a("td", { class: "num", children: a2 >= 0 && f.duration(of(A2, a2)) }),
        a("td", { class: "num", children: b >= 0 && f.duration(of(B, b)) }),
        a("td", { class: "num", children: a2 >= 0 && b >= 0 && a(Delta, { us: of(B, b) - of(A2, a2) }) })
      ] }, name)) })
    ] }),
    a("h3", { children: t.compare.tags }),
    !isHere && a(Skeleton, { rows: 3 }),
    isHere && changed.length === 0 && a("p", { class: "muted", children: t.compare.tagsSame }),
    changed.length > 0 && a("table", { class: "pairs cmp-tags", children: a("tbody", { children: changed.map(([name, inA, inB]) => a("tr", { children: [
      a("th", { scope: "row", children: name }),
      a("td", { children: inA ?? "–" }),
      a("td", { children: inB ?? "–" })
    ] }, name)) }) })
  ] });
}

// src/pages/compare/compare.tsx
var ROW_PX = 40, INDENT_LEVELS_MAX = 20;
function ComparePage({ a: a2, b, query }) {
  let t = texts(), [A2, B] = [useTrace(a2), useTrace(b)], models = w(() => A2.data && B.data ? withSharedHues(modelOf(A2.data), modelOf(B.data)) : null, [A2.data, B.data]);
  if (useTitle(t.compare.title, `${t.compare.heading(shortId(a2), shortId(b))} · ${t.compare.title}`), models) return a(Comparison, { A: models[0], B: models[1], query });
  let failed = [A2, B].find(({ problem }) => problem), missing = [[A2, a2], [B, b]].find(([{ problem }]) => problem?.status === 404 || problem?.status === 400);
  return a("section", { class: "card", children: missing ? a(Empty, { title: t.compare.missing(shortId(missing[1])), children: [
    a("p", { children: t.trace.notFoundText(missing[1]) }),
    a("a", { class: "btn", href: href("traces", {}), children: t.trace.toTraces })
  ] }) : failed?.problem ? a(Failure, { what: t.compare.title, problem: failed.problem, retry: failed.retry }) : a(Skeleton, { rows: 14 }) });
}
function withSharedHues(A2, B) {
  let known = new Set(A2.services.map(({ name }) => name)), all = new Map(huesOf([...A2.services, ...B.services.filter(({ name }) => !known.has(name))]).map((service) => [service.name, service]));
  for (let model of [A2, B]) model.services = model.services.map((service) => ({ ...service, ...all.get(service.name) }));
  return [A2, B];
}
function replaceQuery(change) {
  let here = place.peek();
  here.name === "compare" && navigate(href("compare", here.path, { ...here.query, ...change }), { replace: !0 });
}
function rowOfSpan(A2, B, diff, span) {
  if (!span) return -1;
  let [a2, b] = [A2.ids.indexOf(span), B.ids.indexOf(span)], at = a2 >= 0 ? diff.a.indexOf(a2) : -1;
  return at >= 0 || b < 0 ? at : diff.b.indexOf(b);
}
function Comparison({ A: A2, B, query }) {
  let t = texts(), f = fmt(), diff = w(() => diffOf(A2, B), [A2, B]), [span, setSpan] = useSettled(query.span, (value) => replaceQuery({ span: value })), [onlyDiffering, setOnlyDiffering] = d(!1), [collapsed] = d(() => new Uint8Array(diff.count)), [, redraw] = d(0), selected = w(() => rowOfSpan(A2, B, diff, span), [A2, B, diff, span]), differing = w(() => withAncestors(diff.parent, diff.isDifferent), [diff]), visible = visibleRows(diff, { collapsed, only: onlyDiffering ? differing : null }), nDiffering = w(() => diff.isDifferent.reduce((sum, one) => sum + one, 0), [diff]);
  A(() => {
    selected >= 0 && reveal(diff, { collapsed }, selected) && redraw((n) => n + 1);
  }, [selected]);
  let select = (row) => setSpan(row < 0 ? "" : diff.a[row] >= 0 ? A2.ids[diff.a[row]] : B.ids[diff.b[row]]), toggle = (row, closed) => {
    collapsed[row] = Number(closed), redraw((n) => n + 1);
  }, step = (direction) => {
    let row = nextFlagged(diff.isDifferent, selected < 0 ? direction > 0 ? -1 : 0 : selected, direction);
    row >= 0 && select(row);
  }, onKey = (event) => {
    let isOpen = selected >= 0 && diff.size[selected] > 1 && !collapsed[selected];
    if (event.key === "Escape") select(-1);
    else {
      if (selected < 0) return !1;
      if (event.key === "ArrowLeft" && isOpen) toggle(selected, !0);
      else if (event.key === "ArrowLeft") select(diff.parent[selected] >= 0 ? diff.parent[selected] : selected);
      else if (event.key === "ArrowRight" && !isOpen) toggle(selected, !1);
      else if (event.key === "ArrowRight") select(selected + 1);
      else return !1;
    }
    return !0;
  }, swap = () => navigate(href("compare", { a: B.traceId, b: A2.traceId }, { span }));
  useKeys([
    { keys: ".", label: t.compare.nextDifference, group: "trace", run: () => step(1) },
    { keys: ",", label: t.compare.nextDifference, group: "trace", run: () => step(-1) }
  ]);
  let longestUs = Math.max(A2.durationUs, B.durationUs);
  return a($, { children: [
    a("div", { class: "cmp-sides", children: [
      a(Side, { label: t.compare.traceA, model: A2 }),
      a("button", { type: "button", class: "btn icon-only", "aria-label": t.compare.swap, title: t.compare.swap, onClick: swap, children: a(Icon, { name: "swap" }) }),
      a(Side, { label: t.compare.traceB, model: B }),
      a("div", { class: "card tile cmp-total", children: [
        a("span", { children: t.compare.difference }),
        a("b", { children: a(Delta, { us: B.durationUs - A2.durationUs }) }),
        a("span", { class: "sub", children: deltaWords(B.durationUs - A2.durationUs) })
      ] })
    ] }),
    a("div", { class: "cmp-grid", children: [
      a("section", { class: "card cmp-tree", children: [
        a("div", { class: "card-head", children: [
          a("h2", { children: t.compare.tree }),
          a("span", { class: "sub", children: `${f.count(nDiffering)} / ${f.count(diff.count)}` }),
          a("span", { class: "spring" }),
          a("div", { class: "seg", role: "group", "aria-label": t.compare.show, children: [!1, !0].map((only) => a("button", { type: "button", "aria-pressed": only === onlyDiffering, onClick: () => setOnlyDiffering(only), children: only ? t.compare.differing : t.compare.all }, String(only))) })
        ] }),
        visible.length === 0 && a("p", { class: "muted", children: t.compare.nothingDiffers }),
        a(
          VirtualRows,
          {
            label: t.compare.tree,
            role: "treegrid",
            class: "cmp-rows",
            count: visible.length,
            rowPx: ROW_PX,
            active: visible.indexOf(selected),
            onMove: (index) => select(visible[index]),
            onKey,
            head: [t.compare.span, "A", "B", "Δ"].map((text) => a("span", { role: "columnheader", children: text }, text)),
            rowProps: (index) => {
              let row = visible[index];
              return {
                class: diff.isDifferent[row] ? "" : "same",
                "aria-level": diff.depth[row] + 1,
                "aria-expanded": diff.size[row] > 1 ? !collapsed[row] : void 0
              };
            },
            cells: (index) => a(Cells, { A: A2, B, diff, row: visible[index], closed: collapsed[visible[index]] === 1, longestUs, onToggle: toggle })
          }
        )
      ] }),
      a("div", { class: "grid", children: selected >= 0 ? a(PairPanel, { A: A2, B, a: diff.a[selected], b: diff.b[selected], onClose: () => select(-1) }, selected) : a(FindingsCard, { A: A2, B, diff, onSelect: select }) })
    ] })
  ] });
}
function Side({ label, model }) {
  let t = texts(), f = fmt(), counts = [t.trace.spanCount(model.spans, f.count(model.spans)), t.trace.serviceCount(model.services.length), model.errors > 0 && t.trace.errorCount(model.errors, f.count(model.errors))];
  return a("div", { class: "card tile cmp-side", children: [
    a("span", { children: [
      label,
      " · ",
      f.time(model.startUs / 1e3, nowMs.value)
    ] }),
    a("a", { class: "link", href: href("trace", { id: model.traceId }), title: t.compare.open(model.traceId), children: [
      a("b", { children: model.names[model.name[0]] || t.trace.unnamed }),
      " ",
      a("span", { class: "mono", children: shortId(model.traceId) })
    ] }),
    a("span", { class: "sub", children: [f.duration(model.durationUs), ...counts].filter(Boolean).join(" · ") })
  ] });
}
function Cells({ A: A2, B, diff, row, closed, longestUs, onToggle }) {
  let t = texts(), [a2, b] = [diff.a[row], diff.b[row]], [model, own] = a2 >= 0 ? [A2, a2] : [B, b], service = model.services[model.service[own]], twisty = diff.size[row] > 1 ? closed ? "closed" : "open" : "";
  return a($, { children: [
    a("span", { role: "gridcell", class: "wf-name", style: { paddingLeft: `${Math.min(diff.depth[row], INDENT_LEVELS_MAX) * 12}px` }, children: [
      a(
        "span",
        {
          class: `wf-twisty ${twisty}`,
          "aria-hidden": "true",
          onClick: (event) => {
            event.stopPropagation(), twisty && onToggle(row, !closed);
          }
        }
      ),
      a("i", { class: dotClass(model, model.service[own]), "aria-hidden": "true" }),
      a("b", { children: service?.name || t.trace.unknownService }),
      " ",
      a("span", { class: "muted", children: model.names[model.name[own]] || t.trace.unnamed }),
      closed && a("span", { class: "wf-badge", children: t.trace.hidden(fmt().count(diff.size[row] - 1)) })
    ] }),
    a(Bar, { model: A2, row: a2, longestUs, missing: t.compare.onlyB }),
    a(Bar, { model: B, row: b, longestUs, missing: t.compare.onlyA }),
    a("span", { role: "gridcell", class: "num", children: a2 >= 0 && b >= 0 ? a(Delta, { us: B.duration[b] - A2.duration[a2] }) : a("span", { class: "sub", children: a2 >= 0 ? t.compare.onlyA : t.compare.onlyB }) })
  ] });
}
function Bar({ model, row, longestUs, missing }) {
  let t = texts();
  if (row < 0)
    return a("span", { role: "gridcell", class: "cmp-bar none", children: a("span", { class: "sr", children: missing }) });
  let percent = (us) => `${(us / longestUs * 100).toFixed(2)}%`;
  return a("span", { role: "gridcell", class: "cmp-bar", children: [
    a("i", { class: `${dotClass(model, model.service[row])}${model.isError[row] ? " failed" : ""}`, style: { left: percent(model.start[row]), width: percent(model.duration[row]) } }),
    a("span", { class: model.start[row] > longestUs / 2 ? "at-start" : "", children: [
      model.isError[row] === 1 && a("b", { class: "crit-text", children: [
        model.statuses[row] || t.trace.error,
        " "
      ] }),
      fmt().duration(model.duration[row])
    ] })
  ] });
}
export {
  ComparePage
};
