/** Details of spans, fetched a stretch of rows at a time, so that walking with the arrow keys rarely waits. */

import { useEffect, useState } from "preact/hooks";
import { ApiError, UNREACHABLE } from "../../api/client";
import type { Problem, SpanDetail, SpanPage } from "../../api/types";
import type { TraceModel } from "./model";
import { askTrace } from "./source";

/** Rows before and after the wanted one; the API gives at most 200 at once. */
const AROUND_ROWS = 25;
/** A held arrow key passes rows faster than this; they are not asked for. */
const REST_MS = 60;

const known = new WeakMap<TraceModel, Map<number, SpanDetail>>();

export function useSpanDetail(model: TraceModel, row: number): { detail: SpanDetail | undefined; problem: Problem | undefined; retry(): void } {
  const details = known.get(model) ?? new Map<number, SpanDetail>();
  known.set(model, details);
  const [problem, setProblem] = useState<Problem>();
  const [attempt, setAttempt] = useState(0);
  const has = details.has(row);

  useEffect(() => {
    if (has || row < 0) return undefined;
    const request = new AbortController();
    setProblem(undefined);
    const timer = setTimeout(() => {
      const from = Math.max(0, row - AROUND_ROWS);
      const to = Math.min(model.count - 1, row + AROUND_ROWS);
      askTrace<SpanPage>(model.traceId, { rows: `${from}-${to}` }, request.signal).then(
        (page) => {
          for (const item of page.items) details.set(item.row, item);
          setAttempt((n) => n + 1); // renders again, with the detail
        },
        (error: unknown) => {
          if (!request.signal.aborted) setProblem(error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE });
        },
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [model, row, has, attempt]);

  return { detail: details.get(row), problem, retry: () => setAttempt((n) => n + 1) };
}
