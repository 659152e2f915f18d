import {
  $,
  A,
  ApiError,
  Arrange,
  Banner,
  DataTable,
  Empty,
  Failure,
  Icon,
  LANGS,
  LANG_NAMES,
  Loaded,
  Pill,
  Popover,
  Q,
  STATUSES,
  ServiceDot,
  ServiceName,
  Shape,
  SloTable,
  Stale,
  T,
  THEMES,
  TONES,
  Toasts,
  a,
  apiUrl,
  boot,
  boundsOf,
  copyCommand,
  copyLink,
  copyText,
  d,
  dropVisitLang,
  fmt,
  focusFilter,
  fromInput,
  getJson,
  href,
  isBurning,
  isPinned,
  lang,
  lazy,
  live,
  matchesStatus,
  moves,
  navigate,
  nowMs,
  pageTitle,
  place,
  readChoice,
  saveChoice,
  score,
  sheet,
  spansArrivedAt,
  startKeys,
  startLang,
  startLive,
  startLocation,
  startOpening,
  startTheme,
  statusOf,
  suggestionsOf,
  switchLang,
  switchTheme,
  texts,
  theme,
  titleOf,
  toInput,
  traceIdIn,
  useKeys,
  useResource,
  useTitle,
  w,
  yamlOf
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

// src/pages/overview/checklist.tsx
function Checklist({ nSlos }) {
  let [dismissed, setDismissed] = d(readChoice("checklist") === "off");
  return dismissed ? null : a(Steps, { nSlos, dismiss: () => {
    saveChoice("checklist", "off"), setDismissed(!0);
  } });
}
function Steps({ nSlos, dismiss }) {
  let t = texts().overview, about = useResource(apiUrl("/about")).data, definitions = useResource(apiUrl("/definitions"), { topic: "timeline" }).data, notify = useResource(definitions?.kinds ? apiUrl("/notify") : null).data, deploys = useResource(apiUrl("/events", { topics: "deploy", limit: 1 }), { topic: "timeline" }).data;
  if (!about || !definitions || !deploys || definitions.kinds && !notify) return null;
  let hasPolicy = definitions.kinds?.some(({ kind, objects }) => kind === "ErrorBudgetPolicy" && objects > 0) ?? !0, steps = [
    [t.steps.span, about.spans > 0, href("traces", {}), t.stepsHow.span],
    [t.steps.slo, nSlos > 0, href("slos", {}), t.stepsHow.slo],
    [t.steps.alert, notify === void 0 || notify.targets.length > 0, "", "[notify] in nines.toml"],
    [t.steps.policy, hasPolicy, "", "kind: ErrorBudgetPolicy"],
    [t.steps.deploy, deploys.items.length > 0, "", `curl ${location.origin}/api/nines/v1/deploys -H 'content-type: application/json' -d '{"service":"…","version":"…"}'`]
  ], done = steps.filter(([, isDone]) => isDone).length;
  return done === steps.length ? null : a("section", { class: "card checklist", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.stepsTitle(done, steps.length) }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small quiet", onClick: dismiss, children: [
        a(Icon, { name: "x" }),
        t.stepsDismiss
      ] })
    ] }),
    a("ol", { children: steps.map(([text, isDone, to, how]) => a("li", { children: [
      a("span", { class: `pill bare ${isDone ? "ok" : "none"}`, children: [
        a(Shape, { tone: isDone ? "ok" : "none" }),
        text,
        a("span", { class: "sr", children: isDone ? t.stepDone : t.stepOpen })
      ] }),
      !isDone && (to ? a("a", { class: "link sub", href: to, children: how }) : a("button", { type: "button", class: "btn small quiet", title: how, onClick: () => {
        copyText(how);
      }, children: [
        a(Icon, { name: "copy" }),
        a("code", { children: how })
      ] }))
    ] }, text)) })
  ] });
}

