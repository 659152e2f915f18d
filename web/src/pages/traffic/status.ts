/** What netd tells of rules, asked for every two seconds while the page is seen, and how fast each is hit. */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { apiUrl, lostAt } from "../../api/client";
import { useResource, type Resource } from "../../api/resource";
import { sampleOf, withSample, type Sample, type TrafficStatus } from "./model";

const POLL_MS = 2_000;

/** Of answers that came lately, whichever page asked for them. */
const samples = signal<Sample[]>([]);
let last: TrafficStatus | undefined;

function take(status: TrafficStatus): void {
  // The answer that a page left behind is shown again, and is no new one.
  if (status !== last) samples.value = withSample(samples.peek(), sampleOf(status, Date.now()));
  last = status;
}

export function useStatus(): { resource: Resource<TrafficStatus>; samples: Sample[] } {
  const resource = useResource<TrafficStatus>(apiUrl("/traffic"), { topic: "timeline" });
  const { data } = resource;
  useEffect(() => {
    if (data) take(data);
  }, [data]);
  const latest = useRef(resource);
  latest.current = resource;
  useTick(POLL_MS, () => {
    // A request that is under way is not taken back, and a server that is gone is asked by whoever waits for it.
    if (!latest.current.loading && lostAt.peek() === 0) latest.current.retry();
  });
  return { resource, samples: samples.value };
}

/** Does something again and again while the page is seen. */
export function useTick(everyMs: number, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && latest.current(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
