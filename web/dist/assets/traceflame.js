import {
  $,
  A,
  T,
  a,
  d,
  fitCanvas,
  fmt,
  paletteVersion,
  readPalette,
  texts,
  tickLabel,
  ticksOf,
  w,
  zoomView
} from "./chunk.js";

// src/pages/trace/lanes.ts
function lanesOf(model, root) {
  let { start, duration, depth } = model, first = Math.max(0, root), end = root < 0 ? model.count : root + model.size[root], order = Int32Array.from({ length: end - first }, (_, i) => first + i).sort((a2, b) => depth[a2] - depth[b] || start[a2] - start[b]), lane = new Int32Array(model.count).fill(-1), base = 0, busyUntil = [], level = -1;
  for (let row of order) {
    depth[row] !== level && (base += busyUntil.length, busyUntil = [], level = depth[row]);
    let at = busyUntil.findIndex((until) => until <= start[row]);
    at < 0 && (at = Math.min(busyUntil.length, 31)), busyUntil[at] = Math.max(busyUntil[at] ?? 0, start[row] + duration[row]), lane[row] = base + at;
  }
  let count = base + busyUntil.length, rows = order.sort((a2, b) => lane[a2] - lane[b] || start[a2] - start[b]), from = new Int32Array(count + 1);
  for (let row of rows) from[lane[row] + 1]++;
  for (let i = 0; i < count; i++) from[i + 1] += from[i];
  return { count, lane, rows, from };
}
function rowAt({ rows, from }, model, lane, us, slackUs) {
  let found = -1;
  for (let i = from[lane]; i < from[lane + 1]; i++) {
    let row = rows[i];
    if (model.start[row] - slackUs > us) break;
    model.start[row] + model.duration[row] + slackUs >= us && (found = row);
  }
  return found;
}

