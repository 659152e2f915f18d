/** In one line: what is in force; over it what waits for its confirmation, and who changed what is ours. */

import { useState } from "preact/hooks";
import { nowMs } from "../../api/live";
import { fmt, texts } from "../../i18n";
import { Banner } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href } from "../../url/routes";
import { CopyLine } from "../../ui/copyline";
import { clock, secondsUntil, type Drift, type TrafficStatus } from "./model";
import { useTick } from "./status";

export function State({ status }: { status: TrafficStatus }) {
  const t = texts().traffic;
  const { confirmed, pending, fallback, drift, generation } = status;
  const isSettled = pending === null && drift.length === 0 && !fallback;
  return (
    <>
      {drift.length > 0 && <Banner tone="crit">{t.drifted(fmt().list(authors(drift, t.unseen)))}</Banner>}
      {fallback && <Banner tone="crit">{t.fallback}</Banner>}
      {pending && <Waiting key={pending.id} {...pending} />}
      <div class="row">
        {isSettled && <Pill tone={confirmed ? "ok" : "none"}>{confirmed ? t.inForce : t.noneConfirmed}</Pill>}
        {[confirmed, pending?.id].map(
          (id) =>
            id && (
              <a key={id} class="link mono" href={href("trafficPlan", { id })}>
                {t.plan(id)}
              </a>
            ),
        )}
        {generation !== null && <span class="sub">{t.generation(fmt().count(generation))}</span>}
      </div>
    </>
  );
}

/** Each once, the youngest first. */
function authors(drift: Drift[], unseen: string): string[] {
  const named = drift.map(({ process, pid }) => (process === null ? unseen : `${process} (${pid})`));
  return [...new Set(named.reverse())];
}

const SECOND_MS = 1_000;

export function Waiting({ id, deadline }: { id: string; deadline: string }) {
  const t = texts().traffic;
  const [now, setNow] = useState(Date.now);
  useTick(SECOND_MS, () => setNow(Date.now()));
  const seconds = secondsUntil(deadline, now);
  if (seconds === 0) return <Banner tone="warn">{t.takenBack(id)}</Banner>;
  const actions = (
    <>
      {/* A timer is not announced each second, as what else changes here is. */}
      <b class="num" role="timer">
        {t.left(clock(seconds))}
      </b>
      <CopyLine label={t.confirmWith} text={`nines traffic confirm ${id}`} />
      <CopyLine label={t.backWith} text={`nines traffic rollback ${id}`} />
    </>
  );
  return (
    <Banner tone="warn" action={actions}>
      {t.pending(id, fmt().time(Date.parse(deadline), nowMs.value))}
    </Banner>
  );
}
