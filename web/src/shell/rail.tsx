/** The pages there are. Only what exists: a page appears here when it is built. */

import { boot } from "../boot";
import { useResource } from "../api/resource";
import { apiUrl } from "../api/client";
import type { SloList } from "../api/types";
import { fmt, texts } from "../i18n";
import { Icon, type IconName } from "../ui/icons";
import { place } from "../url/location";
import { href, type Place } from "../url/routes";

/** Which entry a page belongs to. */
function entryOf(name: Place["name"]): string {
  if (name === "trace" || name === "compare") return "traces";
  return name === "slo" ? "slos" : name;
}

export function Rail() {
  const t = texts();
  // Numbers move every second, what is counted here only with an event: a definition, an alert.
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "timeline" }).data;
  const firing = slos?.items.flatMap((slo) => slo.alerts ?? []).filter((alert) => alert.level === "firing").length;
  const here = place.value.name;
  const entries: { name: string; to: string; icon: IconName; label: string; count?: number; wideOnly?: boolean }[] = [
    { name: "overview", to: href("overview", {}), icon: "house", label: t.nav.overview },
    { name: "slos", to: href("slos", {}), icon: "target", label: t.nav.slos, count: slos?.items.length },
    { name: "stories", to: href("stories", {}), icon: "book", label: t.nav.stories, wideOnly: true },
    { name: "traces", to: href("traces", {}), icon: "traces", label: t.nav.traces },
    { name: "map", to: href("map", {}), icon: "map", label: t.nav.map },
    { name: "alerts", to: href("alerts", {}), icon: "bell", label: t.nav.alerts, count: firing },
    { name: "definitions", to: href("definitions", {}), icon: "file", label: t.nav.definitions, wideOnly: true },
    { name: "settings", to: href("settings", {}), icon: "settings", label: t.nav.settings, wideOnly: true },
  ];
  return (
    <nav class="rail" aria-label={t.nav.label}>
      <a class="brand" href={href("overview", {})}>
        <Mark />
        nines
      </a>
      {entries.map((entry) => (
        <a key={entry.name} class={entry.wideOnly ? "to hide-s" : "to"} href={entry.to} aria-current={entry.name === here ? "page" : entry.name === entryOf(here) ? "true" : undefined}>
          <Icon name={entry.icon} />
          {entry.label}
          {entry.count !== undefined && entry.count > 0 && <span class="count">{fmt().count(entry.count)}</span>}
        </a>
      ))}
      {boot.version && <div class="foot">{t.shell.version(boot.version)}</div>}
    </nav>
  );
}

/** The mark: a nine whose bowl is a gauge, almost full. */
function Mark() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke-width="2.4" stroke-linecap="round">
      <path d="M14 7.2A5 5 0 1 1 12.5 3.6" stroke="var(--accent)" />
      <path d="M14 7.2c0 4-1.6 7-5 8.8" stroke="currentColor" />
    </svg>
  );
}
