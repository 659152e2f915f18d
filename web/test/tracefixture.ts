/** Traces as the server sends them, from a line a span. */

import type { TraceColumns } from "../src/api/types";

export type Row = [service: string, name: string, startUs: number, durationUs: number, parent: number, error?: boolean];

/** Rows in display order, as the server sends them. */
export function traceOf(rows: Row[]): TraceColumns {
  const services = [...new Set(rows.map((row) => row[0]))];
  const names = [...new Set(rows.map((row) => row[1]))];
  const size = rows.map(() => 1);
  for (let i = rows.length - 1; i > 0; i--) if (rows[i][4] >= 0) size[rows[i][4]] += size[i];
  const depth: number[] = [];
  for (const row of rows) depth.push(row[4] < 0 ? 0 : depth[row[4]] + 1);
  return {
    traceId: "5af7183fb1d4cf5f",
    start: "2026-11-25T00:00:00Z",
    startUs: 1,
    durationUs: Math.max(...rows.map((row) => row[2] + row[3])),
    spans: rows.length,
    errors: rows.filter((row) => row[5]).length,
    missingParents: 0,
    skewCorrected: 0,
    services: services.map((name, color) => ({ name, color })),
    names,
    rows: {
      id: rows.map((_, i) => i.toString(16).padStart(16, "0")),
      parent: rows.map((row) => row[4]),
      depth,
      size,
      service: rows.map((row) => services.indexOf(row[0])),
      name: rows.map((row) => names.indexOf(row[1])),
      kind: rows.map(() => "SERVER"),
      startUs: rows.map((row) => row[2]),
      durationUs: rows.map((row) => row[3]),
      error: rows.map((row) => (row[5] ? 1 : 0)),
      critical: rows.map(() => 0),
      remote: rows.map(() => ""),
      status: rows.map((row) => (row[5] ? "503" : "")),
    },
  };
}
