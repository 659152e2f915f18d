/**
 * Two traces laid over each other. Rows are matched from the roots down: under matched parents, the nth call of an
 * operation (service, name, kind) in one trace is the nth in the other. Beside the tree, operations are counted over
 * the whole traces, so that a call that only moved to another parent is not told as missing. Pure.
 */

import type { TraceModel } from "../trace/model";

/** Calls of one operation that are told as "more" are at least so many times those of the other trace. */
const MORE_CALLS = 3;
/** A difference in self time below this share of the longer trace is noise. */
const SHARE_MIN = 0.01;

export interface Operation {
  service: string;
  name: string;
  kind: string;
  /** In A and in B. */
  calls: [number, number];
  selfUs: [number, number];
}

export interface Diff {
  count: number;
  /** Row of each trace; −1 where it has none. */
  a: Int32Array;
  b: Int32Array;
  parent: Int32Array;
  depth: Uint16Array;
  size: Int32Array;
  /** 1 where one trace lacks the row, errors differ, or self times do by more than noise. */
  isDifferent: Uint8Array;
  operations: Operation[];
}

/** Rows of either trace by operation. */
function numberOperations(models: [TraceModel, TraceModel]): { of: [Int32Array, Int32Array]; operations: Operation[] } {
  const known = new Map<string, number>();
  const operations: Operation[] = [];
  const numberOf = (service: string, name: string, kind: string): number => {
    const key = `${service}\n${name}\n${kind}`;
    let number = known.get(key);
    if (number === undefined) known.set(key, (number = operations.push({ service, name, kind, calls: [0, 0], selfUs: [0, 0] }) - 1));
    return number;
  };
  const of = models.map((model, side) => {
    // Texts are put together once for each operation of a trace, not once a row.
    const byKind = new Map<string, Map<number, number>>();
    const numbers = new Int32Array(model.count);
    for (let row = 0; row < model.count; row++) {
      const kind = model.kinds[row];
      const mine = byKind.get(kind) ?? new Map<number, number>();
      byKind.set(kind, mine);
      const pair = model.service[row] * model.names.length + model.name[row];
      let number = mine.get(pair);
      if (number === undefined) mine.set(pair, (number = numberOf(model.services[model.service[row]]?.name ?? "", model.names[model.name[row]] ?? "", kind)));
      numbers[row] = number;
      operations[number].calls[side]++;
      operations[number].selfUs[side] += model.self[row];
    }
    return numbers;
  });
  return { of: of as [Int32Array, Int32Array], operations };
}

/** Rows directly under `row`; of −1 the roots. */
function childrenOf(model: TraceModel, row: number): number[] {
  const children: number[] = [];
  const end = row < 0 ? model.count : row + model.size[row];
  for (let child = row + 1; child < end; child += Math.max(1, model.size[child])) children.push(child);
  return children;
}

type Pair = { a: number; b: number };

/** The children of a pair in the order they begin, those of B that A lacks among them. */
function pairChildren(models: [TraceModel, TraceModel], of: [Int32Array, Int32Array], parent: Pair): Pair[] {
  const inA = parent.a < 0 ? [] : childrenOf(models[0], parent.a);
  const inB = parent.b < 0 ? [] : childrenOf(models[1], parent.b);
  const isChain = inA.length === 1 && inB.length === 1 && of[0][inA[0]] === of[1][inB[0]];
  if (isChain) return [{ a: inA[0], b: inB[0] }];
  if (inB.length === 0) return inA.map((a) => ({ a, b: -1 }));
  // Of each operation the rows of B that wait for one of A, the first last.
  const waiting = new Map<number, number[]>();
  for (const b of inB.reverse()) {
    const list = waiting.get(of[1][b]);
    if (list) list.push(b);
    else waiting.set(of[1][b], [b]);
  }
  const pairs = inA.map((a): Pair => ({ a, b: waiting.get(of[0][a])?.pop() ?? -1 }));
  return sorted(models, pairs, [...waiting.values()].flat(), parent);
}

function sorted([A, B]: [TraceModel, TraceModel], pairs: Pair[], onlyB: number[], parent: Pair): Pair[] {
  if (onlyB.length === 0) return pairs;
  const from = { a: parent.a < 0 ? 0 : A.start[parent.a], b: parent.b < 0 ? 0 : B.start[parent.b] };
  const startOf = ({ a, b }: Pair) => (a < 0 ? B.start[b] - from.b : A.start[a] - from.a);
  return [...pairs, ...onlyB.map((b) => ({ a: -1, b }))].sort((x, y) => startOf(x) - startOf(y));
}

