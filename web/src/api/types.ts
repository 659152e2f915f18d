/** What /api/nines/v1 answers. Times are RFC 3339 in UTC unless the name ends in Us; durations are microseconds. */

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface About {
  version: string;
  startedAt: string;
  storage: string;
  spans: number;
}

export interface ServiceRef {
  name: string;
  /** Ordinal of first sight, the same for every viewer. */
  color: number;
}

/** What the store says of itself, as far as this page asks. */
export interface StoreFacts {
  retention?: { maxAgeUs?: number | null };
}

/** RFC 9457, with our hint and, for a filter, the place in it. */
export interface Problem {
  title: string;
  status: number;
  detail?: string;
  hint?: string;
  /** Characters (code points) of `q`. */
  at?: { from: number; to: number };
}

export interface Suggestion {
  text: string;
  /** `name` waits for an operator, `operator` for a value; the others end a term. */
  kind: "service" | "op" | "remote" | "kind" | "tag" | "word" | "value" | "name" | "operator";
  /** The characters (code points) of `q` that `text` replaces. */
  from: number;
  to: number;
  /** Spans that have it, of those that were looked at. */
  spans?: number;
}

export interface Completion {
  items: Suggestion[];
  error: { message: string; from: number; to: number } | null;
}

export interface TraceSummary {
  traceId: string;
  start: string;
  startUs: number;
  durationUs: number;
  root: { service: string; name: string };
  spans: number;
  errors: number;
  /** By time, longest first. */
  services: { name: string; spans: number; durationUs: number }[];
}

export interface TracePage extends Page<TraceSummary>, Answered {}

/** What is counted of spans. */
export interface Sums {
  spans: number;
  errors: number;
  timed: number;
  durationSumUs: number;
  durationMaxUs: number;
  /** Only where a histogram was asked for. */
  p50Us?: number | null;
  p90Us?: number | null;
  p99Us?: number | null;
}

/** A name or the start of a slice, a verdict, a bucket of durations (both ends included), or nothing. */
export type KeyPart = string | boolean | { fromUs: number; toUs: number } | null;

/** Limits or damage that keep an answer from being whole. */
export interface Answered {
  /** In words. */
  cut: string | null;
  partial?: Gap[];
  tookUs: number;
}

export interface Aggregate extends Answered {
  from: string;
  to: string;
  by: string[];
  total: Sums;
  /** `terms` find the spans of a group, one for each part of its key that the filter language can say. */
  items: (Sums & { key: KeyPart[]; terms?: (string | null)[] })[];
  rest: Sums & { groups: number };
  stepUs?: number;
  bucketsPerDoubling?: number;
}

/** What a limit or damaged files kept out of an answer. */
export interface Gap {
  limit?: string;
  max?: number;
  damaged?: string;
  fact?: string;
}

/** Single spans as columns. */
export interface Scatter extends Answered {
  startUs: number[];
  durationUs: number[];
  error: number[];
  traceId: string[];
}

export interface Facet {
  key: string;
  /** How many values there are, and how many spans have none. */
  values: number;
  without: number;
  /** `selected` only where there is a selection. */
  items: { value: string; term: string; spans: number; errors: number; selected?: number }[];
}

export interface FacetPage extends Answered {
  items: Facet[];
  selected: { spans: number; errors: number } | null;
  /** Tags that spans have, for further facets. */
  tags: { key: string; values: number }[];
}

export interface ApartSide {
  traces: number;
  share: number;
  traceIds: string[];
}

/** Something that more of the selected traces have than of the rest. */
export interface ApartItem {
  service: string;
  key: string;
  value: string;
  /** What finds spans with it: in the service's words, and alone. */
  terms: string;
  term: string;
  /** It is on spans that match, not elsewhere in their traces. */
  onMatch: boolean;
  /** How many more things the same traces have. */
  alike: number;
  selected: ApartSide;
  rest: ApartSide;
}

export interface Apart extends Answered {
  sel: string;
  sampled: { selected: { traces: number }; rest: { traces: number } };
  items: ApartItem[];
  time: { service: string; selectedUs: number; restUs: number }[];
}

