import {
  $,
  A,
  ApiError,
  Banner,
  Empty,
  Failure,
  Icon,
  Loaded,
  P,
  Pill,
  Popover,
  Skeleton,
  T,
  TRACE_VIEWS,
  UNREACHABLE,
  a,
  apiUrl,
  askTrace,
  clampView,
  copyCommand,
  copyLink,
  copyText,
  d,
  dotClass,
  fitCanvas,
  fitView,
  fmt,
  groupsOf,
  href,
  indexOfRow,
  isWhole,
  lastTraces,
  lazy,
  markForCompare,
  marked,
  modelOf,
  navigate,
  nextFlagged,
  nowMs,
  openFile,
  openedText,
  paletteVersion,
  panView,
  place,
  readChoice,
  readPalette,
  reveal,
  saveChoice,
  saveFile,
  scrollToShow,
  sharesOf,
  shortId,
  stepLevel,
  term,
  texts,
  tickLabel,
  ticksOf,
  traceIdIn,
  useKeys,
  useResource,
  useSettled,
  useSpanDetail,
  useTitle,
  useTrace,
  visibleRows,
  visibleSpan,
  w,
  withAncestors,
  zipkinJson,
  zoomView
} from "./chunk.js";

// src/pages/trace/find.ts
function durationUsOf(text) {
  let match = /^(\d+(?:\.\d+)?)(us|µs|ms|s|m)?$/.exec(text);
  if (!match) return null;
  let unit = { us: 1, µs: 1, ms: 1e3, s: 1e6, m: 6e7 }[match[2] ?? "us"] ?? 1;
  return Number(match[1]) * unit;
}
function wordsOf(query) {
  return [...query.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => ({ text: word.replace(/^[-!](?=.)/, ""), negated: /^[-!]./.test(word) }));
}
var plain = (word) => word.replaceAll('"', ""), ASKED_CHARS_MIN = 2;
function questionsOf(query) {
  let questions = wordsOf(query).flatMap(({ text: word }) => {
    let kind = kindOf(word);
    return kind === "term" ? [{ word, ask: { q: word } }] : kind === "text" && plain(word).length >= ASKED_CHARS_MIN ? [{ word, ask: { text: plain(word) } }] : [];
  });
  return [...new Map(questions.map((question) => [question.word, question])).values()];
}
var COMPARED = /^(duration|self)?(>=|<=|>|<)(.+)$/, NAMED = /^(service|op|kind|remote|status)=([^~(].*)?$/;
function kindOf(word) {
  return word === "error" || word === "root" || COMPARED.test(word) || NAMED.test(word) ? "column" : /^[^<>=!~"]+(=~|!~|!=|>=|<=|=|<|>)./.test(word) ? "term" : "text";
}
var COMPARISONS = { ">": (a2, b) => a2 > b, ">=": (a2, b) => a2 >= b, "<": (a2, b) => a2 < b, "<=": (a2, b) => a2 <= b };
function testOf(model, word, answers) {
  if (word === "error") return (row) => model.isError[row] === 1;
  if (word === "root") return (row) => model.parent[row] < 0;
  let compared = COMPARED.exec(word);
  if (compared) {
    let compare = COMPARISONS[compared[2]], values = compared[1] === "self" ? model.self : model.duration, percent = /^(\d+(?:\.\d+)?)%$/.exec(compared[3]), limit = percent ? Number(percent[1]) / 100 * model.durationUs : durationUsOf(compared[3]);
    return (row) => limit !== null && compare(values[row], limit);
  }
  let named = NAMED.exec(word);
  if (named) {
    let wanted = plain(named[2] ?? "").toLowerCase(), textOf = {
      service: (row) => model.services[model.service[row]]?.name ?? "",
      op: (row) => model.names[model.name[row]] ?? "",
      kind: (row) => model.kinds[row],
      remote: (row) => model.remotes[row],
      status: (row) => model.statuses[row]
    }[named[1]];
    return (row) => textOf(row).toLowerCase() === wanted;
  }
  let found = answers.get(word);
  if (kindOf(word) === "term") return (row) => found?.[row] === 1;
  let needle = plain(word).toLowerCase(), inService = Uint8Array.from(model.services, (service) => Number(service.name.toLowerCase().includes(needle))), inName = Uint8Array.from(model.names, (name) => Number(name.toLowerCase().includes(needle)));
  return (row) => inService[model.service[row]] === 1 || inName[model.name[row]] === 1 || model.statuses[row].toLowerCase().includes(needle) || model.remotes[row].toLowerCase().includes(needle) || model.ids[row] === needle || found?.[row] === 1;
}
function findIn(model, query, answers = new Map()) {
  let tests = wordsOf(query).map(({ text, negated }) => {
    let test = testOf(model, text, answers);
    return negated ? (row) => !test(row) : test;
  });
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
function FindBar({ finding, selected, q, only, onOnly, onQuery, onStep, onLeave }) {
  let t = texts().trace, f = fmt(), { matches, asking, problem } = finding;
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
    a("span", { class: "sub nowrap", role: "status", children: problem ? problem.detail ?? problem.title : matches && (matches.count === 0 ? asking ? t.findAsking : t.findNone : t.findCount(f.count(ordinalOf(matches, selected)), f.count(matches.count)) + (asking ? " …" : "")) }),
    matches && matches.count > 0 && a($, { children: [
      a("button", { type: "button", class: "btn small", "aria-pressed": only, onClick: () => onOnly(!only), children: t.findOnly }),
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.findPrevious, title: t.findPrevious, onClick: () => onStep(-1), children: a(Icon, { name: "chevron-up" }) }),
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.findNext, title: t.findNext, onClick: () => onStep(1), children: a(Icon, { name: "chevron-down" }) })
    ] })
  ] });
}

// src/pages/trace/matches.ts
var REST_MS = 250, known = new WeakMap();
function useFind(model, query) {
  let answers = known.get(model) ?? new Map();
  known.set(model, answers);
  let [version, setVersion] = d(0), [failed, setFailed] = d(null), open = w(() => questionsOf(query).filter(({ word }) => !answers.has(word)), [model, query, version]);
  A(() => {
    if (open.length === 0) return;
    let request = new AbortController(), timer = setTimeout(() => {
      let asked = open.map(async ({ word, ask }) => {
        let { rows } = await askTrace(model.traceId, ask, request.signal), flags = new Uint8Array(model.count);
        for (let row of rows) flags[row] = 1;
        answers.set(word, flags);
      });
      Promise.all(asked).then(
        () => (setFailed(null), setVersion((n) => n + 1)),
        (error) => {
          request.signal.aborted || setFailed({ query, problem: error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE } });
        }
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer), request.abort();
    };
  }, [model, open]);
  let matches = w(() => findIn(model, query, answers), [model, query, version]), problem = failed?.query === query ? failed.problem : null;
  return { matches, asking: open.length > 0 && problem === null, problem };
}

