import {
  A,
  T,
  a,
  boxOf,
  cellsOf,
  coloursOf,
  d,
  durationTicks,
  fitCanvas,
  fmt,
  mixed,
  paletteVersion,
  quantileOf,
  startOfColumn,
  sumOf,
  texts,
  timeTicks,
  wholeOf
} from "./chunk.js";

// src/ui/heatdraw.ts
var LEFT_PX = 52, RIGHT_PX = 6, BOTTOM_PX = 20, GAP_PX = 8, LEVEL_MIN = 0.22, CROSS_PX_MIN = 7, DOT_PX = 2.5, HEAT_COLOURS = {
  sunk: "--sunk",
  cold: "--s1",
  failLight: "--s2",
  failHeavy: "--s3",
  crit: "--crit-fill",
  text: "--text",
  muted: "--muted",
  border: "--border",
  surface: "--surface",
  accent: "--accent"
}, Scale = class {
  constructor(grid, width, height, stripPx) {
    this.grid = grid;
    this.width = width;
    this.height = height;
    this.stripPx = stripPx;
    this.right = width - RIGHT_PX, this.top = stripPx > 0 ? stripPx + GAP_PX : 6, this.bottom = height - BOTTOM_PX;
    let { rows } = grid;
    this.lowLog = Math.log(Math.max(0.5, rows[0]?.fromUs ?? 1)), this.highLog = Math.log((rows[rows.length - 1]?.toUs ?? 1) + 1);
  }
  grid;
  width;
  height;
  stripPx;
  right;
  top;
  bottom;
  lowLog;
  highLog;
  x(ms) {
    let { fromMs, toMs } = this.grid;
    return LEFT_PX + Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs))) * (this.right - LEFT_PX);
  }
  y(us) {
    let share = (Math.log(Math.max(0.5, us)) - this.lowLog) / (this.highLog - this.lowLog);
    return this.bottom - share * (this.bottom - this.top);
  }
  ms(x) {
    let { fromMs, toMs } = this.grid;
    return fromMs + Math.min(1, Math.max(0, (x - LEFT_PX) / (this.right - LEFT_PX))) * (toMs - fromMs);
  }
  us(y) {
    let share = Math.min(1, Math.max(0, (this.bottom - y) / (this.bottom - this.top)));
    return Math.exp(this.lowLog + share * (this.highLog - this.lowLog));
  }
  column(x) {
    return Math.min(this.grid.columns - 1, Math.max(0, Math.floor((this.ms(x) - startOfColumn(this.grid, 0)) / this.grid.stepMs)));
  }
  row(y) {
    let us = this.us(y), row = this.grid.rows.findIndex(({ toUs }) => us < toUs + 1);
    return row < 0 ? this.grid.rows.length - 1 : row;
  }
  left(column) {
    return this.x(startOfColumn(this.grid, column));
  }
};
function drawHeat(ctx, scene) {
  let { scale, colours } = scene;
  ctx.clearRect(0, 0, scale.width, scale.height), ctx.font = `11px ${scene.font}`, drawAxes(ctx, scene), scale.stripPx > 0 && drawStrip(ctx, scale, colours), scene.dots ? drawDots(ctx, scale, colours, scene.dots) : drawCells(ctx, scale, colours);
}
function drawAxes(ctx, { scale, colours, tick, offsetMs, duration }) {
  let { grid, right, bottom, top } = scale, { stepMs, at } = timeTicks(grid.fromMs, grid.toMs, Math.max(2, Math.floor((right - LEFT_PX) / 96)), offsetMs(grid.toMs));
  ctx.textBaseline = "middle", ctx.textAlign = "center";
  for (let ms of at) {
    let x = Math.round(scale.x(ms));
    ctx.fillStyle = colours.border, ctx.fillRect(x, 0, 1, bottom);
    let text = tick(ms, stepMs), half = ctx.measureText(text).width / 2;
    ctx.fillStyle = colours.muted, ctx.fillText(text, Math.min(scale.width - half, Math.max(half, x)), bottom + BOTTOM_PX / 2 + 2);
  }
  let { rows } = grid;
  if (rows.length !== 0) {
    ctx.textAlign = "right";
    for (let us of durationTicks(rows[0].fromUs, rows[rows.length - 1].toUs, Math.floor((bottom - top) / 26))) {
      let y = Math.round(scale.y(us));
      ctx.fillStyle = colours.border, ctx.fillRect(LEFT_PX, y, right - LEFT_PX, 1), ctx.fillStyle = colours.muted, ctx.fillText(duration(us), LEFT_PX - 6, Math.min(bottom - 5, Math.max(top + 5, y)));
    }
  }
}
function drawStrip(ctx, scale, colours) {
  let { grid, stripPx } = scale, most = grid.allSpans.reduce((max, n) => Math.max(max, n), 1), heightOf = (n) => n === 0 ? 0 : Math.max(1.5, Math.sqrt(n / most) * stripPx);
  for (let c = 0; c < grid.columns; c++) {
    let left = scale.left(c), width = Math.max(1, scale.left(c + 1) - left - 1);
    for (let [n, colour] of [[grid.allSpans[c], mixed(colours.surface, colours.muted, 0.45)], [grid.allErrors[c], colours.crit]])
      ctx.fillStyle = colour, ctx.fillRect(left, stripPx - heightOf(n), width, heightOf(n));
  }
  ctx.fillStyle = colours.border, ctx.fillRect(LEFT_PX, stripPx, scale.right - LEFT_PX, 1);
}
function drawCells(ctx, scale, colours) {
  let { grid } = scale, n = grid.rows.length, most = Math.log1p(grid.spans.reduce((max, count) => Math.max(max, count), 1)), level = (count) => LEVEL_MIN + (1 - LEVEL_MIN) * (Math.log1p(count) / most);
  for (let c = 0; c < grid.columns; c++) {
    let left = scale.left(c), width = Math.max(1, scale.left(c + 1) - left - 0.5);
    for (let r = 0; r < n; r++) {
      let count = grid.spans[c * n + r];
      if (count === 0) continue;
      let failed = grid.errors[c * n + r], bottom = scale.y(grid.rows[r].fromUs), top = scale.y(grid.rows[r].toUs + 1), height = Math.max(1, bottom - top - 0.5);
      if (ctx.fillStyle = mixed(colours.sunk, colours.cold, level(count)), ctx.fillRect(left, top, width, height), failed === 0) continue;
      let part = Math.max(Math.min(3, width), width * failed / count);
      ctx.fillStyle = mixed(colours.failLight, colours.failHeavy, Math.log1p(failed) / most), ctx.fillRect(left, top, part, height), Math.min(part, height) >= CROSS_PX_MIN && drawCross(ctx, left + part / 2, top + height / 2, 2, colours.surface);
    }
  }
}
function drawDots(ctx, scale, colours, dots) {
  for (let failed of [0, 1])
    for (let i = 0; i < dots.startMs.length; i++) {
      if (+(dots.error[i] > 0) !== failed) continue;
      let x = scale.x(dots.startMs[i]), y = scale.y(dots.durationUs[i]);
      if (failed) {
        drawCross(ctx, x, y, DOT_PX + 0.5, colours.crit);
        continue;
      }
      ctx.fillStyle = colours.cold, ctx.globalAlpha = 0.65, ctx.beginPath(), ctx.arc(x, y, DOT_PX, 0, 2 * Math.PI), ctx.fill(), ctx.globalAlpha = 1;
    }
}
function drawCross(ctx, x, y, half, colour) {
  ctx.strokeStyle = colour, ctx.lineWidth = 1.6, ctx.beginPath(), ctx.moveTo(x - half, y - half), ctx.lineTo(x + half, y + half), ctx.moveTo(x - half, y + half), ctx.lineTo(x + half, y - half), ctx.stroke();
}