// src/pages/overview/noslos.tsx
var COMMANDS = `nines slo check definitions/
nines serve --definitions definitions/`, SINCE = "28d";
function NoSlos() {
  let t = texts().overview, f = fmt(), definitions = useResource(apiUrl("/definitions"), { topic: "slos" }).data, endpoints = useResource(apiUrl("/aggregate", { q: "kind=server", by: "service,op", since: SINCE, limit: 20 })).data, suggestions = suggestionsOf(endpoints?.items ?? []);
  return a(Empty, { title: t.emptyTitle, children: [
    a("p", { children: t.emptyText }),
    suggestions.length > 0 && a($, { children: [
      a("h3", { children: t.suggested }),
      a("ul", { class: "suggested", children: suggestions.map((suggestion) => a("li", { children: [
        a("span", { children: [
          a("b", { children: suggestion.op }),
          " ",
          a("span", { class: "muted", children: suggestion.service }),
          a("span", { class: "sub", children: t.achieved(f.sli(suggestion.achieved, suggestion.target), f.count(suggestion.spans), f.window(SINCE), f.target(suggestion.target)) })
        ] }),
        a("button", { type: "button", class: "btn small", onClick: () => {
          copyText(yamlOf(suggestion));
        }, children: [
          a(Icon, { name: "copy" }),
          t.copyYaml
        ] })
      ] }, suggestion.name)) })
    ] }),
    a("pre", { tabIndex: 0, children: COMMANDS }),
    definitions && definitions.directories.length > 0 && a("p", { children: t.emptySince(f.list(definitions.directories)) })
  ] });
}

// src/pages/overview/stories.tsx
var ORDER = ["held", "burning", "unmeasured", "healthy"], STATUS = { held: "held", burning: "burning", healthy: "healthy", unmeasured: "none" };
function Stories({ stories, slos, query }) {
  let t = texts();
  return a("section", { class: "card", children: [
    a("h2", { children: t.overview.stories }),
    a(Loaded, { resource: stories, what: t.overview.stories, rows: 2, children: ({ items }) => items.length === 0 ? a("p", { class: "muted", children: t.overview.storiesNone }) : a("ul", { class: "stories", children: [...items].sort((a2, b) => ORDER.indexOf(a2.state) - ORDER.indexOf(b.state)).map((story) => a(StoryCard, { story, slos, query }, story.name)) }) })
  ] });
}
function StoryCard({ story, slos, query }) {
  let t = texts(), f = fmt(), isChosen = story.name === query.story, budget = story.budget ?? null, notes = [story.owner && t.overview.storyOwner(story.owner), budget !== null && t.overview.storyBudget(f.budget(budget)), story.sli != null && t.overview.storyTraces(f.sli(story.sli, story.target ?? 1))];
  return a("li", { children: [
    a("a", { class: "story", href: href("overview", {}, { ...query, story: isChosen ? "" : story.name }), "aria-current": isChosen ? "true" : void 0, children: [
      a("span", { class: "story-title", children: [
        a("b", { children: story.title }),
        a("span", { class: "sub", children: notes.filter(Boolean).join(" · ") })
      ] }),
      a(Pill, { tone: TONES[STATUS[story.state]], children: t.status[STATUS[story.state]] })
    ] }),
    a("ol", { class: "chain", "aria-label": t.overview.chain(story.title), children: story.slos.map((name) => {
      let slo = slos.find((other) => other.name === name), status = slo ? statusOf(slo) : "none";
      return a("li", { children: a("a", { class: `step ${TONES[status]}`, href: href("slo", { name }), title: `${slo ? titleOf(slo) : name}: ${t.status[status]}`, children: [
        a(Shape, { tone: TONES[status] }),
        slo?.service ?? name,
        a("span", { class: "sr", children: `${slo ? titleOf(slo) : name}: ${t.status[status]}` })
      ] }) }, name);
    }) }),
    a("a", { class: "link sub", href: href("traces", {}, { q: tracesOf(story, slos) }), children: t.overview.storyTracesLink })
  ] });
}
function tracesOf(story, slos) {
  let services = [...new Set(story.slos.flatMap((name) => slos.find((slo) => slo.name === name)?.service ?? []))];
  return [services.length > 1 ? `service=(${services.join(",")})` : services.map((service) => `service=${service}`).join(""), story.state === "healthy" ? "" : "error"].filter(Boolean).join(" ");
}

