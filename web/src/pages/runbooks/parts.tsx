/** What the pages of runbooks have in common. */

import { fmt, texts } from "../../i18n";
import { Facts } from "../../ui/facts";
import { CopyLine } from "../../ui/copyline";
import { Pill, type Tone } from "../../ui/status";
import { shellQuote } from "../../url/command";
import { LEVELS } from "./model";

const OUTCOMES: Record<string, Tone> = { finished: "ok", stopped: "crit", refused: "warn", interrupted: "warn" };

export function Outcome({ outcome }: { outcome: string }) {
  return <Pill tone={OUTCOMES[outcome] ?? "none"}>{texts().runbooks.outcomes[outcome] ?? outcome}</Pill>;
}

export const hoursText = (hours: number | null): string => (hours === null ? texts().status.none : hours < 10 ? String(Number(hours.toFixed(1))) : fmt().count(hours));
export const secondsText = (seconds: number | null | undefined): string => (seconds === null || seconds === undefined ? texts().status.none : fmt().duration(seconds * 1e6));

/** A level with five steps; what it means is said to whoever points at it, and in the legend. */
export function LevelMark({ level }: { level: string | null }) {
  if (level === null) return <span class="sub">{texts().status.none}</span>;
  const words = texts().runbooks.levels[level];
  const at = (LEVELS as readonly string[]).indexOf(level);
  return (
    <span class="level" tabIndex={0} title={words} role="img" aria-label={words ? `${level}: ${words}` : level}>
      {LEVELS.slice(1).map((one, i) => (
        <i key={one} class={i < at ? "on" : undefined} />
      ))}
      <b>{level}</b>
    </span>
  );
}

export function Legend() {
  const t = texts().runbooks;
  return (
    <section class="card">
      <h2>{t.legend}</h2>
      <Facts facts={LEVELS.map((level) => [level, t.levels[level]])} />
    </section>
  );
}

/** That the page changes nothing, and what does. */
export function NothingRuns({ path }: { path?: string | null }) {
  const t = texts().runbooks;
  const file = path ? shellQuote(path) : "FILE";
  return (
    <section class="card parts screen-only">
      <p>{t.nothingRuns}</p>
      <CopyLine label={t.planAs} text={`nines run ${file} --plan`} />
      <CopyLine label={t.runAs} text={`nines run ${file}`} />
    </section>
  );
}
