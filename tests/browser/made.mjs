/** Traces that are made up to be sent: the same ones for every server that is given the same seed. */

import { randomBytes } from "node:crypto";

/** Spans of a message: less than any server's limit. */
const MESSAGE_SPANS = 2_500;

/**
 * The spans of one trace in Zipkin's JSON: a batch of jobs, each a chain of calls with fan-out at every level, by nine
 * services, some of them failed.
 */
export function makeTrace(count, { traceId = randomBytes(16).toString("hex"), startUs = Date.now() * 1000 - 20_000_000 } = {}) {
  const id = (n) => (n + 1).toString(16).padStart(16, "0");
  return Array.from({ length: count }, (_, n) => ({
    traceId,
    id: id(n),
    ...(n === 0 ? {} : { parentId: id(n % 50 === 1 ? 0 : n - 1 - (n % 3 === 0 ? Math.min(n % 50, 2) - 1 : 0)) }),
    name: n === 0 ? "post /batch" : `call ${n % 17}`,
    kind: n % 2 === 0 ? "SERVER" : "CLIENT",
    timestamp: startUs + Math.floor((n / count) * 11_000_000),
    duration: n === 0 ? 12_000_000 : 2_000 + (n % 97) * 400,
    localEndpoint: { serviceName: `batch-${n % 9}` },
    tags: { "http.path": `/jobs/${n}`, ...(n % 400 === 7 ? { error: "timeout" } : {}) },
  }));
}

/** A connection that was kept may have been closed meanwhile. */
const TRIES = 3;

/** Sends spans by Zipkin's API; false when the server does not take them. */
export async function post(base, spans) {
  for (let from = 0; from < spans.length; from += MESSAGE_SPANS) {
    const body = JSON.stringify(spans.slice(from, from + MESSAGE_SPANS));
    let response = null;
    for (let i = 0; i < TRIES && !response; i++) {
      response = await fetch(`${base}/api/v2/spans`, { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => null);
    }
    if (response?.status !== 202) return false;
  }
  return true;
}