// src/pages/overview/tiles.tsx
function Tiles({ slos, query }) {
  let t = texts().overview, f = fmt(), measured = slos.filter((slo) => slo.sli !== null), met = measured.filter((slo) => slo.sli !== null && slo.sli >= slo.target), lowest = measured.filter((slo) => slo.budget !== null).sort((a2, b) => (a2.budget ?? 0) - (b.budget ?? 0))[0], burning = slos.filter(isBurning), services = new Set(slos.map((slo) => slo.service)), held = new Set(slos.filter((slo) => slo.gate === "held").map((slo) => slo.service));
  return a("section", { class: "tiles", "aria-label": t.numbers, children: [
    a(
      Tile,
      {
        to: toggle("missed", query),
        active: query.status === "missed",
        name: t.meeting,
        value: t.meetingOf(f.count(met.length), f.count(measured.length)),
        note: slos.length > measured.length ? t.unmeasured(slos.length - measured.length) : ""
      }
    ),
    a(
      Tile,
      {
        to: toggle("low", query),
        active: query.status === "low",
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
  return href("overview", {}, { ...query, status: query.status === status ? "all" : status });
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
    slos.data?.items.length === 0 && a(Checklist, { nSlos: 0 }),
    a(Loaded, { resource: slos, what: t.slo.title, rows: 10, card: !0, children: (list) => a($, { children: [
      list.items.length > 0 && a(Tiles, { slos: list.items, query }),
      a("section", { class: "card flush", "aria-label": t.slo.table, children: [
        a(Narrowed, { list: list.items, stories: stories.data?.items ?? [], query }),
        isStale && list.items.length > 0 && a("div", { class: "card-head", children: a(Stale, { sinceMs: watermarkMs, what: t.slo.title }) }),
        list.items.length === 0 ? a(NoSlos, {}) : a(SloTable, { slos: shown(list.items, stories.data?.items ?? [], query), dimmed: slos.old, group: query.group, sort: query.sort })
      ] })
    ] }) }),
    a("div", { class: "grid overview-low", children: [
      a(Stories, { stories, slos: slos.data?.items ?? [], query }),
      a(Changes, {})
    ] }),
    slos.data && slos.data.items.length > 0 && a(Checklist, { nSlos: slos.data.items.length })
  ] });
}
function shown(slos, stories, query) {
  let story = stories.find((other) => other.name === query.story);
  return slos.filter((slo) => matchesStatus(slo, query.status) && (!query.story || slo.story === query.story || story?.slos.includes(slo.name)));
}
function Narrowed({ list, stories, query }) {
  let t = texts();
  if (list.length === 0) return null;
  let isNarrowed = query.status !== "all" || query.story !== "", story = stories.find((other) => other.name === query.story);
  return a("div", { class: "card-head", children: [
    isNarrowed && a($, { children: [
      a("span", { class: "muted", children: t.overview.filtered(shown(list, stories, query).length, list.length) }),
      query.status !== "all" && a("span", { class: "chip", children: t.status[query.status] }),
      query.story && a("span", { class: "chip", children: t.overview.story(story?.title ?? query.story) }),
      a("a", { class: "btn small", href: href("overview", {}, { group: query.group, sort: query.sort }), children: t.overview.clear })
    ] }),
    a("span", { class: "spring" }),
    a(Arrange, { group: query.group, sort: query.sort, set: (change) => navigate(href("overview", {}, { ...query, ...change }), { replace: !0 }) })
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
      a("div", { class: "seg", role: "group", "aria-label": t.slo.status, children: STATUSES.map((status) => a("button", { type: "button", "aria-pressed": query.status === status, onClick: () => set({ status }, !1), children: t.status[status] }, status)) }),
      a(Arrange, { group: query.group, sort: query.sort, set: (change) => set(change, !0) })
    ] }),
    a("section", { class: "card flush", children: a(Loaded, { resource: slos, what: t.slo.title, rows: 8, children: (list) => a(Matching, { list: list.items, query, dimmed: slos.old }) }) })
  ] });
}
function Matching({ list, query, dimmed }) {
  let t = texts();
  if (list.length === 0) return a(NoSlos, {});
  let found = list.filter((slo) => matchesStatus(slo, query.status) && score(query.q, [slo.displayName, slo.name, slo.objective, slo.service, slo.storyTitle, slo.story].join(" ")) !== null);
  return found.length > 0 ? a(SloTable, { slos: found, dimmed, group: query.group, sort: query.sort }) : a(Empty, { title: t.slo.nothing, children: a("a", { class: "btn", href: href("slos", {}), children: t.overview.clear }) });
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

// src/pages/traces/table.tsx
var SERVICES_SHOWN = 3;
function TraceTable({ traces, colors, dimmed }) {
  let t = texts().traces, f = fmt(), longestUs = traces.reduce((longest, trace) => Math.max(longest, trace.durationUs), 1), start = (trace) => f.time(trace.startUs / 1e3, nowMs.value), columns = [
    { key: "start", head: t.start, cell: start, wideOnly: !0, class: "sub" },
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
      class: "trace-duration",
      cell: (trace) => a("span", { class: "duration", children: [
        a("span", { class: "num", children: f.duration(trace.durationUs) }),
        a("span", { class: "bar hide-s", "aria-hidden": "true", children: a("i", { style: { width: `${Math.max(1, Math.sqrt(trace.durationUs / longestUs) * 100)}%` } }) })
      ] })
    },
    { key: "spans", head: t.spans, cell: (trace) => f.count(trace.spans), num: !0, wideOnly: !0 },
    {
      key: "errors",
      head: t.errors,
      cell: (trace) => trace.errors > 0 && a(Pill, { tone: "crit", children: [
        f.count(trace.errors),
        a("span", { class: "sr", children: [
          " ",
          t.errors
        ] })
      ] })
    },
    { key: "services", head: t.services, cell: (trace) => a(Services, { trace, colors }), wideOnly: !0 }
  ];
  return a(DataTable, { label: t.table, columns, rows: traces, rowKey: (trace) => trace.traceId, rowHref: (trace) => href("trace", { id: trace.traceId }), dimmed, class: "trace-table" });
}
function Services({ trace, colors }) {
  let rest = trace.services.slice(SERVICES_SHOWN);
  return a("span", { class: "services", children: [
    trace.services.slice(0, SERVICES_SHOWN).map((service) => a(ServiceName, { name: service.name, color: colors.get(service.name) }, service.name)),
    rest.length > 0 && a("span", { class: "sub", title: rest.map((service) => service.name).join(", "), children: texts().traces.more(rest.length) })
  ] });
}

