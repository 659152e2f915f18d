/** What an SLO's numbers mean for a reader: one status, one tone, one order. Pure. */

import type { Slo } from "../../api/types";
import type { Tone } from "../../ui/status";
import type { NUMBERS, SloGroup, SloSort, StatusFilter } from "../../url/routes";

export type SloStatus = Exclude<StatusFilter, "all" | (typeof NUMBERS)[number]>;

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
    case "missed":
      return slo.sli !== null && slo.sli < slo.target;
    case "low":
      return slo.budget !== null && slo.budget < RISK_BELOW;
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

const ORDERS: Record<SloSort, (a: Slo, b: Slo) => number> = {
  risk: byRisk,
  budget: (a, b) => compare(a.budget, b.budget) || byRisk(a, b),
  burn: (a, b) => compare(negative(a.burn["1h"]), negative(b.burn["1h"])) || byRisk(a, b),
  name: (a, b) => titleOf(a).localeCompare(titleOf(b)),
};
const negative = (n: number | null | undefined) => (n == null ? null : -n);

/** What an SLO is grouped by; empty where it has none of it. */
export function groupOf(slo: Slo, group: SloGroup): string {
  if (group === "story") return slo.storyTitle ?? slo.story ?? "";
  return group === "service" ? slo.service : group === "team" ? (slo.team ?? "") : "";
}

/** In order; groups by the SLO of theirs that comes first, what belongs to none last. */
export function ordered(slos: Slo[], sort: SloSort, group: SloGroup): Slo[] {
  const sorted = [...slos].sort(ORDERS[sort]);
  if (group === "none") return sorted;
  const names = [...new Set(sorted.map((slo) => groupOf(slo, group)))].sort((a, b) => Number(a === "") - Number(b === ""));
  return names.flatMap((name) => sorted.filter((slo) => groupOf(slo, group) === name));
}

/** Below so many allowed failures a single one is news, and percentages of budget jump. */
const LOW_TRAFFIC_FAILURES = 10;

/** Failures that the target allows of the events seen. */
export const allowedOf = (slo: Slo): number => (slo.good + slo.bad) * (1 - slo.target);

/** What one failure costs of the budget, where that is much. */
export function oneFailure(slo: Slo): number | null {
  const allowed = allowedOf(slo);
  return allowed > 0 && allowed < LOW_TRAFFIC_FAILURES ? 1 / allowed : null;
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
