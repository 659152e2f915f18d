import {
  $,
  A,
  ApiError,
  Empty,
  Failure,
  Pill,
  Skeleton,
  Stale,
  StatusPill,
  T,
  UNREACHABLE,
  a,
  apiUrl,
  burnStateOf,
  d,
  fmt,
  getJson,
  href,
  lang,
  lastsUs,
  nowMs,
  objectiveOf,
  statusOf,
  texts,
  titleOf,
  useResource,
  useTitle
} from "./chunk.js";

// src/pages/slo/chart.tsx
var HEIGHT = 200, LEFT = 44, BOTTOM = 22, TOP = 8;
function BudgetChart({ series }) {
  let box = T(null), [width, setWidth] = d(0);
  return A(() => {
    let observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    return observer.observe(box.current), () => observer.disconnect();
  }, []), a("div", { ref: box, class: "chart", style: { minHeight: `${HEIGHT}px` }, children: width > 0 && a(Line, { series, width }) });
}
function Line({ series, width }) {
  let t = texts().slo, f = fmt(), known = series.points.map((point, i) => ({ i, budget: point.budget })).filter((point) => point.budget !== null);
  if (known.length < 2) return a("p", { class: "muted", children: t.chartNone });
  let low = Math.min(0, ...known.map((point) => point.budget)), bottom = Math.max(-1, low) - (low < 0 ? 0.1 : 0), x = (i) => LEFT + i / (series.points.length - 1) * (width - LEFT - 4), y = (budget) => TOP + (1 - (Math.max(bottom, budget) - bottom) / (1 - bottom)) * (HEIGHT - TOP - BOTTOM), path = known.map((point, k) => `${k === 0 || known[k - 1].i !== point.i - 1 ? "M" : "L"}${x(point.i).toFixed(1)} ${y(point.budget).toFixed(1)}`).join(""), levels = [1, 0.5, 0, -0.5, -1].filter((level) => level >= bottom), startMs = Date.parse(series.start), endMs = startMs + series.points.length * series.stepUs / 1e3;
  return a("svg", { width, height: HEIGHT, role: "img", "aria-label": t.chartText(f.budget(known[0].budget), f.budget(known[known.length - 1].budget)), children: [
    bottom < 0 && a("rect", { class: "overdraft", x: LEFT, y: y(0), width: width - LEFT - 4, height: y(bottom) - y(0) }),
    levels.map((level) => a("g", { children: [
      a("line", { class: level === 0 ? "zero" : "rule", x1: LEFT, x2: width - 4, y1: y(level), y2: y(level) }),
      a("text", { x: LEFT - 6, y: y(level) + 4, "text-anchor": "end", children: f.budget(level) })
    ] }, level)),
    a("path", { class: "line", d: path }),
    a("text", { x: LEFT, y: HEIGHT - 4, children: f.time(startMs, nowMs.value) }),
    a("text", { x: width - 4, y: HEIGHT - 4, "text-anchor": "end", children: f.time(endMs, nowMs.value) })
  ] });
}

