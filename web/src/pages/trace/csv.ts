/** Sorting of a trace's rows, and their figures as comma-separated values. Pure. */

import type { TraceModel } from "./model";

export type SortKey = "service" | "name" | "kind" | "start" | "duration" | "self" | "status";

interface Wanted {
  root: number;
  only: Uint8Array | null;
  key: SortKey;
  down: boolean;
}

/** Rows of the subtree, by one of their figures; equal ones in the order of the tree. */
export function sortedRows(model: TraceModel, { root, only, key, down }: Wanted): Int32Array {
  const first = Math.max(0, root);
  const end = root < 0 ? model.count : root + model.size[root];
  const rows = Int32Array.from({ length: end - first }, (_, i) => first + i).filter((row) => !only || only[row] === 1);
  const sign = down ? -1 : 1;
  if (key === "start" || key === "duration" || key === "self") {
    const values = model[key];
    return rows.sort((a, b) => sign * (values[a] - values[b]) || a - b);
  }
  // Texts repeat: the distinct ones are put in order once, and rows sort by their places.
  const textOf = (row: number) => (key === "service" ? (model.services[model.service[row]]?.name ?? "") : key === "name" ? (model.names[model.name[row]] ?? "") : key === "kind" ? model.kinds[row] : model.statuses[row]);
  const place = new Map([...new Set(Array.from(rows, textOf))].sort().map((text, i) => [text, i]));
  const places = new Map(Array.from(rows, (row) => [row, place.get(textOf(row)) ?? 0]));
  return rows.sort((a, b) => sign * ((places.get(a) ?? 0) - (places.get(b) ?? 0)) || a - b);
}

/** A cell: quoted where it must be, and never a formula, whoever opens the file. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+@\t-]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf(model: TraceModel, rows: Int32Array): string {
  const lines = ["spanId,parentId,service,operation,kind,startUs,durationUs,selfUs,error,status,depth"];
  for (const row of rows) {
    const parent = model.parent[row];
    const values = [
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
      model.depth[row],
    ];
    lines.push(values.map(cell).join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}
