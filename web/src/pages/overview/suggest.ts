/** SLOs that would fit what was received: the busiest endpoints, promised what they kept, rounded down. Pure. */

export interface Endpoint {
  key: (string | null)[];
  spans: number;
  errors: number;
}

export interface Suggestion {
  name: string;
  service: string;
  op: string;
  spans: number;
  achieved: number;
  target: number;
}

const SUGGESTED_MAX = 3;
/** Targets that people promise, in per cent. */
export const PROMISED = [90, 95, 97, 98, 99, 99.5, 99.7, 99.8, 99.9, 99.95, 99.99];

/** A target in per cent as a share, without a float's tail. */
export const shareOf = (percent: number): number => Number((percent / 100).toFixed(9));

export function suggestionsOf(endpoints: Endpoint[]): Suggestion[] {
  const named = endpoints.filter(({ key, spans }) => key[0] && key[1] && spans > 0);
  return named.slice(0, SUGGESTED_MAX).map(({ key, spans, errors }) => {
    const [service, op] = key as [string, string];
    const achieved = 1 - errors / spans;
    // A promise leaves something to spend: what was kept to the last request is no promise.
    const kept = PROMISED.filter((percent) => shareOf(percent) < achieved);
    const name = `${service}-${op}-availability`.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return { name: name.slice(0, 63), service, op, spans, achieved, target: shareOf(kept.length > 0 ? kept[kept.length - 1] : PROMISED[0]) };
  });
}

/** A value in the filter language, inside YAML's single quotes. */
const quoted = (value: string) => (/^[\w.-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`).replaceAll("'", "''");

export function yamlOf({ name, service, op, target }: Suggestion): string {
  const where = `service=${quoted(service)} kind=server op=${quoted(op)}`;
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  service: ${JSON.stringify(service)}
  indicator:
    metadata: { name: ${name} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: '${where} !error' } } }
        total: { metricSource: { type: spans, spec: { where: '${where}' } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: ${target} } ]
`;
}