// src/ui/heatmap.tsx
var DRAG_PX_MIN = 4, DOT_REACH_PX = 8;
function Heatmap({ label, grid, dots = null, box, onBox, onZoom, onDot, threshold, height = 220, stripPx = 36, dimmed }) {
  let t = texts().chart, f = fmt(), stage = T(null), canvas = T(null), [width, setWidth] = d(0), [cursor, setCursor] = d(null), [draft, setDraft] = d(null), [pointed, setPointed] = d(""), [said, setSaid] = d(""), [isKeyed, setKeyed] = d(!1), drag = T(null), anchor = T(null), version = paletteVersion.value, scale = new Scale(grid, width, height, stripPx), hasRows = grid.rows.length > 0;
  A(() => {
    let observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    return observer.observe(stage.current), () => observer.disconnect();
  }, []), A(() => {
    if (width === 0) return;
    let ctx = fitCanvas(canvas.current, width, height), el = stage.current;
    ctx && drawHeat(ctx, { scale, dots, colours: coloursOf(el, HEAT_COLOURS), font: getComputedStyle(el).fontFamily, tick: f.tick, offsetMs: f.offsetMs, duration: f.duration });
  }, [grid, dots, width, height, version, f]), A(() => setCursor(null), [grid]);
  let cellText = (cells) => {
    let { fromMs, toMs, fromUs, toUs } = boxOf(grid, cells), { spans, errors } = sumOf(grid, cells);
    return t.cell(f.time(fromMs, grid.toMs), f.time(toMs, grid.toMs), f.duration(fromUs), f.duration(toUs + 1), spans, f.count(spans), f.count(errors));
  }, columnText = (c) => t.column(f.time(startOfColumn(grid, c), grid.toMs), f.time(startOfColumn(grid, c + 1), grid.toMs), grid.allSpans[c], f.count(grid.allSpans[c]), f.count(grid.allErrors[c])), at = (event) => {
    let rect = canvas.current.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }, dotAt = (x, y) => {
    let best = -1, reach = DOT_REACH_PX;
    return dots?.startMs.forEach((ms, i) => {
      let away = Math.hypot(scale.x(ms) - x, scale.y(dots.durationUs[i]) - y);
      away < reach && ([best, reach] = [i, away]);
    }), best;
  }, cellsBetween = (a2, b, isTime) => {
    let [c0, c1] = [scale.column(a2.x), scale.column(b.x)].sort((m, n) => m - n), [r0, r1] = isTime ? [0, Math.max(0, grid.rows.length - 1)] : [scale.row(a2.y), scale.row(b.y)].sort((m, n) => m - n);
    return { c0, c1, r0, r1 };
  }, inStrip = (y) => stripPx > 0 && y < stripPx;
  function onPointerMove(event) {
    let here = at(event), from = drag.current;
    if (from) {
      from.moved ||= Math.hypot(here.x - from.x, here.y - from.y) >= DRAG_PX_MIN, from.moved && setDraft({ cells: cellsBetween(from, here, inStrip(from.y)), isTime: inStrip(from.y) });
      return;
    }
    if (here.x < LEFT_PX) return setPointed("");
    if (inStrip(here.y) || !hasRows) return setPointed(columnText(scale.column(here.x)));
    let dot = dotAt(here.x, here.y);
    dot >= 0 && dots ? setPointed(t.dot(f.time(dots.startMs[dot], grid.toMs), f.duration(dots.durationUs[dot]), dots.error[dot] > 0)) : setPointed(cellText(cellsBetween(here, here, !1)));
  }
  function onPointerUp(event) {
    let from = drag.current;
    if (drag.current = null, setDraft(null), !from) return;
    let here = at(event);
    if (inStrip(from.y)) {
      if (!from.moved || !onZoom) return;
      let { c0, c1 } = cellsBetween(from, here, !0);
      onZoom(Math.max(grid.fromMs, startOfColumn(grid, c0)), Math.min(grid.toMs, startOfColumn(grid, c1 + 1)));
      return;
    }
    if (!hasRows) return;
    let cells = cellsBetween(from, here, !1), dot = from.moved ? -1 : dotAt(here.x, here.y);
    dot >= 0 && onDot ? onDot(dot) : from.moved || !box && sumOf(grid, cells).spans > 0 ? onBox(boxOf(grid, cells)) : onBox(null);
  }
  function onKeyDown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !hasRows) return;
    let now = cursor ?? firstCell(grid, box), { columns, rows } = grid, go = (c, r) => {
      let next = { c: Math.min(columns - 1, Math.max(0, c)), r: Math.min(rows.length - 1, Math.max(0, r)) };
      event.shiftKey ? anchor.current ??= now : anchor.current = null;
      let from = anchor.current ?? next, cells = { c0: Math.min(from.c, next.c), c1: Math.max(from.c, next.c), r0: Math.min(from.r, next.r), r1: Math.max(from.r, next.r) };
      setCursor(next), setDraft(anchor.current ? { cells, isTime: !1 } : null), setSaid(cellText(cells));
    }, move = {
      ArrowLeft: () => go(now.c - (cursor ? 1 : 0), now.r),
      ArrowRight: () => go(now.c + (cursor ? 1 : 0), now.r),
      ArrowUp: () => go(now.c, now.r + (cursor ? 1 : 0)),
      ArrowDown: () => go(now.c, now.r - (cursor ? 1 : 0)),
      Home: () => go(0, now.r),
      End: () => go(columns - 1, now.r),
      PageUp: () => go(now.c, rows.length - 1),
      PageDown: () => go(now.c, 0),
      Enter: () => {
        onBox(boxOf(grid, draft?.cells ?? { c0: now.c, c1: now.c, r0: now.r, r1: now.r })), anchor.current = null, setDraft(null);
      },
      Escape: () => {
        anchor.current = null, draft ? setDraft(null) : onBox(null);
      },
      z: () => {
        let part = draft ? boxOf(grid, draft.cells) : box;
        part && onZoom?.(part.fromMs, part.toMs);
      }
    }[event.key];
    !move || event.key === "Escape" && !draft && !box || (event.preventDefault(), event.stopPropagation(), move());
  }
  let chosen = draft?.cells ?? cellsOf(grid, box);
  return a("div", { class: `heat${dimmed ? " dimmed" : ""}`, children: [
    a(
      "div",
      {
        ref: stage,
        class: "heat-stage",
        style: { height: `${height}px` },
        role: "application",
        "aria-label": label,
        "aria-roledescription": t.heatmap,
        "aria-describedby": "heat-keys",
        tabIndex: 0,
        onKeyDown,
        onFocus: (event) => setKeyed(event.currentTarget.matches(":focus-visible")),
        onBlur: () => {
          setKeyed(!1), setCursor(null), setSaid("");
        },
        onPointerDown: (event) => {
          event.button !== 0 || at(event).x < LEFT_PX || (drag.current = { ...at(event), moved: !1 }, event.currentTarget.setPointerCapture(event.pointerId));
        },
        onPointerMove,
        onPointerUp,
        onPointerCancel: () => {
          drag.current = null, setDraft(null);
        },
        onPointerLeave: () => setPointed(""),
        children: [
          a("canvas", { ref: canvas, "aria-hidden": "true" }),
          width > 0 && chosen && a(Frame, { scale, cells: chosen, class: draft?.isTime ? "heat-box time" : "heat-box", isTime: draft?.isTime }),
          width > 0 && cursor && a(Frame, { scale, cells: { c0: cursor.c, c1: cursor.c, r0: cursor.r, r1: cursor.r }, class: "heat-cursor" }),
          width > 0 && threshold && hasRows && a(Threshold, { scale, threshold })
        ]
      }
    ),
    a("p", { class: "heat-readout sub", "aria-hidden": "true", children: draft ? cellText(draft.cells) : pointed || said || (isKeyed ? t.keys : onZoom && stripPx > 0 ? t.hintZoom : t.hint) }),
    a("span", { class: "sr", id: "heat-keys", children: t.keys }),
    a("span", { class: "sr", role: "status", children: said })
  ] });
}
function firstCell(grid, box) {
  let cells = cellsOf(grid, box);
  if (cells) return { c: cells.c0, r: cells.r1 };
  let n = grid.rows.length, c = Math.max(0, grid.allSpans.findLastIndex((count) => count > 0)), r = 0;
  for (let i = 0; i < n; i++) grid.spans[c * n + i] > grid.spans[c * n + r] && (r = i);
  return { c, r };
}
function Frame({ scale, cells, class: name, isTime }) {
  let { rows } = scale.grid, left = scale.left(cells.c0), top = isTime || rows.length === 0 ? 0 : scale.y(rows[cells.r1].toUs + 1), bottom = isTime || rows.length === 0 ? scale.bottom : scale.y(rows[cells.r0].fromUs);
  return a("i", { class: name, style: { left: `${left}px`, width: `${scale.left(cells.c1 + 1) - left}px`, top: `${top}px`, height: `${bottom - top}px` } });
}
function Threshold({ scale, threshold }) {
  let f = fmt(), { rows } = scale.grid, { us, label, onMove } = threshold, style = { top: `${scale.y(us)}px`, left: `${LEFT_PX}px`, width: `${scale.right - LEFT_PX}px` }, text = `${label} ${f.duration(us)}`;
  if (!onMove) return a("div", { class: "heat-threshold", style, children: a("b", { children: text }) });
  let step = (by) => {
    let row = Math.max(0, rows.findIndex((bucket) => us <= bucket.toUs));
    onMove(rows[Math.min(rows.length - 1, Math.max(0, row + by))].toUs + 1);
  };
  return a(
    "div",
    {
      class: "heat-threshold movable",
      style,
      role: "slider",
      tabIndex: 0,
      "aria-orientation": "vertical",
      "aria-label": label,
      "aria-valuemin": Math.round(rows[0].fromUs / 1e3),
      "aria-valuemax": Math.round((rows[rows.length - 1].toUs + 1) / 1e3),
      "aria-valuenow": Math.round(us / 1e3),
      "aria-valuetext": f.duration(us),
      onKeyDown: (event) => {
        let by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
        by && (event.preventDefault(), event.stopPropagation(), step(by));
      },
      onPointerDown: (event) => {
        event.stopPropagation(), event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        if (event.stopPropagation(), !event.currentTarget.hasPointerCapture(event.pointerId)) return;
        let top = event.currentTarget.parentElement.getBoundingClientRect().top;
        onMove(Math.max(1, Math.round(scale.us(event.clientY - top))));
      },
      onPointerUp: (event) => event.stopPropagation(),
      children: a("b", { children: text })
    }
  );
}
function HeatTable({ grid, label, onBox }) {
  let t = texts().chart, f = fmt(), columns = Array.from({ length: grid.columns }, (_, i) => grid.columns - 1 - i).filter((c) => grid.allSpans[c] > 0), quantile = (c, q) => {
    let us = quantileOf(grid, c, q);
    return us === null ? "–" : f.duration(us);
  };
  return a("div", { class: "heat-table", tabIndex: 0, role: "region", "aria-label": label, children: a("table", { children: [
    a("thead", { children: a("tr", { children: [
      a("th", { scope: "col", children: t.time }),
      [t.spans, t.errors, t.median, t.p99].map((head) => a("th", { scope: "col", class: "num", children: head }, head))
    ] }) }),
    a("tbody", { children: columns.map((c) => a("tr", { children: [
      a("td", { children: a("button", { type: "button", class: "btn small quiet", disabled: grid.rows.length === 0, onClick: () => onBox(boxOf(grid, { ...wholeOf(grid), c0: c, c1: c })), children: f.time(Math.max(grid.fromMs, startOfColumn(grid, c)), grid.toMs) }) }),
      a("td", { class: "num", children: f.count(grid.allSpans[c]) }),
      a("td", { class: "num", children: f.count(grid.allErrors[c]) }),
      a("td", { class: "num", children: quantile(c, 0.5) }),
      a("td", { class: "num", children: quantile(c, 0.99) })
    ] }, c)) })
  ] }) });
}
export {
  HeatTable,
  Heatmap
};
