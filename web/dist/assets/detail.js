import {
  $,
  A,
  ApiError,
  BudgetMeter,
  Dialog,
  Empty,
  Failure,
  HeatTable,
  Heatmap,
  Icon,
  Loaded,
  PROMISED,
  Pill,
  SLO_TABS,
  Skeleton,
  Stale,
  StatusPill,
  T,
  UNREACHABLE,
  a,
  acknowledge,
  allowedOf,
  apiUrl,
  burnStateOf,
  copyText,
  crosshairMs,
  d,
  fmt,
  getJson,
  gridOf,
  href,
  lang,
  lastsUs,
  navigate,
  nowMs,
  objectiveOf,
  oneFailure,
  parseLength,
  shareOf,
  texts,
  timeTicks,
  titleOf,
  useKeys,
  useResource,
  useSettled,
  useTitle,
  useWidth,
  w
} from "./chunk.js";

// src/ui/figures.tsx
function Figures({ heads, num, rows, class: extra }) {
  let classOf = (i) => num.includes(i) ? "num" : void 0;
  return a("div", { class: "scroll", children: a("table", { class: extra, children: [
    a("thead", { children: a("tr", { children: heads.map((head, i) => a("th", { scope: "col", class: classOf(i), children: head }, i)) }) }),
    a("tbody", { children: rows.map(([key, ...cells]) => a("tr", { children: cells.map((cell, i) => a("td", { class: classOf(i), children: cell }, i)) }, key)) })
  ] }) });
}

// src/pages/slo/alerts.tsx
var TONES = { firing: "crit", pending: "warn", frozen: "none", inactive: "ok" };
function Alerts({ alerts, items }) {
  let t = texts().slo;
  return a("section", { class: "card", children: [
    a("h2", { children: t.alerts }),
    a(Loaded, { resource: alerts, what: t.alerts, rows: 3, children: () => items.length === 0 ? a("p", { class: "muted", children: t.alertsNone }) : a("ul", { class: "alerts", children: items.map((alert) => a(AlertRow, { alert, retry: alerts.retry }, alert.severity)) }) })
  ] });
}
function AlertRow({ alert, retry }) {
  let t = texts().slo, f = fmt(), time = (at) => f.time(Date.parse(at), nowMs.value), { acknowledged, silenced } = alert;
  return a("li", { children: [
    a("span", { class: "row tight", children: [
      a("b", { children: t.severities[alert.severity] ?? alert.severity }),
      a(Pill, { tone: TONES[alert.state] ?? "none", children: t.alertStates[alert.state] ?? alert.state }),
      alert.since && alert.state !== "inactive" && a("span", { class: "sub", children: t.since(time(alert.since)) }),
      a("span", { class: "spring" }),
      alert.state === "firing" && !acknowledged && a("button", { type: "button", class: "btn small", onClick: () => {
        acknowledge(alert.id).then(retry);
      }, children: t.acknowledge })
    ] }),
    alert.text && a("span", { class: "muted", children: alert.text }),
    acknowledged && a("span", { class: "sub", children: t.acknowledgedBy(acknowledged.by, time(acknowledged.at)) }),
    silenced && a("span", { class: "sub", children: t.silencedBy(silenced.by, time(silenced.until), silenced.comment) })
  ] });
}

// src/pages/slo/budget.ts
function valueOf(point, tab) {
  return tab === "sli" ? point.sli : tab === "budget" ? point.forecast ?? point.budget : point.good + point.bad;
}
var startMsOf = (series) => Date.parse(series.start), endMsOf = (series) => startMsOf(series) + series.points.length * series.stepUs / 1e3;
function returnsOf(series, windowUs) {
  let found = [], from = 0, budgets = series.points.map((point) => point.budget);
  for (let i = 1; i <= budgets.length; i++) {
    let [before, now] = [budgets[i - 1], budgets[i] ?? null];
    if (before !== null && now !== null && now >= before) continue;
    let [low, high] = [budgets[from], before];
    from > 0 && low !== null && high !== null && high - low >= 0.05 && found.push({ at: i - 1, gained: high - low, leftMs: startMsOf(series) + ((i - 1) * series.stepUs - windowUs) / 1e3 }), from = i;
  }
  return found.sort((a2, b) => b.gained - a2.gained).slice(0, 3);
}
var COMPARED = 10;
function beforeAfter(series, atMs) {
  let at = Math.round((atMs - startMsOf(series)) * 1e3 / series.stepUs), sum = (from, end) => series.points.slice(Math.max(0, from), Math.max(0, end)).reduce((all, point) => ({ good: all.good + point.good, bad: all.bad + point.bad }), { good: 0, bad: 0 });
  return { before: sum(at - COMPARED, at), after: sum(at, at + COMPARED) };
}
var badShare = ({ good, bad }) => good + bad === 0 ? null : bad / (good + bad);
function stepMarker(markers, chosen, by) {
  if (markers.length === 0) return null;
  let at = chosen ? markers.findIndex((marker) => marker.at === chosen.at && marker.lane === chosen.lane && marker.subject === chosen.subject) : -1;
  return at < 0 ? markers[by > 0 ? 0 : markers.length - 1] : markers[Math.min(markers.length - 1, Math.max(0, at + by))];
}
function badBy(latency, limitUs) {
  let [valid, bad, isExact] = [0, 0, !0];
  for (let [, bucket, of, failing, limited] of latency.cells) {
    if (valid += of, bad += failing, limitUs === null || limited === 0) continue;
    let [from, to] = latency.buckets[bucket], above = Math.min(1, Math.max(0, (to + 1 - limitUs) / (to + 1 - from)));
    bad += limited * above, above > 0 && above < 1 && (isExact = !1);
  }
  return { good: valid - bad, bad, isExact };
}
var usedOf = ({ good, bad }, target) => good + bad === 0 ? null : bad / ((good + bad) * (1 - target));
function outageUs(slo, failures, windowUs) {
  let events = slo.good + slo.bad;
  return events === 0 || windowUs === 0 ? null : failures / events * windowUs;
}
function proposal(place, slo, target, limit) {
  let lines = [`--- a/${place}`, `+++ b/${place}`, `@@ SLO ${slo.name} @@`];
  return target !== slo.target && lines.push(`-    target: ${slo.target}`, `+    target: ${target}`), limit && lines.push(`-    duration<${limit[0]}`, `+    duration<${limit[1]}`), lines.join(`
`) + `
`;
}
var limitText = (us) => us % 1e6 === 0 ? `${us / 1e6}s` : us >= 1e3 ? `${Math.round(us / 1e3)}ms` : `${Math.round(us)}us`;

