/** The first steps, until each is done or the reader has seen enough of them. */

import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { About, Definitions, Page, TimelineEvent } from "../../api/types";
import { texts } from "../../i18n";
import { readChoice, saveChoice } from "../../shell/storage";
import { copyText } from "../../ui/clipboard";
import { Icon } from "../../ui/icons";
import { Shape } from "../../ui/status";
import { href } from "../../url/routes";

export function Checklist({ nSlos }: { nSlos: number }) {
  const [dismissed, setDismissed] = useState(readChoice("checklist") === "off");
  if (dismissed) return null;
  const dismiss = () => {
    saveChoice("checklist", "off");
    setDismissed(true);
  };
  return <Steps nSlos={nSlos} dismiss={dismiss} />;
}

function Steps({ nSlos, dismiss }: { nSlos: number; dismiss(): void }) {
  const t = texts().overview;
  const about = useResource<About>(apiUrl("/about")).data;
  const definitions = useResource<Definitions>(apiUrl("/definitions"), { topic: "timeline" }).data;
  // A server that does not tell its kinds has no list of targets either.
  const notify = useResource<{ targets: unknown[] }>(definitions?.kinds ? apiUrl("/notify") : null).data;
  const deploys = useResource<Page<TimelineEvent>>(apiUrl("/events", { topics: "deploy", limit: 1 }), { topic: "timeline" }).data;
  if (!about || !definitions || !deploys || (definitions.kinds && !notify)) return null;
  const hasPolicy = definitions.kinds.some(({ kind, objects }) => kind === "ErrorBudgetPolicy" && objects > 0);
  const steps: [string, boolean, string, string][] = [
    [t.steps.span, about.spans > 0, href("traces", {}), t.stepsHow.span],
    [t.steps.slo, nSlos > 0, href("slos", {}), t.stepsHow.slo],
    [t.steps.alert, notify === undefined || notify.targets.length > 0, "", "[notify] in nines.toml"],
    [t.steps.policy, hasPolicy, "", "kind: ErrorBudgetPolicy"],
    [t.steps.deploy, deploys.items.length > 0, "", `curl ${location.origin}/api/nines/v1/deploys -H 'content-type: application/json' -d '{"service":"…","version":"…"}'`],
  ];
  const done = steps.filter(([, isDone]) => isDone).length;
  if (done === steps.length) return null;
  return (
    <section class="card checklist">
      <div class="card-head">
        <h2>{t.stepsTitle(done, steps.length)}</h2>
        <span class="spring" />
        <button type="button" class="btn small quiet" onClick={dismiss}>
          <Icon name="x" />
          {t.stepsDismiss}
        </button>
      </div>
      <ol>
        {steps.map(([text, isDone, to, how]) => (
          <li key={text}>
            <span class={`pill bare ${isDone ? "ok" : "none"}`}>
              <Shape tone={isDone ? "ok" : "none"} />
              {text}
              <span class="sr">{isDone ? t.stepDone : t.stepOpen}</span>
            </span>
            {!isDone &&
              (to ? (
                <a class="link sub" href={to}>
                  {how}
                </a>
              ) : (
                <button type="button" class="btn small quiet" title={how} onClick={() => void copyText(how)}>
                  <Icon name="copy" />
                  <code>{how}</code>
                </button>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
