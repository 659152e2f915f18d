/** With no span selected: which services the time went to. */

import { useMemo } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { shareByService, type TraceModel } from "./model";

/** Services shown; the small rest of a large trace explains nothing. */
const SHOWN_MAX = 12;

export function Summary({ model }: { model: TraceModel }) {
  const t = texts();
  const f = fmt();
  const shares = useMemo(() => shareByService(model), [model]);
  const spent = shares.filter((of) => of.share > 0);
  return (
    <div class="card">
      <div class="card-head">
        <h2>{t.span.summary}</h2>
        <span class="sub">{t.span.summaryHint}</span>
      </div>
      <div class="share-bar" aria-hidden="true">
        {spent.map((of) => (
          <i key={of.service} class={dotClass(model, of.service)} style={{ flexGrow: of.share }} />
        ))}
      </div>
      <table class="shares">
        <thead>
          <tr>
            <th scope="col">{t.slo.service}</th>
            <th scope="col" class="num">
              {t.span.selfTime}
            </th>
            <th scope="col" class="num">
              {t.span.share}
            </th>
            <th scope="col" class="num">
              {t.traces.spans}
            </th>
            <th scope="col" class="num">
              {t.traces.errors}
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.slice(0, SHOWN_MAX).map((of) => (
            <tr key={of.service}>
              <td>
                <span class="service">
                  <i class={dotClass(model, of.service)} aria-hidden="true" />
                  {model.services[of.service].name || t.trace.unknownService}
                </span>
              </td>
              <td class="num">{f.duration(of.selfUs)}</td>
              <td class="num">{f.share(of.share)}</td>
              <td class="num">{f.count(of.spans)}</td>
              <td class="num">{of.errors > 0 ? <span class="pill bare crit">{f.count(of.errors)}</span> : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="sub">{t.span.select}</p>
    </div>
  );
}

function dotClass(model: TraceModel, service: number): string {
  const { hue, isHatched } = model.services[service];
  return `dot c${hue}${isHatched ? " hatch" : ""}`;
}
