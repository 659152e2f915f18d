import {
  $,
  DENSITIES,
  KeyMap,
  LANGS,
  LANG_NAMES,
  Loaded,
  Meter,
  Seg,
  THEMES,
  a,
  apiUrl,
  d,
  density,
  dropVisitLang,
  fmt,
  href,
  lang,
  nowMs,
  switchDensity,
  switchLang,
  switchTheme,
  switchZone,
  texts,
  theme,
  useResource,
  useTitle,
  zone
} from "./chunk.js";

// src/pages/settings/about.tsx
function Facts({ facts }) {
  return a("dl", { class: "props", children: facts.map(([name, value]) => a("div", { children: [
    a("dt", { children: name }),
    a("dd", { children: value })
  ] }, name)) });
}
function Server({ about }) {
  let t = texts().settings, f = fmt(), { memory } = about, startedMs = Date.parse(about.startedAt), used = memory.residentBytes, facts = [
    [t.version, about.version],
    [t.commit, about.commit && a("code", { children: about.commit })],
    [t.started, `${f.time(startedMs, startedMs + about.uptimeUs / 1e3)} (${f.duration(about.uptimeUs)})`],
    [t.listen, about.listen.map((address) => a("code", { children: [
      address,
      " "
    ] }, address))],
    [t.storage, about.storage],
    [t.dataDir, a("code", { children: about.dataDir })],
    [t.definitions, a("a", { class: "link", href: href("definitions", {}), children: texts().nav.definitions })],
    [
      t.memory,
      used !== null && a($, { children: [
        t.memoryOf(f.bytes(used), f.bytes(memory.limitBytes)),
        a(Meter, { share: used / memory.limitBytes, tone: used > memory.limitBytes ? "crit" : "plain", label: t.memory, valueText: t.memoryOf(f.bytes(used), f.bytes(memory.limitBytes)) })
      ] })
    ],
    [t.cpu, memory.cpuSeconds !== null && f.duration(memory.cpuSeconds * 1e6)],
    [t.threads, memory.threads !== null && `${f.count(memory.threads)}, ${f.count(memory.openFiles ?? 0)}`]
  ];
  return a(Facts, { facts: facts.filter(([, value]) => value) });
}
function Limits({ limits }) {
  let t = texts().settings, f = fmt();
  return a("table", { "aria-label": t.limits, children: [
    a("thead", { children: a("tr", { children: [
      a("th", { scope: "col", children: t.limit }),
      a("th", { scope: "col", class: "num", children: t.value })
    ] }) }),
    a("tbody", { children: limits.map(({ limit, unit, max }) => a("tr", { children: [
      a("td", { children: [
        t.limitOf[limit] ?? limit,
        " ",
        a("code", { class: "sub hide-s", children: limit })
      ] }),
      a("td", { class: "num", children: unit === "bytes" ? f.bytes(max) : f.count(max) })
    ] }, limit)) })
  ] });
}

