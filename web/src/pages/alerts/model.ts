/** What the API tells of alerts, and which are shown. Pure. */

import type { Page } from "../../api/types";
import { score } from "../../shell/match";
import type { Tone } from "../../ui/status";
import type { ALERT_STATES } from "../../url/routes";

export interface Alert {
  id: string | null;
  slo: string;
  objective: string;
  name: string;
  service: string;
  severity: string;
  state: "inactive" | "pending" | "firing" | "frozen";
  level: "inactive" | "pending" | "firing";
  frozen: { reason: string; since: string } | null;
  since: string | null;
  acknowledged: { by: string; at: string } | null;
  silenced: { by: string; comment: string; until: string } | null;
  told: string[] | null;
  conditions: { long: string; threshold: number; longBurn: number | null; holds: boolean | null; reachable: boolean }[] | null;
  text: string | null;
}

export interface Change {
  id: number;
  at: string;
  change: string;
  slo: string;
  name: string;
  service: string;
  severity: string;
  by: string | null;
  text: string;
}

export interface Target {
  name: string;
  type: string;
  waiting: number;
  failing: { since: string; tries: number; reason: string } | null;
  givenUp: number;
  lastGivenUp: string | null;
  silences: { active: number; failing: string | null } | null;
}

export type Changes = Page<Change>;
export type StateFilter = (typeof ALERT_STATES)[number];

export const TONES: Record<Alert["state"], Tone> = { firing: "crit", pending: "warn", frozen: "frozen", inactive: "none" };
const ORDER: readonly Alert["state"][] = ["firing", "frozen", "pending", "inactive"];

/** Those that the filter leaves, what needs somebody first. */
export function shown(alerts: Alert[], state: StateFilter, words: string): Alert[] {
  const fits = (alert: Alert) => state === "all" || (state === "active" ? alert.state !== "inactive" : alert.state === state || alert.level === state);
  const needs = (alert: Alert) => (alert.acknowledged || alert.silenced ? 1 : 0);
  return alerts
    .filter((alert) => fits(alert) && score(words, `${alert.name} ${alert.service} ${alert.severity}`) !== null)
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || needs(a) - needs(b) || (b.since ?? "").localeCompare(a.since ?? "") || a.name.localeCompare(b.name));
}

/** The condition to be shown for all: one that holds, else the one nearest to its threshold. */
export function leading(alert: Alert): NonNullable<Alert["conditions"]>[number] | null {
  const pace = (condition: { threshold: number; longBurn: number | null }) => (condition.longBurn ?? 0) / condition.threshold;
  const possible = (alert.conditions ?? []).filter((condition) => condition.reachable);
  return possible.sort((a, b) => Number(b.holds === true) - Number(a.holds === true) || pace(b) - pace(a))[0] ?? null;
}
