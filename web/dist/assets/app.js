import {
  $,
  A,
  Banner,
  Empty,
  Icon,
  LANGS,
  LANG_NAMES,
  Loaded,
  Pill,
  Popover,
  Q,
  STATUSES,
  SloTable,
  Stale,
  T,
  THEMES,
  TONES,
  Toasts,
  a,
  apiUrl,
  boot,
  copyCommand,
  copyLink,
  dropVisitLang,
  fmt,
  focusFilter,
  href,
  isBurning,
  lang,
  lazy,
  live,
  matchesStatus,
  moves,
  navigate,
  nowMs,
  pageTitle,
  place,
  score,
  sheet,
  startKeys,
  startLang,
  startLive,
  startLocation,
  startOpening,
  startTheme,
  switchLang,
  switchTheme,
  texts,
  theme,
  titleOf,
  useKeys,
  useResource,
  useTitle
} from "./chunk.js";

// src/pages/notfound.tsx
function NotFound({ pathname }) {
  let t = texts().state;
  return useTitle(t.notFoundTitle), a("section", { class: "card", children: a(Empty, { title: t.notFoundTitle, children: [
    a("p", { children: t.notFoundText(pathname) }),
    a("div", { class: "row", children: a("a", { class: "btn primary", href: href("overview", {}), children: t.notFoundGo }) })
  ] }) });
}

// src/pages/overview/changes.tsx
var SHOWN_MAX = 8, ICONS = {
  "gate.decided": "lock",
  "deploy.marked": "rocket",
  "definitions.loaded": "file",
  "definitions.refused": "warning",
  "slo.state": "activity",
  "server.started": "power"
};
function Changes() {
  let t = texts().overview, events = useResource(apiUrl("/events"), { topic: "timeline" });
  return a("section", { class: "card", children: [
    a("h2", { children: t.changed }),
    a(Loaded, { resource: events, what: t.changes, rows: 4, children: ({ items }) => items.length === 0 ? a("p", { class: "muted", children: t.changedNone }) : a("ol", { class: "changes", children: [...items].sort((a2, b) => b.id - a2.id).slice(0, SHOWN_MAX).map((event) => a(Change, { event }, event.id)) }) })
  ] });
}
function Change({ event }) {
  let at = Date.parse(event.at);
  return a("li", { children: [
    a("time", { class: "sub", dateTime: event.at, title: fmt().instant(at), children: fmt().time(at, nowMs.value) }),
    a(Icon, { name: ICONS[event.kind] ?? "clock" }),
    a("span", { children: event.text })
  ] });
}

// src/pages/overview/noslos.tsx
var COMMANDS = `nines slo check definitions/
nines serve --definitions definitions/`;
function NoSlos() {
  let t = texts().overview, definitions = useResource(apiUrl("/definitions"), { topic: "slos" }).data;
  return a(Empty, { title: t.emptyTitle, children: [
    a("p", { children: t.emptyText }),
    a("pre", { tabIndex: 0, children: COMMANDS }),
    definitions && definitions.directories.length > 0 && a("p", { children: t.emptySince(fmt().list(definitions.directories)) })
  ] });
}

// src/pages/overview/stories.tsx
var ORDER = ["held", "burning", "unmeasured", "healthy"], STATUS = { held: "held", burning: "burning", healthy: "healthy", unmeasured: "none" };
function Stories({ stories, chosen }) {
  let t = texts();
  return a("section", { class: "card", children: [
    a("h2", { children: t.overview.stories }),
    a(Loaded, { resource: stories, what: t.overview.stories, rows: 2, children: ({ items }) => items.length === 0 ? a("p", { class: "muted", children: t.overview.storiesNone }) : a("ul", { class: "stories", children: [...items].sort((a2, b) => ORDER.indexOf(a2.state) - ORDER.indexOf(b.state)).map((story) => a("li", { children: a("a", { href: href("overview", {}, story.name === chosen ? {} : { story: story.name }), "aria-current": story.name === chosen ? "true" : void 0, children: [
      a("span", { class: "story-title", children: [
        a("b", { children: story.title }),
        story.owner && a("span", { class: "sub", children: t.overview.storyOwner(story.owner) })
      ] }),
      a(Pill, { tone: TONES[STATUS[story.state]], children: t.status[STATUS[story.state]] })
    ] }) }, story.name)) }) })
  ] });
}