/** A trace as columns; rows in display order, depth first. */
export interface TraceColumns {
  traceId: string;
  start: string;
  startUs: number;
  durationUs: number;
  spans: number;
  errors: number;
  missingParents: number;
  /** Of the first of them. */
  missingIds?: string[];
  skewCorrected: number;
  /** Of each service whose clock was off, how far it was ahead at most. */
  skews?: { service: string; aheadUs: number }[];
  /** What keeps the answer from being whole. */
  partial?: Gap[];
  services: ServiceRef[];
  names: string[];
  rows: {
    id: string[];
    /** Row of the parent, −1 for a root. */
    parent: number[];
    depth: number[];
    /** Rows of the subtree, itself included. */
    size: number[];
    service: number[];
    name: number[];
    kind: string[];
    /** From the start of the trace. */
    startUs: number[];
    /** 0 when unknown. */
    durationUs: number[];
    error: number[];
    critical: number[];
    remote: string[];
    status: string[];
  };
}

export interface EndpointInfo {
  service?: string | null;
  ipv4?: string | null;
  ipv6?: string | null;
  port?: number | null;
}

export interface SpanDetail {
  row: number;
  id: string;
  parentId?: string | null;
  kind: string | null;
  service: string;
  name: string;
  shared: boolean;
  debug: boolean;
  /** Since 1970. */
  startUs: number;
  durationUs: number;
  local?: EndpointInfo | null;
  remote?: EndpointInfo | null;
  tags: [string, string][];
  resource?: [string, string][];
  annotations: { timeUs: number; value: string; tags?: [string, string][] }[];
  links?: { traceId: string; spanId: string }[];
  /** The client's and the server's report, where two reports share one span. */
  halves?: SpanDetail[];
}

export interface SpanPage {
  from: number;
  items: SpanDetail[];
}

export type SloState = "healthy" | "burning" | "exhausted" | "unmeasured";

/** One objective of one SLO. */
export interface Slo {
  name: string;
  displayName?: string | null;
  objective: string;
  composite?: boolean;
  /** How many objectives the SLO has. */
  objectives?: number;
  description?: string | null;
  service: string;
  team?: string | null;
  method?: "Occurrences" | "Timeslices" | "RatioTimeslices";
  story?: string | null;
  storyTitle?: string | null;
  /** Null for calendar windows. */
  window: string | null;
  calendar?: { duration: string; timeZone: string; from: string | null; until: string | null } | null;
  target: number;
  good: number;
  bad: number;
  isEstimate?: boolean;
  history?: { from: string; estimatedUntil: string | null } | null;
  groupBy?: string | null;
  sli: number | null;
  /** Signed share of the budget that is left. */
  budget: number | null;
  burn: Record<string, number | null>;
  /** Figures with what is excluded. */
  raw?: { good: number; bad: number; sli: number | null; budget: number | null } | null;
  exclusions?: { name: string; mode: string; where: string | null; reason: string; approvedBy: string; good: number; bad: number; timesTotal: number; times: { from: string; until: string }[] }[];
  source?: { name: string } | null;
  coverage: number;
  state: SloState;
  page?: { long: string; short: string; threshold: number; longBurn: number | null; shortBurn: number | null; firing: boolean } | null;
  alerts?: { severity: string; state: string; level: string; id: string | null }[];
  exhaustsInUs: number | null;
  gate: "allowed" | "held";
  explanation?: string;
  /** Of one SLO alone. */
  groups?: { value: string; good: number; bad: number; sli: number | null; budget: number | null; burn: Record<string, number | null> }[];
}

export interface SloList extends Page<Slo> {
  /** Up to when events are counted. */
  watermark?: string | null;
}

export interface SloDetail {
  items: Slo[];
  amendments?: { at: string; objective: string; from: string | null; until: string | null; before: Counted; after: Counted }[];
  definition?: { file: string; line: number; column: number } | null;
}

export interface SloSeries {
  stepUs: number;
  start: string;
  points: SeriesPoint[];
}

export interface SeriesPoint {
  good: number;
  bad: number;
  budget: number | null;
  sli: number | null;
  /** Of a calendar window: left of what the traffic forecast for its period permits. */
  forecast?: number | null;
}

