/** A share as a bar. */

export type MeterTone = "ok" | "warn" | "crit" | "plain";

/**
 * `share` from 0 to 1; at or below 0 the whole bar is hatched, so that nothing left never looks like nothing known.
 * `valueText` is what a screen reader says.
 */
export function Meter({ share, tone, label, valueText }: { share: number; tone: MeterTone; label: string; valueText: string }) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <div
      class={`meter t-${tone}${share <= 0 ? " over" : ""}`}
      role="meter"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      aria-valuetext={valueText}
      aria-label={label}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