function rootPairs(models: [TraceModel, TraceModel], of: [Int32Array, Int32Array]): Pair[] {
  const [inA, inB] = models.map((model) => childrenOf(model, -1));
  // Whatever they are called, the first roots are the two requests that are compared.
  const pairs = [{ a: inA[0] ?? -1, b: inB[0] ?? -1 }];
  const rest = inB.slice(1);
  for (const a of inA.slice(1)) {
    const at = rest.findIndex((b) => of[1][b] === of[0][a]);
    pairs.push({ a, b: at < 0 ? -1 : rest.splice(at, 1)[0] });
  }
  return sorted(models, pairs, rest, { a: -1, b: -1 });
}

export function diffOf(A: TraceModel, B: TraceModel): Diff {
  const models: [TraceModel, TraceModel] = [A, B];
  const { of, operations } = numberOperations(models);
  const rows: Pair[] = [];
  const parents: number[] = [];
  const depths: number[] = [];
  // A stack, not recursion: a trace may be deeper than the engine's own. Beside each pair stands its parent's row.
  const waiting = rootPairs(models, of).reverse();
  const waitingOf = waiting.map(() => -1);
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const parent = waitingOf.pop() ?? -1;
    const at = rows.push(pair) - 1;
    parents.push(parent);
    depths.push(parent < 0 ? 0 : depths[parent] + 1);
    const children = pairChildren(models, of, pair);
    for (let i = children.length - 1; i >= 0; i--) {
      waiting.push(children[i]);
      waitingOf.push(at);
    }
  }
  const diff: Diff = {
    count: rows.length,
    a: Int32Array.from(rows, (row) => row.a),
    b: Int32Array.from(rows, (row) => row.b),
    parent: Int32Array.from(parents),
    depth: Uint16Array.from(depths),
    size: new Int32Array(rows.length).fill(1),
    isDifferent: new Uint8Array(rows.length),
    operations,
  };
  const noiseUs = SHARE_MIN * Math.max(A.durationUs, B.durationUs);
  for (let row = rows.length - 1; row >= 0; row--) {
    if (diff.parent[row] >= 0) diff.size[diff.parent[row]] += diff.size[row];
    const [a, b] = [diff.a[row], diff.b[row]];
    diff.isDifferent[row] = Number(a < 0 || b < 0 || A.isError[a] !== B.isError[b] || Math.abs(B.self[b] - A.self[a]) > noiseUs);
  }
  return diff;
}

export interface Findings {
  onlyA: Operation[];
  onlyB: Operation[];
  /** At least three times as many calls in one of them. */
  moreCalls: Operation[];
  /** By how much self time differs, most first. */
  selfTime: Operation[];
}

export function findingsOf({ operations }: Diff): Findings {
  const byTime = (list: Operation[]) => list.sort((x, y) => Math.max(...y.selfUs) - Math.max(...x.selfUs));
  const ratio = ({ calls: [a, b] }: Operation) => Math.max(a, b) / Math.min(a, b);
  const delta = ({ selfUs: [a, b] }: Operation) => Math.abs(b - a);
  return {
    onlyA: byTime(operations.filter(({ calls: [, b] }) => b === 0)),
    onlyB: byTime(operations.filter(({ calls: [a] }) => a === 0)),
    moreCalls: operations.filter(({ calls: [a, b] }) => a > 0 && b > 0 && Math.max(a, b) >= MORE_CALLS * Math.min(a, b)).sort((x, y) => ratio(y) - ratio(x)),
    selfTime: operations.filter((of) => delta(of) > 0).sort((x, y) => delta(y) - delta(x)),
  };
}

/** Names with what each side says; undefined where it says nothing. */
export function differingTags(a: [string, string][], b: [string, string][]): [string, string | undefined, string | undefined][] {
  const [inA, inB] = [new Map(a), new Map(b)];
  const names = [...new Set([...inA.keys(), ...inB.keys()])].sort();
  return names.map((name): [string, string | undefined, string | undefined] => [name, inA.get(name), inB.get(name)]).filter(([, left, right]) => left !== right);
}