// src/pages/trace/traceflame.tsx
var LANE_PX = 18, AXIS_PX = 20, LABEL_PX_MIN = 34, FADED = 0.25;
function TraceFlame(props) {
  let { model, selected, root, view, flags, onlyCritical, onSelect, onRoot, onView, onOpen } = props, t = texts().trace, f = fmt(), scroller = T(null), canvas = T(null), lanes = w(() => lanesOf(model, root), [model, root]), [hovered, setHovered] = d(-1), [size, setSize] = d({ width: 0, height: 0 }), version = paletteVersion.value, palette = w(() => scroller.current ? readPalette(scroller.current) : null, [version, size.width > 0]);
  A(() => {
    let el = scroller.current, observer = new ResizeObserver(() => setSize({ width: el.clientWidth, height: el.clientHeight }));
    return observer.observe(el), () => observer.disconnect();
  }, []);
  let nameOf = (row) => `${model.services[model.service[row]]?.name || t.unknownService} ${model.names[model.name[row]] || t.unnamed}`;
  A(() => {
    let el = scroller.current;
    if (!el || !palette || size.width === 0) return;
    let frame = 0, draw = () => {
      frame = 0;
      let ctx = fitCanvas(canvas.current, size.width, size.height);
      ctx && drawFlame(ctx, palette, { model, lanes, view, flags, onlyCritical, selected, width: size.width, height: size.height, scrollTop: el.scrollTop, nameOf });
    }, later = () => frame ||= requestAnimationFrame(draw);
    return draw(), el.addEventListener("scroll", later, { passive: !0 }), () => {
      el.removeEventListener("scroll", later), cancelAnimationFrame(frame);
    };
  }, [model, lanes, view, flags, onlyCritical, selected, size, palette]), A(() => {
    let el = scroller.current;
    if (!el || selected < 0 || lanes.lane[selected] < 0) return;
    let top = lanes.lane[selected] * LANE_PX;
    (top < el.scrollTop || top + LANE_PX + AXIS_PX > el.scrollTop + el.clientHeight) && (el.scrollTop = Math.max(0, top - el.clientHeight / 2));
  }, [selected, lanes]);
  let at = (event) => {
    let box = canvas.current.getBoundingClientRect(), lane = Math.floor((event.clientY - box.top - AXIS_PX + scroller.current.scrollTop) / LANE_PX), usPerPx = (view.to - view.from) / size.width;
    return event.clientY - box.top < AXIS_PX || lane < 0 || lane >= lanes.count ? -1 : rowAt(lanes, model, lane, view.from + (event.clientX - box.left) * usPerPx, usPerPx * 2);
  }, onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    let go = {
      ArrowUp: () => selected === root ? selected : model.parent[selected],
      ArrowDown: () => model.size[selected] > 1 ? selected + 1 : selected,
      ArrowLeft: () => neighbour(lanes, selected, -1),
      ArrowRight: () => neighbour(lanes, selected, 1),
      Home: () => Math.max(0, root)
    };
    if (event.key === "Enter" && selected >= 0) onOpen();
    else if (event.key === "Escape") onSelect(-1);
    else if (go[event.key]) {
      let row = selected < 0 ? Math.max(0, root) : go[event.key]();
      row >= 0 && onSelect(row);
    } else return;
    event.preventDefault(), event.stopPropagation();
  }, shown = hovered >= 0 ? hovered : selected, words = shown < 0 ? t.flameHint : `${nameOf(shown)}, ${f.duration(model.duration[shown])}, ${t.startsAt(f.offset(model.start[shown]))}${model.isError[shown] ? `, ${t.errorStatus(model.statuses[shown])}` : ""}`;
  return a($, { children: [
    a(
      "div",
      {
        ref: scroller,
        class: "flame",
        role: "application",
        "aria-label": t.flame(props.title),
        tabIndex: 0,
        onKeyDown,
        onPointerMove: (event) => setHovered(at(event)),
        onPointerLeave: () => setHovered(-1),
        onClick: (event) => onSelect(at(event)),
        onDblClick: (event) => at(event) >= 0 && onRoot(at(event)),
        onWheel: (event) => {
          !event.ctrlKey && !event.metaKey || (event.preventDefault(), onView(zoomView(view, event.deltaY < 0 ? 0.6 : 1 / 0.6, event.offsetX / size.width, model.durationUs)));
        },
        children: [
          a("canvas", { ref: canvas, "aria-hidden": "true" }),
          a("div", { style: { height: `${Math.max(0, lanes.count * LANE_PX + AXIS_PX - size.height)}px` } })
        ]
      }
    ),
    a("p", { class: "sub clip flame-words", children: words }),
    a("span", { class: "sr", role: "status", children: selected >= 0 ? words : "" })
  ] });
}
function neighbour({ lane, rows, from }, row, step) {
  let [begin, end] = [from[lane[row]], from[lane[row] + 1]], at = rows.subarray(begin, end).indexOf(row) + step;
  return at < 0 || at >= end - begin ? row : rows[begin + at];
}
function drawFlame(ctx, palette, flame) {
  let { model, lanes, view, width, height, scrollTop } = flame, scale = width / (view.to - view.from);
  ctx.clearRect(0, 0, width, height), ctx.font = `11px ${palette.font}`, ctx.textBaseline = "middle", ctx.textAlign = "left";
  let first = Math.max(0, Math.floor(scrollTop / LANE_PX)), last = Math.min(lanes.count, Math.ceil((scrollTop + height) / LANE_PX));
  for (let lane = first; lane < last; lane++) {
    let y = AXIS_PX + lane * LANE_PX - scrollTop, drawnTo = -1;
    for (let i = lanes.from[lane]; i < lanes.from[lane + 1]; i++) {
      let row = lanes.rows[i], from = (model.start[row] - view.from) * scale;
      if (from > width) break;
      let to = from + model.duration[row] * scale;
      to < 0 || to <= drawnTo && !model.isError[row] && !flame.flags?.[row] && row !== flame.selected || (drawSpan(ctx, palette, flame, row, Math.max(0, from), Math.min(width, Math.max(to, from + 1)), y), drawnTo = Math.max(drawnTo, Math.max(to, from + 1)));
    }
  }
  ctx.globalAlpha = 1, ctx.fillStyle = palette.surface, ctx.fillRect(0, 0, width, AXIS_PX);
  let ticks = ticksOf(view, Math.max(2, Math.floor(width / 110))), step = ticks.length > 1 ? ticks[1] - ticks[0] : model.durationUs;
  for (let tick of ticks) {
    let x = Math.round((tick - view.from) * scale);
    ctx.fillStyle = palette.border, ctx.fillRect(x, 0, 1, AXIS_PX), ctx.fillStyle = palette.muted, x < width - 50 && ctx.fillText(tickLabel(tick, step, view.to), x + 4, AXIS_PX / 2);
  }
}
function drawSpan(ctx, palette, { model, flags, onlyCritical, selected, nameOf }, row, left, right, y) {
  let isFaded = flags !== null && !flags[row] || onlyCritical && !model.isCritical[row], width = right - left;
  ctx.globalAlpha = isFaded ? FADED : 1, ctx.fillStyle = palette.hues[model.services[model.service[row]]?.hue ?? 0], ctx.fillRect(left, y, Math.max(1, width - (width > 3 ? 1 : 0)), LANE_PX - 2), model.isError[row] && (ctx.fillStyle = palette.crit, ctx.fillRect(left, y, Math.min(4, width), LANE_PX - 2), ctx.fillRect(left, y + LANE_PX - 4, width, 2)), row === selected && (ctx.strokeStyle = palette.text, ctx.lineWidth = 2, ctx.strokeRect(left + 1, y + 1, Math.max(2, width - 3), LANE_PX - 4)), !(width < LABEL_PX_MIN) && (ctx.save(), ctx.beginPath(), ctx.rect(left, y, width - 4, LANE_PX), ctx.clip(), ctx.fillStyle = palette.onHues[model.services[model.service[row]]?.hue ?? 0], ctx.fillText(nameOf(row), left + (model.isError[row] ? 7 : 4), y + LANE_PX / 2 - 0.5), ctx.restore());
}
export {
  TraceFlame
};
