/** How a service on the map is: as the worst of its SLOs says, else as its own failures do. Pure. */

import type { Slo } from "../../api/types";
import type { Tone } from "../../ui/status";
import { byRisk, statusOf, TONES } from "../slo/status";
import { FAILING, type MapNode } from "./model";

export const slosOf = (service: string, slos: Slo[]): Slo[] => slos.filter((slo) => slo.service.toLowerCase() === service).sort(byRisk);

export function toneOf(node: MapNode, slos: Slo[]): Tone | null {
  const worst = slosOf(node.service, slos)[0];
  if (worst) return TONES[statusOf(worst)];
  if (node.alarming) return "crit";
  return node.calls && (node.errors ?? 0) / node.calls >= FAILING ? "warn" : null;
}
