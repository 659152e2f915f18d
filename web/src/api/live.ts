/**
 * One stream of events for the whole page. It is open while the page is seen and closed while it is hidden;
 * when it cannot be had, what is shown is fetched every ten seconds instead.
 */

import { effect, signal } from "@preact/signals";
import { lang } from "../i18n";
import { apiUrl, getJson, lostAt } from "./client";
import { invalidate, invalidateAll, type Topic } from "./resource";

export type LiveState = "live" | "waiting" | "polling" | "paused";

const TOPICS: readonly Topic[] = ["slos", "traces", "timeline"];
const POLL_INTERVAL_MS = 10_000;
const REOPEN_MIN_MS = 1_000;
const REOPEN_MAX_MS = 30_000;
/** After so many failures in a row the stream counts as not to be had, and polling begins. */
const FAILURES_BEFORE_POLLING = 3;

export const live = signal<LiveState>("waiting");
/** When spans last arrived, in the page's clock; 0 before the first. */
export const spansArrivedAt = signal(0);
/** The clock of relative times: moves every five seconds while the page is seen. */
export const nowMs = signal(Date.now());

let stream: EventSource | undefined;
let failures = 0;
let reopenTimer: ReturnType<typeof setTimeout> | undefined;
let pollTimer: ReturnType<typeof setInterval> | undefined;

function open(): void {
  clearTimeout(reopenTimer);
  stream?.close();
  const source = new EventSource(apiUrl("/events", { lang: lang.peek() }));
  stream = source;
  source.onopen = () => {
    // What happened while there was no stream is unknown.
    if (failures > 0 || live.peek() === "paused") invalidateAll();
    failures = 0;
    lostAt.value = 0;
    stopPolling();
    live.value = "live";
  };
  source.onerror = () => {
    if (stream !== source) return;
    source.close();
    // A stream may be refused by what stands between; whether the server is gone, a request tells.
    if (failures === 0) getJson(apiUrl("/about"), lang.peek()).catch(() => undefined);
    failures++;
    if (failures >= FAILURES_BEFORE_POLLING) startPolling();
    else live.value = "waiting";
    reopenTimer = setTimeout(open, Math.min(REOPEN_MAX_MS, REOPEN_MIN_MS * 2 ** (failures - 1)));
  };
  for (const topic of TOPICS) {
    source.addEventListener(topic, () => {
      if (topic === "traces") spansArrivedAt.value = Date.now();
      invalidate(topic);
    });
  }
}

function close(): void {
  clearTimeout(reopenTimer);
  stopPolling();
  stream?.close();
  stream = undefined;
  live.value = "paused";
}

function startPolling(): void {
  live.value = "polling";
  pollTimer ??= setInterval(invalidateAll, POLL_INTERVAL_MS);
}

function stopPolling(): void {
  clearInterval(pollTimer);
  pollTimer = undefined;
}

export function startLive(): void {
  let clock: ReturnType<typeof setInterval> | undefined;
  const follow = () => {
    clearInterval(clock);
    if (document.hidden) {
      close();
    } else {
      nowMs.value = Date.now();
      clock = setInterval(() => (nowMs.value = Date.now()), 5_000);
      open();
    }
  };
  document.addEventListener("visibilitychange", follow);
  // A page that goes into the back-forward cache may not keep a connection.
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && follow());
  let first = true;
  effect(() => {
    void lang.value; // texts of events come in the language of the stream
    if (first) {
      first = false;
    } else if (!document.hidden) {
      invalidateAll();
      open();
    }
  });
  // The server answers again: no reason to wait for the stream's next attempt.
  effect(() => {
    if (lostAt.value === 0 && failures > 0 && !document.hidden) open();
  });
  follow();
}

/** Asks again now for whatever failed. */
export function reconnect(): void {
  open();
  invalidateAll();
}