// src/pages/trace/menus.tsx
function CompareMenu({ id }) {
  let t = texts().compare, [text, setText] = d(""), [isBad, setIsBad] = d(!1), first = marked.value, go = (event) => {
    event.preventDefault();
    let other = traceIdIn(text);
    setIsBad(!other), other && navigate(href("compare", { a: other, b: id }));
  };
  return a(
    Popover,
    {
      label: t.title,
      button: a($, { children: [
        t.go,
        " ",
        a("kbd", { class: "hide-s", children: "m" })
      ] }),
      children: (close) => a($, { children: [
        a(
          MenuItem,
          {
            icon: "check",
            label: first === null ? t.mark : first === id ? t.unmark : `${t.withMarked} ${shortId(first)}`,
            run: () => {
              close(), markForCompare(id);
            }
          }
        ),
        a("form", { class: "menu-form", onSubmit: go, children: [
          a("label", { class: "field", children: [
            t.otherId,
            a("input", { class: "input mono", value: text, "aria-invalid": isBad, "aria-describedby": isBad ? "compare-bad" : void 0, onInput: (event) => setText(event.currentTarget.value) })
          ] }),
          isBad && a("p", { id: "compare-bad", class: "crit-text", children: t.badId }),
          a("button", { class: "btn", children: t.go })
        ] })
      ] })
    }
  );
}
function MoreMenu({ id }) {
  let t = texts(), download = () => {
    zipkinJson(id).then((json) => saveFile(`${id}.json`, "application/json", json));
  }, items = [
    ["link", t.palette.copyLink, copyLink],
    ["terminal", t.palette.copyCommand, copyCommand],
    ["download", t.trace.downloadJson, download],
    ["file", t.trace.openFile, openFile]
  ];
  return a(Popover, { label: t.trace.more, button: a(Icon, { name: "more" }), buttonClass: "icon-only", iconOnly: !0, children: (close) => a($, { children: [
    items.map(([icon, label, run]) => a(
      MenuItem,
      {
        icon,
        label,
        run: () => {
          close(), run();
        }
      },
      icon
    )),
    a("p", { class: "sub menu-note", children: t.trace.openHint })
  ] }) });
}
function MenuItem({ icon, label, run }) {
  return a("button", { type: "button", class: "item", onClick: run, children: [
    a(Icon, { name: icon }),
    label
  ] });
}