// src/pages/overview/tiles.tsx
function Tiles({ slos, query }) {
  let t = texts().overview, f = fmt(), measured = slos.filter((slo) => slo.sli !== null), met = measured.filter((slo) => slo.sli !== null && slo.sli >= slo.target), lowest = measured.filter((slo) => slo.budget !== null).sort((a2, b) => (a2.budget ?? 0) - (b.budget ?? 0))[0], burning = slos.filter(isBurning), services = new Set(slos.map((slo) => slo.service)), held = new Set(slos.filter((slo) => slo.gate === "held").map((slo) => slo.service));
  return a("section", { class: "tiles", "aria-label": t.numbers, children: [
    a(
      Tile,
      {
        to: href("overview", {}),
        name: t.meeting,
        value: t.meetingOf(f.count(met.length), f.count(measured.length)),
        note: slos.length > measured.length ? t.unmeasured(slos.length - measured.length) : ""
      }
    ),
    a(
      Tile,
      {
        to: lowest ? href("slo", { name: lowest.name }) : href("overview", {}),
        name: t.worst,
        value: lowest ? f.budget(lowest.budget) : "–",
        note: lowest ? titleOf(lowest) : "",
        alarm: lowest !== void 0 && (lowest.budget ?? 0) <= 0
      }
    ),
    a(Tile, { to: toggle("burning", query), active: query.status === "burning", name: t.burning, value: f.count(burning.length), note: burning[0] ? titleOf(burning[0]) : t.burningNone }),
    a(
      Tile,
      {
        to: toggle("held", query),
        active: query.status === "held",
        name: t.gate,
        value: f.count(held.size),
        note: held.size > 0 ? t.gateHeld(held.size, services.size) : t.gateFree(services.size)
      }
    )
  ] });
}
function toggle(status, query) {
  return href("overview", {}, query.status === status ? {} : { status });
}
function Tile({ to, name, value, note, active, alarm }) {
  return a("a", { class: `card tile${alarm ? " alarm" : ""}`, href: to, "aria-current": active ? "true" : void 0, children: [
    a("span", { class: "sub", children: name }),
    a("b", { children: value }),
    a("span", { class: "sub clip", children: note || " " })
  ] });
}

// src/pages/overview/overview.tsx
var STALE_AFTER_MS = 3e4;
function Overview({ query }) {
  let t = texts();
  useTitle(t.overview.title);
  let slos = useResource(apiUrl("/slos"), { topic: "slos" }), stories = useResource(apiUrl("/stories"), { topic: "slos" }), definitions = useResource(apiUrl("/definitions"), { topic: "timeline" }).data, watermarkMs = Date.parse(slos.data?.watermark ?? ""), isStale = nowMs.value - watermarkMs > STALE_AFTER_MS;
  return a($, { children: [
    slos.old && a(Stale, { resource: slos, what: t.slo.title }),
    definitions?.refused && a(Refused, { definitions }),
    a(Loaded, { resource: slos, what: t.slo.title, rows: 10, card: !0, children: (list) => a($, { children: [
      list.items.length > 0 && a(Tiles, { slos: list.items, query }),
      a("section", { class: "card flush", "aria-label": t.slo.table, children: [
        a(Narrowed, { list: list.items, stories: stories.data?.items ?? [], query }),
        isStale && list.items.length > 0 && a("div", { class: "card-head", children: a(Stale, { sinceMs: watermarkMs, what: t.slo.title }) }),
        list.items.length === 0 ? a(NoSlos, {}) : a(SloTable, { slos: shown(list.items, stories.data?.items ?? [], query), dimmed: slos.old })
      ] })
    ] }) }),
    a("div", { class: "grid overview-low", children: [
      a(Stories, { stories, chosen: query.story }),
      a(Changes, {})
    ] })
  ] });
}
function shown(slos, stories, query) {
  let story = stories.find((other) => other.name === query.story);
  return slos.filter((slo) => matchesStatus(slo, query.status) && (!query.story || slo.story === query.story || story?.slos.includes(slo.name)));
}
function Narrowed({ list, stories, query }) {
  let t = texts();
  if (query.status === "all" && !query.story) return null;
  let story = stories.find((other) => other.name === query.story);
  return a("div", { class: "card-head", children: [
    a("span", { class: "muted", children: t.overview.filtered(shown(list, stories, query).length, list.length) }),
    query.status !== "all" && a("span", { class: "chip", children: t.status[query.status] }),
    query.story && a("span", { class: "chip", children: t.overview.story(story?.title ?? query.story) }),
    a("a", { class: "btn small", href: href("overview", {}), children: t.overview.clear })
  ] });
}
function Refused({ definitions }) {
  let t = texts().overview, faults = definitions.findings.filter((finding) => finding.severity === "error"), first = faults[0];
  return a(Banner, { tone: "crit", children: [
    a("b", { children: t.refused(Math.max(1, faults.length)) }),
    " ",
    first && a($, { children: [
      a("code", { children: `${first.file}:${first.line}:${first.column}` }),
      " ",
      first.fact,
      first.hint ? ` — ${first.hint}` : ""
    ] }),
    definitions.loadedAt && a("span", { class: "sub", children: [
      " (",
      fmt().time(Date.parse(definitions.loadedAt), nowMs.value),
      ")"
    ] })
  ] });
}

