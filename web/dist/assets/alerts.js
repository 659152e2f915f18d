import {
  $,
  ALERT_STATES,
  DataTable,
  Dialog,
  Empty,
  Icon,
  Loaded,
  Pill,
  Seg,
  Stale,
  a,
  apiUrl,
  d,
  fmt,
  getJson,
  href,
  lang,
  navigate,
  nowMs,
  readChoice,
  saveChoice,
  score,
  texts,
  toast,
  useResource,
  useTitle
} from "./chunk.js";

// src/pages/alerts/behind.tsx
function Targets() {
  let t = texts().alerts, f = fmt(), notify = useResource(apiUrl("/notify"), { topic: "slos" });
  return a("section", { class: "card flush", children: [
    a("div", { class: "card-head", children: a("h2", { children: t.who }) }),
    a(Loaded, { resource: notify, what: t.who, children: ({ targets, findings }) => a($, { children: [
      targets.length === 0 ? a("p", { class: "state muted", children: t.nobodyTold }) : a("table", { "aria-label": t.who, children: [
        a("thead", { children: a("tr", { children: [
          a("th", { scope: "col", children: t.target }),
          a("th", { scope: "col", children: t.state }),
          a("th", { scope: "col", class: "num", children: t.waiting }),
          a("th", { scope: "col", class: "num", children: t.givenUp }),
          a("th", { scope: "col", class: "num hide-s", children: t.silences })
        ] }) }),
        a("tbody", { children: targets.map((target) => a("tr", { children: [
          a("td", { children: [
            target.name,
            " ",
            a("span", { class: "sub", children: target.type })
          ] }),
          a("td", { children: [
            a(Pill, { tone: target.failing ? "crit" : "ok", children: target.failing ? t.failing : t.delivers }),
            target.failing && a("div", { class: "sub", children: t.failingText(f.time(Date.parse(target.failing.since), nowMs.value), target.failing.tries, target.failing.reason) })
          ] }),
          a("td", { class: "num", children: f.count(target.waiting) }),
          a("td", { class: "num", title: target.lastGivenUp ?? void 0, children: f.count(target.givenUp) }),
          a("td", { class: "num hide-s", title: target.silences?.failing ?? void 0, children: target.silences && f.count(target.silences.active) })
        ] }, target.name)) })
      ] }),
      findings.map((finding) => a("pre", { class: "state sub", children: finding }, finding))
    ] }) })
  ] });
}
var CHANGES = { fired: "crit", escalated: "crit", pending: "warn", resolved: "ok", frozen: "frozen", acknowledged: "info" }, STRETCH = 25;
function History({ slo, service }) {
  let t = texts().alerts, f = fmt(), [limit, setLimit] = d(STRETCH), changes = useResource(apiUrl("/alerts", { history: "true", limit, slo, service }), { topic: "timeline", keep: !0 });
  return a("section", { class: "card flush", children: [
    a("div", { class: "card-head", children: a("h2", { children: t.history }) }),
    a(Loaded, { resource: changes, what: t.history, children: ({ items, next }) => a($, { children: [
      items.length === 0 && a("p", { class: "state muted", children: t.noHistory }),
      a("ul", { class: "alert-changes", children: items.map((change) => a("li", { class: "row tight", children: [
        a("time", { class: "sub", dateTime: change.at, title: f.instant(Date.parse(change.at)), children: f.time(Date.parse(change.at), nowMs.value) }),
        a(Pill, { tone: CHANGES[change.change] ?? "none", children: change.severity }),
        a("a", { class: "link", href: href("slo", { name: change.slo }), children: change.text })
      ] }, change.id)) }),
      next && a("button", { type: "button", class: "btn small", onClick: () => setLimit(limit + 2 * STRETCH), children: t.more })
    ] }) })
  ] });
}

// src/pages/alerts/model.ts
var TONES = { firing: "crit", pending: "warn", frozen: "frozen", inactive: "none" }, ORDER = ["firing", "frozen", "pending", "inactive"];
function shown(alerts, state, words) {
  let fits = (alert) => state === "all" || (state === "active" ? alert.state !== "inactive" : alert.state === state || alert.level === state), needs = (alert) => alert.acknowledged || alert.silenced ? 1 : 0;
  return alerts.filter((alert) => fits(alert) && score(words, `${alert.name} ${alert.service} ${alert.severity}`) !== null).sort((a2, b) => ORDER.indexOf(a2.state) - ORDER.indexOf(b.state) || needs(a2) - needs(b) || (b.since ?? "").localeCompare(a2.since ?? "") || a2.name.localeCompare(b.name));
}
function leading(alert) {
  let pace = (condition) => (condition.longBurn ?? 0) / condition.threshold;
  return (alert.conditions ?? []).filter((condition) => condition.reachable).sort((a2, b) => +(b.holds === !0) - +(a2.holds === !0) || pace(b) - pace(a2))[0] ?? null;
}

