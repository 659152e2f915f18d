/** Invented answers about spans: counted by time and duration or by names, facets, what sets a selection apart. */

import { random, SERVICES, SMALL_ID } from "./fixtures.mjs";

const STEP_US = 60_000_000;
const OPS = ["get /profile/{id}", "post /score", "get /ranking", "post /items/{id}/buy"];
const none = { cut: null, tookUs: 4_200, next: null };
const sums = (spans, errors = 0) => ({ spans, errors, timed: spans, durationSumUs: spans * 40_000, durationMaxUs: 2_400_000 });

/** The bucket of `us` at two for each doubling, as the server writes it. */
function bucket(us) {
  const doubling = 2 ** Math.floor(Math.log2(us));
  const half = us >= doubling * 1.5;
  return { fromUs: half ? doubling * 1.5 : doubling, toUs: half ? doubling * 2 - 1 : doubling * 1.5 - 1 };
}

function heatmap(to) {
  const next = random(7);
  const items = [];
  let total = 0;
  let errors = 0;
  const first = Math.floor((to - 3_600_000) / 60_000) * 60_000;
  for (let slice = 0; slice <= 60; slice++) {
    for (let us = 4_096; us < 3_000_000; us *= Math.SQRT2) {
      const spans = Math.floor(400 * next() ** 3 * Math.exp(-((Math.log2(us / 30_000) / 2.4) ** 2)));
      if (spans === 0) continue;
      const failed = slice > 44 && slice < 52 && next() < 0.5 ? Math.ceil(spans * next()) : 0;
      items.push({ key: [new Date(first + slice * 60_000).toISOString(), bucket(Math.ceil(us))], ...sums(spans, failed) });
      total += spans;
      errors += failed;
    }
  }
  return { by: ["time", "duration"], stepUs: STEP_US, bucketsPerDoubling: 2, total: sums(total, errors), items };
}

function groups(by) {
  const next = random(11);
  const items = SERVICES.flatMap((service, i) =>
    OPS.map((op, j) => {
      const parts = { service: [service, `service=${service}`], op: [op, `op="${op}"`], error: [i === 3, i === 3 ? "error" : "-error"] };
      const pairs = by.map((name) => parts[name] ?? [`${name}-${j}`, `${name}=${name}-${j}`]);
      const spans = Math.ceil(9_000 * next() ** 4);
      return { key: pairs.map(([value]) => value), terms: pairs.map(([, term]) => term), ...sums(spans, i === 3 ? Math.ceil(spans / 8) : 0), p50Us: 12_000 * (i + 1), p90Us: 40_000 * (j + 1), p99Us: 180_000 * (j + 1) };
    }),
  ).sort((a, b) => b.spans - a.spans);
  const spans = items.reduce((sum, item) => sum + item.spans, 0);
  return { by, total: sums(spans), items };
}

export function aggregate(get) {
  const to = Date.parse(get("to")) || Date.now();
  const by = get("by").split(",").filter(Boolean);
  const answer = by[0] === "time" ? heatmap(to) : by.length === 0 ? { by, total: sums(41_000), items: [] } : groups(by);
  return { from: new Date(to - 3_600_000).toISOString(), to: new Date(to).toISOString(), rest: { groups: 0, ...sums(0) }, ...answer, ...none };
}

export function facets(get) {
  const keys = get("keys") ? get("keys").split(",") : ["service", "op", "error", "kind", "version", "http.status_code"];
  const values = { service: SERVICES, op: OPS, error: ["false", "true"], kind: ["server", "client"], version: ["2.7.3", "2.8.0"], "http.status_code": ["200", "404", "502"] };
  const facet = (key) => {
    const items = (values[key] ?? ["a", "b"]).map((value, i) => ({
      value,
      term: key === "error" ? (value === "true" ? "error" : "-error") : `${key}=${/^[\w.-]+$/.test(value) ? value : `"${value}"`}`,
      spans: Math.ceil(41_000 / (i + 1) ** 2),
      errors: i === 1 ? 240 : 0,
      ...(get("sel") ? { selected: Math.ceil(412 / (i + 1)) } : {}),
    }));
    return { key, values: items.length, without: key === "http.status_code" ? 1_204 : 0, items };
  };
  return { total: sums(41_000), selected: get("sel") ? sums(412) : null, items: keys.map(facet), tags: ["region", "http.method", "version"].map((key) => ({ key, values: 3 })), ...none };
}

export function compare(get) {
  const side = (share) => ({ traces: Math.round(share * 200), share, traceIds: [SMALL_ID, "00000000000000000000000000010000"] });
  const item = (service, key, value, of, rest, onMatch) => ({ service, key, value, terms: `service=${service} ${key}=${value}`, term: `${key}=${value}`, onMatch, alike: onMatch ? 0 : 2, selected: side(of), rest: side(rest) });
  return {
    sel: get("sel") || "error",
    total: sums(9_210, 412),
    selected: sums(412, 300),
    sampled: { selected: { traces: 200 }, rest: { traces: 200 } },
    items: [item("user-profile", "version", "2.8.0", 0.94, 0.08, false), item("api", "http.status_code", "502", 0.71, 0, true), item("rank", "error", "get /ranking", 0.31, 0.02, false)],
    time: [
      { service: "user-profile", selectedUs: 439_000, restUs: 38_000 },
      { service: "api", selectedUs: 21_000, restUs: 20_400 },
    ],
    ...none,
  };
}