// src/pages/trace/bars.ts
function drawBars(ctx, palette, scene) {
  let { model, visible, view, width, height } = scene, scale = width / (view.to - view.from);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height), ctx.save(), ctx.translate(scene.left, 0), ctx.fillStyle = palette.border;
  for (let tick of scene.ticks) ctx.fillRect(Math.round((tick - view.from) * scale), 0, 1, height);
  ctx.font = `11px ${palette.font}`, ctx.textBaseline = "middle";
  for (let index = scene.first; index < scene.end; index++) {
    let row = visible[index], top = index * 26 - scene.scrollTop, isFaded = scene.matches !== null && !scene.matches[row] || scene.onlyCritical && !model.isCritical[row];
    ctx.globalAlpha = isFaded ? 0.28 : 1, scene.groups && scene.folded[row] ? drawFold(ctx, top, scale, palette, scene, scene.groups, row) : drawBar(ctx, top, scale, palette, scene, row);
  }
  ctx.restore();
}
function drawBar(ctx, top, scale, palette, scene, row) {
  let { model, view, width } = scene, from = (model.start[row] - view.from) * scale, to = from + model.duration[row] * scale, label = scene.labelOf(row), status = model.isError[row] ? model.statuses[row] || "✕" : "", left = Math.max(0, Math.min(from, width)), right = Math.min(width + 4, Math.max(to, left + (to >= 0 ? 2 : 0)));
  if (to >= 0 && from <= width) {
    let service = model.services[model.service[row]];
    ctx.fillStyle = palette.hues[service?.hue ?? 0], ctx.beginPath(), ctx.roundRect(left, top + 6, Math.max(2, right - left), 14, 2), ctx.fill(), service?.isHatched && hatch(ctx, left, top + 6, right - left, 14, palette.surface), model.isError[row] && markError(ctx, left, top + 6, Math.max(2, right - left), palette), model.isCritical[row] && (ctx.fillStyle = palette.text, ctx.fillRect(Math.max(0, left), top + 6 + 14 + 1, Math.max(2, Math.min(width, right) - Math.max(0, left)), 2));
  }
  drawLabel(ctx, top, { from: -scene.left, to: width, left: Math.max(0, left), right: Math.min(width, right) }, palette, label, status);
}
function drawFold(ctx, top, scale, palette, scene, groups, first) {
  let { model, view, width } = scene, drawnTo = -1, end = 0, failed = "";
  ctx.fillStyle = palette.hues[model.services[model.service[first]]?.hue ?? 0];
  for (let row = first; row >= 0; row = groups.next[row]) {
    let from = (model.start[row] - view.from) * scale, to = Math.min(width, from + Math.max(2, model.duration[row] * scale));
    if (end = Math.max(end, to), model.isError[row] && (failed = model.statuses[row] || "✕"), to < 0 || from > width || to <= drawnTo && !model.isError[row]) continue;
    let left2 = Math.max(0, from, drawnTo);
    ctx.fillRect(left2, top + 6, Math.max(1, to - left2), 14), model.isError[row] && (ctx.fillStyle = palette.crit, ctx.fillRect(Math.max(0, from), top + 6, 3, 14), ctx.fillStyle = palette.hues[model.services[model.service[first]]?.hue ?? 0]), drawnTo = to;
  }
  let left = Math.max(0, (model.start[first] - view.from) * scale);
  drawLabel(ctx, top, { from: -scene.left, to: width, left, right: end }, palette, scene.labelOf(first), failed);
}
function markError(ctx, x, y, width, palette) {
  ctx.fillStyle = palette.crit, ctx.beginPath(), ctx.roundRect(x - 2, y, Math.min(6, width + 2), 14, 2), ctx.fill(), ctx.strokeStyle = palette.crit, ctx.lineWidth = 1.5, ctx.beginPath(), ctx.roundRect(x - 1.5, y - 0.75, width + 2, 14 + 1.5, 3), ctx.stroke();
}
function hatch(ctx, x, y, width, height, colour) {
  ctx.save(), ctx.beginPath(), ctx.rect(x, y, width, height), ctx.clip(), ctx.strokeStyle = colour, ctx.lineWidth = 1.5, ctx.beginPath();
  for (let at = x - height; at < x + width; at += 6)
    ctx.moveTo(at, y + height), ctx.lineTo(at + height, y);
  ctx.stroke(), ctx.restore();
}
function drawLabel(ctx, top, at, palette, label, status) {
  let middle = top + 6 + 7 + 0.5;
  ctx.textAlign = "left";
  let statusPx = status ? ctx.measureText(`${status} `).width : 0, textPx = statusPx + ctx.measureText(label).width, x = at.right + 5 + (status ? 1 : 0);
  x + textPx > at.to && (x = at.left - 5 - textPx - (status ? 2 : 0)), x < at.from && (x = Math.max(at.from, at.right - textPx - 5 - 2), ctx.fillStyle = palette.surface, ctx.beginPath(), ctx.roundRect(x - 3, top + 6 + 1, textPx + 6, 12, 2), ctx.fill()), status && (ctx.fillStyle = palette.critText, ctx.fillText(status, x, middle)), ctx.fillStyle = palette.muted, ctx.fillText(label, x + statusPx, middle);
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

// src/ui/tabs.tsx
function Tabs({ label, tabs, chosen, onChoose, children }) {
  let id = P().replace(/\W/g, "");
  return a($, { children: [
    a("div", { class: "tabs", role: "tablist", "aria-label": label, onKeyDown: (event) => {
      let step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      event.preventDefault(), event.stopPropagation();
      let at = (tabs.findIndex(([key]) => key === chosen) + step + tabs.length) % tabs.length;
      onChoose(tabs[at][0]), event.currentTarget.children[at].focus();
    }, children: tabs.map(([key, text]) => a("button", { type: "button", role: "tab", id: `${id}-${key}`, "aria-selected": key === chosen, "aria-controls": `${id}-panel`, tabIndex: key === chosen ? 0 : -1, onClick: () => onChoose(key), children: text }, key)) }),
    a("div", { role: "tabpanel", id: `${id}-panel`, "aria-labelledby": `${id}-${chosen}`, children })
  ] });
}

// src/pages/trace/where.ts
function partsOf(model, row) {
  let { start, duration, size } = model, children = [];
  for (let child = row + 1; child < row + size[row]; child += Math.max(1, size[child])) children.push(child);
  children.sort((a2, b) => start[a2] - start[b]);
  let parts = new Map(), end = start[row] + duration[row], upTo = start[row];
  for (let child of children) {
    let key = model.service[child] * model.names.length + model.name[child], part = parts.get(key) ?? { service: model.service[child], name: model.name[child], calls: 0, us: 0 };
    parts.set(key, part);
    let to = Math.min(end, start[child] + duration[child]);
    part.calls++, part.us += Math.max(0, to - Math.max(upTo, start[child])), upTo = Math.max(upTo, to);
  }
  return [{ service: -1, name: -1, calls: 1, us: model.self[row] }, ...parts.values()].sort((a2, b) => b.us - a2.us);
}
function rankOf(buckets, us, least) {
  let [below, all] = [0, 0];
  for (let { fromUs, toUs, n } of buckets)
    all += n, below += n * Math.min(1, Math.max(0, (us - fromUs) / Math.max(1, toUs - fromUs + 1)));
  return all < least ? null : below / all;
}

// src/pages/trace/operation.ts
var AROUND_MS = 30 * 6e4, CALLS_MIN = 20, SIMILAR_MAX = 20, REST_MS2 = 250;
function filterOf(model, row) {
  let kind = model.kinds[row].toLowerCase(), name = model.names[model.name[row]];
  return [term("service", model.services[model.service[row]]?.name ?? ""), name && term("op", name), kind && `kind=${kind}`].filter(Boolean).join(" ");
}
function windowOf(model) {
  let middle = Math.round(model.startUs / 6e7) * 6e4;
  return { from: new Date(middle - AROUND_MS).toISOString(), to: new Date(middle + AROUND_MS).toISOString() };
}
function useRested(row) {
  let [rested, setRested] = d(-1);
  return A(() => {
    let timer = setTimeout(() => setRested(row), REST_MS2);
    return () => clearTimeout(timer);
  }, [row]), rested === row ? row : -1;
}
function useRank(model, row) {
  let url = useRested(row) < 0 || model.duration[row] <= 0 ? null : apiUrl("/aggregate", { q: filterOf(model, row), by: "duration", buckets: 8, ...windowOf(model) }), counted = useResource(url).data;
  if (!counted) return null;
  let buckets = counted.items.flatMap(({ key: [bucket], timed }) => typeof bucket == "object" && bucket !== null ? [{ ...bucket, n: timed }] : []), share = rankOf(buckets, model.duration[row], CALLS_MIN);
  return share === null ? null : { share, calls: counted.total.timed };
}
function useSimilar(model, row) {
  return useResource(apiUrl("/traces", { q: filterOf(model, row), limit: SIMILAR_MAX, ...windowOf(model) }));
}

// src/pages/trace/panel.tsx
var TABS = ["span", "tags", "logs", "links", "time", "similar"];
function SpanPanel({ model, row, isRoot, onClose, onSelect, onRoot, onFind }) {
  let t = texts(), { detail, problem, retry } = useSpanDetail(model, row), [chosenHalf, setHalf] = d(null), [tab, setTab] = d(() => TABS.find((one) => one === readChoice("spanTab")) ?? "tags"), service = model.services[model.service[row]]?.name || t.trace.unknownService, halves = detail?.halves ?? [], half = chosenHalf ?? Math.max(0, halves.findIndex((one) => one.service === service)), shown = halves[half] ?? detail, choose = (next) => {
    setTab(next), saveChoice("spanTab", next);
  }, count = (text, n) => n ? `${text} ${fmt().count(n)}` : text, tabs = [
    ["span", t.span.title],
    ["tags", count(t.span.tags, shown?.tags.length)],
    ["logs", count(t.span.logs, shown?.annotations.length)],
    ["links", count(t.span.links, shown?.links?.length)],
    ["time", t.span.summary],
    ["similar", t.span.similar]
  ], pending = problem ? a(Failure, { what: t.span.title, problem, retry }) : a(Skeleton, { rows: 4 });
  return a("div", { class: "card span-panel", children: [
    a("div", { class: "card-head", children: [
      a("h2", { class: "span-title", children: [
        a("i", { class: dotClass(model, model.service[row]), "aria-hidden": "true" }),
        " ",
        service,
        " ",
        a("span", { class: "muted", children: [
          "· ",
          model.names[model.name[row]] || t.trace.unnamed
        ] })
      ] }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.span.close, title: t.span.close, onClick: onClose, children: a(Icon, { name: "x" }) })
    ] }),
    a("div", { class: "row tight span-sum", children: [
      model.isError[row] === 1 && a(Pill, { tone: "crit", children: model.statuses[row] || t.trace.error }),
      a("b", { children: model.duration[row] > 0 ? fmt().duration(model.duration[row]) : t.span.notKnown }),
      a(Rank, { model, row }),
      a("span", { class: "spring" }),
      model.size[row] > 1 && a("button", { type: "button", class: "btn small", "aria-pressed": isRoot, onClick: () => onRoot(isRoot ? -1 : row), children: [
        t.span.onlyThis,
        " ",
        a("kbd", { children: "r" })
      ] })
    ] }),
    halves.length > 1 && a("div", { class: "row tight halves", children: [
      a("span", { class: "sub", children: t.span.halves }),
      a("div", { class: "seg", role: "group", "aria-label": t.span.halves, children: halves.map((one, i) => a("button", { type: "button", "aria-pressed": i === half, onClick: () => setHalf(i), children: [one.local?.service || one.service, one.kind?.toLowerCase()].filter(Boolean).join(" · ") }, i)) })
    ] }),
    a(Tabs, { label: t.span.title, tabs, chosen: tab, onChoose: choose, children: [
      tab === "span" && a(Facts, { model, row, detail: shown, onSelect }),
      tab === "tags" && (shown ? a(Tags, { detail: shown, onFind }) : pending),
      tab === "logs" && (shown ? a(Events, { detail: shown, startUs: model.startUs }) : pending),
      tab === "links" && (shown ? a(Links, { detail: shown }) : pending),
      tab === "time" && a(Time, { model, row }),
      tab === "similar" && (openedText(model.traceId) === void 0 ? a(Similar, { model, row }) : a("p", { class: "muted", children: t.span.similarNotStored }))
    ] })
  ] });
}
function Rank({ model, row }) {
  let t = texts().span, rank = useRank(model, row);
  if (!rank) return null;
  let percent = Math.min(99, Math.floor(rank.share * 100));
  return a("span", { class: `pill ${percent >= 95 ? "warn" : "none"}`, title: t.rankHint(fmt().share(percent / 100), fmt().count(rank.calls)), children: t.rank(String(percent)) });
}
function Facts({ model, row, detail, onSelect }) {
  let t = texts().span, f = fmt(), isHalf = detail !== void 0 && detail.halves === void 0 && detail.durationUs > 0, durationUs = isHalf ? detail.durationUs : model.duration[row], startUs = isHalf && detail.startUs > 0 ? detail.startUs - model.startUs : model.start[row], parent = model.parent[row], flags = [detail?.shared && t.shared, detail?.debug && t.debug].filter(Boolean), facts = [
    [t.duration, durationUs > 0 ? f.duration(durationUs) : t.notKnown],
    [t.selfTime, f.duration(model.self[row])],
    [t.ofTrace, f.share(model.duration[row] / model.durationUs)],
    [t.start, f.offset(startUs)],
    [t.kind, (detail?.kind ?? model.kinds[row]).toLowerCase() || t.notKnown],
    [t.remote, endpointText(detail?.remote) || model.remotes[row]],
    [t.local, endpointText(detail?.local)],
    [t.id, model.ids[row]],
    ["", flags.join(", ")]
  ];
  return a("dl", { class: "facts", children: [
    facts.filter(([, value]) => value !== "").map(([name, value]) => a("div", { children: [
      a("dt", { children: name }),
      a("dd", { children: value })
    ] }, name)),
    a("div", { children: [
      a("dt", { children: t.parent }),
      a("dd", { children: parent < 0 ? t.root : a("button", { type: "button", class: "plain link", onClick: () => onSelect(parent), children: model.ids[parent] }) })
    ] })
  ] });
}
function endpointText(endpoint) {
  if (!endpoint) return "";
  let address = endpoint.ipv4 || (endpoint.ipv6 ? `[${endpoint.ipv6}]` : ""), port = endpoint.port ? `:${endpoint.port}` : "";
  return [endpoint.service ?? "", address + port].filter(Boolean).join(" ");
}
var TERM_CHARS_MAX = 200;
function Tags({ detail, onFind }) {
  let t = texts().span;
  return detail.tags.length === 0 && !detail.resource?.length ? a("p", { class: "muted", children: t.tagsNone }) : a($, { children: [
    a(Pairs, { pairs: detail.tags, onFind }),
    (detail.resource?.length ?? 0) > 0 && a($, { children: [
      a("h3", { children: t.resource }),
      a(Pairs, { pairs: detail.resource ?? [], onFind })
    ] })
  ] });
}
function Pairs({ pairs, onFind }) {
  let t = texts().span;
  return a("table", { class: "pairs", children: a("tbody", { children: pairs.map(([name, value], i) => {
    let own = value === "" ? name : term(/^[\w.-]+$/.test(name) ? name : `tag."${name}"`, value), canFilter = onFind && value.length <= TERM_CHARS_MAX && !value.includes(`
`), include = (sign) => href("traces", {}, { ...lastTraces(), q: [lastTraces().q, sign + own].filter(Boolean).join(" ") });
    return a("tr", { children: [
      a("th", { scope: "row", children: name }),
      a("td", { children: value }),
      a("td", { class: "nowrap", children: [
        canFilter && a($, { children: [
          a("a", { class: "btn small icon-only quiet", href: include(""), "aria-label": t.include(`${name}=${value}`), title: t.include(`${name}=${value}`), children: "+" }),
          a("a", { class: "btn small icon-only quiet", href: include("-"), "aria-label": t.exclude(`${name}=${value}`), title: t.exclude(`${name}=${value}`), children: "−" }),
          a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.findHere(`${name}=${value}`), title: t.findHere(`${name}=${value}`), onClick: () => onFind(own), children: a(Icon, { name: "search" }) })
        ] }),
        a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": t.copyValue(name), title: t.copyValue(name), onClick: () => {
          copyText(value);
        }, children: a(Icon, { name: "copy" }) })
      ] })
    ] }, i);
  }) }) });
}
function Events({ detail, startUs }) {
  let t = texts().span, f = fmt();
  return detail.annotations.length === 0 ? a("p", { class: "muted", children: t.annotationsNone }) : a("ul", { class: "events", children: detail.annotations.map((annotation, i) => a("li", { children: [
    a("span", { class: "sub num", title: f.instant(annotation.timeUs / 1e3), children: f.offset(annotation.timeUs - startUs) }),
    " ",
    a("b", { children: annotation.value }),
    (annotation.tags?.length ?? 0) > 0 && a(Pairs, { pairs: annotation.tags ?? [] })
  ] }, i)) });
}
function Links({ detail }) {
  return detail.links?.length ? a("ul", { children: detail.links.map((link) => a("li", { children: a("a", { class: "link mono", href: href("trace", { id: link.traceId }, { span: link.spanId }), children: [
    shortId(link.traceId),
    " · ",
    link.spanId
  ] }) }, link.traceId + link.spanId)) }) : a("p", { class: "muted", children: texts().span.linksNone });
}
var PARTS_MAX = 12;
function Time({ model, row }) {
  let t = texts(), f = fmt(), parts = partsOf(model, row).slice(0, PARTS_MAX), whole = Math.max(1, model.duration[row]);
  return a("table", { class: "shares", children: a("tbody", { children: parts.map((part) => a("tr", { children: [
    a("th", { scope: "row", children: [
      part.service < 0 ? t.span.itself : a($, { children: [
        a("i", { class: dotClass(model, part.service), "aria-hidden": "true" }),
        " ",
        model.services[part.service]?.name || t.trace.unknownService,
        " ",
        a("span", { class: "muted", children: model.names[part.name] }),
        part.calls > 1 && a("span", { class: "sub", children: [
          " ",
          t.trace.times(f.count(part.calls))
        ] })
      ] }),
      a("span", { class: "part-bar", "aria-hidden": "true", children: a("i", { style: { width: `${part.us / whole * 100}%` } }) })
    ] }),
    a("td", { class: "num", children: f.duration(part.us) }),
    a("td", { class: "num", children: f.share(part.us / whole) })
  ] }, `${part.service} ${part.name}`)) }) });
}
function Similar({ model, row }) {
  let t = texts(), f = fmt(), list = useSimilar(model, row);
  return a(Loaded, { resource: list, what: t.span.similar, rows: 4, children: ({ items }) => {
    let others = items.filter(({ traceId }) => traceId !== model.traceId);
    return a($, { children: [
      others.length === 0 && a("p", { class: "muted", children: t.span.similarNone }),
      a("ul", { class: "similar", children: others.map((other) => a("li", { children: [
        a("a", { class: "link mono", href: href("trace", { id: other.traceId }), children: shortId(other.traceId) }),
        a("span", { class: "sub", children: f.time(other.startUs / 1e3, nowMs.value) }),
        a("span", { class: "spring" }),
        other.errors > 0 && a(Pill, { tone: "crit", children: f.count(other.errors) }),
        a("span", { class: "num", children: f.duration(other.durationUs) }),
        a("a", { class: "btn small", href: href("compare", { a: other.traceId, b: model.traceId }), children: t.compare.go })
      ] }, other.traceId)) }),
      a("a", { class: "link", href: href("traces", {}, { q: filterOf(model, row), ...windowOf(model) }), children: t.span.similarAll })
    ] });
  } });
}

