/** Four numbers. Each is also a way into the table: it narrows it to the SLOs it counts, and back. */

import type { ComponentChildren } from "preact";
import type { Slo } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { NONE } from "../../i18n/format";
import { href, type QueryOf, type StatusFilter } from "../../url/routes";
import { isBurning, titleOf } from "../slo/status";

export function Tiles({ slos, query }: { slos: Slo[]; query: QueryOf<"overview"> }) {
  const t = texts().overview;
  const f = fmt();
  const measured = slos.filter((slo) => slo.sli !== null);
  const met = measured.filter((slo) => slo.sli !== null && slo.sli >= slo.target);
  const lowest = measured.filter((slo) => slo.budget !== null).sort((a, b) => (a.budget ?? 0) - (b.budget ?? 0))[0];
  const burning = slos.filter(isBurning);
  const services = new Set(slos.map((slo) => slo.service));
  const held = new Set(slos.filter((slo) => slo.gate === "held").map((slo) => slo.service));

  return (
    <section class="tiles" aria-label={t.numbers}>
      <Tile
        to={toggle("missed", query)}
        active={query.status === "missed"}
        name={t.meeting}
        value={t.meetingOf(f.count(met.length), f.count(measured.length))}
        note={slos.length > measured.length ? t.unmeasured(slos.length - measured.length) : ""}
      />
      <Tile
        to={toggle("low", query)}
        active={query.status === "low"}
        name={t.worst}
        value={lowest ? f.budget(lowest.budget) : NONE}
        note={lowest ? titleOf(lowest) : ""}
        alarm={lowest !== undefined && (lowest.budget ?? 0) <= 0}
      />
      <Tile to={toggle("burning", query)} active={query.status === "burning"} name={t.burning} value={f.count(burning.length)} note={burning[0] ? titleOf(burning[0]) : t.burningNone} />
      <Tile
        to={toggle("held", query)}
        active={query.status === "held"}
        name={t.gate}
        value={f.count(held.size)}
        note={held.size > 0 ? t.gateHeld(held.size, services.size) : t.gateFree(services.size)}
      />
    </section>
  );
}

/** Pressing the number again shows all. */
function toggle(status: StatusFilter, query: QueryOf<"overview">): string {
  return href("overview", {}, { ...query, status: query.status === status ? "all" : status });
}

interface TileProps {
  to: string;
  name: string;
  value: ComponentChildren;
  note: string;
  active?: boolean;
  alarm?: boolean;
}

function Tile({ to, name, value, note, active, alarm }: TileProps) {
  return (
    <a class={`card tile${alarm ? " alarm" : ""}`} href={to} aria-current={active ? "true" : undefined}>
      <span class="sub">{name}</span>
      <b>{value}</b>
      <span class="sub clip">{note || "\u00a0"}</span>
    </a>
  );
}
