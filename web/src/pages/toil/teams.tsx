/** Each team against the cap: its share with floor, watch line and cap, how well that is known, and where it goes. */

import { fmt, texts } from "../../i18n";
import { Meter } from "../../ui/meter";
import { Pill, type Tone } from "../../ui/status";
import { CAP, EVIDENCE, oneDigit, sparkline, WATCH, type Counted, type Team, type ToilState } from "./model";

const TONES: Record<ToilState, Tone> = { ok: "ok", watch: "warn", over: "crit" };
const METERS = { ok: "ok", watch: "warn", over: "crit" } as const;
const SPARK = { width: 168, height: 36 };

export const hoursText = (hours: number): string => oneDigit(hours, fmt().count);
const percent = (share: number | null | undefined): string => (share === null || share === undefined ? texts().status.none : fmt().share(share));

export function Teams({ teams }: { teams: Team[] }) {
  const t = texts().toil;
  return (
    <section class="card">
      <h2>{t.cap(fmt().share(CAP))}</h2>
      <ul class="toil-teams">
        {teams.map((team) => (
          <TeamRow key={team.team} team={team} />
        ))}
      </ul>
      <ul class="toil-legend" aria-label={t.evidence}>
        {EVIDENCE.map((letter) => (
          <li key={letter}>
            <i class={`ev-${letter}`} aria-hidden="true" /> {t.evidenceOf[letter]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function TeamRow({ team }: { team: Team }) {
  const t = texts().toil;
  const name = team.team || t.noTeam;
  const floor = percent(team.floor);
  return (
    <li data-team={team.team}>
      <div class="row tight">
        <h3>{name}</h3>
        <Pill tone={TONES[team.state] ?? "none"}>{t.states[team.state] ?? team.state}</Pill>
        {team.trend && <span class="sub">{t.trends[team.trend] ?? team.trend}</span>}
      </div>
      <div class="toil-share">
        <b>{percent(team.share)}</b>
        <div class="toil-cap">
          <Meter share={team.share ?? 0} tone={METERS[team.state] ?? "plain"} label={t.shareOf(name)} valueText={t.shareText(percent(team.share), floor)} />
          <Mark at={WATCH} kind="watch" />
          <Mark at={CAP} kind="cap" />
          {team.floor !== null && <Mark at={team.floor} kind="floor" />}
          <span class="sub" title={t.floorHint}>
            {t.marks(floor)}
          </span>
        </div>
      </div>
      <div class="toil-known">
        <Evidence counted={team.countedHours} />
        <p class="sub">
          {t.hoursOf(hoursText(team.countedHours.all), hoursText(team.capacityHours))} · {t.hard(hoursText(team.countedHours.hard))}
          {team.switchHours > 0 && ` ${t.switching(hoursText(team.switchHours))}`}
          {team.opsShare !== null && team.opsShare !== undefined && ` · ${t.opsShare(percent(team.opsShare))}`}
        </p>
      </div>
      <Weeks team={team} />
      <div class="toil-notes">
        {team.monthsToCap !== null && team.monthsToCap !== undefined && <p>{t.crosses(oneDigit(team.monthsToCap, fmt().count))}</p>}
        {team.rotationTooSmall && <p>{t.tooSmall(team.nPersons)}</p>}
        {team.someoneOver && <p>{t.someoneOver}</p>}
        {team.gini !== null && (
          <p class="sub" title={t.spreadHint}>
            {t.spread(team.gini.toFixed(2))}
          </p>
        )}
      </div>
    </li>
  );
}

function Mark({ at, kind }: { at: number; kind: "watch" | "cap" | "floor" }) {
  return <i class={`mark ${kind}`} aria-hidden="true" style={{ left: `${Math.min(1, at) * 100}%` }} />;
}

/** Hours by how well they are known, as parts of one bar. */
function Evidence({ counted }: { counted: Counted }) {
  const t = texts().toil;
  const words = EVIDENCE.map((letter) => `${t.evidenceOf[letter]}: ${t.hours(hoursText(counted[letter]))}`).join(", ");
  return (
    <div class="toil-evidence" role="img" aria-label={`${t.evidence}: ${words}`} title={words}>
      {EVIDENCE.map((letter) => counted[letter] > 0 && <i key={letter} class={`ev-${letter}`} style={{ flexGrow: counted[letter] }} />)}
    </div>
  );
}

function Weeks({ team }: { team: Team }) {
  const t = texts().toil;
  const { weeks } = team;
  if (weeks.length < 2) return <span />;
  return (
    <svg
      class="toil-weeks"
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${t.byWeek}: ${t.weeksText(weeks.length, hoursText(weeks[0].hours), hoursText(weeks[weeks.length - 1].hours))}`}
    >
      <polyline points={sparkline(weeks, SPARK.width, SPARK.height)} />
    </svg>
  );
}
