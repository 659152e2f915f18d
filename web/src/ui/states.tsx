/** What a panel looks like while it has nothing to show: loading, failed, stale, empty. */

import type { ComponentChildren } from "preact";
import { UNREACHABLE } from "../api/client";
import { nowMs } from "../api/live";
import type { Resource } from "../api/resource";
import type { Gap, Problem } from "../api/types";
import { fmt, texts } from "../i18n";
import { copyText } from "./clipboard";
import { Icon } from "./icons";
import { Pill, Shape, type Tone } from "./status";

/** Bars where text will be. Nothing is seen of it for the first moment (styles/ui.css). */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <div class="state" aria-busy="true">
      <span class="sr">{texts().state.loading}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class="skeleton" style={{ width: `${92 - ((i * 37) % 40)}%` }} />
      ))}
    </div>
  );
}

export function Empty({ title, children, tone }: { title: string; children?: ComponentChildren; tone?: Tone }) {
  return (
    <div class="state">
      {tone ? (
        <div class="row tight">
          <Pill tone={tone}>{title}</Pill>
        </div>
      ) : (
        <h2>{title}</h2>
      )}
      {children}
    </div>
  );
}

/** What failed, what the server said, and what can be done. */
export function Failure({ what, problem, url, retry }: { what: string; problem: Problem; url?: string; retry(): void }) {
  const t = texts();
  const words = problem.status === UNREACHABLE ? t.state.unreachable : (problem.detail ?? problem.title);
  return (
    <div class="state" role="alert">
      <div class="row tight">
        <Pill tone="crit">{problem.status === UNREACHABLE ? t.state.failed(what) : `${t.state.failed(what)} (${problem.status})`}</Pill>
      </div>
      <p>{words}</p>
      {problem.hint && <p>{problem.hint}</p>}
      <div class="row tight">
        <button type="button" class="btn" onClick={retry}>
          <Icon name="refresh" />
          {t.state.retry}
        </button>
        <button type="button" class="btn quiet" onClick={() => void copyText(JSON.stringify({ url, at: new Date().toISOString(), problem }))}>
          {t.state.diagnostic}
        </button>
      </div>
    </div>
  );
}

/** A line across the page about something that is not as it should be, though the page can still be read. */
export function Banner({ tone, children, action }: { tone: Tone; children: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class={`banner ${tone}`} role="status">
      <Shape tone={tone} />
      <p>{children}</p>
      {action}
    </div>
  );
}

/** That an answer is not whole, and what keeps it from being so. */
export function Partial({ gaps = [] }: { gaps?: Gap[] }) {
  if (gaps.length === 0) return null;
  const words = (gap: Gap) => (gap.limit ? `${gap.limit} = ${gap.max}` : `${gap.damaged}: ${gap.fact}`);
  return <Banner tone="warn">{texts().state.partial(gaps.map(words).join(", "))}</Banner>;
}

/** Shown when data is older than it should be: since when, and why. */
export function Stale({ sinceMs, resource, what }: { sinceMs?: number; resource?: Resource<unknown>; what: string }) {
  const t = texts();
  // That the server is gone is told once, over the page (shell/lost.tsx).
  if (resource?.problem?.status === UNREACHABLE) return null;
  if (resource?.problem) {
    return (
      <Banner tone="warn" action={<RetryButton retry={resource.retry} />}>
        {`${t.state.failed(what)}: ${resource.problem.detail ?? resource.problem.title}`}
      </Banner>
    );
  }
  return sinceMs === undefined ? null : <Pill tone="warn">{t.state.stale(fmt().relative(sinceMs, Math.max(nowMs.value, sinceMs)))}</Pill>;
}

export function RetryButton({ retry }: { retry(): void }) {
  return (
    <button type="button" class="btn small" onClick={retry}>
      {texts().state.retry}
    </button>
  );
}

/** The three ways of a panel: its data, its failure, or its skeleton. */
export function Loaded<T>({ resource, what, rows, card, children }: LoadedProps<T>) {
  if (resource.data !== undefined) return <>{children(resource.data)}</>;
  const instead = resource.problem ? <Failure what={what} problem={resource.problem} retry={resource.retry} /> : <Skeleton rows={rows} />;
  return card ? <section class="card">{instead}</section> : instead;
}

interface LoadedProps<T> {
  resource: Resource<T>;
  what: string;
  /** Bars of the skeleton. */
  rows?: number;
  /** Not inside a card already: failure and skeleton bring their own. */
  card?: boolean;
  children(data: T): ComponentChildren;
}
