import {
  $,
  Icon,
  VirtualRows,
  a,
  d,
  dotClass,
  fmt,
  saveFile,
  texts,
  w
} from "./chunk.js";

// src/pages/trace/csv.ts
function sortedRows(model, { root, only, key, down }) {
  let first = Math.max(0, root), end = root < 0 ? model.count : root + model.size[root], rows = Int32Array.from({ length: end - first }, (_, i) => first + i).filter((row) => !only || only[row] === 1), sign = down ? -1 : 1;
  if (key === "start" || key === "duration" || key === "self") {
    let values = model[key];
    return rows.sort((a2, b) => sign * (values[a2] - values[b]) || a2 - b);
  }
  let textOf = (row) => key === "service" ? model.services[model.service[row]]?.name ?? "" : key === "name" ? model.names[model.name[row]] ?? "" : key === "kind" ? model.kinds[row] : model.statuses[row], place = new Map([...new Set(Array.from(rows, textOf))].sort().map((text, i) => [text, i])), places = new Map(Array.from(rows, (row) => [row, place.get(textOf(row)) ?? 0]));
  return rows.sort((a2, b) => sign * ((places.get(a2) ?? 0) - (places.get(b) ?? 0)) || a2 - b);
}
function cell(value) {
  if (typeof value == "number") return String(value);
  let text = /^[=+@\t-]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function csvOf(model, rows) {
  let lines = ["spanId,parentId,service,operation,kind,startUs,durationUs,selfUs,error,status,depth"];
  for (let row of rows) {
    let parent = model.parent[row], values = [
      model.ids[row],
      parent < 0 ? "" : model.ids[parent],
      model.services[model.service[row]]?.name ?? "",
      model.names[model.name[row]] ?? "",
      model.kinds[row],
      model.startUs + model.start[row],
      model.duration[row],
      model.self[row],
      model.isError[row],
      model.statuses[row],
      model.depth[row]
    ];
    lines.push(values.map(cell).join(","));
  }
  return `${lines.join(`\r
`)}\r
`;
}

// src/pages/trace/tracetable.tsx
var ROW_PX = 28;
function TraceTable({ model, title, selected, root, flags, only, onlyCritical, onSelect, onRoot, onOpen }) {
  let t = texts(), f = fmt(), [sort, setSort] = d({ key: "start", down: !1 }), rows = w(() => sortedRows(model, { root, only: only ? flags : null, ...sort }), [model, root, only, flags, sort]), active = w(() => rows.indexOf(selected), [rows, selected]), heads = [
    ["service", t.slo.service],
    ["name", t.span.byOperation],
    ["kind", t.span.kind],
    ["start", t.span.start, !0],
    ["duration", t.span.duration, !0],
    ["self", t.span.selfTime, !0],
    ["status", t.span.status]
  ];
  return a($, { children: [
    a("div", { class: "row tight table-tools", children: [
      a("span", { class: "sub", role: "status", children: t.trace.spanCount(rows.length, f.count(rows.length)) }),
      a("span", { class: "spring" }),
      a("button", { type: "button", class: "btn small", onClick: () => saveFile(`${model.traceId}.csv`, "text/csv", csvOf(model, rows)), children: [
        a(Icon, { name: "download" }),
        "CSV"
      ] })
    ] }),
    a(
      VirtualRows,
      {
        label: t.trace.grid(title),
        role: "grid",
        class: "span-table",
        count: rows.length,
        rowPx: ROW_PX,
        active,
        onMove: (index) => onSelect(rows[index]),
        onOpen,
        onKey: (event) => event.key !== "Escape" ? !1 : (onSelect(-1), !0),
        head: heads.map(([key, text, isNumber]) => a("span", { role: "columnheader", class: isNumber ? "num" : "", "aria-sort": sort.key !== key ? "none" : sort.down ? "descending" : "ascending", children: a("button", { type: "button", class: "plain", onClick: () => setSort({ key, down: sort.key === key ? !sort.down : isNumber === !0 && key !== "start" }), children: [
          text,
          sort.key === key && (sort.down ? " ↓" : " ↑")
        ] }) }, key)),
        rowProps: (index) => ({
          class: flags && !flags[rows[index]] || onlyCritical && !model.isCritical[rows[index]] ? "same" : "",
          onDblClick: () => onRoot(rows[index])
        }),
        cells: (index) => {
          let row = rows[index];
          return a($, { children: [
            a("span", { role: "gridcell", children: [
              a("i", { class: dotClass(model, model.service[row]), "aria-hidden": "true" }),
              " ",
              model.services[model.service[row]]?.name || t.trace.unknownService
            ] }),
            a("span", { role: "gridcell", children: model.names[model.name[row]] || t.trace.unnamed }),
            a("span", { role: "gridcell", children: model.kinds[row].toLowerCase() }),
            a("span", { role: "gridcell", class: "num", children: f.offset(model.start[row]) }),
            a("span", { role: "gridcell", class: "num", children: model.duration[row] > 0 ? f.duration(model.duration[row]) : "" }),
            a("span", { role: "gridcell", class: "num", children: f.duration(model.self[row]) }),
            a("span", { role: "gridcell", class: model.isError[row] ? "crit-text" : "", children: model.isError[row] ? `✕ ${model.statuses[row] || t.trace.error}` : model.statuses[row] })
          ] });
        }
      }
    )
  ] });
}
export {
  TraceTable
};
