/** The rows that a query finds, with what the server knows of tags as soon as it has said so. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError, UNREACHABLE } from "../../api/client";
import type { Problem } from "../../api/types";
import { findIn, questionsOf, type Matches } from "./find";
import type { TraceModel } from "./model";
import { askTrace } from "./source";

/** People type faster than this; they are not asked about half words. */
const REST_MS = 250;

const known = new WeakMap<TraceModel, Map<string, Uint8Array>>();

export interface Finding {
  matches: Matches | null;
  /** Tags are still being looked at. */
  asking: boolean;
  problem: Problem | null;
}

export function useFind(model: TraceModel, query: string): Finding {
  const answers = known.get(model) ?? new Map<string, Uint8Array>();
  known.set(model, answers);
  const [version, setVersion] = useState(0);
  const [failed, setFailed] = useState<{ query: string; problem: Problem } | null>(null);
  const open = useMemo(() => questionsOf(query).filter(({ word }) => !answers.has(word)), [model, query, version]);

  useEffect(() => {
    if (open.length === 0) return undefined;
    const request = new AbortController();
    const timer = setTimeout(() => {
      const asked = open.map(async ({ word, ask }) => {
        const { rows } = await askTrace<{ rows: number[] }>(model.traceId, ask, request.signal);
        const flags = new Uint8Array(model.count);
        for (const row of rows) flags[row] = 1;
        answers.set(word, flags);
      });
      Promise.all(asked).then(
        () => (setFailed(null), setVersion((n) => n + 1)),
        (error: unknown) => {
          if (!request.signal.aborted) setFailed({ query, problem: error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE } });
        },
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [model, open]);

  const matches = useMemo(() => findIn(model, query, answers), [model, query, version]);
  const problem = failed?.query === query ? failed.problem : null;
  return { matches, asking: open.length > 0 && problem === null, problem };
}