// src/pages/slo/list.tsx
function SloListPage({ query }) {
  let t = texts();
  useTitle(t.slo.title);
  let slos = useResource(apiUrl("/slos"), { topic: "slos" }), set = (change, replace) => navigate(href("slos", {}, { ...query, ...change }), { replace });
  return a($, { children: [
    slos.old && a(Stale, { resource: slos, what: t.slo.title }),
    a("div", { class: "row", children: [
      a("label", { class: "search", children: [
        a(Icon, { name: "search" }),
        a("span", { class: "sr", children: t.slo.find }),
        a("input", { class: "input", type: "search", "data-filter": !0, placeholder: t.slo.find, value: query.q, onInput: (event) => set({ q: event.currentTarget.value }, !0) })
      ] }),
      a("div", { class: "seg", role: "group", "aria-label": t.slo.status, children: STATUSES.map((status) => a("button", { type: "button", "aria-pressed": query.status === status, onClick: () => set({ status }, !1), children: t.status[status] }, status)) })
    ] }),
    a("section", { class: "card flush", children: a(Loaded, { resource: slos, what: t.slo.title, rows: 8, children: (list) => a(Matching, { list: list.items, query, dimmed: slos.old }) }) })
  ] });
}
function Matching({ list, query, dimmed }) {
  let t = texts();
  if (list.length === 0) return a(NoSlos, {});
  let found = list.filter((slo) => matchesStatus(slo, query.status) && score(query.q, [slo.displayName, slo.name, slo.objective, slo.service, slo.storyTitle, slo.story].join(" ")) !== null);
  return found.length > 0 ? a(SloTable, { slos: found, dimmed }) : a(Empty, { title: t.slo.nothing, children: a("a", { class: "btn", href: href("slos", {}), children: t.overview.clear }) });
}

// src/shell/header.tsx
function Header() {
  let t = texts();
  return a("header", { class: "header", children: [
    a("h1", { title: pageTitle.value, children: pageTitle.value }),
    a("span", { class: "spring" }),
    a(LiveDot, { state: live.value }),
    a("button", { type: "button", class: "btn hide-s", onClick: () => sheet.value = "palette", children: [
      t.shell.jump,
      " ",
      a("kbd", { children: "Ctrl K" })
    ] }),
    a("button", { type: "button", class: "btn icon-only only-s", "aria-label": t.palette.label, onClick: () => sheet.value = "palette", children: a(Icon, { name: "search" }) }),
    a("button", { type: "button", class: "btn icon-only hide-s", "aria-label": t.shell.help, title: t.shell.help, onClick: () => sheet.value = "help", children: a(Icon, { name: "help" }) }),
    a(Popover, { label: t.shell.appearance, button: a(Icon, { name: "settings" }), buttonClass: "icon-only", iconOnly: !0, children: () => a(Appearance, {}) })
  ] });
}
function LiveDot({ state }) {
  let t = texts().shell, words = { live: t.live, waiting: t.liveWaiting, polling: t.livePolling, paused: t.livePaused };
  return a("span", { class: `live ${state === "polling" ? "waiting" : state}`, title: t.liveHint, children: [
    a("i", { "aria-hidden": "true" }),
    a("span", { class: "hide-s", children: words[state] }),
    a("span", { class: "sr only-s", children: words[state] })
  ] });
}
function Appearance() {
  let t = texts().shell, names = { system: t.system, light: t.light, dark: t.dark };
  return a($, { children: [
    a("fieldset", { children: [
      a("legend", { children: t.theme }),
      THEMES.map((name) => a("label", { class: "item", children: [
        a("input", { type: "radio", name: "theme", checked: theme.value === name, onChange: () => switchTheme(name) }),
        names[name]
      ] }, name))
    ] }),
    a("hr", {}),
    a("fieldset", { children: [
      a("legend", { children: t.language }),
      LANGS.map((name) => a("label", { class: "item", lang: name, children: [
        a(
          "input",
          {
            type: "radio",
            name: "lang",
            checked: lang.value === name,
            onChange: () => {
              switchLang(name), dropVisitLang();
            }
          }
        ),
        LANG_NAMES[name]
      ] }, name))
    ] })
  ] });
}

