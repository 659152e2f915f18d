/**
 * Finding spans inside a trace that is already here: words and a few terms of the filter language, over what the
 * columns know (service, operation, kind, other side, status, duration). Tags are the server's to search. Pure.
 */

import type { TraceModel } from "./model";

type Test = (row: number) => boolean;

/** Microseconds of `20ms`, `1.5s`, `300us`; a bare number is microseconds, as in the filter language. */
export function durationUsOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(us|µs|ms|s|m)?$/.exec(text);
  if (!match) return null;
  const unit = { us: 1, "µs": 1, ms: 1_000, s: 1_000_000, m: 60_000_000 }[match[2] ?? "us"] ?? 1;
  return Number(match[1]) * unit;
}

/** Words separated by spaces; quotes keep spaces in. */
function wordsOf(query: string): string[] {
  return [...query.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = { ">": (a, b) => a > b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, "<=": (a, b) => a <= b };

function testOf(model: TraceModel, word: string): Test {
  const negated = /^[-!](.+)$/.exec(word);
  if (negated) {
    const inner = testOf(model, negated[1]);
    return (row) => !inner(row);
  }
  if (word === "error") return (row) => model.isError[row] === 1;
  if (word === "root") return (row) => model.parent[row] < 0;
  const compared = /^(?:duration)?(>=|<=|>|<)(.+)$/.exec(word);
  if (compared) {
    const compare = COMPARISONS[compared[1]];
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(compared[2]);
    const limit = percent ? (Number(percent[1]) / 100) * model.durationUs : durationUsOf(compared[2]);
    if (limit !== null) return (row) => compare(model.duration[row], limit);
  }
  const named = /^(service|op|kind|remote|status)=(.*)$/.exec(word);
  if (named) {
    const wanted = named[2].toLowerCase();
    const textOf: (row: number) => string = {
      service: (row: number) => model.services[model.service[row]]?.name ?? "",
      op: (row: number) => model.names[model.name[row]] ?? "",
      kind: (row: number) => model.kinds[row],
      remote: (row: number) => model.remotes[row],
      status: (row: number) => model.statuses[row],
    }[named[1]]!; // the pattern allows no other name
    return (row) => textOf(row).toLowerCase() === wanted;
  }
  const needle = word.toLowerCase();
  // Names repeat: test each distinct one once.
  const inService = Uint8Array.from(model.services, (service) => Number(service.name.toLowerCase().includes(needle)));
  const inName = Uint8Array.from(model.names, (name) => Number(name.toLowerCase().includes(needle)));
  return (row) =>
    inService[model.service[row]] === 1 ||
    inName[model.name[row]] === 1 ||
    model.statuses[row].toLowerCase().includes(needle) ||
    model.remotes[row].toLowerCase().includes(needle) ||
    model.ids[row] === needle;
}

export interface Matches {
  flags: Uint8Array;
  count: number;
}

/** The rows that fit all words; null when nothing is asked. */
export function findIn(model: TraceModel, query: string): Matches | null {
  const tests = wordsOf(query).map((word) => testOf(model, word));
  if (tests.length === 0) return null;
  const flags = new Uint8Array(model.count);
  let count = 0;
  for (let row = 0; row < model.count; row++) {
    if (tests.every((test) => test(row))) {
      flags[row] = 1;
      count++;
    }
  }
  return { flags, count };
}

/** Which match `row` is, from 1; 0 when it is none. */
export function ordinalOf(matches: Matches, row: number): number {
  if (row < 0 || !matches.flags[row]) return 0;
  let n = 0;
  for (let i = 0; i <= row; i++) n += matches.flags[i];
  return n;
}
