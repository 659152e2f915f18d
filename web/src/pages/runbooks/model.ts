/** Runbooks and runs as the API tells them, and how far each is from needing nobody. Pure. */

export const LEVELS = ["L0", "L1", "L2", "L3", "L4"] as const;
export type Level = (typeof LEVELS)[number];

/** So many runs with nobody there must be green in a row. */
export const GREEN_NEEDED = 10;

export interface LastRun {
  run: string;
  outcome: string;
  endedAt: string;
  actor: string;
}

export interface Runbook {
  runbook: string;
  title: string | null;
  service: string | null;
  /** Null, as the approval and the level, where it was run and never approved. */
  path: string | null;
  sha256: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  level: string | null;
  runs: number;
  greenInARow: number;
  manualFraction: number | null;
  medianAttendedSeconds: number | null;
  hoursPerYear: number | null;
  lastRun: LastRun | null;
}

export interface RunSummary {
  run: string;
  outcome: string;
  startedAt?: string;
  endedAt: string;
  actor: string;
  mode?: string;
  attendedSeconds?: number;
  wallSeconds?: number;
}

export interface RunbookDetail extends Runbook {
  text?: string | null;
  steps: { id: string; kind: string; line?: number; needsHuman: boolean }[];
  history: { sha256: string; approvedBy: string; approvedAt: string }[];
  runItems: RunSummary[];
}

export interface RunStep {
  id: string;
  kind: string;
  startedAt?: string | null;
  endedAt?: string | null;
  exit: number | null;
  attendedSeconds: number;
  wallSeconds: number;
  skipped: string | null;
  outputBytes: number;
  output?: string;
}

export interface Run {
  run: string;
  runbook: string;
  title: string;
  sha256: string;
  service: string;
  actor: string;
  mode: string;
  startedAt: string;
  endedAt: string;
  outcome: string;
  attendedSeconds: number;
  manualSeconds: number;
  wallSeconds: number;
  team: string;
  chainHead: string;
  steps: RunStep[];
  deliveredAt?: string;
}

/** Runbooks of a service whose name, title or service has the words. */
export function matching(items: Runbook[], q: string, service: string): Runbook[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const text = `${item.runbook} ${item.title ?? ""} ${item.service ?? ""}`.toLowerCase();
    return (service === "" || item.service === service) && words.every((word) => text.includes(word));
  });
}

/** The level after this one; null at the top and for what is no level of ours. */
export function levelAfter(level: string | null): Level | null {
  const at = (LEVELS as readonly string[]).indexOf(level ?? "");
  return at < 0 ? null : (LEVELS[at + 1] ?? null);
}

/** Steps that keep a runbook from running with nobody there. */
export const needingPerson = (steps: RunbookDetail["steps"]): string[] => steps.filter(({ needsHuman }) => needsHuman).map(({ id }) => id);

/** A run's time on the chart of its steps: where each begins and how long it took, as shares of the whole. */
export function placeOf(step: RunStep, run: Run): { from: number; share: number } | null {
  const [start, end] = [Date.parse(run.startedAt), Date.parse(run.endedAt)];
  const at = step.startedAt ? Date.parse(step.startedAt) : NaN;
  if (!(end > start) || Number.isNaN(at)) return null;
  const from = Math.min(1, Math.max(0, (at - start) / (end - start)));
  return { from, share: Math.min(1 - from, (step.wallSeconds * 1000) / (end - start)) };
}