// src/pages/traces/traces.tsx
var LOOK_AGAIN_MS = 1e3, WIDER = { "15m": "1h", "1h": "6h", "6h": "24h", "24h": "7d", "2d": "7d" };
function TracesPage({ query }) {
  let t = texts(), f = fmt();
  useTitle(t.traces.title, query.q ? `${query.q} · ${t.traces.title}` : t.traces.title);
  let [askedAt, setAskedAt] = d(Date.now), bounds = w(() => boundsOf(query, askedAt), [query.t, query.from, query.to, askedAt]), parameters = { q: query.q, ...bounds }, url = apiUrl("/traces", parameters), list = useResource(url, { topic: "traces", keep: !0, follow: !1 }), services = useResource(apiUrl("/services"), { topic: "traces" }).data, colors = w(() => new Map((services?.items ?? []).map((service) => [service.name, service.color])), [services]), more = useMore(list.data, (cursor) => apiUrl("/traces", { ...parameters, cursor })), refresh = () => {
    bounds.from === void 0 || isPinned(query) ? list.retry() : setAskedAt(Date.now());
  }, isEmpty = list.data?.items.length === 0;
  useLookAgain(isEmpty && !list.loading, refresh);
  let set = (change) => navigate(href("traces", {}, { ...query, ...change })), badFilter = list.problem?.status === 400 && list.problem.at ? list.problem : null, items = [...list.data?.items ?? [], ...more.pages.flatMap((page) => page.items)], next = more.next;
  return a($, { children: [
    a("div", { class: "row filter-row", children: [
      a(
        FilterBar,
        {
          q: query.q,
          fault: badFilter && { message: badFilter.detail ?? badFilter.title, at: badFilter.at },
          onRun: (q) => set({ q }),
          onTraceId: (id) => navigate(href("trace", { id }))
        }
      ),
      a(RangeMenu, { range: query, onChange: set })
    ] }),
    list.old && list.problem && !badFilter && a(Stale, { resource: list, what: t.traces.title }),
    badFilter ? a(FilterHelp, { hint: badFilter.hint }) : a("section", { class: "card flush", children: a(Loaded, { resource: list, what: t.traces.title, rows: 12, children: (first) => items.length === 0 ? a(NothingFound, { query, nothingEver: services?.items.length === 0, onWiden: (range) => set({ t: range, from: "", to: "" }) }) : a($, { children: [
      a("div", { class: "card-head", children: [
        a("span", { class: "muted", role: "status", children: (next ? t.traces.summaryMore : t.traces.summary)(f.count(items.length), f.duration(first.tookUs)) }),
        first.cut && a(Pill, { tone: "info", children: first.cut }),
        a("span", { class: "spring" }),
        list.outdated && live.value !== "paused" && !list.loading && a("button", { type: "button", class: "btn small", onClick: refresh, children: [
          a(Icon, { name: "refresh" }),
          t.traces.fresh
        ] })
      ] }),
      a(TraceTable, { traces: items, colors, dimmed: list.old }),
      a("div", { class: "list-end", children: [
        more.problem && a(Failure, { what: t.traces.title, problem: more.problem, retry: more.load }),
        next && !more.problem && a("button", { type: "button", class: "btn", disabled: more.loading, onClick: more.load, children: more.loading ? t.state.loading : t.traces.loadMore }),
        !next && more.pages.length > 0 && a("span", { class: "sub", children: t.traces.end })
      ] })
    ] }) }) })
  ] });
}
function useMore(first, urlOf) {
  let [state, setState] = d({ of: void 0, pages: [], loading: !1, problem: null }), mine = state.of === first ? state : { of: first, pages: [], loading: !1, problem: null }, next = (mine.pages.at(-1) ?? first)?.next ?? null, latest = T(first);
  latest.current = first;
  let load = () => {
    next && (setState({ ...mine, loading: !0, problem: null }), getJson(urlOf(next), lang.peek()).then(
      (page) => latest.current === first && setState({ of: first, pages: [...mine.pages, page], loading: !1, problem: null }),
      (error) => latest.current === first && setState({ ...mine, loading: !1, problem: error instanceof ApiError ? error.problem : { title: String(error), status: 0 } })
    ));
  };
  return { pages: mine.pages, next, loading: mine.loading, problem: mine.problem, load };
}
function useLookAgain(isWaiting, look) {
  let arrived = spansArrivedAt.value;
  A(() => {
    if (!isWaiting || arrived === 0) return;
    let timer = setTimeout(look, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isWaiting, arrived]);
}
function NothingFound({ query, nothingEver, onWiden }) {
  let t = texts();
  if (nothingEver) return a(FirstSpan, {});
  let wider = isPinned(query) ? "24h" : WIDER[query.t], range = rangeText(query);
  return a(Empty, { title: query.q ? t.traces.noneMatch : t.traces.noneInRange, children: [
    a("p", { children: query.q ? t.traces.noneMatchText(range) : t.traces.noneInRangeText(range) }),
    a("div", { class: "row tight", children: [
      query.q && a("a", { class: "btn", href: href("traces", {}, { ...query, q: "" }), children: t.traces.clear }),
      wider && a("button", { type: "button", class: "btn", onClick: () => onWiden(wider), children: t.traces.widen(t.traces.last(fmt().window(wider))) })
    ] })
  ] });
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
var SloDetailPage = lazy(() => import("./detail.js").then((module) => module.SloDetailPage)), ComparePage = lazy(() => import("./compare.js").then((module) => module.ComparePage)), TracePage = lazy(() => import("./trace.js").then((module) => module.TracePage)), HelpSheet = lazy(() => import("./help.js").then((module) => module.HelpSheet), !0), Palette = lazy(() => import("./palette.js").then((module) => module.Palette), !0);
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
      return a(SloDetailPage, { name: here.path.name, query: here.query }, here.path.name);
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
