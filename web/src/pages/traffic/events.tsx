/** What happened to the rules, who asked for it and why: netd's journal, newest first. */

import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Page, TimelineEvent } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Loaded } from "../../ui/states";
import { Shape, type Tone } from "../../ui/status";
import { href } from "../../url/routes";

const SHOWN_MAX = 20;

/** What is no plain step of a plan. */
const EVENTS: Record<string, Tone> = {
  "traffic.applied": "info",
  "traffic.confirmed": "ok",
  "traffic.restored": "ok",
  "traffic.reverted": "warn",
  "traffic.rolled-back": "warn",
  "traffic.foreign": "warn",
  "traffic.lost": "warn",
  "traffic.fallback": "crit",
  "traffic.trouble": "crit",
  "traffic.journal-replaced": "crit",
};

export function Happened() {
  const t = texts().traffic;
  const events = useResource<Page<TimelineEvent>>(apiUrl("/events", { topics: "traffic", limit: SHOWN_MAX }), { topic: "timeline" });
  return (
    <section class="card">
      <h2>{t.events}</h2>
      <Loaded resource={events} what={t.events}>
        {({ items }) => (
          <>
            {items.length === 0 && <p class="muted">{t.eventsNone}</p>}
            <ol class="changes">
              {items.map((event) => (
                <Event key={event.id} event={event} />
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Event({ event: { at, kind, subject, text } }: { event: TimelineEvent }) {
  const tone = EVENTS[kind] ?? "none";
  return (
    <li>
      <time class="sub" dateTime={at} title={fmt().instant(Date.parse(at))}>
        {fmt().time(Date.parse(at), nowMs.value)}
      </time>
      <b class={`pill bare ${tone}`}>
        <Shape tone={tone} />
      </b>
      {subject ? (
        <a class="link" href={href("trafficPlan", { id: subject })}>
          {text}
        </a>
      ) : (
        <span>{text}</span>
      )}
    </li>
  );
}