// src/pages/slo/chart.tsx
var HEIGHT = 220, LEFT = 48, RIGHT = 6, TOP = 10, AXIS = 20, LANE_PX = 16, REACH_PX = 14, DRAG_PX_MIN = 4, LOWEST = -1, LANES = ["deploy", "alert", "gate", "policy", "freeze", "exclusion"], laneTone = { deploy: "info", alert: "crit", gate: "frozen", policy: "warn", freeze: "frozen", exclusion: "none" };
function LineChart(props) {
  let box = T(null), width = useWidth(box);
  return a("div", { ref: box, class: "chart", style: { minHeight: `${HEIGHT}px` }, children: width > 0 && a(Drawing, { ...props, width }) });
}
function Drawing({ series, tab, target, levels, returns, markers, chosen, choose, zoom, reset, width }) {
  let t = texts().slo, f = fmt(), drag = T(null), [dragged, setDragged] = d(null), [startMs, endMs] = [startMsOf(series), endMsOf(series)], values = series.points.map((point) => valueOf(point, tab)), known = values.filter((value) => value !== null);
  if (known.length < 2) return a("p", { class: "muted", children: t.chartNone });
  let [low, high] = rangeOf(tab, known, target), right = width - RIGHT, lanes = LANES.filter((lane) => markers.some((marker) => marker.lane === lane)), bottom = HEIGHT - AXIS, height = HEIGHT + lanes.length * LANE_PX, x = (ms2) => LEFT + Math.min(1, Math.max(0, (ms2 - startMs) / (endMs - startMs))) * (right - LEFT), ms = (px) => startMs + Math.min(1, Math.max(0, (px - LEFT) / (right - LEFT))) * (endMs - startMs), y = (value) => TOP + (1 - (Math.max(low, Math.min(high, value)) - low) / (high - low)) * (bottom - TOP), xOf = (i) => x(startMs + (i + 1) * series.stepUs / 1e3), says = (value) => tab === "budget" ? f.budget(value) : tab === "sli" ? f.sli(value, target) : f.count(value), path = values.map((value, i) => value === null ? "" : `${(values[i - 1] ?? null) === null ? "M" : "L"}${xOf(i).toFixed(1)} ${y(value).toFixed(1)}`).join(""), ticks = timeTicks(startMs, endMs, Math.max(2, Math.floor((right - LEFT) / 96)), -new Date(endMs).getTimezoneOffset() * 6e4), rules = tab === "budget" ? [1, 0.5, 0, -0.5, -1].filter((rule) => rule >= low) : [low, (low + high) / 2, high], placeOf = (event) => event.clientX - event.currentTarget.getBoundingClientRect().left, pick = (px) => {
    let near = markers.map((marker) => ({ marker, away: Math.abs(x(Date.parse(marker.at)) - px) })).sort((a2, b) => a2.away - b.away)[0];
    choose(near && near.away <= REACH_PX ? near.marker : null);
  };
  return a($, { children: [
    a(
      "svg",
      {
        width,
        height,
        role: "img",
        "aria-label": t.chartText(t.tabs[tab], says(known[0]), says(known[known.length - 1]), f.time(startMs, nowMs.value), f.time(endMs, nowMs.value), markers.length),
        onPointerDown: (event) => {
          event.button === 0 && (drag.current = placeOf(event), event.currentTarget.setPointerCapture(event.pointerId));
        },
        onPointerMove: (event) => {
          let px = placeOf(event);
          crosshairMs.value = px < LEFT ? null : ms(px), drag.current !== null && Math.abs(px - drag.current) >= DRAG_PX_MIN && setDragged([Math.min(px, drag.current), Math.max(px, drag.current)]);
        },
        onPointerUp: (event) => {
          drag.current = null, dragged ? zoom(ms(dragged[0]), ms(dragged[1])) : pick(placeOf(event)), setDragged(null);
        },
        onPointerLeave: () => crosshairMs.value = null,
        onDblClick: reset,
        children: [
          a("defs", { children: a("pattern", { id: "overdraft", width: "6", height: "6", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)", children: [
            a("rect", { width: "6", height: "6", class: "overdraft" }),
            a("line", { x1: "0", x2: "0", y1: "0", y2: "6", class: "hatch" })
          ] }) }),
          tab === "budget" && low < 0 && a("rect", { fill: "url(#overdraft)", x: LEFT, y: y(0), width: right - LEFT, height: y(low) - y(0) }),
          ticks.at.map((tick) => a("g", { children: [
            a("line", { class: "rule", x1: x(tick), x2: x(tick), y1: TOP, y2: bottom }),
            a("text", { x: x(tick), y: HEIGHT - 5, "text-anchor": "middle", children: f.tick(tick, ticks.stepMs) })
          ] }, tick)),
          rules.map((rule) => a("g", { children: [
            a("line", { class: tab === "budget" && rule === 0 ? "zero" : "rule", x1: LEFT, x2: right, y1: y(rule), y2: y(rule) }),
            a("text", { x: LEFT - 6, y: y(rule) + 4, "text-anchor": "end", children: says(rule) })
          ] }, rule)),
          tab === "sli" && a("line", { class: "level", x1: LEFT, x2: right, y1: y(target), y2: y(target) }),
          tab === "budget" && levels.map((level) => a("g", { children: [
            a("line", { class: "level", x1: LEFT, x2: right, y1: y(level.at), y2: y(level.at) }),
            a("text", { class: "over", x: LEFT + 4, y: y(level.at) - 3, children: level.name })
          ] }, level.name)),
          tab === "requests" ? a(Columns, { series, x: xOf, y, bottom, step: (right - LEFT) / series.points.length }) : a("path", { class: "line", d: path }),
          tab === "budget" && returns.map((back, row) => a("g", { class: "back", children: [
            a("circle", { cx: xOf(back.at), cy: y(values[back.at] ?? 0), r: "3" }),
            a("text", { x: xOf(back.at), y: TOP + 12 + row * 14, "text-anchor": xOf(back.at) < width / 2 ? "start" : "end", children: t.cameBack(f.budget(back.gained), f.time(back.leftMs, nowMs.value)) })
          ] }, back.at)),
          lanes.map((lane, row) => a("g", { class: `lane ${laneTone[lane]}`, children: [
            a("text", { x: LEFT - 6, y: HEIGHT + row * LANE_PX + 11, "text-anchor": "end", children: t.lanes[lane].short }),
            markers.filter((marker) => marker.lane === lane).map((marker) => a(Mark, { marker, x, y: HEIGHT + row * LANE_PX + 7, top: TOP }, marker.at + marker.subject))
          ] }, lane)),
          chosen && a("line", { class: "chosen", x1: x(Date.parse(chosen.at)), x2: x(Date.parse(chosen.at)), y1: TOP, y2: height }),
          a(Cross, { startMs, x, bottom }),
          dragged && a("rect", { class: "dragged", x: dragged[0], y: TOP, width: dragged[1] - dragged[0], height: bottom - TOP })
        ]
      }
    ),
    a(Readout, { series, says: (i) => values[i] === null ? texts().status.none : says(values[i]) })
  ] });
}
function Cross({ startMs, x, bottom }) {
  let at = crosshairMs.value;
  return at === null || at < startMs ? null : a("line", { class: "cross", x1: x(at), x2: x(at), y1: TOP, y2: bottom });
}
function Readout({ series, says }) {
  let t = texts().slo, f = fmt(), at = crosshairMs.value, i = at === null ? -1 : Math.floor((at - startMsOf(series)) * 1e3 / series.stepUs), point = series.points[i];
  return a("p", { class: "sub readout", "aria-hidden": "true", children: at !== null && point ? `${f.time(at, nowMs.value)} · ${says(i)} · ${t.goodBad(f.count(point.good), f.count(point.bad))}` : t.chartHint });
}
function rangeOf(tab, known, target) {
  let [low, high] = [Math.min(...known), Math.max(...known)];
  return tab === "budget" ? [Math.max(LOWEST, Math.min(0, low)) - (low < 0 ? 0.1 : 0), 1] : tab === "requests" ? [0, Math.max(1, high)] : [Math.min(low, target - (1 - target)), 1];
}
function Columns({ series, x, y, bottom, step }) {
  let column = (i, value) => value === 0 ? "" : `M${(x(i) - step).toFixed(1)} ${bottom}V${Math.min(bottom - 1, y(value)).toFixed(1)}h${Math.max(0.6, step - 0.4).toFixed(1)}V${bottom}z`;
  return a($, { children: [
    a("path", { class: "good", d: series.points.map((point, i) => column(i, point.good + point.bad)).join("") }),
    a("path", { class: "bad", d: series.points.map((point, i) => column(i, point.bad)).join("") })
  ] });
}
function Mark({ marker, x, y, top }) {
  let from = x(Date.parse(marker.at));
  return a($, { children: [
    marker.until && a("rect", { x: from, y: y - 3, width: Math.max(2, x(Date.parse(marker.until)) - from), height: "6", rx: "3" }),
    marker.lane === "deploy" && a("line", { class: "deploy", x1: from, x2: from, y1: top, y2: y }),
    a("path", { d: `M${from} ${y - 5}l4.5 5-4.5 5-4.5-5z`, children: a("title", { children: marker.text }) })
  ] });
}
function SeriesTable({ series, markers, target }) {
  let t = texts().slo, f = fmt(), startMs = startMsOf(series);
  return a("div", { class: "heat-table", tabIndex: 0, role: "region", "aria-label": t.budgetOverTime, children: a(
    Figures,
    {
      heads: [t.until, t.tabs.budget, t.tabs.sli, t.good, t.bad, t.happened],
      num: [1, 2, 3, 4],
      rows: series.points.map((point, i) => ({ point, fromMs: startMs + i * series.stepUs / 1e3, toMs: startMs + (i + 1) * series.stepUs / 1e3 })).filter(({ point }) => point.good + point.bad > 0).reverse().map(({ point, fromMs, toMs }) => [
        String(toMs),
        f.time(toMs, nowMs.value),
        f.budget(point.forecast ?? point.budget),
        f.sli(point.sli, target),
        f.count(point.good),
        f.count(point.bad),
        markers.filter((marker) => Date.parse(marker.at) >= fromMs && Date.parse(marker.at) < toMs).map((marker) => marker.text).join(" · ")
      ])
    }
  ) });
}

