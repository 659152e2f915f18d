/** The command that answers what a page shows: every view has its twin on the command line. */

import { listScope } from "./scope";
import { withPort } from "./address";
import { readBox } from "../ui/heatgrid";
import type { Place, QueryOf } from "./routes";
import { windowOf } from "./weeks";

/** Quotes for a POSIX shell when needed. */
export function shellQuote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function commandOf(place: Place, nowMs = Date.now()): string | null {
  switch (place.name) {
    case "overview":
    case "slos":
    case "stories":
      return "nines slo status";
    case "slo":
      return `nines slo explain ${shellQuote(place.path.name)}`;
    case "traces":
      return tracesCommand(place.query);
    case "trace":
      return `nines trace get ${shellQuote(place.path.id)}`;
    case "compare":
      return `nines trace compare ${shellQuote(place.path.a)} ${shellQuote(place.path.b)}`;
    case "map":
      return `nines trace map --since ${place.query.t}`;
    case "alerts":
      return place.query.state === "all" ? "nines alert list --all" : "nines alert list";
    case "traffic":
    case "trafficPlan":
      return "nines traffic status";
    case "trafficExplain":
      return explainCommand(place.query);
    case "toil":
      return toilCommand(place.query, nowMs);
    case "runbooks":
    case "runbook":
    case "run":
      return "nines runbook list";
    case "definitions":
      return "nines slo check definitions";
    case "settings":
      return "nines store stats";
    case "missing":
      return null;
  }
}

/** The same question on the command line; without a packet, what holds. */
function explainCommand({ src, dst, dport, proto, iif, oif, ct }: QueryOf<"trafficExplain">): string {
  if (!src || !dst) return "nines traffic status";
  const options = { "--proto": proto === "tcp" ? "" : proto, "--in": iif, "--out": oif, "--ct": ct === "new" ? "" : ct };
  const given = Object.entries(options).flatMap(([name, value]) => (value ? [`${name} ${shellQuote(value)}`] : []));
  return ["nines traffic explain", shellQuote(src), shellQuote(withPort(dst, dport)), ...given].join(" ");
}

/** A quarter is the command's default too. */
function toilCommand({ team, weeks }: QueryOf<"toil">, nowMs: number): string {
  const { from } = windowOf(weeks, nowMs);
  return ["nines toil report", team && `--team ${shellQuote(team)}`, from && `--from ${from.slice(0, "2026-11-28".length)}`].filter(Boolean).join(" ");
}

/** The list that the page shows: of the box where one is selected. */
function tracesCommand(query: QueryOf<"traces">): string {
  const { q, from, to, since } = listScope(query.q, query, readBox(query.sel));
  const range = since ? `--since ${since}` : `--from ${from} --to ${to}`;
  return `nines trace find ${q ? shellQuote(q) : "''"} ${range}${query.sort === "slowest" ? " --sort slowest" : ""}`;
}
