/** What another promise would have given: budgets at once from what the page has, pages by asking when the hand rests. */

import { useEffect, useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Slo, SloLatency, WhatIf } from "../../api/types";
import { fmt, texts } from "../../i18n";
import { parseLength } from "../../i18n/format";
import { copyText } from "../../ui/clipboard";
import { Dialog } from "../../ui/dialog";
import { useSettled } from "../../url/settled";
import { PROMISED, shareOf } from "../overview/suggest";
import { badBy, limitText, proposal, usedOf } from "./budget";
import type { SetQuery, SloQuery } from "./detail";

interface WhatIfProps {
  slo: Slo;
  latency: SloLatency | undefined;
  limitUs: number | null;
  setLimit(us: string): void;
  query: SloQuery;
  set: SetQuery;
  place: string;
}

export function WhatIfCard({ slo, latency, limitUs, setLimit, query, set, place }: WhatIfProps) {
  const t = texts().slo;
  const f = fmt();
  const [text, setTarget] = useSettled(query.target, (target) => set({ target }, true));
  const [proposes, setProposes] = useState(false);
  const rests = useRested(text);
  const targets = [...new Set([...PROMISED, Number((slo.target * 100).toFixed(6))])].sort((a, b) => a - b);
  const percent = targets.includes(Number(text)) ? Number(text) : Number((slo.target * 100).toFixed(6));
  const target = percent === Number((slo.target * 100).toFixed(6)) ? slo.target : shareOf(percent);
  const own = latency?.thresholdUs ?? null;
  const limits = own === null ? [] : [...new Set([...(latency?.buckets.map(([, to]) => to + 1) ?? []), own, limitUs ?? own])].sort((a, b) => a - b);
  const isOwnLimit = own === null || limitUs === own;
  const counted = isOwnLimit || !latency ? { good: slo.good, bad: slo.bad, isExact: slo.method === "Occurrences" } : badBy(latency, limitUs);
  const used = slo.composite ? null : isOwnLimit && target === slo.target && slo.budget !== null ? 1 - slo.budget : usedOf(counted, target);
  // The counts are by the limit in force: pages are asked of targets alone. They are looked for every five minutes,
  // which says nothing of alerts that look back over less.
  const hasPages = !slo.composite && (slo.page ? (parseLength(slo.page.short) ?? 0) >= PAGE_STEP_US : false);
  const pages = useResource<WhatIf>(!hasPages || Number(rests || percent) !== percent ? null : apiUrl(`/slos/${encodeURIComponent(slo.name)}/whatif`, { objective: slo.objective, target: `${percent},${slo.target * 100}` }), { keep: true });
  const [now, then] = [slo.target, target].map((of) => pages.data?.items.find((item) => Math.abs(item.target - of) < 1e-9));
  const isChanged = target !== slo.target || !isOwnLimit;
  const window = slo.window ?? slo.calendar?.duration ?? "";
  if (slo.composite) return null;
  return (
    <section class="card whatif">
      <h2>{t.whatIf}</h2>
      <label>
        <span>
          {t.target} <b>{f.target(target)}</b>
        </span>
        <input type="range" min="0" max={targets.length - 1} value={targets.indexOf(percent)} aria-valuetext={f.target(target)} onInput={(event) => setTarget(String(targets[Number(event.currentTarget.value)]))} />
      </label>
      {own !== null && limitUs !== null && (
        <label>
          <span>
            {t.threshold} <b>{f.duration(limitUs)}</b>
          </span>
          <input type="range" min="0" max={limits.length - 1} value={limits.indexOf(limitUs)} aria-valuetext={f.duration(limitUs)} onInput={(event) => setLimit(String(limits[Number(event.currentTarget.value)]))} />
        </label>
      )}
      <p role="status">
        {used === null ? texts().status.none : t.wouldUse(f.target(target), own !== null && limitUs !== null ? f.duration(limitUs) : "", f.window(window), `${counted.isExact ? "" : "≈ "}${f.budget(used)}`)}{" "}
        {then && now && (then === now ? t.pagesAre(now.pages) : t.pagesWould(then.pages, now.pages))}
      </p>
      {!isOwnLimit && <p class="sub">{t.whatIfStored}</p>}
      <div class="row tight">
        <button type="button" class="btn" disabled={!isChanged} onClick={() => setProposes(true)}>
          {t.propose}
        </button>
        {isChanged && (
          <button
            type="button"
            class="btn quiet"
            onClick={() => {
              setTarget("");
              setLimit("");
            }}
          >
            {t.reset}
          </button>
        )}
      </div>
      {proposes && (
        <Dialog label={t.propose} onClose={() => setProposes(false)}>
          <Proposal text={proposal(place, slo, target, isOwnLimit || own === null || limitUs === null ? null : [limitText(own), limitText(limitUs)])} close={() => setProposes(false)} />
        </Dialog>
      )}
    </section>
  );
}

function Proposal({ text, close }: { text: string; close(): void }) {
  const t = texts();
  return (
    <>
      <div class="dialog-head">
        <h2>{t.slo.propose}</h2>
        <button type="button" class="btn small" onClick={close}>
          {t.shell.close}
        </button>
      </div>
      <div class="dialog-body grid">
        <p class="muted">{t.slo.proposeHow}</p>
        <pre tabIndex={0}>{text}</pre>
        <div class="row">
          <button type="button" class="btn primary" onClick={() => void copyText(text)}>
            {t.shell.copy}
          </button>
        </div>
      </div>
    </>
  );
}

const RESTS_MS = 400;
const PAGE_STEP_US = 300_000_000;

/** A value once it has not changed for a while. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), RESTS_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
