/**
 * Answers of the API as signals. A component names a URL; the answer is shared between components, kept for the
 * way back, aborted when nobody waits for it any more, fetched again when the server says that its topic
 * changed, and never while the page is hidden. Old data stays (dimmed by the reader) until new data is there.
 */

import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { signal, type Signal } from "@preact/signals";
import { boot } from "../boot";
import { lang } from "../i18n";
import { ApiError, getJson, UNREACHABLE } from "./client";
import type { Problem } from "./types";

export type Topic = "slos" | "traces" | "timeline";

/** Answers kept after their last reader left: enough for a walk back, little enough to forget. */
const IDLE_MAX = 24;
/** A busy server may announce changes many times a second; people cannot read that fast. */
const REFETCH_INTERVAL_MS = 1_000;
/** How long to wait before asking a server again that did not answer. */
const UNREACHABLE_RETRY_MS = 3_000;

class Entry {
  readonly data: Signal<unknown> = signal(undefined);
  readonly problem: Signal<Problem | undefined> = signal(undefined);
  readonly loading: Signal<boolean> = signal(false);
  /** What changes the answer, and how many readers want to see each change. */
  private readonly topics = new Map<Topic, number>();
  readers = 0;
  /** Whether a change of the topic brings a new answer by itself while somebody reads the old one. */
  follows = true;
  /** The topic changed since the last answer. */
  readonly outdated = signal(true);
  private request: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private fetchedAt = 0;
  /** The topic changed while an answer was on its way: another is asked for after it. */
  private again = false;

  constructor(readonly url: string) {
    if (url in boot.data) {
      this.data.value = boot.data[url];
      delete boot.data[url]; // the page's first answer, good for one use
      this.outdated.value = false;
      this.fetchedAt = Date.now();
    }
  }

  /** Fetches now. */
  fetch(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.outdated.value = false;
    this.again = false;
    this.loading.value = true;
    this.fetchedAt = Date.now();
    getJson(this.url, lang.peek(), request.signal).then(
      (data) => {
        if (this.request !== request) return;
        this.data.value = data;
        this.problem.value = undefined;
        this.loading.value = false;
        if (this.again) this.fetchLater();
      },
      (error: unknown) => {
        if (this.request !== request || request.signal.aborted) return;
        this.loading.value = false;
        this.outdated.value = true;
        this.problem.value = error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE };
        if (this.problem.value.status === UNREACHABLE) this.fetchLater(UNREACHABLE_RETRY_MS);
        else if (this.again) this.fetchLater();
      },
    );
  }

  /** Fetches when its interval has passed, if somebody reads it and the page is seen. */
  fetchLater(waitMs = Math.max(0, this.fetchedAt + REFETCH_INTERVAL_MS - Date.now())): void {
    this.outdated.value = true;
    if (this.readers === 0 || document.hidden || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.readers === 0 || document.hidden) return;
      // An answer that takes longer than the interval must still arrive: a busy server changes every second.
      if (this.loading.peek()) this.again = true;
      else this.fetch();
    }, waitMs);
  }

  /** It was read with a topic: some change of the server's may bring another answer. */
  get isLive(): boolean {
    return this.topics.size > 0;
  }

  /** `topic` changed. Who does not follow it learns of the change when the answer is read again. */
  changed(topic: Topic): void {
    const followers = this.topics.get(topic);
    if (followers === undefined) return;
    if (followers > 0 && this.follows) this.fetchLater();
    else this.outdated.value = true;
  }

  enter(topic: Topic | undefined): void {
    this.readers++;
    if (topic) this.topics.set(topic, (this.topics.get(topic) ?? 0) + 1);
    if (this.outdated.peek() && !this.loading.peek()) this.fetch();
  }

  leave(topic: Topic | undefined): void {
    this.readers--;
    if (topic) this.topics.set(topic, (this.topics.get(topic) ?? 1) - 1);
    if (this.readers > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.loading.peek()) {
      this.request?.abort();
      this.loading.value = false;
      this.outdated.value = true;
    }
  }
}

const entries = new Map<string, Entry>();

function entryOf(url: string): Entry {
  let entry = entries.get(url);
  if (entry) {
    entries.delete(url); // to the young end
  } else {
    entry = new Entry(url);
    let idle = [...entries.values()].filter((other) => other.readers === 0);
    for (const old of idle.slice(0, Math.max(0, idle.length - IDLE_MAX))) entries.delete(old.url);
  }
  entries.set(url, entry);
  return entry;
}

/** The server said that `topic` changed: what is shown is fetched again, the rest when it is next shown. */
export function invalidate(topic: Topic): void {
  for (const entry of entries.values()) entry.changed(topic);
}

/** Everything is asked for again: after a change of language, and when the page is seen again. */
export function invalidateAll(): void {
  for (const entry of entries.values()) if (entry.isLive && entry.follows) entry.fetchLater();
}

export interface Resource<T> {
  data: T | undefined;
  problem: Problem | undefined;
  /** The data belongs to an earlier URL, or an error stands in the way of newer data. */
  old: boolean;
  loading: boolean;
  /** The server has newer data. Stays true only where the resource does not follow its topic. */
  outdated: boolean;
  /** Asks now. */
  retry(): void;
}

/**
 * The answer at `url`; null asks for nothing. With `keep` the answer of the previous URL stays, marked old,
 * until the new one is there. With `follow: false` nothing moves under the reader's eyes: newer data is only
 * announced.
 */
export function useResource<T>(url: string | null, options: { topic?: Topic; keep?: boolean; follow?: boolean } = {}): Resource<T> {
  const entry = useMemo(() => (url === null ? null : entryOf(url)), [url]);
  const kept = useRef<T | undefined>(undefined);
  // Before the paint, so that the request is on its way while the page is laid out.
  useLayoutEffect(() => {
    if (!entry) return undefined;
    const { topic, follow = true } = options;
    entry.follows = follow;
    entry.enter(topic);
    return () => entry.leave(topic);
  }, [entry]);
  const data = entry?.data.value as T | undefined;
  const problem = entry?.problem.value;
  if (data !== undefined) kept.current = data;
  else if (!options.keep) kept.current = undefined;
  return {
    data: data ?? (problem && problem.status !== UNREACHABLE ? undefined : kept.current),
    problem,
    old: (data === undefined && kept.current !== undefined) || (data !== undefined && problem !== undefined),
    loading: entry?.loading.value ?? false,
    outdated: data !== undefined && (entry?.outdated.value ?? false),
    retry: () => entry?.fetch(),
  };
}
