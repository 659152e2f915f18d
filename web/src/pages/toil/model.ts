/** A toil report as the API tells it, and what the page makes of it. Pure. */

export type ToilState = "ok" | "watch" | "over";
/** How well an hour is known: timed, derived, imported, declared. */
export const EVIDENCE = ["A", "B", "C", "D"] as const;
export type Counted = { hard: number; all: number } & Record<(typeof EVIDENCE)[number], number>;

export interface Team {
  team: string;
  capacityHours: number;
  countedHours: Counted;
  switchHours: number;
  share: number | null;
  opsShare?: number | null;
  state: ToilState;
  floor: number | null;
  nPersons: number;
  rotationTooSmall: boolean;
  gini: number | null;
  someoneOver: boolean;
  monthsToCap?: number | null;
  weeks: { from: string; hours: number }[];
  trend: "rising" | "falling" | "steady" | null;
}

export interface Elasticity {
  beta: number;
  low: number;
  high: number;
  label: string;
  intensityFirst?: number | null;
  intensityLast?: number | null;
}

export interface TopTask {
  task: string;
  title?: string;
  category?: string;
  team?: string;
  hoursPerYear: number;
  runs: number;
  minutesPerRun?: number | null;
  interruptShare?: number | null;
  elasticity: Elasticity | null;
  elasticityLacking?: string | null;
}

export interface Proposal {
  kind: string;
  task: string;
  hoursPerYear: number;
  why: string;
  paybackWeeks?: number | null;
  naivePaybackWeeks?: number | null;
  runbook?: string | null;
}

export interface Automation {
  task: string;
  shippedAt: string;
  promisedHoursPerYear: number;
  realisedHours: number | null;
  paidBack: number | null;
}

export interface OnCall {
  alerts: number;
  sessions: number;
  shifts: number;
  alertsPerIncident: number | null;
  incidentsPerShift: number | null;
  offHoursShare: number | null;
}

export interface ToilReport {
  window: { from: string; to: string; weeks: number };
  teams: Team[];
  top: TopTask[];
  proposals: Proposal[];
  automations: Automation[];
  oncall?: OnCall | null;
  coverage: number | null;
  darkHours: number | null;
  ranks: boolean;
}

/** The cap on toil, and from where it is watched: shares of working time. */
export const CAP = 0.5;
export const WATCH = 0.33;

/** Nothing was recorded at all: no hours, nobody on call. */
export function isEmpty(report: ToilReport): boolean {
  return report.teams.length === 0 && report.top.length === 0 && report.automations.length === 0 && (report.oncall?.alerts ?? 0) === 0;
}

/** In the order in which they are to be thought about: what need not be done at all comes first. */
export const KINDS = ["reject", "batch", "fix", "selfService", "automate"] as const;

export function byKind(proposals: Proposal[]): [string, Proposal[]][] {
  const others = proposals.map(({ kind }) => kind).filter((kind) => !(KINDS as readonly string[]).includes(kind));
  return [...KINDS, ...new Set(others)].flatMap((kind): [string, Proposal[]][] => {
    const of = proposals.filter((proposal) => proposal.kind === kind);
    return of.length > 0 ? [[kind, of]] : [];
  });
}

/** A line of `width` × `height` through the weeks' hours, from nought upwards. */
export function sparkline(weeks: { hours: number }[], width: number, height: number): string {
  const most = Math.max(...weeks.map(({ hours }) => hours), 0.001);
  const step = weeks.length > 1 ? width / (weeks.length - 1) : 0;
  return weeks.map(({ hours }, i) => `${(i * step).toFixed(1)},${(height - 1 - (hours / most) * (height - 2)).toFixed(1)}`).join(" ");
}

/** Hours for people: a digit behind the point while it says something. `count` groups the others. */
export function oneDigit(value: number, count: (n: number) => string): string {
  return Math.abs(value) < 10 ? String(Number(value.toFixed(1))) : count(value);
}

/** A key out of words: letters and digits in small, joined by hyphens. */
export function keyOf(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}

export interface Draft {
  text: string;
  minutes: number;
  task: string;
  category: string;
  interrupt: boolean;
  person: string;
  team: string;
}

/** The record that is posted: it ended now and was declared by who says it. */
export function recordOf(draft: Draft, nowMs: number, id: string): Record<string, unknown> {
  return {
    source: "page",
    extId: id,
    person: draft.person.trim() || undefined,
    team: draft.team || undefined,
    task: draft.task.trim() || keyOf(draft.text),
    title: draft.text.trim(),
    category: draft.category,
    evidence: "D",
    start: new Date(nowMs - draft.minutes * 60_000).toISOString(),
    attendedSeconds: draft.minutes * 60,
    interrupt: draft.interrupt || undefined,
  };
}
