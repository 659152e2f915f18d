import {
  $,
  Empty,
  Icon,
  Loaded,
  Pill,
  Seg,
  Stale,
  a,
  apiUrl,
  copyText,
  fmt,
  href,
  navigate,
  nowMs,
  score,
  texts,
  useResource,
  useTitle
} from "./chunk.js";

// src/pages/definitions/definitions.tsx
var ROWS_MAX = 300;
function DefinitionsPage({ query }) {
  let t = texts().definitions;
  useTitle(t.title);
  let resource = useResource(apiUrl("/definitions", { objects: "true" }), { topic: "timeline" });
  return a($, { children: [
    resource.old && a(Stale, { resource, what: t.title }),
    a(Loaded, { resource, what: t.title, rows: 10, card: !0, children: (definitions) => a($, { children: [
      a(Findings, { title: t.faults, note: definitions.refusedAt && t.refusedAt(fmt().time(Date.parse(definitions.refusedAt), nowMs.value)), findings: definitions.findings.filter((finding) => finding.set === "refused") }),
      a(Tiles, { definitions }),
      a(Findings, { title: t.warnings, findings: definitions.findings.filter((finding) => finding.set === "inForce") }),
      a(InForce, { definitions, query })
    ] }) })
  ] });
}
function Tiles({ definitions }) {
  let t = texts().definitions, f = fmt(), { directories, files } = definitions, loadedMs = Date.parse(definitions.loadedAt), tiles = [
    [t.generation, f.count(definitions.generation), t.generationHint],
    [t.loaded, f.time(loadedMs, nowMs.value), f.relative(loadedMs, nowMs.value)],
    [t.objects, f.count(definitions.kinds.reduce((sum, kind) => sum + kind.objects, 0)), t.nFiles(files.length)],
    [t.files, f.count(files.length), directories.length > 0 ? t.watched(f.list(directories)) : t.builtIn]
  ];
  return a("section", { class: "tiles", "aria-label": t.title, children: tiles.map(([label, value, note]) => a("div", { class: "card tile", children: [
    a("span", { class: "sub", children: label }),
    a("b", { children: value }),
    a("span", { class: "sub clip", title: note, children: note })
  ] }, label)) });
}
function Findings({ title, note, findings }) {
  let t = texts().definitions;
  return findings.length === 0 ? null : a("section", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: title }),
      a("span", { class: "sub", children: note })
    ] }),
    a("ol", { class: "findings", children: findings.slice(0, ROWS_MAX).map((finding, i) => {
      let place = `${finding.file}:${finding.line}:${finding.column}`;
      return a("li", { children: [
        a("div", { class: "row tight", children: [
          a(Pill, { tone: finding.severity === "error" ? "crit" : "warn", children: t[finding.severity] }),
          a("code", { children: place }),
          a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.copyPlace(place), title: t.copyPlace(place), onClick: () => {
            copyText(place);
          }, children: a(Icon, { name: "copy" }) }),
          finding.path && a("code", { class: "sub", children: finding.path })
        ] }),
        a("p", { children: finding.fact }),
        a("p", { class: "muted", children: [
          "→ ",
          finding.hint
        ] })
      ] }, i);
    }) }),
    findings.length > ROWS_MAX && a("p", { class: "sub", children: t.more(fmt().count(findings.length - ROWS_MAX)) })
  ] });
}
function InForce({ definitions, query }) {
  let t = texts().definitions, f = fmt(), set = (change, replace) => navigate(href("definitions", {}, { ...query, ...change }), { replace }), objects = definitions.objects ?? [];
  if (objects.length === 0) return a("section", { class: "card", children: a(Empty, { title: t.emptyTitle, children: definitions.directories.length > 0 && a("p", { children: t.watched(fmt().list(definitions.directories)) }) }) });
  let found = objects.filter((object) => (!query.kind || object.kind === query.kind) && score(query.q, `${object.name} ${object.kind} ${object.file}`) !== null);
  return a("section", { class: "card flush", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.inForce }),
      a("label", { class: "search", children: [
        a(Icon, { name: "search" }),
        a("span", { class: "sr", children: t.find }),
        a("input", { class: "input", type: "search", "data-filter": !0, placeholder: t.find, value: query.q, onInput: (event) => set({ q: event.currentTarget.value }, !0) })
      ] }),
      a(Seg, { label: t.kind, values: ["", ...definitions.kinds.map((each) => each.kind)], now: query.kind, text: (kind) => `${kind || t.all} ${f.count(definitions.kinds.find((each) => each.kind === kind)?.objects ?? objects.length)}`, choose: (kind) => set({ kind }, !1) })
    ] }),
    found.length === 0 ? a(Empty, { title: t.nothing }) : a("table", { "aria-label": t.inForce, class: "definitions-table", children: [
      a("thead", { children: a("tr", { children: [
        a("th", { scope: "col", children: t.kind }),
        a("th", { scope: "col", children: t.name }),
        a("th", { scope: "col", children: t.place })
      ] }) }),
      a("tbody", { children: found.slice(0, ROWS_MAX).map((object) => {
        let to = pageOf(object.kind, object.name);
        return a("tr", { children: [
          a("td", { class: "sub", children: object.kind }),
          a("td", { children: to ? a("a", { class: "link", href: to, children: object.name }) : object.name }),
          a("td", { class: "mono", children: `${object.file}:${object.line}:${object.column}` })
        ] }, `${object.kind} ${object.name}`);
      }) })
    ] }),
    found.length > ROWS_MAX && a("p", { class: "state sub", children: t.more(fmt().count(found.length - ROWS_MAX)) })
  ] });
}
function pageOf(kind, name) {
  return kind === "SLO" ? href("slo", { name }) : kind === "Service" ? href("slos", {}, { q: name }) : kind === "UserStory" ? href("overview", {}, { story: name }) : null;
}
export {
  DefinitionsPage
};