// src/pages/trace/summary.tsx
var SHOWN_MAX = 12;
function Summary({ model, onFind }) {
  let t = texts(), f = fmt(), [byOperation, setByOperation] = d(!1), shares = w(() => sharesOf(model, byOperation), [model, byOperation]), serviceOf = (of) => model.services[of.service].name;
  return a("div", { class: "card", children: [
    a("div", { class: "card-head", children: [
      a("h2", { children: t.span.summary }),
      a("span", { class: "spring" }),
      a("div", { class: "seg", role: "group", "aria-label": t.span.summary, children: [!1, !0].map((operation) => a("button", { type: "button", "aria-pressed": operation === byOperation, onClick: () => setByOperation(operation), children: operation ? t.span.byOperation : t.span.byService }, String(operation))) })
    ] }),
    a("p", { class: "sub", children: t.span.summaryHint }),
    a("div", { class: "share-bar", "aria-hidden": "true", children: shares.slice(0, 40).map((of) => of.share > 0 && a("i", { class: dotClass(model, of.service), style: { flexGrow: of.share } }, `${of.service} ${of.name}`)) }),
    a("table", { class: "shares", children: [
      a("thead", { children: a("tr", { children: [
        a("th", { scope: "col", children: byOperation ? t.span.byOperation : t.span.byService }),
        a("th", { scope: "col", class: "num", children: t.span.selfTime }),
        a("th", { scope: "col", class: "num", children: t.span.share }),
        a("th", { scope: "col", class: "num", children: t.traces.spans })
      ] }) }),
      a("tbody", { children: shares.slice(0, SHOWN_MAX).map((of) => a("tr", { children: [
        a("th", { scope: "row", children: a("button", { type: "button", class: "plain", onClick: () => onFind([term("service", serviceOf(of)), of.name >= 0 && term("op", model.names[of.name])].filter(Boolean).join(" ")), children: [
          a("i", { class: dotClass(model, of.service), "aria-hidden": "true" }),
          " ",
          serviceOf(of) || t.trace.unknownService,
          of.name >= 0 && a("span", { class: "muted", children: [
            " ",
            model.names[of.name] || t.trace.unnamed
          ] }),
          of.errors > 0 && a("span", { class: "pill bare crit", children: [
            " ",
            t.trace.errorCount(of.errors, f.count(of.errors))
          ] })
        ] }) }),
        a("td", { class: "num", children: f.duration(of.selfUs) }),
        a("td", { class: "num", children: f.share(of.share) }),
        a("td", { class: "num", children: f.count(of.spans) })
      ] }, `${of.service} ${of.name}`)) })
    ] })
  ] });
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
  let { model, matches, texts: texts2, fmt: fmt2 } = state, row = state.visible[index], depth = model.depth[row] - state.depth, calls = state.groups && state.folded[row] ? state.groups.calls[row] : 0, isSelected = row === state.selected, isParent = model.size[row] > 1 || calls > 0, isClosed = state.collapsed[row] === 1 || calls > 0, isMatch = matches !== null && matches[row] === 1, isFaded = matches !== null && !isMatch || state.onlyCritical && !model.isCritical[row], bits = Number(isSelected) | Number(isClosed) << 1 | Number(isFaded) << 2 | Number(isMatch) << 3, top = `translateY(${index * 26}px)`;
  slot.el.style.transform !== top && (slot.el.style.transform = top), !(slot.row === row && slot.state === bits) && ((slot.row !== row || slot.state < 0) && (slot.el.hidden = !1, slot.el.setAttribute("aria-level", String(depth + 1)), slot.nameCell.style.paddingLeft = `${4 + Math.min(depth, INDENT_LEVELS_MAX) * state.indent}px`, slot.dot.className = dotClass(model, model.service[row]), slot.service.textContent = model.services[model.service[row]]?.name || texts2.trace.unknownService, slot.name.textContent = ` ${model.names[model.name[row]] || texts2.trace.unnamed}`, slot.words.textContent = wordsOf2(state, row, calls)), slot.row = row, slot.state = bits, slot.el.setAttribute("aria-rowindex", String(index + 1)), slot.el.setAttribute("aria-selected", String(isSelected)), isParent ? slot.el.setAttribute("aria-expanded", String(!isClosed)) : slot.el.removeAttribute("aria-expanded"), slot.el.className = `wf-row${isSelected ? " selected" : ""}${isFaded ? " faded" : ""}${isMatch ? " match" : ""}`, slot.twisty.className = `wf-twisty${isParent ? isClosed ? " closed" : " open" : ""}`, slot.badge.textContent = calls > 0 ? texts2.trace.times(fmt2.count(calls)) : isClosed ? texts2.trace.hidden(fmt2.count(model.size[row] - 1)) : depth > INDENT_LEVELS_MAX ? `↳${depth}` : "");
}
function wordsOf2({ model, groups, texts: texts2, fmt: fmt2 }, row, calls) {
  let t = texts2.trace, durationUs = calls > 0 && groups ? groups.sumUs[row] : model.duration[row];
  return [
    calls > 0 ? t.foldedCalls(fmt2.count(calls)) : "",
    durationUs > 0 ? fmt2.duration(durationUs) : "",
    t.startsAt(fmt2.offset(model.start[row])),
    model.isError[row] ? model.statuses[row] ? t.errorStatus(model.statuses[row]) : t.error : "",
    model.isCritical[row] ? t.onCritical : "",
    model.size[row] > 1 && calls === 0 ? t.hiddenLabel(fmt2.count(model.size[row] - 1)) : ""
  ].filter(Boolean).join(", ");
}

