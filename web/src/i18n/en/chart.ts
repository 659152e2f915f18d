/** English texts of charts that more than one page draws. */

import { plural } from "../plural";

const failing = (errors: string) => (errors === "0" ? "" : `, ${errors} failed`);

export const chartTexts = {
  chart: {
    heatmap: "heat-map",
    hint: "Drag a box to select.",
    hintZoom: "Drag a box to select. Drag over the columns to zoom in.",
    keys: "Arrow keys move between cells, with Shift they draw a box, Enter selects it, z zooms in, Escape clears it.",
    cell: (from: string, to: string, low: string, high: string, n: number, spans: string, errors: string) => `${from} – ${to} · ${low} – ${high} · ${spans} ${plural(n, "span", "spans")}${failing(errors)}`,
    column: (from: string, to: string, n: number, spans: string, errors: string) => `${from} – ${to} · ${spans} ${plural(n, "span", "spans")}${failing(errors)}`,
    dot: (at: string, duration: string, failed: boolean) => `${at} · ${duration}${failed ? " · failed" : ""}`,
    asTable: "View as table",
    asChart: "View as chart",
    time: "From",
    spans: "Spans",
    errors: "Errors",
    median: "Median",
    p99: "99th percentile",
  },
};