// src/shell/rail.tsx
function entryOf(name) {
  return name === "trace" || name === "compare" ? "traces" : name === "slo" ? "slos" : name;
}
function Rail() {
  let t = texts(), slos = useResource(apiUrl("/slos"), { topic: "slos" }).data, here = place.value.name, entries = [
    { name: "overview", to: href("overview", {}), icon: "house", label: t.nav.overview },
    { name: "slos", to: href("slos", {}), icon: "target", label: t.nav.slos, count: slos?.items.length },
    { name: "traces", to: href("traces", {}), icon: "traces", label: t.nav.traces }
  ];
  return a("nav", { class: "rail", "aria-label": t.nav.label, children: [
    a("a", { class: "brand", href: href("overview", {}), children: [
      a(Mark, {}),
      "nines"
    ] }),
    entries.map((entry) => a("a", { class: "to", href: entry.to, "aria-current": entry.name === here ? "page" : entry.name === entryOf(here) ? "true" : void 0, children: [
      a(Icon, { name: entry.icon }),
      entry.label,
      entry.count !== void 0 && entry.count > 0 && a("span", { class: "count", children: fmt().count(entry.count) })
    ] }, entry.name)),
    boot.version && a("div", { class: "foot", children: t.shell.version(boot.version) })
  ] });
}
function Mark() {
  return a("svg", { viewBox: "0 0 18 18", "aria-hidden": "true", fill: "none", "stroke-width": "2.4", "stroke-linecap": "round", children: [
    a("path", { d: "M14 7.2A5 5 0 1 1 12.5 3.6", stroke: "var(--accent)" }),
    a("path", { d: "M14 7.2c0 4-1.6 7-5 8.8", stroke: "currentColor" })
  ] });
}

// src/app.tsx
var SloDetailPage = lazy(() => import("./detail.js").then((module) => module.SloDetailPage)), ComparePage = lazy(() => import("./compare.js").then((module) => module.ComparePage)), TracesPage = lazy(() => import("./traces.js").then((module) => module.TracesPage)), TracePage = lazy(() => import("./trace.js").then((module) => module.TracePage)), HelpSheet = lazy(() => import("./help.js").then((module) => module.HelpSheet), !0), Palette = lazy(() => import("./palette.js").then((module) => module.Palette), !0);
function App() {
  let t = texts(), main = T(null);
  useKeys([
    { keys: "Ctrl+K", label: t.keys.palette, group: "global", run: () => sheet.value = "palette" },
    { keys: "/", label: t.keys.filter, group: "global", run: focusFilter },
    { keys: "?", label: t.keys.help, group: "global", run: () => sheet.value = "help" },
    { keys: "g o", label: t.keys.goOverview, group: "global", run: () => navigate(href("overview", {})) },
    { keys: "g s", label: t.keys.goSlos, group: "global", run: () => navigate(href("slos", {})) },
    { keys: "g t", label: t.keys.goTraces, group: "global", run: () => navigate(href("traces", {})) },
    { keys: "y", label: t.keys.copyLink, group: "global", run: copyLink },
    { keys: "Shift+Y", label: t.keys.copyCommand, group: "global", run: copyCommand }
  ]);
  let moved = moves.value;
  return A(() => {
    moved !== 0 && (scrollTo(0, 0), main.current?.focus({ preventScroll: !0 }));
  }, [moved]), a($, { children: [
    a("a", { class: "skip", href: "#main", children: t.nav.skip }),
    a(Rail, {}),
    a("div", { children: [
      a(Header, {}),
      a("main", { id: "main", class: "wrap", ref: main, tabIndex: -1, children: a(CurrentPage, {}) })
    ] }),
    sheet.value === "palette" && a(Palette, {}),
    sheet.value === "help" && a(HelpSheet, {}),
    a(Toasts, {})
  ] });
}
function CurrentPage() {
  let here = place.value;
  switch (here.name) {
    case "overview":
      return a(Overview, { query: here.query });
    case "slos":
      return a(SloListPage, { query: here.query });
    case "slo":
      return a(SloDetailPage, { name: here.path.name }, here.path.name);
    case "traces":
      return a(TracesPage, { query: here.query });
    case "trace":
      return a(TracePage, { id: here.path.id, query: here.query }, here.path.id);
    case "compare":
      return a(ComparePage, { a: here.path.a, b: here.path.b, query: here.query }, `${here.path.a} ${here.path.b}`);
    case "missing":
      return a(NotFound, { pathname: here.pathname });
  }
}

// src/main.tsx
await startLang();
startTheme();
startLocation();
startKeys();
startOpening();
startLive();
Q(a(App, {}), document.getElementById("app"));