// src/pages/slo/more.tsx
function Parts({ items, chosen, choose }) {
  let t = texts().slo;
  return a("div", { class: "seg wraps", role: "group", "aria-label": t.objectives, children: items.map((item) => a("button", { type: "button", "aria-pressed": item.objective === chosen.objective, onClick: () => choose(item.objective), children: [
    item.composite ? t.composite : item.objective,
    " ",
    fmt().budget(item.budget)
  ] }, item.objective)) });
}
function Groups({ slo }) {
  let t = texts().slo, f = fmt();
  return !slo.groupBy || !slo.groups ? null : a("section", { class: "card", children: [
    a("h2", { children: t.byTag(slo.groupBy) }),
    a(
      Figures,
      {
        heads: [slo.groupBy, "SLI", t.budget, t.bad],
        num: [1, 3],
        rows: [...slo.groups].sort((a2, b) => (a2.budget ?? 1 / 0) - (b.budget ?? 1 / 0)).map((group) => [
          group.value,
          group.value,
          f.sli(group.sli, slo.target),
          a("div", { class: "budget", children: group.budget === null ? texts().status.none : a(BudgetMeter, { budget: group.budget, name: group.value }) }),
          f.count(group.bad)
        ])
      }
    )
  ] });
}
function History({ slo, amendments }) {
  let t = texts().slo, f = fmt(), time = (at) => f.time(Date.parse(at), nowMs.value), [month, setMonth] = d(""), reports = useResource(apiUrl("/reports", { slo: slo.name, month }), { keep: !0 }).data, exclusions = slo.exclusions ?? [], months = reports?.items.filter((item) => item.objective === slo.objective) ?? [];
  return months.length + exclusions.length + amendments.length === 0 && !slo.history ? null : a("section", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.history }),
      a("span", { class: "spring" }),
      reports && reports.months.length > 1 && a("label", { class: "choose", children: [
        a("span", { class: "sub", children: t.month }),
        a("select", { class: "input", value: reports.month ?? "", onChange: (event) => setMonth(event.currentTarget.value), children: reports.months.map((name) => a("option", { children: name }, name)) })
      ] })
    ] }),
    slo.history && a("p", { class: "muted", children: [
      t.countedFrom(time(slo.history.from)),
      " ",
      slo.history.estimatedUntil && t.estimatedUntil(time(slo.history.estimatedUntil))
    ] }),
    a("ul", { class: "history", children: [
      months.map((month2) => a("li", { children: [
        t.monthReport(month2.month, f.sli(month2.sli, month2.target), f.budget(month2.budget)),
        " ",
        month2.amendments > 0 && a("span", { class: "sub", children: t.nAmendments(month2.amendments) })
      ] }, month2.month)),
      exclusions.map((exclusion) => a("li", { children: [
        t.excluded(exclusion.name, exclusion.reason, exclusion.approvedBy, f.count(exclusion.good + exclusion.bad)),
        " ",
        a("span", { class: "sub", children: exclusion.times.slice(0, 3).map((span) => `${time(span.from)} – ${time(span.until)}`).join(" · ") })
      ] }, exclusion.name)),
      amendments.slice(0, 5).map((amendment) => a("li", { children: t.amended(amendment.from ? time(amendment.from) : "–", `${f.count(amendment.before.good)}+${f.count(amendment.before.bad)}`, `${f.count(amendment.after.good)}+${f.count(amendment.after.bad)}`) }, amendment.at + amendment.from))
    ] })
  ] });
}