// src/pages/slo/detail.tsx
var LOW_TRAFFIC_FAILURES = 10, BURN_WINDOWS = ["5m", "1h", "6h", "3d"];
function SloDetailPage({ name }) {
  let t = texts(), detail = useResource(apiUrl(`/slos/${encodeURIComponent(name)}`), { topic: "slos" }), first = detail.data?.items[0];
  return useTitle(first ? titleOf(first) : name), first ? a($, { children: [
    detail.old && a(Stale, { resource: detail, what: titleOf(first) }),
    detail.data?.items.map((slo) => a(Objective, { slo }, slo.objective)),
    a("div", { class: "grid overview-low", children: [
      a(Series, { slo: first }),
      a(Gate, { service: first.service, gate: first.gate })
    ] }),
    detail.data?.definition && a("p", { class: "sub", children: [
      t.slo.definedIn,
      " ",
      a("code", { children: `${detail.data.definition.file}:${detail.data.definition.line}:${detail.data.definition.column}` })
    ] })
  ] }) : detail.problem?.status === 404 || detail.data ? a("section", { class: "card", children: a(Empty, { title: t.slo.unknown(name), children: a("a", { class: "btn", href: href("slos", {}), children: t.slo.toAll }) }) }) : a("section", { class: "card", children: detail.problem ? a(Failure, { what: name, problem: detail.problem, retry: detail.retry }) : a(Skeleton, { rows: 8 }) });
}
function Objective({ slo }) {
  let t = texts(), f = fmt(), allowed = (slo.good + slo.bad) * (1 - slo.target), lasts = lastsUs(slo);
  return a($, { children: [
    a("div", { class: "row", children: [
      a(StatusPill, { slo }),
      a("span", { class: "muted", children: [objectiveOf(slo), slo.description ?? "", slo.service, slo.window ? t.slo.window(f.window(slo.window)) : ""].filter(Boolean).join(" · ") })
    ] }),
    a("section", { class: "tiles three", children: [
      a("div", { class: "card tile", children: [
        a("span", { class: "sub", children: "SLI" }),
        a("b", { children: f.sli(slo.sli, slo.target) }),
        a("span", { class: "sub", children: t.slo.detailTarget(f.target(slo.target)) }),
        a("span", { class: "sub", children: t.slo.goodBad(f.count(slo.good), f.count(slo.bad)) })
      ] }),
      a("div", { class: `card tile${(slo.budget ?? 1) <= 0 ? " alarm" : ""}`, children: [
        a("span", { class: "sub", children: t.slo.budget }),
        a("b", { children: f.budget(slo.budget) }),
        slo.budget !== null && a("span", { class: "sub", children: slo.bad > allowed ? t.slo.exceeded(f.count(Math.ceil(slo.bad - allowed))) : t.slo.leftOver(f.count(Math.floor(allowed - slo.bad))) }),
        lasts !== null && a("span", { class: "sub", children: t.slo.pace(f.length(lasts)) }),
        allowed > 0 && allowed < LOW_TRAFFIC_FAILURES && a("span", { class: "sub", children: t.slo.oneFailure(f.share(1 / allowed)) })
      ] }),
      a(Burns, { slo })
    ] })
  ] });
}
function Burns({ slo }) {
  let t = texts().slo, f = fmt(), states = { firing: ["crit", t.firing], recovering: ["info", t.recovering], rising: ["warn", t.rising], quiet: ["ok", t.quiet] }, page = slo.page, [tone, word] = page ? states[burnStateOf(page.longBurn, page.shortBurn, page.threshold)] : states.quiet;
  return a("div", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.burnByWindow }),
      a("span", { class: "spring" }),
      page && statusOf(slo) !== "none" && a(Pill, { tone, children: word })
    ] }),
    a("table", { class: "burns", children: [
      a("thead", { class: "sr", children: a("tr", { children: [
        a("th", { scope: "col", children: t.burnWindow }),
        a("th", { scope: "col", children: t.burnRate })
      ] }) }),
      a("tbody", { children: BURN_WINDOWS.map((window) => a("tr", { children: [
        a("td", { class: "sub", children: f.window(window) }),
        a("td", { class: "num", children: f.burn(slo.burn[window] ?? null) })
      ] }, window)) })
    ] }),
    page && a("p", { class: "sub", children: t.pageRule(f.window(page.long), f.window(page.short), f.burn(page.threshold)) })
  ] });
}
function Series({ slo }) {
  let t = texts().slo, series = useResource(apiUrl(`/slos/${encodeURIComponent(slo.name)}/series`), { topic: "slos" });
  return a("section", { class: "card", children: [
    a("h2", { children: t.budgetOverTime }),
    series.data ? a(BudgetChart, { series: series.data }) : series.problem ? a(Failure, { what: t.budgetOverTime, problem: series.problem, retry: series.retry }) : a(Skeleton, { rows: 5 })
  ] });
}
function Gate({ service, gate }) {
  let t = texts(), [asked, setAsked] = d(null), ask = () => {
    getJson(apiUrl(`/gate/${encodeURIComponent(service)}`), lang.peek()).then(
      (answer) => setAsked({ answer }),
      (error) => setAsked({ problem: error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE } })
    );
  }, verdict = asked?.answer?.verdict ?? gate;
  return a("section", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.slo.gateTitle }),
      a("span", { class: "muted", children: service }),
      a("span", { class: "spring" }),
      verdict === "held" ? a(Pill, { tone: "frozen", children: t.status.held }) : a(Pill, { tone: "ok", children: t.slo.gateAllowed })
    ] }),
    asked?.problem && a(Failure, { what: t.slo.gateTitle, problem: asked.problem, retry: ask }),
    asked?.answer?.text && a("p", { class: "muted gate-text", role: "status", children: asked.answer.text }),
    asked?.answer?.wouldChange && a("p", { class: "muted gate-text", children: asked.answer.wouldChange }),
    a("div", { class: "row tight", children: [
      a("button", { type: "button", class: "btn", onClick: ask, children: t.slo.gateAsk }),
      a("code", { children: `nines gate check ${service}` })
    ] }),
    a("p", { class: "gate-traces", children: a("a", { class: "link", href: href("traces", {}, { q: `service=${service} error` }), children: t.slo.tracesLink(service) }) })
  ] });
}
export {
  SloDetailPage
};
