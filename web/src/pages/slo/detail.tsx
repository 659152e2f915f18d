/** One SLO: its promise, how it is kept, what spends its budget, what follows from that, and what another promise would be. */

import "../../shared";
import { useEffect, useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import type { Alert, Marker, Page, Policy, Slo, SloDetail, SloSeries } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { parseLength } from "../../i18n/format";
import { useTitle } from "../../shell/head";
import { useKeys } from "../../shell/keys";
import { Figures } from "../../ui/figures";
import { Icon } from "../../ui/icons";
import { Seg } from "../../ui/seg";
import { Empty, Failure, Skeleton, Stale } from "../../ui/states";
import { Pill, type Tone } from "../../ui/status";
import { navigate } from "../../url/location";
import { href, SLO_TABS, type QueryOf } from "../../url/routes";
import { Alerts } from "./alerts";
import { badShare, beforeAfter, endMsOf, outageUs, returnsOf, startMsOf, stepMarker } from "./budget";
import { LineChart, SeriesTable } from "./chart";
import { Groups, History, Parts } from "./more";
import { PolicyCard } from "./policy";
import { Requests } from "./requests";
import { allowedOf, burnStateOf, lastsUs, objectiveOf, oneFailure, titleOf, type BurnState } from "./status";
import { StatusPill } from "./table";

/** A zoom never shows less than this many steps of the whole window. */
const ZOOM_MAX = 400;

export type SloQuery = QueryOf<"slo">;
export type SetQuery = (change: Partial<SloQuery>, replace?: boolean) => void;

export function SloDetailPage({ name, query }: { name: string; query: SloQuery }) {
  const t = texts();
  const detail = useResource<SloDetail>(apiUrl(`/slos/${encodeURIComponent(name)}`), { topic: "slos" });
  const items = detail.data?.items ?? [];
  // A composite speaks for its parts: it is the last of them.
  const slo = items.find((item) => item.objective === query.objective) ?? items.find((item) => item.composite) ?? items[0];
  useTitle(slo ? titleOf(slo) : name, slo ? `${titleOf(slo)}: ${slo.budget === null ? t.status.none : t.slo.left(fmt().budget(slo.budget))}` : name);

  if (!slo) {
    if (detail.problem?.status === 404 || detail.data) {
      return (
        <section class="card">
          <Empty title={t.slo.unknown(name)}>
            <a class="btn" href={href("slos", {})}>
              {t.slo.toAll}
            </a>
          </Empty>
        </section>
      );
    }
    return <section class="card">{detail.problem ? <Failure what={name} problem={detail.problem} retry={detail.retry} /> : <Skeleton rows={8} />}</section>;
  }
  const set: SetQuery = (change, replace = false) => navigate(href("slo", { name }, { ...query, ...change }), { replace });
  return (
    <>
      {detail.old && <Stale resource={detail} what={titleOf(slo)} />}
      <Promise slo={slo} items={items} detail={detail.data} set={set} />
      <Body key={slo.objective} slo={slo} query={query} set={set} place={detail.data?.definition ? `${detail.data.definition.file}` : ""} />
      <div class="grid halves">
        <Groups slo={slo} />
        <History slo={slo} amendments={detail.data?.amendments ?? []} />
      </div>
    </>
  );
}

/** What is promised and how it stands, in one line; and the other objectives. */
function Promise({ slo, items, detail, set }: { slo: Slo; items: Slo[]; detail: SloDetail | undefined; set: SetQuery }) {
  const t = texts().slo;
  const f = fmt();
  const length = slo.window ? t.window(f.window(slo.window)) : slo.calendar ? t.calendar(f.window(slo.calendar.duration), slo.calendar.timeZone) : "";
  const place = detail?.definition;
  return (
    <>
      <div class="row">
        <StatusPill slo={slo} />
        <BurnPill slo={slo} />
        <span class="muted">{[objectiveOf(slo), slo.description, slo.service, length].filter(Boolean).join(" · ")}</span>
        <span class="spring" />
        {place && (
          <span class="sub">
            {t.definedIn} <code>{`${place.file}:${place.line}:${place.column}`}</code>
          </span>
        )}
        <button type="button" class="btn small screen-only" onClick={() => print()}>
          <Icon name="file" />
          {t.report}
        </button>
      </div>
      {items.length > 1 && <Parts items={items} chosen={slo} choose={(objective) => set({ objective })} />}
      {slo.explanation && <p class="muted">{slo.explanation}.</p>}
    </>
  );
}

const BURN_TONES: Record<BurnState, Tone> = { firing: "crit", recovering: "info", rising: "warn", quiet: "ok" };

export function BurnStatePill({ state }: { state: BurnState }) {
  return <Pill tone={BURN_TONES[state]}>{texts().slo[state]}</Pill>;
}

function BurnPill({ slo }: { slo: Slo }) {
  const page = slo.page;
  if (!page || slo.state === "unmeasured") return null;
  const state = burnStateOf(page.longBurn, page.shortBurn, page.threshold);
  return state === "quiet" ? null : <BurnStatePill state={state} />;
}

function Body({ slo, query, set, place }: { slo: Slo; query: SloQuery; set: SetQuery; place: string }) {
  const windowUs = slo.window ? (parseLength(slo.window) ?? 0) : slo.calendar?.from ? (Date.parse(slo.calendar.until ?? "") - Date.parse(slo.calendar.from)) * 1000 : 0;
  const policy = useResource<Policy>(apiUrl(`/policies/${encodeURIComponent(slo.service)}`), { topic: "timeline", keep: true });
  const alerts = useResource<Page<Alert>>(apiUrl("/alerts", { slo: slo.name, all: "true" }), { topic: "slos", keep: true });
  const mine = alerts.data?.items.filter((alert) => alert.objective === slo.objective) ?? [];
  return (
    <>
      <Tiles slo={slo} windowUs={windowUs} policy={policy.data} />
      <div class="grid overview-low">
        <OverTime slo={slo} windowUs={windowUs} query={query} set={set} policy={policy.data} />
        <Burns slo={slo} alerts={mine} />
      </div>
      <Requests slo={slo} windowUs={windowUs} query={query} set={set} place={place} />
      <div class="grid halves">
        <PolicyCard service={slo.service} gate={slo.gate} policy={policy} />
        <Alerts alerts={alerts} items={mine} />
      </div>
    </>
  );
}

function Tiles({ slo, windowUs, policy }: { slo: Slo; windowUs: number; policy: Policy | undefined }) {
  const t = texts();
  const f = fmt();
  const allowed = allowedOf(slo);
  const left = allowed - slo.bad;
  const isCounted = slo.method !== "RatioTimeslices" && !slo.composite;
  const outage = left < 0 ? outageUs(slo, -left, windowUs) : outageUs(slo, left, windowUs);
  const one = isCounted ? oneFailure(slo) : null;
  return (
    <section class="tiles" aria-label={t.overview.numbers}>
      <div class="card tile">
        <span class="sub">SLI</span>
        <b>
          {slo.isEstimate && slo.sli !== null && <abbr title={t.slo.estimate}>~</abbr>}
          {f.sli(slo.sli, slo.target)}
        </b>
        <span class="sub">{t.slo.detailTarget(f.target(slo.target))}</span>
        {!slo.composite && <span class="sub">{slo.method === "Timeslices" ? t.slo.goodBadSlices(f.count(slo.good), f.count(slo.bad)) : t.slo.goodBad(f.count(slo.good), f.count(slo.bad))}</span>}
        {slo.raw && <span class="sub">{t.slo.rawIs(f.sli(slo.raw.sli, slo.target))}</span>}
        {slo.coverage < 0.99 && slo.sli !== null && <span class="sub">{t.slo.coverage(f.share(slo.coverage))}</span>}
      </div>
      <div class={`card tile${(slo.budget ?? 1) <= 0 ? " alarm" : ""}`}>
        <span class="sub">{t.slo.budget}</span>
        <b>{f.budget(slo.budget)}</b>
        {slo.budget !== null && isCounted && <span class="sub">{left < 0 ? t.slo.exceeded(f.count(Math.ceil(-left))) : t.slo.leftOver(f.count(Math.floor(left)))}</span>}
        {slo.budget !== null && isCounted && outage !== null && outage > 0 && <span class="sub">{t.slo.outage(f.length(outage))}</span>}
        {one !== null && <span class="sub">{t.slo.oneFailure(f.share(one))}</span>}
        {slo.raw && <span class="sub">{t.slo.rawIs(f.budget(slo.raw.budget))}</span>}
      </div>
      <div class="card tile">
        <span class="sub">{t.slo.burn}</span>
        <b>{`${f.burn(slo.burn["1h"] ?? null)} / ${f.burn(slo.burn["6h"] ?? null)}`}</b>
        <span class="sub">{paceOf(slo)}</span>
      </div>
      <div class="card tile">
        <span class="sub">{t.slo.policy}</span>
        <b>{slo.gate === "held" ? t.status.held : t.slo.gateAllowed}</b>
        <span class="sub">{policy?.state ? t.slo.inState(policy.state, policy.policy) : policy?.text}</span>
      </div>
    </section>
  );
}

/** How long the budget lasts at the present pace, in a sentence. */
function paceOf(slo: Slo): string {
  const t = texts().slo;
  const lasts = lastsUs(slo);
  if (slo.budget === null) return texts().status.none;
  if (slo.budget <= 0) return t.paceGone;
  return lasts === null ? t.paceLasts : t.pace(fmt().length(lasts));
}

interface OverTimeProps {
  slo: Slo;
  windowUs: number;
  query: SloQuery;
  set: SetQuery;
  policy: Policy | undefined;
}

function OverTime({ slo, windowUs, query, set, policy }: OverTimeProps) {
  const t = texts().slo;
  const f = fmt();
  const [asTable, setAsTable] = useState(false);
  const [chosen, choose] = useState<Marker | null>(null);
  const bounds = query.from && query.to ? { from: query.from, to: query.to } : {};
  const path = `/slos/${encodeURIComponent(slo.name)}`;
  // A zoom into the past does not move.
  const topic = query.to ? undefined : ("slos" as const);
  const series = useResource<SloSeries>(apiUrl(`${path}/series`, { objective: slo.objective, ...bounds }), { topic, keep: true });
  const marks = useResource<Page<Marker>>(apiUrl(`${path}/markers`, bounds), { topic: "timeline", keep: true });
  const markers = marks.data?.items ?? [];
  const step = (by: 1 | -1) => choose((now) => stepMarker(markers, now, by));
  const keys = texts().keys;
  useKeys([
    { keys: ".", label: keys.nextMarker, group: "slo", run: () => step(1) },
    { keys: ",", label: keys.previousMarker, group: "slo", run: () => step(-1) },
  ]);
  const zoom = (fromMs: number, toMs: number) => {
    if ((toMs - fromMs) * 1000 * ZOOM_MAX < windowUs || toMs - fromMs < 2000) return;
    set({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
  };
  const reset = () => set({ from: "", to: "" });
  const levels = (policy?.states ?? []).flatMap((state) => (state.above !== null && state.above > 0 ? [{ at: state.above, name: t.below(state.name, f.budget(state.above)) }] : []));
  const length = slo.window ? f.window(slo.window) : f.window(slo.calendar?.duration ?? "");

  return (
    <section class="card">
      <div class="card-head">
        <h2>{slo.window ? t.budgetRolling(length) : t.budgetCalendar(length)}</h2>
        <span class="spring" />
        <Seg label={t.shows} values={SLO_TABS} now={query.tab} text={(tab) => t.tabs[tab]} choose={(tab) => set({ tab }, true)} />
        <button type="button" class="btn small screen-only" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? texts().chart.asChart : texts().chart.asTable}
        </button>
      </div>
      {!series.data ? (
        series.problem ? <Failure what={t.budgetOverTime} problem={series.problem} retry={series.retry} /> : <Skeleton rows={5} />
      ) : asTable ? (
        <SeriesTable series={series.data} markers={markers} target={slo.target} />
      ) : (
        <>
          <LineChart
            series={series.data}
            tab={query.tab}
            target={slo.target}
            levels={levels}
            returns={slo.window ? returnsOf(series.data, windowUs) : []}
            markers={markers}
            chosen={chosen}
            choose={choose}
            zoom={zoom}
            reset={reset}
          />
          <ChartBar series={series.data} markers={markers} chosen={chosen} step={step} zoom={zoom} reset={query.from ? reset : null} />
          {chosen && <Chosen series={series.data} marker={chosen} />}
        </>
      )}
    </section>
  );
}

interface ChartBarProps {
  series: SloSeries;
  markers: Marker[];
  chosen: Marker | null;
  step(by: 1 | -1): void;
  zoom(fromMs: number, toMs: number): void;
  reset: (() => void) | null;
}

/** What dragging and clicking do, as buttons. */
function ChartBar({ series, markers, chosen, step, zoom, reset }: ChartBarProps) {
  const t = texts().slo;
  const [fromMs, toMs] = [startMsOf(series), endMsOf(series)];
  const middle = chosen ? Date.parse(chosen.at) : toMs;
  const quarter = (toMs - fromMs) / 4;
  const zoomIn = () => {
    const end = Math.min(toMs, Math.max(fromMs + 2 * quarter, middle + quarter));
    zoom(end - 2 * quarter, end);
  };
  return (
    <div class="row tight screen-only">
      <button type="button" class="btn small" onClick={zoomIn}>
        <Icon name="zoom-in" />
        {t.zoomIn}
      </button>
      {reset && (
        <>
          <button type="button" class="btn small" onClick={() => zoom(fromMs - 2 * quarter, toMs - 2 * quarter)}>
            {t.earlier}
          </button>
          <button type="button" class="btn small" onClick={reset}>
            <Icon name="maximize" />
            {t.wholeWindow}
          </button>
        </>
      )}
      <span class="spring" />
      {markers.length > 0 && (
        <>
          <span class="sub">{t.nMarkers(markers.length)}</span>
          <button type="button" class="btn small" onClick={() => step(-1)}>
            {t.markerBefore} <kbd>,</kbd>
          </button>
          <button type="button" class="btn small" onClick={() => step(1)}>
            {t.markerAfter} <kbd>.</kbd>
          </button>
        </>
      )}
    </div>
  );
}

/** A marker in words, and what was different after it. */
function Chosen({ series, marker }: { series: SloSeries; marker: Marker }) {
  const t = texts().slo;
  const f = fmt();
  const { before, after } = beforeAfter(series, Date.parse(marker.at));
  const [was, is] = [badShare(before), badShare(after)];
  const share = (n: number | null) => (n === null ? "–" : f.share(n));
  return (
    <p class="marker" role="status">
      <b>{`${f.time(Date.parse(marker.at), nowMs.value)} · ${t.lanes[marker.lane].long}`}</b> {marker.text}
      {marker.until && ` (${t.untilTime(f.time(Date.parse(marker.until), nowMs.value))})`}
      <span class="sub">{t.beforeAfter(share(was), f.count(before.good + before.bad), share(is), f.count(after.good + after.bad))}</span>
      {marker.lane === "deploy" && marker.service && (
        <a class="link" href={href("traces", {}, { q: `service=${marker.service} version=${marker.subject}` })}>
          {t.tracesOfVersion(marker.subject)}
        </a>
      )}
    </p>
  );
}

function Burns({ slo, alerts }: { slo: Slo; alerts: Alert[] }) {
  const t = texts().slo;
  const f = fmt();
  const rows = alerts.flatMap((alert) => (alert.conditions ?? []).map((condition) => ({ ...condition, severity: alert.severity })));
  return (
    <section class="card">
      <h2>{t.burnByWindow}</h2>
      <Figures
        class="burns"
        heads={[t.burnWindow, t.burnRate, t.burnLimit, t.burnState]}
        num={[1, 2]}
        rows={
          rows.length === 0
            ? Object.entries(slo.burn).map(([window, burn]) => [window, f.window(window), f.burn(burn), "", ""])
            : rows.map((row) => [
                row.severity + row.long + row.short,
                <>
                  <span class="sub">{t.pair(f.window(row.long), f.window(row.short))}</span>
                  <div class={`bar ${row.holds ? "crit" : ""}`} aria-hidden="true">
                    <i style={{ width: `${Math.min(100, ((row.longBurn ?? 0) / row.threshold) * 100)}%` }} />
                  </div>
                </>,
                `${f.burn(row.longBurn)} / ${f.burn(row.shortBurn)}`,
                f.burn(row.threshold),
                row.reachable ? <BurnStatePill state={burnStateOf(row.longBurn, row.shortBurn, row.threshold)} /> : <span class="sub">{t.unreachable}</span>,
              ])
        }
      />
      <p class="sub">{paceOf(slo)}</p>
    </section>
  );
}

/** Asks again now and then, while the page is seen: for what costs the server more than a figure. */
export function useBeat(retry: () => void, everyMs: number): void {
  const beat = Math.floor(nowMs.value / everyMs);
  const [first] = useState(beat);
  useEffect(() => {
    if (beat !== first) retry();
  }, [beat]);
}