// src/pages/trace/waterfall.ts
var OVERSCAN_ROWS = 4, INDENT_PX = 14, INDENT_PX_NARROW = 9, NAMES_NARROW_PX = 300, NAME_SHARE = 0.34, NAME_SHARE_NARROW = 0.45, NAME_PX_MIN = 150, NARROW_PX = 640, TICK_PX = 110, BARS_PADDING_PX = 6, LABEL_GUTTER_PX = 54, Waterfall = class {
  constructor(box, model, texts2, fmt2, events) {
    this.box = box;
    this.model = model;
    this.texts = texts2;
    this.fmt = fmt2;
    this.events = events;
    this.axis = element("div", "wf-axis", box), this.axis.setAttribute("aria-hidden", "true"), this.scroller = element("div", "wf-scroll", box, "treegrid"), this.scroller.tabIndex = 0, this.scroller.setAttribute("aria-colcount", "2"), this.canvas = document.createElement("canvas"), this.canvas.className = "wf-bars", this.canvas.setAttribute("aria-hidden", "true"), this.scroller.append(this.canvas), this.rowsBox = element("div", "wf-rows", this.scroller), this.rows = new RowRing(this.rowsBox), this.palette = readPalette(box), this.scroller.addEventListener("scroll", () => this.schedule(), { passive: !0 }), this.scroller.addEventListener("keydown", (event) => this.onKeyDown(event)), this.scroller.addEventListener("click", (event) => this.onClick(event)), this.scroller.addEventListener("dblclick", (event) => this.rowAt(event) >= 0 && this.events.onRoot(this.rowAt(event))), this.scroller.addEventListener("pointerdown", (event) => event.pointerType === "touch" && this.fingers.set(event.pointerId, event.clientX)), this.scroller.addEventListener("pointermove", (event) => this.onFinger(event));
    for (let name of ["pointerup", "pointercancel"]) this.scroller.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
    this.scroller.addEventListener("wheel", (event) => this.onWheel(event), { passive: !1 }), this.observer = new ResizeObserver(() => this.resize()), this.observer.observe(this.scroller), this.setModel(model);
  }
  box;
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
  // What is out of sight (model.ts, Hiding).
  collapsed = new Uint8Array(0);
  folded = new Uint8Array(0);
  groups = null;
  root = -1;
  only = null;
  /** Fingers on the bars: two of them zoom. */
  fingers = new Map();
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
    this.observer.disconnect(), cancelAnimationFrame(this.frame), this.box.replaceChildren();
  }
  // ---- what the page says ----
  setModel(model) {
    this.model = model, this.collapsed = new Uint8Array(model.count), this.folded = new Uint8Array(model.count), this.groups = null, this.view = { from: 0, to: model.durationUs }, this.relayout();
  }
  setLanguage(texts2, fmt2, label) {
    this.texts = texts2, this.fmt = fmt2, this.scroller.setAttribute("aria-label", label), this.rewrite();
  }
  setSelected(row) {
    row !== this.selected && (this.selected = row, row >= 0 && (reveal(this.model, this, row) && this.relayout(), indexOfRow(this.visible, row) < 0 && this.root >= 0 && !this.isUnderRoot(row) && this.events.onRoot(-1), this.show(row)), this.schedule());
  }
  setMatches(matches) {
    this.matches = matches, this.rewrite();
  }
  /** Of the rows only these and the ones above them; null for all. */
  setOnly(flags) {
    this.only = flags && withAncestors(this.model.parent, flags), this.relayout();
  }
  /** The subtree of this row alone; −1 for the whole trace. */
  setRoot(row) {
    row !== this.root && (this.root = row, this.relayout(), this.selected >= 0 && this.show(this.selected));
  }
  setOnlyCritical(on) {
    this.onlyCritical = on, this.rewrite();
  }
  /** Without telling the page, which said so itself. */
  setView(view) {
    this.view = clampView(view, this.model.durationUs), this.schedule();
  }
  refreshPalette() {
    this.palette = readPalette(this.box), this.schedule();
  }
  // ---- what the reader does ----
  focus() {
    this.scroller.focus({ preventScroll: !0 });
  }
  collapseAll() {
    for (let row = 0; row < this.model.count; row++) this.collapsed[row] = this.model.size[row] > 1 ? 1 : 0;
    this.climbOut(), this.relayout();
  }
  expandAll() {
    this.collapsed.fill(0), this.relayout(), this.selected >= 0 && this.show(this.selected);
  }
  /** Folds rows like the selected one, everywhere, or unfolds them. */
  foldLike() {
    let { model, selected } = this;
    if (selected < 0) return;
    this.groups ??= groupsOf(model);
    let on = this.folded[this.groups.first[selected]] ? 0 : 1;
    this.fold((row) => model.service[row] === model.service[selected] && model.name[row] === model.name[selected], on);
  }
  /** Folds all repeated siblings, or unfolds everything. */
  foldAll() {
    this.fold(() => !0, this.folded.includes(1) ? 0 : 1);
  }
  fold(isMeant, on) {
    let groups = this.groups ??= groupsOf(this.model);
    for (let row = 0; row < this.model.count; row++) groups.calls[row] > 1 && isMeant(row) && (this.folded[row] = on);
    let first = this.selected < 0 ? -1 : groups.first[this.selected];
    on && first >= 0 && first !== this.selected && this.folded[first] && this.select(first), this.climbOut(), this.relayout();
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
  isUnderRoot(row) {
    return row >= this.root && row < this.root + this.model.size[this.root];
  }
  toggle(row) {
    if (this.folded[row]) this.folded[row] = 0;
    else {
      if (this.model.size[row] <= 1) return;
      this.collapsed[row] ^= 1;
    }
    this.climbOut(), this.relayout();
  }
  /** A selection inside a closed subtree moves up to the row that closed it. */
  climbOut() {
    let top = -1;
    for (let at = this.selected; at >= 0; at = this.model.parent[at]) {
      let first = this.groups?.first[at] ?? at;
      this.folded[first] && first !== this.selected ? top = first : at !== this.selected && this.collapsed[at] && (top = at);
    }
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
      this.zoom(event.deltaY < 0 ? 0.6 : 1 / 0.6, (event.clientX - box.left - this.gutter) / this.width);
    } else event.shiftKey && event.deltaY !== 0 && (event.preventDefault(), this.moveView(panView(this.view, Math.sign(event.deltaY) * 0.15, this.model.durationUs)));
  }
  zoom(factor, anchor) {
    this.moveView(zoomView(this.view, factor, Math.min(1, Math.max(0, anchor)), this.model.durationUs));
  }
  onFinger(event) {
    if (!this.fingers.has(event.pointerId)) return;
    let spread = () => Math.max(24, Math.abs(Math.max(...this.fingers.values()) - Math.min(...this.fingers.values()))), before = spread();
    if (this.fingers.set(event.pointerId, event.clientX), this.fingers.size !== 2) return;
    let middle = [...this.fingers.values()].reduce((sum, x) => sum + x, 0) / 2;
    this.zoom(before / spread(), (middle - this.canvas.getBoundingClientRect().left - this.gutter) / this.width);
  }
  onKeyDown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    let index = indexOfRow(this.visible, this.selected), page = Math.max(1, Math.floor(this.height / 26) - 1), goTo = (to) => this.visible.length > 0 && this.select(this.visible[Math.min(this.visible.length - 1, Math.max(0, to))]), step = {
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
    row < 0 || this.model.size[row] <= 1 && !this.folded[row] || (this.collapsed[row] || this.folded[row] ? this.toggle(row) : this.select(row + 1));
  }
  closeOrLeave() {
    let row = this.selected;
    row < 0 || (this.model.size[row] > 1 && !this.collapsed[row] && !this.folded[row] ? this.toggle(row) : this.model.parent[row] >= 0 && this.select(this.model.parent[row]));
  }
  // ---- painting ----
  relayout() {
    this.visible = visibleRows(this.model, this), this.rowsBox.style.height = `${this.visible.length * 26}px`, this.scroller.setAttribute("aria-rowcount", String(this.visible.length)), this.rewrite();
  }
  resize() {
    let width = this.scroller.clientWidth, before = this.height;
    this.height = this.scroller.clientHeight, this.height < before && this.selected >= 0 && this.show(this.selected);
    let nameWidth = Math.round(Math.max(NAME_PX_MIN, width * (width < NARROW_PX ? NAME_SHARE_NARROW : NAME_SHARE))), indent = nameWidth < NAMES_NARROW_PX ? INDENT_PX_NARROW : INDENT_PX;
    indent !== this.indent && this.rows.forget(), this.indent = indent, this.gutter = width < NARROW_PX ? 0 : LABEL_GUTTER_PX, this.width = Math.max(0, width - nameWidth - this.gutter - BARS_PADDING_PX), this.box.style.setProperty("--wf-name", `${nameWidth}px`), this.box.style.setProperty("--wf-bars", `${nameWidth + this.gutter}px`), this.box.style.setProperty("--wf-height", `${this.height}px`), this.paint();
  }
  show(row) {
    let index = indexOfRow(this.visible, row);
    if (index < 0) return;
    let height = this.scroller.clientHeight, top = scrollToShow(index, this.scroller.scrollTop, height, 26, 1);
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
    let scrollTop = this.scroller.scrollTop, { first, end } = visibleSpan(scrollTop, this.height, 26, this.visible.length, OVERSCAN_ROWS), { model, visible, collapsed, groups, folded, selected, matches, onlyCritical, indent, texts: texts2, fmt: fmt2 } = this, depth = this.root < 0 ? 0 : model.depth[this.root];
    this.rows.fill(first, end, Math.ceil(this.height / 26) + 2 * OVERSCAN_ROWS + 1, { model, visible, collapsed, groups, folded, depth, selected, matches, onlyCritical, indent, texts: texts2, fmt: fmt2 });
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
      onlyCritical,
      groups,
      folded,
      labelOf: (row) => {
        let isFold = groups !== null && folded[row] === 1, us = isFold ? groups.sumUs[row] : model.duration[row];
        return us > 0 ? `${isFold ? "Σ " : ""}${fmt2.duration(us)}` : "";
      }
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

// src/pages/trace/timeline.tsx
function Timeline(props) {
  let { model, title, selected, root, view, flags, only, onlyCritical, handle } = props, t = texts(), f = fmt(), box = T(null), waterfall = T(void 0), latest = T(props);
  latest.current = props;
  let chosen = T({ newest: selected, pending: !1 });
  return A(() => {
    let made = new Waterfall(box.current, model, t, f, {
      onSelect: (row) => {
        row !== chosen.current.newest && (chosen.current = { newest: row, pending: !0 }, latest.current.onSelect(row));
      },
      onView: (next) => latest.current.onView(next),
      onOpen: () => latest.current.onOpen(),
      onRoot: (row) => latest.current.onRoot(row)
    });
    return waterfall.current = made, handle.current = made, () => {
      made.destroy(), handle.current = null;
    };
  }, [model]), A(() => waterfall.current?.setView(view), [model, view.from, view.to]), A(() => waterfall.current?.setLanguage(t, f, t.trace.grid(title)), [model, t, title]), A(() => waterfall.current?.setMatches(flags), [model, flags]), A(() => waterfall.current?.setOnly(only ? flags : null), [model, flags, only]), A(() => waterfall.current?.setRoot(root), [model, root]), A(() => waterfall.current?.setOnlyCritical(onlyCritical), [model, onlyCritical]), A(() => {
    chosen.current.pending && selected !== chosen.current.newest || (chosen.current = { newest: selected, pending: !1 }, waterfall.current?.setSelected(selected));
  }, [model, selected]), A(() => waterfall.current?.refreshPalette(), [model, paletteVersion.value]), a("div", { class: "wf", ref: box });
}

// src/pages/trace/trace.tsx
var TraceFlame = lazy(() => import("./traceflame.js").then((module) => module.TraceFlame)), TraceTable = lazy(() => import("./tracetable.js").then((module) => module.TraceTable)), TraceMap = lazy(() => import("./tracemap.js").then((module) => module.TraceMap)), TraceJson = lazy(() => import("./tracejson.js").then((module) => module.TraceJson)), DOCK_BELOW_ROWS_MAX = 16;
function TracePage({ id, query }) {
  let t = texts().trace, known2 = /^[0-9a-f]{1,32}$/i.test(id) ? id.toLowerCase() : null, trace = useTrace(known2), model = w(() => trace.data ? modelOf(trace.data) : null, [trace.data]), title = model && model.count > 0 ? rootTitle(model) : t.title;
  return useTitle(title, model ? `${title} · ${shortId(id)}` : title), model && model.count > 0 ? a(TraceView, { model, query, title, gaps: trace.data?.partial ?? [] }) : a("section", { class: "card", children: !known2 || trace.problem?.status === 404 || model ? a(Empty, { title: t.notFound, children: [
    a("p", { children: known2 ? t.notFoundText(id) : t.badId(id) }),
    a("div", { class: "row tight", children: [
      a("a", { class: "btn", href: href("traces", {}), children: t.toTraces }),
      a("button", { type: "button", class: "btn", onClick: openFile, children: t.openFile })
    ] })
  ] }) : trace.problem ? a(Failure, { what: t.title, problem: trace.problem, retry: trace.retry }) : a(Skeleton, { rows: 14 }) });
}
function rootTitle(model) {
  return model.names[model.name[0]] || model.services[model.service[0]]?.name || texts().trace.title;
}
function changeQuery(change, replace = !0) {
  let here = place.peek();
  here.name === "trace" && navigate(href("trace", here.path, { ...here.query, ...change }), { replace });
}
function viewText(view, model) {
  return isWhole(view, model.durationUs) ? "" : `${Math.round(view.from)}-${Math.round(view.to)}`;
}
function viewOf(text, model) {
  let match = /^(\d+)-(\d+)$/.exec(text);
  return clampView(match ? { from: Number(match[1]), to: Number(match[2]) } : { from: 0, to: model.durationUs }, model.durationUs);
}
function TraceView({ model, query, title, gaps }) {
  let t = texts(), panel = T(null), timeline = T(null), [span, setSpan] = useSettled(query.span, (value) => changeQuery({ span: value })), [find, setFind] = useSettled(query.q, (value) => changeQuery(value ? { q: value } : { q: "", only: !1 })), [viewed, setViewed] = useSettled(query.from && `${query.from}-${query.to}`, (value) => {
    let [from = "", to = ""] = value.split("-");
    changeQuery({ from, to });
  }), [dock, setDock] = d(() => readChoice("traceDock") ?? (model.count > DOCK_BELOW_ROWS_MAX ? "right" : "below")), selected = w(() => span ? model.ids.indexOf(span) : -1, [model, span]), root = w(() => query.root ? model.ids.indexOf(query.root) : -1, [model, query.root]), finding = useFind(model, find), { matches } = finding, view = viewOf(viewed, model), setView = (next) => setViewed(viewText(clampView(next, model.durationUs), model)), select = (row) => setSpan(row < 0 ? "" : model.ids[row]), fitTo = (row) => row < 0 ? { from: 0, to: model.durationUs } : fitView(model.start[row], model.duration[row], model.durationUs), reRoot = (row) => {
    let [from = "", to = ""] = viewText(fitTo(row), model).split("-");
    changeQuery({ root: row < 0 ? "" : model.ids[row], from, to }, !1);
  }, goTo = (flags, step) => {
    let row = nextFlagged(flags, selected < 0 ? step > 0 ? -1 : 0 : selected, step);
    row >= 0 && select(row);
  }, goToMatch = (step) => matches && matches.count > 0 && goTo(matches.flags, step), findThis = (q) => {
    setFind(q), (query.view === "map" || query.view === "json") && changeQuery({ view: "timeline" }, !1);
  }, toggleCritical = () => changeQuery({ cp: !query.cp }), toggleDock = () => {
    let next = dock === "right" ? "below" : "right";
    setDock(next), saveChoice("traceDock", next);
  }, zoom = (factor) => () => setView(zoomView(view, factor, 0.5, model.durationUs)), pan = (share) => () => setView(panView(view, share, model.durationUs)), keys = t.keys, key = (keys2, label, run) => ({ keys: keys2, label, group: "trace", run });
  useKeys([
    key("ArrowLeft", keys.collapse, null),
    key("ArrowRight", keys.collapse, null),
    key("Shift+ArrowLeft", keys.level, null),
    key("Shift+ArrowRight", keys.level, null),
    key("[", keys.collapseAll, () => timeline.current?.collapseAll()),
    key("]", keys.collapseAll, () => timeline.current?.expandAll()),
    key("h", keys.foldLike, () => timeline.current?.foldLike()),
    key("Shift+H", keys.foldAll, () => timeline.current?.foldAll()),
    key("r", keys.root, () => reRoot(selected === root ? -1 : selected)),
    key("+", keys.zoom, zoom(0.6)),
    key("-", keys.zoom, zoom(1 / 0.6)),
    key("w", keys.zoom, zoom(0.6)),
    key("s", keys.zoom, zoom(1 / 0.6)),
    key("a", keys.pan, pan(-0.15)),
    key("d", keys.pan, pan(0.15)),
    key("f", keys.fit, () => selected >= 0 && setView(fitTo(selected))),
    key("0", keys.reset, () => root >= 0 ? reRoot(-1) : setView(fitTo(-1))),
    key("c", keys.critical, toggleCritical),
    key("e", keys.error, () => goTo(model.isError, 1)),
    key(".", keys.error, () => goTo(model.isError, 1)),
    key(",", keys.error, () => goTo(model.isError, -1)),
    key("n", keys.match, () => {
      goToMatch(1);
    }),
    key("Shift+N", keys.match, () => {
      goToMatch(-1);
    }),
    key("m", t.compare.mark, () => markForCompare(model.traceId)),
    key("x", t.compare.mark, () => markForCompare(model.traceId)),
    ...TRACE_VIEWS.map((name, i) => key(String(i + 1), keys.view, () => changeQuery({ view: name }, !1)))
  ]);
  let props = {
    model,
    title,
    selected,
    root,
    view,
    flags: matches?.flags ?? null,
    only: query.only && matches !== null,
    onlyCritical: query.cp,
    onSelect: select,
    onRoot: reRoot,
    onView: setView,
    onFind: findThis,
    onOpen: () => panel.current?.focus()
  }, isTimed = query.view === "timeline" || query.view === "flame";
  return a($, { children: [
    a(Head, { model, query, onCritical: toggleCritical }),
    a(Banners, { model, gaps, root, onRoot: reRoot }),
    a("div", { class: `trace-grid dock-${dock}`, children: [
      a("section", { class: "card waterfall-card", "aria-label": t.trace.grid(title), children: [
        a("div", { class: "wf-tools", children: [
          a(
            FindBar,
            {
              finding,
              selected,
              q: find,
              only: query.only,
              onOnly: (only) => changeQuery({ only }),
              onQuery: setFind,
              onStep: goToMatch,
              onLeave: () => document.querySelector(".wf-scroll, .flame, .v-grid")?.focus()
            }
          ),
          a("div", { class: "wf-buttons", children: [
            query.view === "timeline" && a($, { children: [
              a(Tool, { icon: "collapse", label: t.trace.collapseAll, run: () => timeline.current?.collapseAll() }),
              a(Tool, { icon: "expand", label: t.trace.expandAll, run: () => timeline.current?.expandAll() }),
              a(Tool, { icon: "fold", label: t.trace.foldAll, run: () => timeline.current?.foldAll() })
            ] }),
            isTimed && a($, { children: [
              a(Tool, { icon: "zoom-out", label: t.trace.zoomOut, run: zoom(1 / 0.6) }),
              a(Tool, { icon: "zoom-in", label: t.trace.zoomIn, run: zoom(0.6) }),
              a(Tool, { icon: "maximize", label: t.trace.zoomReset, run: () => setView(fitTo(-1)) })
            ] }),
            a("span", { class: "hide-dock", children: a(Tool, { icon: dock === "right" ? "dock-below" : "dock-right", label: dock === "right" ? t.trace.dockBelow : t.trace.dockRight, run: toggleDock }) })
          ] })
        ] }),
        isTimed && a(Minimap, { model, view, onView: setView }),
        query.view === "timeline" && a(Timeline, { ...props, handle: timeline }),
        query.view === "flame" && a(TraceFlame, { ...props }),
        query.view === "table" && a(TraceTable, { ...props }),
        query.view === "map" && a(TraceMap, { ...props }),
        query.view === "json" && a(TraceJson, { ...props })
      ] }),
      a("section", { class: `trace-panel${selected >= 0 ? " open" : ""}`, ref: panel, tabIndex: -1, "aria-label": t.span.title, children: selected >= 0 ? a(SpanPanel, { model, row: selected, isRoot: selected === root, onClose: () => setSpan(""), onSelect: select, onRoot: reRoot, onFind: findThis }, selected) : a(Summary, { model, onFind: findThis }) })
    ] })
  ] });
}
function Head({ model, query, onCritical }) {
  let t = texts().trace, f = fmt(), names = { timeline: t.timeline, flame: t.flameView, table: t.tableView, map: t.mapView, json: t.json };
  return a("div", { class: "row", children: [
    a("button", { type: "button", class: "btn quiet small mono trace-id", title: `${t.copyId}: ${model.traceId}`, onClick: () => {
      copyText(model.traceId);
    }, children: [
      shortId(model.traceId),
      a(Icon, { name: "copy" }),
      a("span", { class: "sr", children: t.copyId })
    ] }),
    model.errors > 0 && a(Pill, { tone: "crit", children: t.errorCount(model.errors, f.count(model.errors)) }),
    a("span", { class: "muted", children: [
      t.duration,
      " ",
      a("b", { class: "strong", children: f.duration(model.durationUs) }),
      " · ",
      t.spanCount(model.spans, f.count(model.spans)),
      " · ",
      t.serviceCount(model.services.length),
      " ·",
      " ",
      a("time", { dateTime: new Date(model.startUs / 1e3).toISOString(), title: f.instant(model.startUs / 1e3), children: f.time(model.startUs / 1e3, nowMs.value) })
    ] }),
    a("span", { class: "spring" }),
    a("div", { class: "seg", role: "group", "aria-label": t.views, children: TRACE_VIEWS.map((name) => a("button", { type: "button", "aria-pressed": name === query.view, onClick: () => changeQuery({ view: name }, !1), children: names[name] }, name)) }),
    a("button", { type: "button", class: "btn", "aria-pressed": query.cp, onClick: onCritical, children: [
      t.critical,
      " ",
      a("kbd", { class: "hide-s", children: "c" })
    ] }),
    a(CompareMenu, { id: model.traceId }),
    a(MoreMenu, { id: model.traceId })
  ] });
}
function Banners({ model, gaps, root, onRoot }) {
  let t = texts().trace, f = fmt(), missing = f.count(model.missingParents), gapWords = (gap) => gap.limit ? `${gap.limit} = ${gap.max}` : `${gap.damaged}: ${gap.fact}`;
  return a($, { children: [
    root >= 0 && a(
      Banner,
      {
        tone: "info",
        action: a("button", { type: "button", class: "btn small", onClick: () => onRoot(-1), children: t.zoomReset }),
        children: t.subtree(`${model.services[model.service[root]]?.name ?? ""} ${model.names[model.name[root]]}`, f.count(model.size[root]), f.count(model.count))
      }
    ),
    openedText(model.traceId) !== void 0 && a(Banner, { tone: "info", children: t.opened }),
    gaps.length > 0 && a(Banner, { tone: "warn", children: t.partial(gaps.map(gapWords).join(", ")) }),
    model.missingParents > 0 && a(Banner, { tone: "warn", children: t.missing(model.missingParents, missing, model.missingIds.slice(0, 3).map(shortId).join(", ")) }),
    model.skews.length > 0 && a(Banner, { tone: "info", children: t.skew(f.list(model.skews.map(({ service, aheadUs }) => `${service} ${f.offset(aheadUs)}`))) })
  ] });
}
function Tool({ icon, label, run }) {
  return a("button", { type: "button", class: "btn small icon-only quiet", "aria-label": label, title: label, onClick: run, children: a(Icon, { name: icon }) });
}
export {
  TracePage
};
