/** Pages whose code is fetched when they are first opened, so that the first page stays small. */

import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { signal } from "@preact/signals";
import { UNREACHABLE } from "../api/client";
import { texts } from "../i18n";
import { Failure, Skeleton } from "./states";

/** A component that stands for `load`'s until that has arrived. `quiet` shows nothing meanwhile. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, quiet = false): ComponentType<P> {
  const loaded = signal<ComponentType<P> | null>(null);
  const failed = signal(false);
  const fetchIt = () => {
    failed.value = false;
    load().then(
      (component) => (loaded.value = component),
      () => (failed.value = true),
    );
  };
  return function Lazy(props: P) {
    const Component = loaded.value;
    useEffect(() => {
      if (!loaded.peek()) fetchIt();
    }, []);
    if (Component) return <Component {...props} />;
    if (quiet && !failed.value) return null;
    return <section class="card">{failed.value ? <Failure what={texts().state.page} problem={{ title: "", status: UNREACHABLE }} retry={fetchIt} /> : <Skeleton rows={12} />}</section>;
  };
}
