/**
 * Spans of a fleet of services, for looking at large maps: five tiers, two or three calls a service, some that fail, a few
 * that call back, databases, a broker and other people's services that send no spans.
 *
 *   node tests/browser/fleet.mjs --base http://127.0.0.1:9411 --services 100
 */

import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const TIERS = 5;
const BATCH_SPANS = 4_000;
const WORDS = ["checkout", "cart", "stock", "price", "search", "rank", "user", "order", "mail", "pay", "ship", "tax", "offer", "media", "review", "login", "geo", "fraud", "audit", "ledger"];
const PEERS = ["postgres", "redis", "kafka", "psp.example.com"];

/** The same numbers for the same seed, everywhere. */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Names, and calls as `[caller, callee, times, failures]`. */
export function fleet(nServices, seed = 7) {
  const below = chance(seed);
  const names = Array.from({ length: nServices }, (_, i) => `${WORDS[i % WORDS.length]}${i < WORDS.length ? "" : `-${Math.floor(i / WORDS.length)}`}`);
  const calls = [];
  const add = (from, to) => {
    const times = 1 + Math.floor(2 ** below(7) / 2);
    calls.push([from, to, times, below(9) === 0 ? 1 + below(times) : 0]);
  };
  for (let to = 1; to < nServices; to++) {
    const tier = Math.floor((to * TIERS) / nServices);
    const first = Math.floor((Math.max(0, tier - 1) * nServices) / TIERS);
    for (let n = 0; n <= below(3); n++) add(names[below(30) === 0 ? below(nServices) : Math.min(nServices - 1, first + below(Math.min(to, Math.ceil(nServices / TIERS))))], names[to]);
    if (tier === TIERS - 1 && below(3) === 0) add(names[to], PEERS[below(PEERS.length)]);
  }
  return { names, calls: calls.filter(([from, to]) => from !== to) };
}

const hex = (n, digits) => n.toString(16).padStart(digits, "0");

/** The spans of all calls, in the last minutes; a peer reports nothing itself. */
export function spansOf({ names, calls }, nowMs) {
  const reporting = new Set(names);
  const spans = [];
  let id = 1;
  for (const [from, to, times, failures] of calls) {
    for (let n = 0; n < times; n++) {
      const ids = { traceId: hex(0xf1ee7_0000_0000 + id, 16), id: hex(id, 16) };
      const timing = { timestamp: (nowMs - 1_000 - ((id * 7_919) % 240_000)) * 1_000, duration: 500 + ((id * 104_729) % 90_000) };
      const tags = n < failures ? { error: "503" } : {};
      const isBroker = to === "kafka";
      spans.push({ ...ids, ...timing, tags, name: "call", kind: isBroker ? "PRODUCER" : "CLIENT", localEndpoint: { serviceName: from }, remoteEndpoint: { serviceName: to } });
      if (reporting.has(to)) spans.push({ ...ids, ...timing, tags, name: "call", kind: "SERVER", shared: true, localEndpoint: { serviceName: to } });
      id++;
    }
  }
  return spans;
}

export async function send(base, spans) {
  for (let at = 0; at < spans.length; at += BATCH_SPANS) {
    const answer = await fetch(`${base}/api/v2/spans`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(spans.slice(at, at + BATCH_SPANS)) });
    if (answer.status !== 202) throw new Error(`POST /api/v2/spans: ${answer.status} ${await answer.text()}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { base: { type: "string", default: "http://127.0.0.1:9411" }, services: { type: "string", default: "100" } } });
  const spans = spansOf(fleet(Number(values.services)), Date.now());
  await send(values.base, spans);
  console.log(`${spans.length} spans of ${values.services} services`);
}
