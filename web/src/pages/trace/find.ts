/**
 * Finding spans inside a trace: words and terms of the filter language. What the columns know (service, operation,
 * kind, other side, status, duration, self time) is looked up here; tags and events are the server's to search, by
 * the questions that `questionsOf` names. Pure.
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

/** Words separated by spaces; quotes keep spaces in. A `-` or `!` in front negates. */
function wordsOf(query: string): { text: string; negated: boolean }[] {
  return [...query.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => ({ text: word.replace(/^[-!](?=.)/, ""), negated: /^[-!]./.test(word) }));
}

const plain = (word: string): string => word.replaceAll('"', "");

/** A word shorter than this is in the tags of almost every span. */
const ASKED_CHARS_MIN = 2;

/** What to ask the server about a word: by its parameter, a filter or a text. */
export interface Question {
  word: string;
  ask: { q: string } | { text: string };
}

export function questionsOf(query: string): Question[] {
  const questions = wordsOf(query).flatMap(({ text: word }): Question[] => {
    const kind = kindOf(word);
    if (kind === "term") return [{ word, ask: { q: word } }];
    return kind === "text" && plain(word).length >= ASKED_CHARS_MIN ? [{ word, ask: { text: plain(word) } }] : [];
  });
  return [...new Map(questions.map((question) => [question.word, question])).values()];
}

const COMPARED = /^(duration|self)?(>=|<=|>|<)(.+)$/;
const NAMED = /^(service|op|kind|remote|status)=([^~(].*)?$/;

/** Whether the columns answer a word alone, the server does, or both look for a text. */
function kindOf(word: string): "column" | "term" | "text" {
  if (word === "error" || word === "root" || COMPARED.test(word) || NAMED.test(word)) return "column";
  return /^[^<>=!~"]+(=~|!~|!=|>=|<=|=|<|>)./.test(word) ? "term" : "text";
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = { ">": (a, b) => a > b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, "<=": (a, b) => a <= b };

/** Rows that the server found, by word. */
export type Answers = ReadonlyMap<string, Uint8Array>;

function testOf(model: TraceModel, word: string, answers: Answers): Test {
  if (word === "error") return (row) => model.isError[row] === 1;
  if (word === "root") return (row) => model.parent[row] < 0;
  const compared = COMPARED.exec(word);
  if (compared) {
    const compare = COMPARISONS[compared[2]];
    const values = compared[1] === "self" ? model.self : model.duration;
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(compared[3]);
    const limit = percent ? (Number(percent[1]) / 100) * model.durationUs : durationUsOf(compared[3]);
    return (row) => limit !== null && compare(values[row], limit);
  }
  const named = NAMED.exec(word);
  if (named) {
    const wanted = plain(named[2] ?? "").toLowerCase();
    const textOf: (row: number) => string = {
      service: (row: number) => model.services[model.service[row]]?.name ?? "",
      op: (row: number) => model.names[model.name[row]] ?? "",
      kind: (row: number) => model.kinds[row],
      remote: (row: number) => model.remotes[row],
      status: (row: number) => model.statuses[row],
    }[named[1]]!; // the pattern allows no other name
    return (row) => textOf(row).toLowerCase() === wanted;
  }
  const found = answers.get(word);
  if (kindOf(word) === "term") return (row) => found?.[row] === 1;
  const needle = plain(word).toLowerCase();
  // Names repeat: test each distinct one once.
  const inService = Uint8Array.from(model.services, (service) => Number(service.name.toLowerCase().includes(needle)));
  const inName = Uint8Array.from(model.names, (name) => Number(name.toLowerCase().includes(needle)));
  return (row) =>
    inService[model.service[row]] === 1 ||
    inName[model.name[row]] === 1 ||
    model.statuses[row].toLowerCase().includes(needle) ||
    model.remotes[row].toLowerCase().includes(needle) ||
    model.ids[row] === needle ||
    found?.[row] === 1;
}

export interface Matches {
  flags: Uint8Array;
  count: number;
}

/** The rows that fit all words; null when nothing is asked. */
export function findIn(model: TraceModel, query: string, answers: Answers = new Map()): Matches | null {
  const tests = wordsOf(query).map(({ text, negated }): Test => {
    const test = testOf(model, text, answers);
    return negated ? (row) => !test(row) : test;
  });
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
