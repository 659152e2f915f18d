/** Over every page, while the newest definitions are not those in force: that they were refused, and where to begin. */

import { apiUrl } from "../api/client";
import { nowMs } from "../api/live";
import { useResource } from "../api/resource";
import type { Definitions } from "../api/types";
import { fmt, texts } from "../i18n";
import { Banner } from "../ui/states";
import { place } from "../url/location";
import { href } from "../url/routes";

export function Refused() {
  const t = texts().definitions;
  const definitions = useResource<Definitions>(apiUrl("/definitions"), { topic: "timeline" }).data;
  if (!definitions?.refused) return null;
  const faults = definitions.findings.filter((finding) => finding.severity === "error");
  const first = faults[0];
  const action = place.value.name !== "definitions" && (
    <a class="btn small" href={href("definitions", {})}>
      {t.show}
    </a>
  );
  return (
    <Banner tone="crit" action={action}>
      <b>{t.refused(Math.max(1, faults.length))}</b>{" "}
      {first && (
        <>
          <code>{`${first.file}:${first.line}:${first.column}`}</code> {first.fact}{" "}
        </>
      )}
      <span class="sub">{t.inForceSince(fmt().time(Date.parse(definitions.loadedAt), nowMs.value))}</span>
    </Banner>
  );
}
