/** No rules to be shown: nobody tells of them, or there are none; and what can be done. */

import { texts } from "../../i18n";
import { Empty } from "../../ui/states";
import { CopyLine } from "../../ui/copyline";
import type { TrafficStatus } from "./model";

const CHECK = "nines traffic check traffic.yaml";
const LOOKING = [CHECK, "nines traffic simulate traffic.yaml packets.ndjson", "nines traffic import --iptables-save rules.v4 --ip6tables-save rules.v6 --out traffic.yaml"];
const BEGINNING = [CHECK, "nines traffic plan traffic.yaml --out plan", "nines traffic apply plan --confirm 60s"];
const START = "sudo systemctl start nines-netd";

export function Untold({ status: { netd, why } }: { status: TrafficStatus }) {
  const t = texts().traffic;
  const title = { off: t.offTitle, absent: t.absentTitle, silent: t.silentTitle, live: t.title }[netd];
  return (
    <section class="card">
      <Empty title={title}>
        {netd === "off" && <p>{t.offText}</p>}
        {why && <p>{why.fact}</p>}
        {why && netd === "silent" && <p>{why.hint}</p>}
        {netd === "absent" && (
          <>
            <p>{t.noRoot}</p>
            {LOOKING.map((text) => (
              <CopyLine key={text} text={text} />
            ))}
            <p>{t.start}</p>
            <CopyLine text={START} />
          </>
        )}
      </Empty>
    </section>
  );
}

export function NoRules() {
  const t = texts().traffic;
  return (
    <section class="card">
      <Empty title={t.emptyTitle}>
        <p>{t.emptyText}</p>
        {BEGINNING.map((text) => (
          <CopyLine key={text} text={text} />
        ))}
      </Empty>
    </section>
  );
}
