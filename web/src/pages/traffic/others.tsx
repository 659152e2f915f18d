/** Rules of others on the way of packets, and what they do to ours. */

import { fmt, texts } from "../../i18n";
import { Pill } from "../../ui/status";
import { effects, type Others as Deciders } from "./model";

export function Others({ others: { foreign, legacy } }: { others: Deciders }) {
  const t = texts().traffic;
  return (
    <section class="card">
      <h2>{t.others}</h2>
      {foreign.length + legacy.length === 0 && <p class="muted">{t.othersNone}</p>}
      <ul class="others">
        {foreign.map((decider) => (
          <li key={`${decider.table} ${decider.chain}`}>
            <Pill tone="warn">{decider.tool ?? decider.table}</Pill> <code>{`${decider.table} ${decider.chain}, ${decider.hook} ${decider.priority}`}</code>
            <p class="muted">{fmt().list(effects(decider).map((effect) => t.effect[effect]))}</p>
          </li>
        ))}
        {legacy.length > 0 && (
          <li>
            <Pill tone="warn">iptables-legacy</Pill>
            <p class="muted">{t.legacy(fmt().list(legacy))}</p>
          </li>
        )}
      </ul>
    </section>
  );
}
