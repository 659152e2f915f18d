/** What sets two traces apart, by operation; a click shows its first call. */

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import type { TraceModel } from "../trace/model";
import { Delta } from "./delta";
import { findingsOf, type Diff, type Operation } from "./diff";

/** A reader takes in a handful; the tree has the rest. */
const SHOWN_MAX = 8;

export function FindingsCard({ A, B, diff, onSelect }: { A: TraceModel; B: TraceModel; diff: Diff; onSelect(row: number): void }) {
  const t = texts().compare;
  const f = fmt();
  const findings = useMemo(() => findingsOf(diff), [diff]);
  const calls = ({ calls: [a, b] }: Operation) => t.calls(f.count(a), f.count(b));
  const show = (operation: Operation) => {
    const isIt = (model: TraceModel, row: number) =>
      row >= 0 && model.services[model.service[row]]?.name === operation.service && model.names[model.name[row]] === operation.name && model.kinds[row] === operation.kind;
    for (let row = 0; row < diff.count; row++) if (isIt(A, diff.a[row]) || isIt(B, diff.b[row])) return onSelect(row);
  };
  const lists: [string, Operation[], (of: Operation) => ComponentChildren][] = [
    [t.onlyATitle, findings.onlyA, calls],
    [t.onlyBTitle, findings.onlyB, calls],
    [t.moreCalls, findings.moreCalls, calls],
    [t.selfTime, findings.selfTime, ({ selfUs: [a, b] }) => <Delta us={b - a} />],
  ];
  return (
    <section class="card cmp-findings">
      {lists.map(([title, operations, figure]) => (
        <div key={title}>
          <h2>
            {title} <span class="sub">{operations.length > 0 && f.count(operations.length)}</span>
          </h2>
          {operations.length === 0 && <p class="sub">{t.nothing}</p>}
          <ul>
            {operations.slice(0, SHOWN_MAX).map((operation) => (
              <li key={`${operation.service} ${operation.name} ${operation.kind}`}>
                <button type="button" class="plain" onClick={() => show(operation)}>
                  <b>{operation.service || texts().trace.unknownService}</b> {operation.name || texts().trace.unnamed}
                </button>
                <span class="sub nowrap">{figure(operation)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p class="sub">{t.selectHint}</p>
    </section>
  );
}