// src/pages/slo/policy.tsx
function PolicyCard({ service, gate, policy }) {
  let t = texts(), [asked, setAsked] = d(null), ask = () => {
    getJson(apiUrl(`/gate/${encodeURIComponent(service)}`), lang.peek()).then(
      (answer) => setAsked({ answer }),
      (error) => setAsked({ problem: error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE } })
    );
  }, verdict = asked?.answer?.verdict ?? policy.data?.verdict ?? gate;
  return a("section", { class: "card policy", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.slo.gateTitle }),
      a("span", { class: "muted", children: service }),
      a("span", { class: "spring" }),
      verdict === "held" ? a(Pill, { tone: "frozen", children: t.status.held }) : a(Pill, { tone: "ok", children: t.slo.gateAllowed })
    ] }),
    a(Loaded, { resource: policy, what: t.slo.policy, rows: 4, children: (data) => a(Rules, { policy: data }) }),
    asked?.problem && a(Failure, { what: t.slo.gateTitle, problem: asked.problem, retry: ask }),
    asked?.answer && a("p", { class: "gate-text", role: "status", children: t.slo.gateRecorded(asked.answer.text ?? "") }),
    a("div", { class: "row tight screen-only", children: [
      a("button", { type: "button", class: "btn", onClick: ask, children: t.slo.gateAsk }),
      a("code", { children: `nines gate check ${service}` })
    ] })
  ] });
}
function Rules({ policy }) {
  let t = texts().slo, f = fmt(), time = (at) => f.time(Date.parse(at), nowMs.value), { exceptions } = policy;
  return a("dl", { children: [
    a("dt", { children: t.rule }),
    a("dd", { children: [
      policy.policy === "default" ? t.ruleDefault : policy.policy,
      policy.place && a("code", { children: ` ${policy.place.file}:${policy.place.line}` }),
      policy.states && a("ul", { children: policy.states.map((state, i) => a("li", { "aria-current": state.name === policy.state ? "true" : void 0, children: [
        a("b", { children: state.name }),
        " ",
        a("span", { class: "sub", children: [state.above === null ? t.stateRest : t.stateAbove(f.budget(state.above)), ...does(state)].join(" · ") })
      ] }, state.name)) }),
      policy.state && policy.since && a("p", { class: "sub", children: t.stateSince(policy.state, time(policy.since)) })
    ] }),
    a("dt", { children: t.inputs }),
    a("dd", { children: a("ul", { children: [
      policy.reasons.map((reason) => a("li", { class: reason.holds ? "holds" : "sub", children: reason.text }, reason.text)),
      policy.freezes.map((freeze) => a("li", { children: t.freeze(freeze.name, time(freeze.until), freeze.reason) }, freeze.name)),
      policy.reasons.length + policy.freezes.length === 0 && a("li", { class: "sub", children: t.inputsNone })
    ] }) }),
    a("dt", { children: t.result }),
    a("dd", { children: [
      policy.text,
      policy.changesAt && a("p", { class: "sub", children: t.changesAt(time(policy.changesAt)) }),
      policy.wouldChange.length > 0 && a("ul", { children: policy.wouldChange.map((change) => a("li", { class: "sub", children: change }, change)) })
    ] }),
    a("dt", { children: t.override }),
    a("dd", { children: [
      t.tokens(exceptions.left, exceptions.of, f.window(exceptions.per), exceptions.approverNotRequester),
      a("ul", { children: exceptions.items.map((item) => a("li", { class: "sub", children: t.exception(item.change, item.approvedBy, time(item.expiresAt)) }, item.name)) })
    ] })
  ] });
}
function does(state) {
  let t = texts().slo;
  return [
    state.freeze && t.doesFreeze,
    state.allow && t.doesAllow(fmt().list(state.allow)),
    state.requireApproval.length > 0 && t.doesApprove(fmt().list(state.requireApproval)),
    state.maxDeploysPerDay !== null && t.doesLimit(state.maxDeploysPerDay),
    state.canaryMax !== null && t.doesCanary(state.canaryMax)
  ].filter((text) => typeof text == "string");
}