export interface Counted {
  good: number;
  bad: number;
}

/** Spans of an objective by slice and bucket of duration. */
export interface SloLatency {
  from: string;
  to: string;
  stepUs: number;
  start: string | null;
  /** Above it an event is bad; null where durations do not decide. */
  thresholdUs: number | null;
  bucketsPerDoubling: number;
  /** Both ends included. */
  buckets: [number, number][];
  /** Slice, bucket, valid, bad whatever they took, bad beyond the threshold. */
  cells: [number, number, number, number, number][];
  partial?: Gap[];
}

/** The newest bad events, and what sets them apart. */
export interface SloEvents {
  items: { at: string; traceId: string; spanId: string; service: string; name: string; durationUs: number; status: string | null }[];
  shared: { key: string; value: string; badShare: number; goodShare: number }[];
  looked: { bad: number; valid: number };
  filters: { bad: string[]; valid: string[] };
  partial?: Gap[];
}

export type Lane = "deploy" | "alert" | "gate" | "policy" | "freeze" | "exclusion";

export interface Marker {
  lane: Lane;
  at: string;
  until: string | null;
  service: string | null;
  subject: string;
  text: string;
  /** The number of the event it tells; none where it stands for no event of the timeline. */
  event?: number | null;
}

export interface WhatIf {
  items: { target: number; budget: number | null; pages: number; otherAlerts: number; days: number; daysMet: number }[];
}

/** How the gate would answer, without a record. */
export interface Policy {
  service: string;
  policy: string;
  verdict: "allowed" | "held";
  text: string;
  state: string | null;
  since: string | null;
  states: { name: string; above: number | null; freeze: boolean; allow: string[] | null; requireApproval: string[]; maxDeploysPerDay: number | null; canaryMax: number | null }[] | null;
  place: { file: string; line: number; column: number } | null;
  reasons: { rule: string; slo: string | null; holds: boolean; text: string }[];
  wouldChange: string[];
  changesAt: string | null;
  freezes: { name: string; until: string; reason: string; by: string }[];
  exceptions: { left: number; of: number; per: string; approverNotRequester: boolean; items: { name: string; change: string; requestedBy: string; approvedBy: string; expiresAt: string }[] };
}

export interface Alert {
  id: string | null;
  objective: string;
  severity: string;
  state: string;
  since: string | null;
  acknowledged: { by: string; at: string } | null;
  silenced: { by: string; comment: string; until: string } | null;
  conditions: { long: string; short: string; threshold: number; longBurn: number | null; shortBurn: number | null; holds: boolean; reachable: boolean }[] | null;
  text: string | null;
}

export interface Reports {
  month: string | null;
  months: string[];
  items: { slo: string; objective: string; month: string; target: number; good: number; bad: number; sli: number | null; budget: number | null; measuredFrom: string | null; amendments: number }[];
}

export interface GateAnswer {
  service: string;
  verdict: "allowed" | "held";
  reasons: { rule: string; slo?: string | null; value?: number | string | null; limit?: number | string | null; traceIds?: string[] }[];
  wouldChange?: string | null;
  policy: string;
  text?: string | null;
}

export interface Story {
  name: string;
  title: string;
  owner?: string | null;
  slos: string[];
  state: "held" | "burning" | "healthy" | "unmeasured";
  join?: "trace" | "weighted" | "worst";
  budget?: number | null;
  window?: string;
  /** Of traces, where it is joined by trace. */
  sli?: number | null;
  target?: number;
  good?: number;
  bad?: number;
}

export interface TimelineEvent {
  id: number;
  at: string;
  kind: string;
  service?: string | null;
  subject?: string | null;
  text: string;
}

export interface Finding {
  set: "inForce" | "refused";
  severity: "error" | "warning";
  file: string;
  line: number;
  column: number;
  path: string;
  fact: string;
  hint: string;
}

export interface Definitions {
  directories: string[];
  slos: number;
  generation: number;
  loadedAt: string;
  refused: boolean;
  refusedAt: string | null;
  findings: Finding[];
  files: { file: string; objects: number }[];
  kinds: { kind: string; objects: number }[];
  objects?: { kind: string; name: string; file: string; line: number; column: number }[];
}
