/** The time range: a length up to now, or two instants. */

import { useState } from "preact/hooks";
import { nowMs } from "../../api/live";
import { fmt, texts } from "../../i18n";
import { Icon } from "../../ui/icons";
import { Popover } from "../../ui/popover";
import { RANGES } from "../../url/routes";
import { fromInput, isPinned, toInput, type TimeRange } from "../../url/timerange";

/** In the order of their length. */
const CHOICES = ["15m", "1h", "6h", "24h", "2d", "7d"] as const satisfies readonly (typeof RANGES)[number][];

export function rangeText(range: TimeRange): string {
  const t = texts().traces;
  const f = fmt();
  if (!isPinned(range)) return t.last(f.window(range.t));
  return t.fromTo(f.time(Date.parse(range.from), nowMs.value), f.time(Date.parse(range.to), nowMs.value));
}

export function RangeMenu({ range, onChange }: { range: TimeRange; onChange(range: TimeRange): void }) {
  const t = texts().traces;
  return (
    <Popover
      label={t.range}
      button={
        <>
          <Icon name="clock" />
          {rangeText(range)}
          <Icon name="chevron-down" />
        </>
      }
    >
      {(close) => (
        <>
          <div class="legend">{t.relative}</div>
          {CHOICES.map((length) => (
            <button
              key={length}
              type="button"
              class="item"
              aria-current={!isPinned(range) && range.t === length ? "true" : undefined}
              onClick={() => {
                close();
                onChange({ t: length, from: "", to: "" });
              }}
            >
              {t.last(fmt().window(length))}
            </button>
          ))}
          <hr />
          <Pinned
            range={range}
            onChange={(next) => {
              close();
              onChange(next);
            }}
          />
        </>
      )}
    </Popover>
  );
}

function Pinned({ range, onChange }: { range: TimeRange; onChange(range: TimeRange): void }) {
  const t = texts().traces;
  const { offsetMs } = fmt();
  const now = nowMs.peek();
  const [from, setFrom] = useState(toInput(isPinned(range) ? Date.parse(range.from) : now - 3_600_000, offsetMs));
  const [to, setTo] = useState(toInput(isPinned(range) ? Date.parse(range.to) : now, offsetMs));
  const [fromMs, toMs] = [fromInput(from, offsetMs), fromInput(to, offsetMs)];
  const isValid = fromMs < toMs;
  return (
    <form
      class="pinned"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onChange({ t: range.t, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
      }}
    >
      <div class="legend">{t.pinned}</div>
      <label class="field">
        {t.from}
        <input class="input" type="datetime-local" step="1" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label class="field">
        {t.to}
        <input class="input" type="datetime-local" step="1" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      {!isValid && (
        <span class="pill bare crit" role="alert">
          {t.badRange}
        </span>
      )}
      <button type="submit" class="btn primary" disabled={!isValid}>
        {t.apply}
      </button>
    </form>
  );
}
