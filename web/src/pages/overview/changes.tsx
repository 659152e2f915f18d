/** What changed: the youngest events of the ledger. */

import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Page, TimelineEvent } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { Icon, type IconName } from "../../ui/icons";
import { Loaded } from "../../ui/states";

/** What fits beside the stories; the whole ledger is a page of its own. */
const SHOWN_MAX = 8;

const ICONS: Record<string, IconName> = {
  "gate.decided": "lock",
  "deploy.marked": "rocket",
  "definitions.loaded": "file",
  "definitions.refused": "warning",
  "slo.state": "activity",
  "server.started": "power",
};

export function Changes() {
  const t = texts().overview;
  const events = useResource<Page<TimelineEvent>>(apiUrl("/events"), { topic: "timeline" });
  return (
    <section class="card">
      <h2>{t.changed}</h2>
      <Loaded resource={events} what={t.changes} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{t.changedNone}</p>
          ) : (
            <ol class="changes">
              {[...items]
                .sort((a, b) => b.id - a.id)
                .slice(0, SHOWN_MAX)
                .map((event) => (
                  <Change key={event.id} event={event} />
                ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}

function Change({ event }: { event: TimelineEvent }) {
  const at = Date.parse(event.at);
  return (
    <li>
      <time class="sub" dateTime={event.at} title={fmt().instant(at)}>
        {fmt().time(at, nowMs.value)}
      </time>
      <Icon name={ICONS[event.kind] ?? "clock"} />
      <span>{event.text}</span>
    </li>
  );
}
