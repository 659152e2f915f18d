/**
 * Every page and the state it keeps in its URL. The typed codec is the state layer: a page reads its values
 * from here and changes them by navigating.
 */

import { choice, flag, readQuery, text, writeQuery, type Params, type Values } from "./codec";

/** How the SLO tables can be narrowed. */
export const STATUSES = ["all", "held", "burning", "spent", "risk", "healthy", "none"] as const;
/** What the numbers over the table narrow it to, beside those. */
export const NUMBERS = ["missed", "low"] as const;
export type StatusFilter = (typeof STATUSES)[number] | (typeof NUMBERS)[number];
const status = choice<StatusFilter>([...STATUSES, ...NUMBERS], "all");

/** How the SLO tables can be ordered and parted. */
export const SORTS = ["risk", "budget", "burn", "name"] as const;
export type SloSort = (typeof SORTS)[number];
export const GROUPS = ["none", "story", "service", "team"] as const;
export type SloGroup = (typeof GROUPS)[number];
const sort = choice(SORTS, "risk");
const group = choice(GROUPS, "none");

/** What the chart of an SLO shows. */
export const SLO_TABS = ["budget", "sli", "requests"] as const;
export type SloTab = (typeof SLO_TABS)[number];

/** Lengths the time range offers; the first is the default of the API too. */
export const RANGES = ["1h", "15m", "6h", "24h", "2d", "7d"] as const;
export type Range = (typeof RANGES)[number];

/** How one trace can be looked at; the first is the default. */
export const TRACE_VIEWS = ["timeline", "flame", "table", "map", "json"] as const;
export type TraceViewName = (typeof TRACE_VIEWS)[number];

export const TRACES_TABS = ["results", "compare", "groups", "errors"] as const;
export type TracesTab = (typeof TRACES_TABS)[number];
/** The first two are the server's order; the others put those in order that are loaded. */
export const TRACE_SORTS = ["newest", "slowest", "spans", "nservices", "errors"] as const;
export type TraceSort = (typeof TRACE_SORTS)[number];
/** How alerts can be narrowed. */
export const ALERT_STATES = ["active", "firing", "pending", "frozen", "all"] as const;

/** What a packet can carry and be part of, as far as the page asks; the command line takes more. */
export const PROTOCOLS = ["tcp", "udp", "icmp", "icmpv6", "sctp"] as const;
export const CONNECTIONS = ["new", "established", "related", "invalid", "untracked"] as const;

/** Weeks that a toil report looks back over; the first is a quarter, as the API's own default. */
export const TOIL_WEEKS = ["13", "4", "26", "52"] as const;

export const ROUTES = {
  overview: { path: "/", query: { status, story: text(), group, sort } },
  slos: { path: "/slos", query: { q: text(), status, group, sort } },
  slo: { path: "/slos/:name", query: { objective: text(), tab: choice(SLO_TABS, "budget"), from: text(), to: text(), sel: text(), target: text(), threshold: text() } },
  stories: { path: "/stories", query: { q: text() } },
  traces: {
    path: "/traces",
    query: {
      q: text(),
      t: choice(RANGES, "1h"),
      from: text(),
      to: text(),
      /** A box in the chart: `fromMs,toMs,fromUs,toUs`. */
      sel: text(),
      tab: choice(TRACES_TABS, "results"),
      sort: choice(TRACE_SORTS, "newest"),
      /** Names that spans are grouped by, and names of the facets; empty leaves the choice to page and server. */
      by: text(),
      keys: text(),
      /** Figures in place of the chart. */
      table: flag(),
      live: flag(),
    },
  },
  trace: {
    path: "/trace/:id",
    query: { span: text(), view: choice(TRACE_VIEWS, "timeline"), q: text(), only: flag(), cp: flag(), from: text(), to: text(), root: text() },
  },
  compare: { path: "/compare/:a/:b", query: { span: text() } },
  map: {
    path: "/map",
    query: {
      t: choice(RANGES, "15m"),
      from: text(),
      to: text(),
      focus: text(),
      hops: choice(["1", "2", "3"], "2"),
      min: choice(["0", "1", "5", "20"], "0"),
      all: flag(),
      q: text(),
      view: choice(["graph", "table"], "graph"),
      sel: text(),
      callee: text(),
      /** What of the drawing is seen: `across,down,zoom`; empty for all of it. */
      at: text(),
    },
  },
  alerts: { path: "/alerts", query: { state: choice(ALERT_STATES, "active"), q: text(), slo: text(), service: text() } },
  traffic: { path: "/traffic", query: { chain: text(), q: text(), nft: flag(), builtin: flag() } },
  trafficPlan: { path: "/traffic/plan/:id", query: { verbose: flag() } },
  trafficExplain: {
    path: "/traffic/explain",
    query: { src: text(), dst: text(), dport: text(), proto: choice(PROTOCOLS, "tcp"), iif: text(), oif: text(), ct: choice(CONNECTIONS, "new") },
  },
  toil: { path: "/toil", query: { team: text(), weeks: choice(TOIL_WEEKS, "13") } },
  runbooks: { path: "/runbooks", query: { q: text(), service: text() } },
  runbook: { path: "/runbooks/:id", query: {} },
  run: { path: "/runs/:id", query: {} },
  definitions: { path: "/definitions", query: { kind: text(), q: text() } },
  settings: { path: "/settings", query: {} },
} as const satisfies Record<string, { path: string; query: Params }>;

export type RouteName = keyof typeof ROUTES;
export type QueryOf<N extends RouteName> = Values<(typeof ROUTES)[N]["query"]>;
type Segments<Path extends string> = Path extends `${infer Head}/${infer Tail}` ? Segments<Head> | Segments<Tail> : Path extends `:${infer Key}` ? Key : never;
export type PathOf<N extends RouteName> = Record<Segments<(typeof ROUTES)[N]["path"]>, string>;

/** Where the page is: a route with its values, or a path that no route has. */
export type Place = { [N in RouteName]: { name: N; path: PathOf<N>; query: QueryOf<N> } }[RouteName] | { name: "missing"; pathname: string };

export function locate(pathname: string, search: string): Place {
  const given = split(pathname);
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const path = matchPath(split(ROUTES[name].path), given);
    if (path) return { name, path, query: readQuery(ROUTES[name].query, search) } as Place;
  }
  return { name: "missing", pathname };
}

/** The URL of a page. */
export function href<N extends RouteName>(name: N, path: PathOf<N>, query: Partial<QueryOf<N>> = {}): string {
  const route = ROUTES[name];
  const pathname = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent((path as Record<string, string>)[key]));
  return pathname + writeQuery(route.query as Params, query as Values<Params>);
}

function split(pathname: string): string[] {
  return pathname.split("/").filter((segment) => segment !== "");
}

function matchPath(pattern: string[], given: string[]): Record<string, string> | null {
  if (pattern.length !== given.length) return null;
  const path: Record<string, string> = {};
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i].startsWith(":")) {
      const value = decode(given[i]);
      if (value === null) return null;
      path[pattern[i].slice(1)] = value;
    } else if (pattern[i] !== given[i]) {
      return null;
    }
  }
  return path;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // a lone percent sign
  }
}
