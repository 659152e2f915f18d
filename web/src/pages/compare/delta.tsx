/** A difference in time: orange and + where B is slower, blue and − where it is faster. */

import { fmt, texts } from "../../i18n";

export function Delta({ us }: { us: number }) {
  if (us === 0) return <span class="sub">±0</span>;
  return <span class={`delta ${us > 0 ? "slower" : "faster"}`}>{fmt().offset(us)}</span>;
}

export function deltaWords(us: number): string {
  const t = texts().compare;
  if (us === 0) return t.same;
  return (us > 0 ? t.slower : t.faster)(fmt().duration(Math.abs(us)));
}
