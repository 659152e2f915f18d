/** What an SLO's numbers mean for a reader: one status, one tone, one order. Pure. */

import type { Slo } from "../../api/types";
import type { Tone } from "../../ui/status";
import type { StatusFilter } from "../../url/routes";

export type SloStatus = Exclude<StatusFilter, "all">;

/** Below this share of the budget an SLO that is otherwise healthy needs a look. */
export const RISK_BELOW = 0.25;

export function statusOf(slo: Slo): SloStatus {
  switch (slo.state) {
    case "unmeasured":
      return "none";
    case "exhausted":
      return slo.gate === "held" ? "held" : "spent";
    case "burning":
      return "burning";
    case "healthy":
      return slo.budget !== null && slo.budget < RISK_BELOW ? "risk" : "healthy";
  }
}

export const TONES: Record<SloStatus, Tone> = { held: "frozen", spent: "crit", burning: "warn", risk: "warn", none: "none", healthy: "ok" };

/** Whether this SLO, and not only another one of its service, holds the releases. */
export function holdsReleases(slo: Slo): boolean {
  return slo.gate === "held" && (slo.state === "exhausted" || slo.page?.firing === true);
}

/** Whether its budget goes too fast at this moment, whatever is left of it. */
export const isBurning = (slo: Slo): boolean => slo.state === "burning" || slo.page?.firing === true;

/** How long the budget lasts at the present pace; null when it does not shrink, or is gone already. */
export function lastsUs(slo: Slo): number | null {
  return slo.budget !== null && slo.budget > 0 ? slo.exhaustsInUs : null;
}

export function matchesStatus(slo: Slo, filter: StatusFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "held":
      return holdsReleases(slo);
    case "burning":
      return isBurning(slo);
    default:
      return statusOf(slo) === filter;
  }
}

const RISK_ORDER: readonly SloStatus[] = ["held", "spent", "burning", "risk", "none", "healthy"];

/** The one to look at first comes first: by status, then by time to exhaustion, then by budget. */
export function byRisk(a: Slo, b: Slo): number {
  return (
    RISK_ORDER.indexOf(statusOf(a)) - RISK_ORDER.indexOf(statusOf(b)) ||
    compare(lastsUs(a), lastsUs(b)) ||
    compare(a.budget, b.budget) ||
    a.name.localeCompare(b.name)
  );
}

/** Small first, unknown last. */
function compare(a: number | null, b: number | null): number {
  if (a === b) return 0;
  return (a ?? Infinity) < (b ?? Infinity) ? -1 : 1;
}

/** What is shown as its name. */
export const titleOf = (slo: Slo): string => slo.displayName || slo.name;

/** Its objective's name, unless it is only a number. */
export const objectiveOf = (slo: Slo): string => (/^\d+$/.test(slo.objective) ? "" : slo.objective);

export type BurnState = "firing" | "recovering" | "rising" | "quiet";

/** The four states of a pair of burn windows. */
export function burnStateOf(long: number | null, short: number | null, threshold: number): BurnState {
  const isLong = long !== null && long >= threshold;
  const isShort = short !== null && short >= threshold;
  if (isLong) return isShort ? "firing" : "recovering";
  return isShort ? "rising" : "quiet";
}
