/** A packet asked after, and what becomes of it: the address keeps both. */

import "../../shared";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { copyCommand } from "../../shell/actions";
import { useTitle } from "../../shell/head";
import { Icon } from "../../ui/icons";
import { Loaded } from "../../ui/states";
import { Pill } from "../../ui/status";
import { withPort } from "../../url/address";
import { navigate } from "../../url/location";
import { CONNECTIONS, href, PROTOCOLS, type QueryOf } from "../../url/routes";
import { Untold } from "./empty";
import { rows, VERDICTS, type Explained, type TrafficStatus } from "./model";
import { RuleTable } from "./rules";
import { useStatus } from "./status";

type Query = QueryOf<"trafficExplain">;

export function ExplainPage({ query }: { query: Query }) {
  const t = texts().traffic;
  useTitle(t.explain);
  const { resource, samples } = useStatus();
  const status = resource.data;
  const isTold = status === undefined || status.netd === "live";
  const { src, dst, dport, proto, iif, oif, ct } = query;
  const url = isTold && src && dst ? apiUrl("/traffic/explain", { src, dst: withPort(dst, dport), proto, in: iif, out: oif, ct }) : null;
  const answer = useResource<Explained>(url, { keep: true });
  return (
    <>
      <section class="card">
        <p class="muted">{t.explainText}</p>
        <ExplainForm key={JSON.stringify(query)} query={query} />
      </section>
      {!isTold && <Untold status={status} />}
      {url !== null && (
        <section class={answer.old ? "card dimmed" : "card"}>
          <Loaded resource={answer} what={t.explaining}>
            {(explained) => <Answer explained={explained} />}
          </Loaded>
        </section>
      )}
      {status && status.rules.length > 0 && <Walked status={status} samples={samples} answer={url === null ? undefined : answer.data} />}
    </>
  );
}

function Answer({ explained: { verdict, rule, to, from, path = [], missing = [] } }: { explained: Explained }) {
  const t = texts();
  return (
    <>
      <div class="row explained">
        <Pill tone={VERDICTS[verdict]}>{t.traffic.verdict[verdict]}</Pill>
        {verdict !== "unknown" && <span>{rule && rule !== "policy" ? t.traffic.by(rule) : t.traffic.byPolicy}</span>}
        {to && <span>{t.traffic.arrivesAt(to)}</span>}
        {from && <span>{t.traffic.seenFrom(from)}</span>}
        <span class="spring" />
        <button type="button" class="btn small" onClick={copyCommand}>
          <Icon name="terminal" />
          {t.palette.copyCommand}
        </button>
      </div>
      {missing.length > 0 && <p>{t.traffic.missing(fmt().list(missing))}</p>}
      {path.length > 0 && (
        <p>
          <span class="muted">{t.traffic.path}</span> <code>{path.join(" → ")}</code>
        </p>
      )}
    </>
  );
}

/** The rules, those on the packet's way marked. */
function Walked({ status, samples, answer }: { status: TrafficStatus; samples: ReturnType<typeof useStatus>["samples"]; answer: Explained | undefined }) {
  const t = texts().traffic;
  const [opened, open] = useState(false);
  const marks = new Map<string, ComponentChildren>();
  answer?.path?.forEach((step, i) => marks.set(step, <Pill tone={step === answer.rule ? VERDICTS[answer.verdict] : "info"}>{t.step(i + 1)}</Pill>));
  return (
    <section class="card flush">
      <div class="card-head">
        <h2>{t.rules}</h2>
      </div>
      <RuleTable found={rows(status.rules, "", "")} samples={samples} opened={opened} toggle={() => open(!opened)} marks={marks} />
    </section>
  );
}

export function ExplainForm({ query }: { query: Partial<Query> }) {
  const t = texts().traffic;
  const [asked, setAsked] = useState<Partial<Query>>(query);
  const text = (name: "src" | "dst" | "dport" | "iif" | "oif", label: string, hint: string, needed = false) => (
    <label class="field">
      {label}
      <input class="input" autocomplete="off" spellcheck={false} required={needed} placeholder={hint} value={asked[name] ?? ""} onInput={(event) => setAsked({ ...asked, [name]: event.currentTarget.value.trim() })} />
    </label>
  );
  const choice = <K extends "proto" | "ct">(name: K, label: string, values: readonly Query[K][]) => (
    <label class="field">
      {label}
      <select class="input" value={asked[name] ?? values[0]} onChange={(event) => setAsked({ ...asked, [name]: event.currentTarget.value as Query[K] })}>
        {values.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </select>
    </label>
  );
  const send = (event: Event) => {
    event.preventDefault();
    navigate(href("trafficExplain", {}, asked));
  };
  return (
    <form class="explain-form" onSubmit={send}>
      {text("src", t.from, "203.0.113.7", true)}
      {text("dst", t.to, "192.0.2.1", true)}
      {text("dport", t.port, "443")}
      {choice("proto", t.protocol, PROTOCOLS)}
      {text("iif", t.comes, t.byRoutes)}
      {text("oif", t.leaves, t.byRoutes)}
      {choice("ct", t.connection, CONNECTIONS)}
      <button type="submit" class="btn primary">
        {t.ask}
      </button>
    </form>
  );
}