// src/pages/slo/whatif.tsx
function WhatIfCard({ slo, latency, limitUs, setLimit, query, set, place }) {
  let t = texts().slo, f = fmt(), [text, setTarget] = useSettled(query.target, (target2) => set({ target: target2 }, !0)), [proposes, setProposes] = d(!1), rests = useRested(text), targets = [...new Set([...PROMISED, Number((slo.target * 100).toFixed(6))])].sort((a2, b) => a2 - b), percent = targets.includes(Number(text)) ? Number(text) : Number((slo.target * 100).toFixed(6)), target = percent === Number((slo.target * 100).toFixed(6)) ? slo.target : shareOf(percent), own = latency?.thresholdUs ?? null, limits = own === null ? [] : [...new Set([...latency?.buckets.map(([, to]) => to + 1) ?? [], own, limitUs ?? own])].sort((a2, b) => a2 - b), isOwnLimit = own === null || limitUs === own, counted = isOwnLimit || !latency ? { good: slo.good, bad: slo.bad, isExact: slo.method === "Occurrences" } : badBy(latency, limitUs), used = slo.composite ? null : isOwnLimit && target === slo.target && slo.budget !== null ? 1 - slo.budget : usedOf(counted, target), hasPages = !slo.composite && (slo.page ? (parseLength(slo.page.short) ?? 0) >= PAGE_STEP_US : !1), pages = useResource(!hasPages || Number(rests || percent) !== percent ? null : apiUrl(`/slos/${encodeURIComponent(slo.name)}/whatif`, { objective: slo.objective, target: `${percent},${slo.target * 100}` }), { keep: !0 }), [now, then] = [slo.target, target].map((of) => pages.data?.items.find((item) => Math.abs(item.target - of) < 1e-9)), isChanged = target !== slo.target || !isOwnLimit, window = slo.window ?? slo.calendar?.duration ?? "";
  return slo.composite ? null : a("section", { class: "card whatif", children: [
    a("h2", { children: t.whatIf }),
    a("label", { children: [
      a("span", { children: [
        t.target,
        " ",
        a("b", { children: f.target(target) })
      ] }),
      a("input", { type: "range", min: "0", max: targets.length - 1, value: targets.indexOf(percent), "aria-valuetext": f.target(target), onInput: (event) => setTarget(String(targets[Number(event.currentTarget.value)])) })
    ] }),
    own !== null && limitUs !== null && a("label", { children: [
      a("span", { children: [
        t.threshold,
        " ",
        a("b", { children: f.duration(limitUs) })
      ] }),
      a("input", { type: "range", min: "0", max: limits.length - 1, value: limits.indexOf(limitUs), "aria-valuetext": f.duration(limitUs), onInput: (event) => setLimit(String(limits[Number(event.currentTarget.value)])) })
    ] }),
    a("p", { role: "status", children: [
      used === null ? texts().status.none : t.wouldUse(f.target(target), own !== null && limitUs !== null ? f.duration(limitUs) : "", f.window(window), `${counted.isExact ? "" : "≈ "}${f.budget(used)}`),
      " ",
      then && now && (then === now ? t.pagesAre(now.pages) : t.pagesWould(then.pages, now.pages))
    ] }),
    !isOwnLimit && a("p", { class: "sub", children: t.whatIfStored }),
    a("div", { class: "row tight", children: [
      a("button", { type: "button", class: "btn", disabled: !isChanged, onClick: () => setProposes(!0), children: t.propose }),
      isChanged && a(
        "button",
        {
          type: "button",
          class: "btn quiet",
          onClick: () => {
            setTarget(""), setLimit("");
          },
          children: t.reset
        }
      )
    ] }),
    proposes && a(Dialog, { label: t.propose, onClose: () => setProposes(!1), children: a(Proposal, { text: proposal(place, slo, target, isOwnLimit || own === null || limitUs === null ? null : [limitText(own), limitText(limitUs)]), close: () => setProposes(!1) }) })
  ] });
}
function Proposal({ text, close }) {
  let t = texts();
  return a($, { children: [
    a("div", { class: "dialog-head", children: [
      a("h2", { children: t.slo.propose }),
      a("button", { type: "button", class: "btn small", onClick: close, children: t.shell.close })
    ] }),
    a("div", { class: "dialog-body grid", children: [
      a("p", { class: "muted", children: t.slo.proposeHow }),
      a("pre", { tabIndex: 0, children: text }),
      a("div", { class: "row", children: a("button", { type: "button", class: "btn primary", onClick: () => {
        copyText(text);
      }, children: t.shell.copy }) })
    ] })
  ] });
}
var RESTS_MS = 400, PAGE_STEP_US = 3e8;
function useRested(value) {
  let [rested, setRested] = d(value);
  return A(() => {
    let timer = setTimeout(() => setRested(value), RESTS_MS);
    return () => clearTimeout(timer);
  }, [value]), rested;
}

