/**
 * Numbers, times and durations as people read them, by Intl. Everything here is a pure function of its
 * arguments and the language; nothing reads the clock.
 */

/** What a value that does not exist looks like. */
export const NONE = "–";
const MINUS = "−";

const US_PER_MS = 1_000;
const US_PER_S = 1_000_000;
const US_PER_MIN = 60 * US_PER_S;
const US_PER_H = 60 * US_PER_MIN;
const US_PER_DAY = 24 * US_PER_H;

type Unit = "week" | "day" | "hour" | "minute" | "second";
const LENGTH_UNITS: Record<string, Unit> = { s: "second", m: "minute", h: "hour", d: "day", w: "week" };
const UNITS: readonly (readonly [Unit, number])[] = [
  ["day", US_PER_DAY],
  ["hour", US_PER_H],
  ["minute", US_PER_MIN],
  ["second", US_PER_S],
];

/** Whose clock times are read by. */
export type Zone = "local" | "utc";

export interface Formats {
  /** 14 382 events: grouped. */
  count(n: number): string;
  /** How long a span took: three significant digits, the unit that fits. */
  duration(us: number): string;
  /** An offset from the start of a trace: `+352 ms`. */
  offset(us: number): string;
  /** A stretch of planning time in its largest unit: `3 days`, `28 days`. */
  length(us: number): string;
  /** A length as the API and the address name it (`28d`, `24h`), in words and in its own unit. */
  window(text: string): string;
  /** A target such as 0.999: `99.9%`, with all its digits. */
  target(ratio: number): string;
  /** An SLI beside its target: never rounded up, so that a missed target never looks met. */
  sli(ratio: number | null, target: number): string;
  /** Budget left, signed: `−18%`. */
  budget(share: number | null): string;
  /** A plain share: `52%`. */
  share(ratio: number): string;
  /** A burn rate: `2.1×`. */
  burn(rate: number | null): string;
  /** Time of day, with the date when it is not the day of `nowMs`. */
  time(ms: number, nowMs: number): string;
  /** A moment on an axis whose marks are `stepMs` apart: no more of it than tells them apart. */
  tick(ms: number, stepMs: number): string;
  /** Date and time to the millisecond. */
  instant(ms: number): string;
  /** `2 minutes ago`, `in 3 days`. */
  relative(ms: number, nowMs: number): string;
  /** `a, b and c`. */
  list(items: string[]): string;
  /** What storage takes: `1.2 GB`, in powers of a thousand as disks are sold. */
  bytes(n: number): string;
  /** Calls a second: `120/s`, `0.4/s`. */
  rate(perSecond: number): string;
  /** How far the clock is ahead of UTC at a moment. */
  offsetMs(ms: number): number;
}

/** Digits behind the point that `percent` needs: 99.95 → 2. At most four: targets beyond are rare and stay readable. */
function fractionDigits(percent: number): number {
  for (let digits = 0; digits < 4; digits++) {
    if (Math.abs(percent - Number(percent.toFixed(digits))) < 1e-9) return digits;
  }
  return 4;
}

