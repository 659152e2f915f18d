/** Behind alerts: those who are told, and what changed before. */

import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { Loaded } from "../../ui/states";
import { Pill, type Tone } from "../../ui/status";
import { href } from "../../url/routes";
import type { Changes, Target } from "./model";

export function Targets() {
  const t = texts().alerts;
  const f = fmt();
  const notify = useResource<{ targets: Target[]; findings: string[] }>(apiUrl("/notify"), { topic: "slos" });
  return (
    <section class="card flush">
      <div class="card-head">
        <h2>{t.who}</h2>
      </div>
      <Loaded resource={notify} what={t.who}>
        {({ targets, findings }) => (
          <>
            {targets.length === 0 ? (
              <p class="state muted">{t.nobodyTold}</p>
            ) : (
              <table aria-label={t.who}>
                <thead>
                  <tr>
                    <th scope="col">{t.target}</th>
                    <th scope="col">{t.state}</th>
                    <th scope="col" class="num">{t.waiting}</th>
                    <th scope="col" class="num">{t.givenUp}</th>
                    <th scope="col" class="num hide-s">{t.silences}</th>
                  </tr>
                </thead>
                <tbody>
                  {targets.map((target) => (
                    <tr key={target.name}>
                      <td>
                        {target.name} <span class="sub">{target.type}</span>
                      </td>
                      <td>
                        <Pill tone={target.failing ? "crit" : "ok"}>{target.failing ? t.failing : t.delivers}</Pill>
                        {target.failing && <div class="sub">{t.failingText(f.time(Date.parse(target.failing.since), nowMs.value), target.failing.tries, target.failing.reason)}</div>}
                      </td>
                      <td class="num">{f.count(target.waiting)}</td>
                      <td class="num" title={target.lastGivenUp ?? undefined}>{f.count(target.givenUp)}</td>
                      <td class="num hide-s" title={target.silences?.failing ?? undefined}>{target.silences && f.count(target.silences.active)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {findings.map((finding) => (
              <pre key={finding} class="state sub">
                {finding}
              </pre>
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

const CHANGES: Record<string, Tone> = { fired: "crit", escalated: "crit", pending: "warn", resolved: "ok", frozen: "frozen", acknowledged: "info" };

/** Changes shown at first, and how many more each time. */
const STRETCH = 25;

/** Newest first. */
export function History({ slo, service }: { slo: string; service: string }) {
  const t = texts().alerts;
  const f = fmt();
  const [limit, setLimit] = useState(STRETCH);
  const changes = useResource<Changes>(apiUrl("/alerts", { history: "true", limit, slo, service }), { topic: "timeline", keep: true });
  return (
    <section class="card flush">
      <div class="card-head">
        <h2>{t.history}</h2>
      </div>
      <Loaded resource={changes} what={t.history}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p class="state muted">{t.noHistory}</p>}
            <ul class="alert-changes">
              {items.map((change) => (
                <li key={change.id} class="row tight">
                  <time class="sub" dateTime={change.at} title={f.instant(Date.parse(change.at))}>
                    {f.time(Date.parse(change.at), nowMs.value)}
                  </time>
                  <Pill tone={CHANGES[change.change] ?? "none"}>{change.severity}</Pill>
                  <a class="link" href={href("slo", { name: change.slo })}>
                    {change.text}
                  </a>
                </li>
              ))}
            </ul>
            {next && (
              <button type="button" class="btn small" onClick={() => setLimit(limit + 2 * STRETCH)}>
                {t.more}
              </button>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