// src/pages/alerts/alerts.tsx
function AlertsPage({ query }) {
  let t = texts().alerts;
  useTitle(t.title);
  let [taken, take] = d(null), { slo, service } = query, alerts = useResource(apiUrl("/alerts", { all: "true", slo, service }), { topic: "slos", keep: !0 }), set = (change, replace) => navigate(href("alerts", {}, { ...query, ...change }), { replace });
  return a($, { children: [
    alerts.old && a(Stale, { resource: alerts, what: t.title }),
    a("div", { class: "row", children: [
      a("label", { class: "search", children: [
        a(Icon, { name: "search" }),
        a("span", { class: "sr", children: t.find }),
        a("input", { class: "input", type: "search", "data-filter": !0, placeholder: t.find, value: query.q, onInput: (event) => set({ q: event.currentTarget.value }, !0) })
      ] }),
      a(Seg, { label: t.state, values: ALERT_STATES, now: query.state, text: (state) => t.states[state], choose: (state) => set({ state }, !1) }),
      [slo && { slo: "" }, service && { service: "" }].map(
        (less) => less && a("button", { type: "button", class: "btn small", onClick: () => set(less, !1), children: [
          "slo" in less ? slo : service,
          " ",
          a(Icon, { name: "x" })
        ] }, Object.keys(less)[0])
      )
    ] }),
    a("section", { class: "card flush", children: a(Loaded, { resource: alerts, what: t.title, rows: 6, children: (page) => a(Table, { alerts: shown(page.items, query.state, query.q), total: page.items.length, query, dimmed: alerts.old, take }) }) }),
    a(Targets, {}),
    a(History, { slo, service }),
    taken && a(Acknowledge, { alert: taken, onClose: () => take(null), done: alerts.retry })
  ] });
}
function Table({ alerts, total, query, dimmed, take }) {
  let t = texts().alerts, f = fmt(), ago = (at) => f.relative(Date.parse(at), Math.max(nowMs.value, Date.parse(at)));
  if (alerts.length === 0) {
    let isQuiet = query.state === "active" && !query.q;
    return a(Empty, { title: isQuiet ? t.quiet : t.nothing, tone: isQuiet ? "ok" : void 0, children: [
      isQuiet && a("p", { children: t.quietText }),
      total > 0 && a("a", { class: "btn", href: href("alerts", {}, { state: "all" }), children: t.showAll })
    ] });
  }
  return a(
    DataTable,
    {
      label: t.table,
      class: "alert-table",
      dimmed,
      rows: alerts,
      rowKey: (alert) => `${alert.slo} ${alert.objective} ${alert.severity}`,
      rowHref: (alert) => href("slo", { name: alert.slo }),
      columns: [
        {
          key: "state",
          head: t.state,
          cell: (alert) => a(Pill, { tone: TONES[alert.state], title: alert.frozen ? t.frozen[alert.frozen.reason] : void 0, children: t.states[alert.state] })
        },
        {
          key: "alert",
          head: t.alert,
          cell: (alert) => a($, { children: [
            a("a", { class: "link", href: href("slo", { name: alert.slo }), children: alert.name }),
            " ",
            a("span", { class: "sub", children: [
              alert.severity,
              " · ",
              alert.service
            ] }),
            alert.frozen && a("div", { class: "sub", children: t.frozen[alert.frozen.reason] ?? alert.frozen.reason }),
            alert.silenced && a("div", { class: "sub", title: alert.silenced.comment, children: t.silenced(alert.silenced.by || t.nobody, f.time(Date.parse(alert.silenced.until), nowMs.value)) })
          ] })
        },
        {
          key: "burn",
          head: t.burn,
          wideOnly: !0,
          cell: (alert) => {
            let condition = leading(alert);
            return condition && a("span", { class: "sub", children: t.burnText(f.burn(condition.longBurn), f.window(condition.long), f.burn(condition.threshold)) });
          }
        },
        { key: "since", head: t.since, class: "time", wideOnly: !0, cell: (alert) => alert.since && a("time", { dateTime: alert.since, title: f.instant(Date.parse(alert.since)), children: ago(alert.since) }) },
        {
          key: "care",
          head: t.care,
          cell: (alert) => alert.acknowledged ? t.acknowledged(alert.acknowledged.by || t.nobody, ago(alert.acknowledged.at)) : alert.id && a("button", { type: "button", class: "btn small", onClick: () => take(alert), children: t.acknowledge })
        },
        {
          key: "traces",
          head: t.traces,
          wideOnly: !0,
          cell: (alert) => a("a", { class: "link", href: href("traces", {}, { q: `service="${alert.service}" error` }), "aria-label": t.tracesOf(alert.name), children: t.traces })
        }
      ]
    }
  );
}
function Acknowledge({ alert, onClose, done }) {
  let t = texts().alerts, [by, setBy] = d(readChoice("person") ?? ""), send = async (event) => {
    event.preventDefault(), saveChoice("person", by || null);
    try {
      await getJson(apiUrl(`/alerts/${encodeURIComponent(alert.id ?? "")}/ack`), lang.peek(), void 0, JSON.stringify({ by })), done();
    } catch (error) {
      toast(t.ackFailed(String(error instanceof Error ? error.message : error)));
    }
    onClose();
  };
  return a(Dialog, { label: t.acknowledge, onClose, children: [
    a("div", { class: "dialog-head", children: a("h2", { children: t.acknowledge }) }),
    a("form", { class: "dialog-body grid", onSubmit: (event) => {
      send(event);
    }, children: [
      a("p", { children: t.ackText(`${alert.name} (${alert.severity})`) }),
      a("label", { class: "field", children: [
        t.yourName,
        a("input", { class: "input", maxLength: 200, autofocus: !0, value: by, onInput: (event) => setBy(event.currentTarget.value) })
      ] }),
      a("div", { class: "row tight", children: [
        a("button", { type: "submit", class: "btn primary", children: t.acknowledge }),
        a("button", { type: "button", class: "btn", onClick: onClose, children: t.cancel })
      ] })
    ] })
  ] });
}
export {
  AlertsPage
};
