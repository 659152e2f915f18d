/** With no span selected: what the time went to, by service or by operation. Each leads to the span that spent most of it. */

import { useMemo, useState } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { dotClass, sharesOf, type Share, type TraceModel } from "./model";
import { term } from "./term";
import { Seg } from "../../ui/seg";

/** Lines shown; the small rest of a large trace explains nothing. */
const SHOWN_MAX = 12;

export function Summary({ model, onFind, onSelect }: { model: TraceModel; onFind(q: string): void; onSelect(row: number): void }) {
  const t = texts();
  const f = fmt();
  const [byOperation, setByOperation] = useState(false);
  const shares = useMemo(() => sharesOf(model, byOperation), [model, byOperation]);
  const serviceOf = (of: Share) => model.services[of.service].name;
  const lead = (of: Share) => {
    onFind([term("service", serviceOf(of)), of.name >= 0 && term("op", model.names[of.name])].filter(Boolean).join(" "));
    onSelect(of.row);
  };
  return (
    <div class="card">
      <div class="card-head">
        <h2>{t.span.summary}</h2>
        <span class="spring" />
        <Seg label={t.span.summary} values={[false, true]} now={byOperation} text={(operation) => (operation ? t.span.byOperation : t.span.byService)} choose={(operation) => setByOperation(operation)} />
      </div>
      <p class="sub">{t.span.summaryHint}</p>
      <div class="share-bar" aria-hidden="true">
        {shares.slice(0, 40).map((of) => of.share > 0 && <i key={`${of.service} ${of.name}`} class={dotClass(model, of.service)} style={{ flexGrow: of.share }} />)}
      </div>
      <table class="shares">
        <thead>
          <tr>
            <th scope="col">{byOperation ? t.span.byOperation : t.span.byService}</th>
            <th scope="col" class="num">
              {t.span.selfTime}
            </th>
            <th scope="col" class="num">
              {t.span.share}
            </th>
            <th scope="col" class="num">
              {t.traces.spans}
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.slice(0, SHOWN_MAX).map((of) => (
            <tr key={`${of.service} ${of.name}`}>
              <th scope="row">
                <button type="button" class="plain" onClick={() => lead(of)}>
                  <i class={dotClass(model, of.service)} aria-hidden="true" /> {serviceOf(of) || t.trace.unknownService}
                  {of.name >= 0 && <span class="muted"> {model.names[of.name] || t.trace.unnamed}</span>}
                  {of.errors > 0 && <span class="pill bare crit"> {t.trace.errorCount(of.errors, f.count(of.errors))}</span>}
                </button>
              </th>
              <td class="num">{f.duration(of.selfUs)}</td>
              <td class="num">{f.share(of.share)}</td>
              <td class="num">{f.count(of.spans)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
