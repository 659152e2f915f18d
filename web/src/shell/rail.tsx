/** The way from each page to every other. */

import { boot } from "../boot";
import { useResource } from "../api/resource";
import { apiUrl } from "../api/client";
import type { SloList } from "../api/types";
import { fmt, texts } from "../i18n";
import { Icon } from "../ui/icons";
import { place } from "../url/location";
import { href, type Place } from "../url/routes";
import { PAGES } from "./pages";

/** Which entry a page belongs to. */
function entryOf(name: Place["name"]): string {
  if (name === "trace" || name === "compare") return "traces";
  if (name === "trafficPlan" || name === "trafficExplain") return "traffic";
  if (name === "runbook" || name === "run") return "runbooks";
  return name === "slo" ? "slos" : name;
}

export function Rail() {
  const t = texts();
  // Numbers move every second, what is counted here only with an event: a definition, an alert.
  const slos = useResource<SloList>(apiUrl("/slos"), { topic: "timeline" }).data;
  const firing = slos?.items.flatMap((slo) => slo.alerts ?? []).filter((alert) => alert.level === "firing").length;
  const here = place.value.name;
  const counts: Partial<Record<Place["name"], number>> = { slos: slos?.items.length, alerts: firing };
  return (
    <nav class="rail" aria-label={t.nav.label}>
      <a class="brand" href={href("overview", {})}>
        <Mark />
        nines
      </a>
      {PAGES.map(({ name, icon, menu }) => (
        <a key={name} class={menu ? "to hide-s" : "to"} href={href(name, {})} aria-current={name === here ? "page" : name === entryOf(here) ? "true" : undefined}>
          <Icon name={icon} />
          {t.nav[name]}
          {(counts[name] ?? 0) > 0 && <span class="count">{fmt().count(counts[name] ?? 0)}</span>}
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