// src/pages/settings/stored.tsx
var COLUMNS_MAX = 50;
function Stored() {
  let t = texts().settings, f = fmt(), [withColumns, measureColumns] = d(!1), store = useResource(apiUrl("/store", { columns: withColumns ? "true" : void 0 }), { keep: !0 });
  return a("section", { class: "card", children: [
    a("h2", { children: t.held }),
    a(Loaded, { resource: store, what: t.held, children: (held) => a($, { children: [
      a(
        Facts,
        {
          facts: [
            [t.spans, `${f.count(held.spans)} (${t.inMemory(f.count(held.spansInMemory))})`],
            [t.onDisk, `${f.bytes(held.blockBytes)}${held.bytesPerSpan === null ? "" : `, ${held.bytesPerSpan.toFixed(1)} B ${t.perSpan}`}`],
            [t.inbox, f.bytes(held.inboxBytes)],
            [t.history, f.bytes(held.history?.bytes ?? 0)],
            [t.retention, retentionText(held)]
          ]
        }
      ),
      a(Bars, { title: t.byDay, head: t.day, rows: held.days.map((day) => [day.day, day.bytes]) }),
      a(Bars, { title: t.bySection, head: t.part, rows: held.sections.map((part) => [part.section, part.storedBytes]) }),
      withColumns && !store.old ? a(Bars, { title: t.byColumn, head: t.column, rows: held.columns.slice(0, COLUMNS_MAX).map((column) => [`${column.service} · ${column.key}`, column.storedBytes]) }) : a("p", { class: "row tight", children: [
        t.byColumn,
        " ",
        a("span", { class: "sub", children: t.byColumnHint }),
        a("button", { type: "button", class: "btn small", disabled: withColumns, onClick: () => measureColumns(!0), children: t.measure })
      ] })
    ] }) })
  ] });
}
function retentionText({ retention }) {
  let t = texts().settings, f = fmt();
  if (!retention) return t.keepsAll;
  let age = f.length(retention.maxAgeUs), keeps = retention.maxBytes === null ? t.keeps(age) : t.keepsBytes(age, f.bytes(retention.maxBytes));
  return retention.nextAt ? `${keeps}. ${t.next(f.relative(Date.parse(retention.nextAt), nowMs.value))}` : keeps;
}
function Bars({ title, head, rows }) {
  let t = texts().settings, f = fmt(), sum = rows.reduce((total, [, bytes]) => total + bytes, 0);
  if (sum === 0) return null;
  let most = Math.max(...rows.map(([, bytes]) => bytes));
  return a("details", { children: [
    a("summary", { children: [
      title,
      " ",
      a("span", { class: "sub", children: f.bytes(sum) })
    ] }),
    a("table", { "aria-label": title, children: [
      a("thead", { children: a("tr", { children: [
        a("th", { scope: "col", children: head }),
        a("th", { scope: "col", class: "num", children: t.bytes }),
        a("th", { scope: "col", class: "hide-s" })
      ] }) }),
      a("tbody", { children: rows.map(([name, bytes]) => a("tr", { children: [
        a("td", { children: name }),
        a("td", { class: "num", children: f.bytes(bytes) }),
        a("td", { class: "hide-s", children: a(Meter, { share: bytes / most, tone: "plain", label: name, valueText: f.share(bytes / sum) }) })
      ] }, name)) })
    ] })
  ] });
}

// src/pages/settings/settings.tsx
function SettingsPage() {
  let t = texts();
  useTitle(t.settings.title);
  let about = useResource(apiUrl("/about"));
  return a("div", { class: "settings", children: [
    a(Appearance, {}),
    a("section", { class: "card", children: [
      a("h2", { children: t.settings.server }),
      a(Loaded, { resource: about, what: t.settings.server, children: (facts) => a(Server, { about: facts }) })
    ] }),
    a(Stored, {}),
    a("section", { class: "card", children: [
      a("h2", { children: t.settings.limits }),
      a(Loaded, { resource: about, what: t.settings.limits, children: (facts) => a(Limits, { limits: facts.limits }) })
    ] }),
    a("section", { class: "card", children: [
      a("h2", { children: t.settings.keys }),
      a(KeyMap, {})
    ] })
  ] });
}
function Appearance() {
  let t = texts(), s = t.settings, themes = { system: t.shell.system, light: t.shell.light, dark: t.shell.dark }, here = new Intl.DateTimeFormat().resolvedOptions().timeZone, useLang = (next) => {
    switchLang(next), dropVisitLang();
  };
  return a("section", { class: "card", children: [
    a("h2", { children: s.appearance }),
    a("p", { class: "sub", children: s.thisBrowser }),
    a(Choice, { label: t.shell.theme, values: THEMES, now: theme.value, text: (name) => themes[name], choose: switchTheme }),
    a(Choice, { label: t.shell.language, values: LANGS, now: lang.value, text: (name) => a("span", { lang: name, children: LANG_NAMES[name] }), choose: useLang }),
    a(Choice, { label: s.density, values: DENSITIES, now: density.value, text: (name) => s[name], choose: switchDensity }),
    a(Choice, { label: s.zone, values: ["local", "utc"], now: zone.value, text: (name) => name === "utc" ? s.utc : s.local(here), choose: switchZone })
  ] });
}
function Choice(props) {
  return a("div", { class: "choice", children: [
    a("span", { children: props.label }),
    a(Seg, { ...props })
  ] });
}
export {
  SettingsPage
};
