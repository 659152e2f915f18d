/** Service and operation of a span, as a heading has them. */

import { texts } from "../../i18n";
import { dotClass, type TraceModel } from "./model";

export function SpanTitle({ model, row }: { model: TraceModel; row: number }) {
  const t = texts().trace;
  return (
    <>
      <i class={dotClass(model, model.service[row])} aria-hidden="true" /> {model.services[model.service[row]]?.name || t.unknownService}{" "}
      <span class="muted">· {model.names[model.name[row]] || t.unnamed}</span>
    </>
  );
}
