/** What the API tells of this host's rules, and what the page makes of it. Pure. */

import { score } from "../../shell/match";
import type { Tone } from "../../ui/status";

export interface Part {
  chain: string;
  text: string;
  packets: number;
  bytes: number;
}

export interface Rule {
  id: string;
  /** As the file has it; of what is built in, as the kernel has it. */
  text: string;
  packets: number;
  bytes: number;
  parts: Part[];
}

/** A chain of somebody else on the way of our packets. */
export interface Decider {
  tool: string | null;
  table: string;
  chain: string;
  hook: string;
  priority: number;
  mayDrop: boolean;
  translates: boolean;
}

/** Who changed our rules; nobody where they were not seen. */
export interface Drift {
  process: string | null;
  pid: number | null;
  generation: number | null;
}

export interface Others {
  foreign: Decider[];
  /** Tables of iptables-legacy that hold rules. */
  legacy: string[];
}

export interface TrafficStatus extends Others {
  netd: "live" | "absent" | "silent" | "off";
  why: { fact: string; hint: string } | null;
  confirmed: string | null;
  pending: { id: string; deadline: string } | null;
  /** Nothing that was confirmed could be read, and only management gets in. */
  fallback?: boolean;
  generation: number | null;
  drift: Drift[];
  rules: Rule[];
}

export interface Plan extends Others {
  id: string;
  file: string;
  operator: { client: string; own: string; port: number } | null;
  generation: number;
  rules: { id: string; before: string[]; after: string[] }[];
  sets: { name: string; added: number; removed: number }[];
  fates: { changed: number; tried: number; shown: { packet: string; before: string; after: string }[] };
  text: string;
}

export interface Explained {
  verdict: "accept" | "drop" | "reject" | "unknown";
  /** The one that ended the path. */
  rule?: string | null;
  /** Addresses after translation. */
  to?: string | null;
  from?: string | null;
  path?: string[];
  missing?: string[];
  /** The packet as it was understood. */
  packet?: Record<string, unknown>;
}

const BUILT_IN = "built-in/";
export const isBuiltIn = (id: string): boolean => id.startsWith(BUILT_IN);

/** A rule with its place in the order, and the counts of the chain that is looked at. */
export interface Row extends Rule {
  place: number;
}

/** Rows in the order a packet meets them: those of a chain alone where one is named, and those that have the words. */
export function rows(rules: Rule[], chain: string, words: string): Row[] {
  return rules.flatMap((rule, i) => {
    const parts = chain ? rule.parts.filter((part) => part.chain === chain) : rule.parts;
    if (parts.length === 0) return [];
    const text = [rule.id, rule.text, ...parts.map((part) => part.text)].join(" ");
    if (score(words, text) === null) return [];
    const counted = chain ? { packets: sum(parts, "packets"), bytes: sum(parts, "bytes") } : rule;
    return [{ ...rule, parts, packets: counted.packets, bytes: counted.bytes, place: i + 1 }];
  });
}

const sum = (parts: Part[], of: "packets" | "bytes") => parts.reduce((all, part) => all + part[of], 0);

/** Chains in the order in which rules first stand in them. */
export const chainsOf = (rules: Rule[]): string[] => [...new Set(rules.flatMap((rule) => rule.parts.map((part) => part.chain)))];

/** A stretch of rules that stand together: several that are built in are one, everything else is for itself. */
export interface Stretch {
  builtIn: boolean;
  rows: Row[];
}

export function stretches(all: Row[]): Stretch[] {
  const found: Stretch[] = [];
  for (const row of all) {
    const last = found.at(-1);
    if (last?.builtIn && isBuiltIn(row.id)) last.rows.push(row);
    else found.push({ builtIn: isBuiltIn(row.id), rows: [row] });
  }
  return found;
}

/** What a rule of the kernel says; that it has a counter and whose part it is, is seen beside it. */
export const bare = (text: string): string => text.replace(/ comment "[^"]*"$/, "").replace(/\bcounter /, "");

/** Counts of packets by rule at a moment. */
export interface Sample {
  atMs: number;
  generation: number | null;
  packets: Record<string, number>;
}

/** Counting is read from samples of so long: one alone jumps with the moment at which the server last asked. */
const SAMPLED_MS = 10_000;

export function sampleOf(status: TrafficStatus, atMs: number): Sample {
  return { atMs, generation: status.generation, packets: Object.fromEntries(status.rules.map((rule) => [rule.id, rule.packets])) };
}

/** The samples with one more, without those that are too old or of other rules. */
export function withSample(samples: Sample[], next: Sample): Sample[] {
  return [...samples.filter((sample) => sample.generation === next.generation && next.atMs - sample.atMs <= SAMPLED_MS), next];
}

/** Samples that are nearer tell more of when they were asked for than of what was counted between them. */
const APART_MS = 1_000;

/** Packets a second; nothing before there are two samples apart, or where the counter began anew between them. */
export function rateOf(samples: Sample[], id: string): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < APART_MS) return null;
  const more = (last.packets[id] ?? 0) - (first.packets[id] ?? 0);
  return more < 0 ? null : (more * 1000) / (last.atMs - first.atMs);
}

/** Where the kernel asks chains that translate, and those that filter; ours come a little before others of their kind. */
const DSTNAT = -100;
const FILTER = 0;
const OURS_BEFORE = 5;

export type Effect = "translatesBefore" | "translatesAfter" | "translatesSenders" | "dropsBefore" | "dropsAfter";

/** What a chain of others does to our rules, as `nines traffic status` tells it. */
export function effects({ hook, priority, translates, mayDrop }: Decider): Effect[] {
  const isBefore = (ours: number) => priority < ours - OURS_BEFORE;
  const found: Effect[] = [];
  if (translates && ["postrouting", "input"].includes(hook)) found.push("translatesSenders");
  else if (translates) found.push(isBefore(DSTNAT) ? "translatesBefore" : "translatesAfter");
  const isFirst = ["prerouting", "ingress"].includes(hook) || isBefore(FILTER);
  if (mayDrop) found.push(isFirst ? "dropsBefore" : "dropsAfter");
  return found;
}

export type Sign = "+" | "-" | "~";

/** A change of a rule, as lines: what goes, what comes, and what stays where all of it is wanted. */
export interface Change {
  id: string;
  sign: Sign;
  lines: { sign: Sign | " "; text: string }[];
}

export function changesOf(plan: Plan): Change[] {
  return plan.rules.map(({ id, before, after }) => ({
    id,
    sign: before.length === 0 ? "+" : after.length === 0 ? "-" : "~",
    lines: [
      ...before.filter((line) => !after.includes(line)).map((text) => ({ sign: "-" as const, text: bare(text) })),
      ...after.map((text) => ({ sign: before.includes(text) ? (" " as const) : ("+" as const), text: bare(text) })),
    ],
  }));
}

/** How many rules come, change and go. */
export function countsOf(changes: Change[]): Record<Sign, number> {
  const of = (sign: Sign) => changes.filter((change) => change.sign === sign).length;
  return { "+": of("+"), "~": of("~"), "-": of("-") };
}

/** What keeps nobody out is good, what keeps out is a lock, what is not known is to be looked at. */
export const VERDICTS: Record<Explained["verdict"], Tone> = { accept: "ok", drop: "frozen", reject: "frozen", unknown: "warn" };

/** Seconds until a moment; none once it has passed. */
export const secondsUntil = (at: string, nowMs: number): number => Math.max(0, Math.ceil((Date.parse(at) - nowMs) / 1000));

/** `1:05`. */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