/** At most three significant digits, without trailing zeros: 842, 12.4, 1.25, 3. */
function threeDigits(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

/** `28d` → microseconds; what is not `<number><unit>` is null. */
export function parseLength(text: string): number | null {
  const match = /^(\d+)(us|ms|s|m|h|d|w)$/.exec(text);
  if (!match) return null;
  const unit = { us: 1, ms: US_PER_MS, s: US_PER_S, m: US_PER_MIN, h: US_PER_H, d: US_PER_DAY, w: 7 * US_PER_DAY }[match[2]];
  return Number(match[1]) * (unit ?? 0);
}

/** The largest unit that the length fills, and how many of it. */
function inLargestUnit(us: number): [number, Unit] {
  for (const [unit, size] of UNITS) {
    if (us >= size) return [Math.round(us / size), unit];
  }
  return [Math.round(us / US_PER_S), "second"];
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

function bytes(n: number): string {
  let unit = 0;
  while (n >= 999.5 && unit < BYTE_UNITS.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(n) : threeDigits(n)} ${BYTE_UNITS[unit]}`;
}

export function formatsOf(lang: "en" | "ko", zone: Zone = "local"): Formats {
  const timeZone = zone === "utc" ? "UTC" : undefined;
  const offsetMs = (ms: number) => (zone === "utc" ? 0 : -new Date(ms).getTimezoneOffset() * 60_000);
  /** Days and time of day since 1970 by the zone's clock. */
  const dayOf = (ms: number) => Math.floor((ms + offsetMs(ms)) / 86_400_000);
  const locale = lang === "ko" ? "ko-KR" : "en-GB";
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: lang === "ko" ? "long" : "short" });
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  const dayClock = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const minute = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(locale, { timeZone, month: "short", day: "numeric" });
  const instant = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    timeZoneName: "short",
  });
  const list = new Intl.ListFormat(locale, { style: "short", type: "conjunction" });
  const numberFormats = new Map<string, Intl.NumberFormat>();

  function inUnit(n: number, unit: Unit, unitDisplay: "long" | "narrow"): string {
    const key = unit + unitDisplay;
    let format = numberFormats.get(key);
    if (!format) {
      format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay });
      numberFormats.set(key, format);
    }
    return format.format(n);
  }

  function percent(ratio: number, digits: number, down: boolean): string {
    const key = `%${digits}${down}`;
    let format = numberFormats.get(key);
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        style: "percent",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        // roundingMode is newer than the TypeScript library's type of these options.
        ...({ roundingMode: down ? "floor" : "halfExpand" } as object),
      });
      numberFormats.set(key, format);
    }
    return format.format(ratio).replace("-", MINUS).replace(/^−0(\.0+)?%$/, "0%");
  }

  function duration(us: number): string {
    if (us <= 0) return "0 ms";
    if (us < US_PER_MS) return `${Math.round(us)} µs`;
    // 999.6 ms would read "1000 ms": from there on the next unit is the shorter text.
    if (us < 999_500) return `${threeDigits(us / US_PER_MS)} ms`;
    if (us < US_PER_MIN) return `${threeDigits(us / US_PER_S)} s`;
    const [big, small]: [Unit, Unit] = us < US_PER_H ? ["minute", "second"] : us < US_PER_DAY ? ["hour", "minute"] : ["day", "hour"];
    const size = Object.fromEntries(UNITS) as Record<string, number>;
    const whole = Math.floor(us / size[big]);
    const rest = Math.floor((us - whole * size[big]) / size[small]);
    const text = inUnit(whole, big, "narrow");
    return rest === 0 ? text : `${text} ${inUnit(rest, small, "narrow")}`;
  }

  return {
    count: (n) => integer.format(n),
    duration,
    offset: (us) => (us < 0 ? MINUS : "+") + duration(Math.abs(us)),
    length: (us) => inUnit(...inLargestUnit(us), "long"),
    window(text) {
      const match = /^(\d+)([smhdw])$/.exec(text);
      return match ? inUnit(Number(match[1]), LENGTH_UNITS[match[2]], "long") : text;
    },
    target: (ratio) => percent(ratio, fractionDigits(ratio * 100), false),
    sli(ratio, target) {
      if (ratio === null) return NONE;
      if (ratio === 1) return "100%";
      return percent(ratio, Math.max(2, fractionDigits(target * 100)), true);
    },
    budget(share) {
      if (share === null) return NONE;
      const size = Math.abs(share);
      // The last hundredths of a budget are worth a digit more; big overdrafts need none.
      return percent(share, size > 0 && size < 0.01 ? 1 : 0, false);
    },
    share: (ratio) => percent(ratio, ratio > 0 && ratio < 0.1 ? 1 : 0, false),
    burn(rate) {
      if (rate === null) return NONE;
      return `${rate >= 100 ? integer.format(rate) : rate.toFixed(1)}×`;
    },
    time(ms, nowMs) {
      return (dayOf(ms) === dayOf(nowMs) ? clock : dayClock).format(ms);
    },
    tick(ms, stepMs) {
      const isMidnight = (ms + offsetMs(ms)) % 86_400_000 < 60_000;
      if (stepMs >= 24 * 3_600_000 || (isMidnight && stepMs >= 3_600_000)) return day.format(ms);
      return (stepMs >= 60_000 ? minute : clock).format(ms);
    },
    instant: (ms) => instant.format(ms),
    relative(ms, nowMs) {
      const [n, unit] = inLargestUnit(Math.abs(ms - nowMs) * US_PER_MS);
      return relative.format(ms <= nowMs ? -n : n, unit);
    },
    list: (items) => list.format(items),
    bytes,
    rate: (perSecond) => `${perSecond >= 1000 ? integer.format(perSecond) : perSecond > 0 && perSecond < 0.01 ? "<0.01" : threeDigits(perSecond)}/s`,
    offsetMs,
  };
}