// src/pages/slo/requests.tsx
var refreshMs = (windowUs) => Math.min(6e4, Math.max(5e3, windowUs / 1e3 / 20)), TRACES_SHOWN = 12;
function Requests({ slo, windowUs, query, set, place }) {
  let path = `/slos/${encodeURIComponent(slo.name)}`, bounds = query.from && query.to ? { from: query.from, to: query.to } : {}, latency = useResource(apiUrl(`${path}/latency`, { objective: slo.objective, ...bounds }), { keep: !0 }), box = readBox(query.sel), events = useResource(
    apiUrl(`${path}/events`, {
      objective: slo.objective,
      limit: TRACES_SHOWN * 4,
      ...box ? { from: new Date(box.fromMs).toISOString(), to: new Date(box.toMs).toISOString(), longer: `${box.fromUs}us`, shorter: `${box.toUs}us` } : bounds
    }),
    { keep: !0 }
  );
  useBeat(() => {
    query.to || (latency.retry(), box || events.retry());
  }, refreshMs(windowUs));
  let [limit, setLimit] = useSettled(query.threshold, (threshold) => set({ threshold }, !0)), limitUs = Number(limit) > 0 ? Number(limit) : latency.data?.thresholdUs ?? null;
  return a($, { children: [
    a("div", { class: "grid overview-low", children: [
      a(HeatCard, { latency, limitUs, setLimit, box, set }),
      a(SharedCard, { events, box, set })
    ] }),
    a("div", { class: "grid overview-low", children: [
      a(TracesCard, { slo, events }),
      a(WhatIfCard, { slo, latency: latency.data, limitUs, setLimit, query, set, place })
    ] })
  ] });
}
var writeBox = (box) => box ? [box.fromMs, box.toMs, box.fromUs, box.toUs].join(",") : "";
function readBox(text) {
  let [fromMs, toMs, fromUs, toUs] = text.split(",").map(Number);
  return [fromMs, toMs, fromUs, toUs].every(Number.isFinite) && toMs > fromMs ? { fromMs, toMs, fromUs, toUs } : null;
}
function HeatCard({ latency, limitUs, setLimit, box, set }) {
  let t = texts().slo, [asTable, setAsTable] = d(!1), data = latency.data, hasLimit = data?.thresholdUs != null, grid = w(() => data?.start ? gridOfLatency(data, hasLimit ? limitUs : null) : null, [data, limitUs]), onBox = (next) => set({ sel: writeBox(next) }, !0), zoom = (fromMs, toMs) => set({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), sel: "" });
  return a("section", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.latency }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small screen-only", "aria-pressed": asTable, onClick: () => setAsTable(!asTable), children: asTable ? texts().chart.asChart : texts().chart.asTable })
    ] }),
    a(Loaded, { resource: latency, what: t.latency, rows: 6, children: () => !grid || grid.rows.length === 0 ? a("p", { class: "muted", children: t.latencyNone }) : asTable ? a(HeatTable, { grid, label: t.latency, onBox }) : a(
      Heatmap,
      {
        label: t.latencyText,
        grid,
        box,
        onBox,
        onZoom: zoom,
        threshold: hasLimit && limitUs !== null ? { us: limitUs, label: t.threshold, onMove: (us) => setLimit(String(us)) } : void 0
      }
    ) }),
    data?.cut && a("p", { class: "sub", children: data.cut })
  ] });
}
function gridOfLatency(latency, limitUs) {
  let startMs = Date.parse(latency.start ?? latency.from), stepMs = latency.stepUs / 1e3, cells = latency.cells.map(([slice, bucket, valid, failing, limited]) => {
    let [fromUs, toUs] = latency.buckets[bucket], above = limitUs === null ? 0 : Math.min(1, Math.max(0, (toUs + 1 - limitUs) / (toUs + 1 - fromUs)));
    return { atMs: startMs + slice * stepMs, bucket: { fromUs, toUs }, spans: valid, errors: failing + Math.round(limited * above) };
  });
  return gridOf({ fromMs: Date.parse(latency.from), toMs: Date.parse(latency.to), stepMs, parts: latency.bucketsPerDoubling }, cells, limitUs === null ? [] : [limitUs]);
}
function SharedCard({ events, box, set }) {
  let t = texts().slo, f = fmt();
  return a("section", { class: "card", children: [
    a("h2", { children: t.share }),
    box && a("p", { class: "row tight sub", children: [
      t.selected(f.time(box.fromMs, nowMs.value), f.time(box.toMs, nowMs.value), f.duration(box.fromUs), f.duration(box.toUs)),
      a("button", { type: "button", class: "btn small", onClick: () => set({ sel: "" }, !0), children: t.clearSelection })
    ] }),
    a(Loaded, { resource: events, what: t.share, rows: 4, children: ({ shared, looked, filters }) => looked.bad === 0 ? a("p", { class: "muted", children: t.shareNoBad }) : shared.length === 0 ? a("p", { class: "muted", children: t.shareNone(looked.bad) }) : a($, { children: [
      a(
        Figures,
        {
          class: "shared",
          heads: [t.value, t.ofBad, t.ofGood, a("span", { class: "sr", children: t.seeTraces })],
          num: [1, 2, 3],
          rows: shared.map(({ key, value, badShare: badShare2, goodShare }) => [
            key + value,
            a($, { children: [
              a("code", { children: [
                key,
                "=",
                a("b", { children: value })
              ] }),
              a("div", { class: "twin", "aria-hidden": "true", children: [
                a("i", { class: "bad", style: { width: `${badShare2 * 100}%` } }),
                a("i", { class: "good", style: { width: `${goodShare * 100}%` } })
              ] })
            ] }),
            f.share(badShare2),
            f.share(goodShare),
            [
              ["+", t.include, filters.bad[0], ""],
              ["−", t.exclude, filters.bad[0], "-"],
              ["≡", t.seeAll, filters.valid[0], ""]
            ].map(([sign, label, filter, negation]) => a("a", { class: "btn small icon-only", href: tracesWith(filter, negation, key, value), "aria-label": label(key, value), title: label(key, value), children: sign }, sign))
          ])
        }
      ),
      a("p", { class: "sub", children: t.looked(f.count(looked.bad), f.count(looked.valid)) })
    ] }) })
  ] });
}
var quoted = (value) => /^[\w./:-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
function tracesWith(filter, sign, key, value) {
  let term = `${key === "op" || key === "service" || !/^(op|service|kind|remote|duration|trace|id|error|root|shared|debug)$/.test(key) ? key : `tag.${key}`}=${quoted(value)}`;
  return href("traces", {}, { q: [filter ?? "", sign + term].filter(Boolean).join(" ") });
}
function TracesCard({ slo, events }) {
  let t = texts().slo, f = fmt(), allowed = allowedOf(slo);
  return a("section", { class: "card", children: [
    a("h2", { children: t.spentIt }),
    a(Loaded, { resource: events, what: t.spentIt, rows: 6, children: ({ items, filters }) => {
      let traces = new Map();
      for (let item of items) traces.set(item.traceId, [...traces.get(item.traceId) ?? [], item]);
      return traces.size === 0 ? a("p", { class: "muted", children: t.shareNoBad }) : a($, { children: [
        a(
          Figures,
          {
            heads: [t.when, t.request, t.took, t.ofBudget],
            num: [2, 3],
            rows: [...traces].slice(0, TRACES_SHOWN).map(([id, [first, ...more]]) => [
              id,
              a("span", { class: "sub", children: f.time(Date.parse(first.at), nowMs.value) }),
              a($, { children: [
                a("a", { class: "link", href: href("trace", { id }, { span: first.spanId }), children: first.name || first.service }),
                " ",
                first.status && a("code", { children: first.status }),
                " ",
                a("span", { class: "muted", children: more.length > 0 ? t.moreBad(more.length) : "" })
              ] }),
              f.duration(first.durationUs),
              slo.method === "Occurrences" && allowed > 0 ? f.share((more.length + 1) / allowed) : "–"
            ])
          }
        ),
        filters.bad.map((filter) => a("p", { children: [
          a("a", { class: "link", href: href("traces", {}, { q: filter }), children: t.allTraces }),
          " ",
          a("code", { class: "sub", children: filter })
        ] }, filter))
      ] });
    } })
  ] });
}

// src/pages/slo/detail.tsx
var ZOOM_MAX = 400;
function SloDetailPage({ name, query }) {
  let t = texts(), detail = useResource(apiUrl(`/slos/${encodeURIComponent(name)}`), { topic: "slos" }), items = detail.data?.items ?? [], slo = items.find((item) => item.objective === query.objective) ?? items.find((item) => item.composite) ?? items[0];
  if (useTitle(slo ? titleOf(slo) : name, slo ? `${titleOf(slo)}: ${slo.budget === null ? t.status.none : t.slo.left(fmt().budget(slo.budget))}` : name), !slo)
    return detail.problem?.status === 404 || detail.data ? a("section", { class: "card", children: a(Empty, { title: t.slo.unknown(name), children: a("a", { class: "btn", href: href("slos", {}), children: t.slo.toAll }) }) }) : a("section", { class: "card", children: detail.problem ? a(Failure, { what: name, problem: detail.problem, retry: detail.retry }) : a(Skeleton, { rows: 8 }) });
  let set = (change, replace = !1) => navigate(href("slo", { name }, { ...query, ...change }), { replace });
  return a($, { children: [
    detail.old && a(Stale, { resource: detail, what: titleOf(slo) }),
    a(Promise2, { slo, items, detail: detail.data, set }),
    a(Body, { slo, query, set, place: detail.data?.definition ? `${detail.data.definition.file}` : "" }, slo.objective),
    a("div", { class: "grid halves", children: [
      a(Groups, { slo }),
      a(History, { slo, amendments: detail.data?.amendments ?? [] })
    ] })
  ] });
}
function Promise2({ slo, items, detail, set }) {
  let t = texts().slo, f = fmt(), length = slo.window ? t.window(f.window(slo.window)) : slo.calendar ? t.calendar(f.window(slo.calendar.duration), slo.calendar.timeZone) : "", place = detail?.definition;
  return a($, { children: [
    a("div", { class: "row", children: [
      a(StatusPill, { slo }),
      a(BurnPill, { slo }),
      a("span", { class: "muted", children: [objectiveOf(slo), slo.description, slo.service, length].filter(Boolean).join(" · ") }),
      a("span", { class: "spring" }),
      place && a("span", { class: "sub", children: [
        t.definedIn,
        " ",
        a("code", { children: `${place.file}:${place.line}:${place.column}` })
      ] }),
      a("button", { type: "button", class: "btn small screen-only", onClick: () => print(), children: [
        a(Icon, { name: "file" }),
        t.report
      ] })
    ] }),
    items.length > 1 && a(Parts, { items, chosen: slo, choose: (objective) => set({ objective }) }),
    slo.explanation && a("p", { class: "muted", children: [
      slo.explanation,
      "."
    ] })
  ] });
}
var BURN_TONES = { firing: "crit", recovering: "info", rising: "warn", quiet: "ok" };
function BurnStatePill({ state }) {
  return a(Pill, { tone: BURN_TONES[state], children: texts().slo[state] });
}
function BurnPill({ slo }) {
  let page = slo.page;
  if (!page || slo.state === "unmeasured") return null;
  let state = burnStateOf(page.longBurn, page.shortBurn, page.threshold);
  return state === "quiet" ? null : a(BurnStatePill, { state });
}
function Body({ slo, query, set, place }) {
  let windowUs = slo.window ? parseLength(slo.window) ?? 0 : slo.calendar?.from ? (Date.parse(slo.calendar.until ?? "") - Date.parse(slo.calendar.from)) * 1e3 : 0, policy = useResource(apiUrl(`/policies/${encodeURIComponent(slo.service)}`), { topic: "timeline", keep: !0 }), alerts = useResource(apiUrl("/alerts", { slo: slo.name, all: "true" }), { topic: "slos", keep: !0 }), mine = alerts.data?.items.filter((alert) => alert.objective === slo.objective) ?? [];
  return a($, { children: [
    a(Tiles, { slo, windowUs, policy: policy.data }),
    a("div", { class: "grid overview-low", children: [
      a(OverTime, { slo, windowUs, query, set, policy: policy.data }),
      a(Burns, { slo, alerts: mine })
    ] }),
    a(Requests, { slo, windowUs, query, set, place }),
    a("div", { class: "grid halves", children: [
      a(PolicyCard, { service: slo.service, gate: slo.gate, policy }),
      a(Alerts, { alerts, items: mine })
    ] })
  ] });
}
function Tiles({ slo, windowUs, policy }) {
  let t = texts(), f = fmt(), left = allowedOf(slo) - slo.bad, isCounted = slo.method !== "RatioTimeslices" && !slo.composite, outage = left < 0 ? outageUs(slo, -left, windowUs) : outageUs(slo, left, windowUs), one = isCounted ? oneFailure(slo) : null;
  return a("section", { class: "tiles", "aria-label": t.overview.numbers, children: [
    a("div", { class: "card tile", children: [
      a("span", { class: "sub", children: "SLI" }),
      a("b", { children: [
        slo.isEstimate && slo.sli !== null && a("abbr", { title: t.slo.estimate, children: "~" }),
        f.sli(slo.sli, slo.target)
      ] }),
      a("span", { class: "sub", children: t.slo.detailTarget(f.target(slo.target)) }),
      !slo.composite && a("span", { class: "sub", children: slo.method === "Timeslices" ? t.slo.goodBadSlices(f.count(slo.good), f.count(slo.bad)) : t.slo.goodBad(f.count(slo.good), f.count(slo.bad)) }),
      slo.raw && a("span", { class: "sub", children: t.slo.rawIs(f.sli(slo.raw.sli, slo.target)) }),
      slo.coverage < 0.99 && slo.sli !== null && a("span", { class: "sub", children: t.slo.coverage(f.share(slo.coverage)) })
    ] }),
    a("div", { class: `card tile${(slo.budget ?? 1) <= 0 ? " alarm" : ""}`, children: [
      a("span", { class: "sub", children: t.slo.budget }),
      a("b", { children: f.budget(slo.budget) }),
      slo.budget !== null && isCounted && a("span", { class: "sub", children: left < 0 ? t.slo.exceeded(f.count(Math.ceil(-left))) : t.slo.leftOver(f.count(Math.floor(left))) }),
      slo.budget !== null && isCounted && outage !== null && outage > 0 && a("span", { class: "sub", children: t.slo.outage(f.length(outage)) }),
      one !== null && a("span", { class: "sub", children: t.slo.oneFailure(f.share(one)) }),
      slo.raw && a("span", { class: "sub", children: t.slo.rawIs(f.budget(slo.raw.budget)) })
    ] }),
    a("div", { class: "card tile", children: [
      a("span", { class: "sub", children: t.slo.burn }),
      a("b", { children: `${f.burn(slo.burn["1h"] ?? null)} / ${f.burn(slo.burn["6h"] ?? null)}` }),
      a("span", { class: "sub", children: paceOf(slo) })
    ] }),
    a("div", { class: "card tile", children: [
      a("span", { class: "sub", children: t.slo.policy }),
      a("b", { children: slo.gate === "held" ? t.status.held : t.slo.gateAllowed }),
      a("span", { class: "sub", children: policy?.state ? t.slo.inState(policy.state, policy.policy) : policy?.text })
    ] })
  ] });
}
function paceOf(slo) {
  let t = texts().slo, lasts = lastsUs(slo);
  return slo.budget === null ? texts().status.none : slo.budget <= 0 ? t.paceGone : lasts === null ? t.paceLasts : t.pace(fmt().length(lasts));
}
function OverTime({ slo, windowUs, query, set, policy }) {
  let t = texts().slo, f = fmt(), [asTable, setAsTable] = d(!1), [chosen, choose] = d(null), bounds = query.from && query.to ? { from: query.from, to: query.to } : {}, path = `/slos/${encodeURIComponent(slo.name)}`, topic = query.to ? void 0 : "slos", series = useResource(apiUrl(`${path}/series`, { objective: slo.objective, ...bounds }), { topic, keep: !0 }), markers = useResource(apiUrl(`${path}/markers`, bounds), { topic: "timeline", keep: !0 }).data?.items ?? [], step = (by) => choose((now) => stepMarker(markers, now, by)), keys = texts().keys;
  useKeys([
    { keys: ".", label: keys.nextMarker, group: "slo", run: () => step(1) },
    { keys: ",", label: keys.previousMarker, group: "slo", run: () => step(-1) }
  ]);
  let zoom = (fromMs, toMs) => {
    (toMs - fromMs) * 1e3 * ZOOM_MAX < windowUs || toMs - fromMs < 2e3 || set({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
  }, reset = () => set({ from: "", to: "" }), levels = (policy?.states ?? []).flatMap((state) => state.above !== null && state.above > 0 ? [{ at: state.above, name: t.below(state.name, f.budget(state.above)) }] : []), length = slo.window ? f.window(slo.window) : f.window(slo.calendar?.duration ?? "");
  return a("section", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: slo.window ? t.budgetRolling(length) : t.budgetCalendar(length) }),
      a("span", { class: "spring" }),
      a("div", { class: "seg", role: "group", "aria-label": t.shows, children: SLO_TABS.map((tab) => a("button", { type: "button", "aria-pressed": query.tab === tab, onClick: () => set({ tab }, !0), children: t.tabs[tab] }, tab)) }),
      a("button", { type: "button", class: "btn small screen-only", "aria-pressed": asTable, onClick: () => setAsTable(!asTable), children: asTable ? texts().chart.asChart : texts().chart.asTable })
    ] }),
    series.data ? asTable ? a(SeriesTable, { series: series.data, markers, target: slo.target }) : a($, { children: [
      a(
        LineChart,
        {
          series: series.data,
          tab: query.tab,
          target: slo.target,
          levels,
          returns: slo.window ? returnsOf(series.data, windowUs) : [],
          markers,
          chosen,
          choose,
          zoom,
          reset
        }
      ),
      a(ChartBar, { series: series.data, markers, chosen, step, zoom, reset: query.from ? reset : null }),
      chosen && a(Chosen, { series: series.data, marker: chosen })
    ] }) : series.problem ? a(Failure, { what: t.budgetOverTime, problem: series.problem, retry: series.retry }) : a(Skeleton, { rows: 5 })
  ] });
}
function ChartBar({ series, markers, chosen, step, zoom, reset }) {
  let t = texts().slo, [fromMs, toMs] = [startMsOf(series), endMsOf(series)], middle = chosen ? Date.parse(chosen.at) : toMs, quarter = (toMs - fromMs) / 4;
  return a("div", { class: "row tight screen-only", children: [
    a("button", { type: "button", class: "btn small", onClick: () => {
      let end = Math.min(toMs, Math.max(fromMs + 2 * quarter, middle + quarter));
      zoom(end - 2 * quarter, end);
    }, children: [
      a(Icon, { name: "zoom-in" }),
      t.zoomIn
    ] }),
    reset && a($, { children: [
      a("button", { type: "button", class: "btn small", onClick: () => zoom(fromMs - 2 * quarter, toMs - 2 * quarter), children: t.earlier }),
      a("button", { type: "button", class: "btn small", onClick: reset, children: [
        a(Icon, { name: "maximize" }),
        t.wholeWindow
      ] })
    ] }),
    a("span", { class: "spring" }),
    markers.length > 0 && a($, { children: [
      a("span", { class: "sub", children: t.nMarkers(markers.length) }),
      a("button", { type: "button", class: "btn small", onClick: () => step(-1), children: [
        t.markerBefore,
        " ",
        a("kbd", { children: "," })
      ] }),
      a("button", { type: "button", class: "btn small", onClick: () => step(1), children: [
        t.markerAfter,
        " ",
        a("kbd", { children: "." })
      ] })
    ] })
  ] });
}
function Chosen({ series, marker }) {
  let t = texts().slo, f = fmt(), { before, after } = beforeAfter(series, Date.parse(marker.at)), [was, is] = [badShare(before), badShare(after)], share = (n) => n === null ? "–" : f.share(n);
  return a("p", { class: "marker", role: "status", children: [
    a("b", { children: `${f.time(Date.parse(marker.at), nowMs.value)} · ${t.lanes[marker.lane].long}` }),
    " ",
    marker.text,
    marker.until && ` (${t.untilTime(f.time(Date.parse(marker.until), nowMs.value))})`,
    a("span", { class: "sub", children: t.beforeAfter(share(was), f.count(before.good + before.bad), share(is), f.count(after.good + after.bad)) }),
    marker.lane === "deploy" && marker.service && a("a", { class: "link", href: href("traces", {}, { q: `service=${marker.service} version=${marker.subject}` }), children: t.tracesOfVersion(marker.subject) })
  ] });
}
function Burns({ slo, alerts }) {
  let t = texts().slo, f = fmt(), rows = alerts.flatMap((alert) => (alert.conditions ?? []).map((condition) => ({ ...condition, severity: alert.severity })));
  return a("section", { class: "card", children: [
    a("h2", { children: t.burnByWindow }),
    a(
      Figures,
      {
        class: "burns",
        heads: [t.burnWindow, t.burnRate, t.burnLimit, t.burnState],
        num: [1, 2],
        rows: rows.length === 0 ? Object.entries(slo.burn).map(([window, burn]) => [window, f.window(window), f.burn(burn), "", ""]) : rows.map((row) => [
          row.severity + row.long + row.short,
          a($, { children: [
            a("span", { class: "sub", children: t.pair(f.window(row.long), f.window(row.short)) }),
            a("div", { class: `bar ${row.holds ? "crit" : ""}`, "aria-hidden": "true", children: a("i", { style: { width: `${Math.min(100, (row.longBurn ?? 0) / row.threshold * 100)}%` } }) })
          ] }),
          `${f.burn(row.longBurn)} / ${f.burn(row.shortBurn)}`,
          f.burn(row.threshold),
          row.reachable ? a(BurnStatePill, { state: burnStateOf(row.longBurn, row.shortBurn, row.threshold) }) : a("span", { class: "sub", children: t.unreachable })
        ])
      }
    ),
    a("p", { class: "sub", children: paceOf(slo) })
  ] });
}
function useBeat(retry, everyMs) {
  let beat = Math.floor(nowMs.value / everyMs), [first] = d(beat);
  A(() => {
    beat !== first && retry();
  }, [beat]);
}
export {
  BurnStatePill,
  SloDetailPage,
  useBeat
};
