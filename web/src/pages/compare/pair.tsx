/** One row of the comparison: the figures of both spans, and the tags that differ. */

import { fmt, texts } from "../../i18n";
import { ClosingHead } from "../../ui/cardhead";
import { Skeleton } from "../../ui/states";
import { href } from "../../url/routes";
import { useSpanDetail } from "../trace/details";
import { SpanTitle } from "../trace/spantitle";
import type { TraceModel } from "../trace/model";
import { Delta } from "./delta";
import { differingTags } from "./diff";

interface PairProps {
  A: TraceModel;
  B: TraceModel;
  /** Rows; −1 for none. */
  a: number;
  b: number;
  onClose(): void;
}

export function PairPanel({ A, B, a, b, onClose }: PairProps) {
  const t = texts();
  const f = fmt();
  const [model, row] = a >= 0 ? [A, a] : [B, b];
  const [ofA, ofB] = [useSpanDetail(A, a).detail, useSpanDetail(B, b).detail];
  const isHere = (a < 0 || ofA !== undefined) && (b < 0 || ofB !== undefined);
  const changed = isHere ? differingTags(ofA?.tags ?? [], ofB?.tags ?? []) : [];
  const figures: [string, (model: TraceModel, row: number) => number][] = [
    [t.span.start, (model, row) => model.start[row]],
    [t.span.duration, (model, row) => model.duration[row]],
    [t.span.selfTime, (model, row) => model.self[row]],
  ];
  return (
    <section class="card" aria-label={t.span.title}>
      <ClosingHead class="span-title" title={<SpanTitle model={model} row={row} />} label={t.span.close} onClose={onClose} />
      <table class="cmp-pair">
        <thead>
          <tr>
            <td />
            {[
              [A, a, "A"] as const,
              [B, b, "B"] as const,
            ].map(([side, at, name]) => (
              <th key={name} scope="col">
                {at >= 0 ? (
                  <a class="link" href={href("trace", { id: side.traceId }, { span: side.ids[at] })}>
                    {name}
                  </a>
                ) : (
                  name
                )}
              </th>
            ))}
            <th scope="col">Δ</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(([name, of]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="num">{a >= 0 && f.duration(of(A, a))}</td>
              <td class="num">{b >= 0 && f.duration(of(B, b))}</td>
              <td class="num">{a >= 0 && b >= 0 && <Delta us={of(B, b) - of(A, a)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t.compare.tags}</h3>
      {!isHere && <Skeleton rows={3} />}
      {isHere && changed.length === 0 && <p class="muted">{t.compare.tagsSame}</p>}
      {changed.length > 0 && (
        <table class="pairs cmp-tags">
          <tbody>
            {changed.map(([name, inA, inB]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{inA ?? "–"}</td>
                <td>{inB ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
