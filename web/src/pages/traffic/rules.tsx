/** One list of rules in the order a packet meets them, with what each was hit. What is built in is folded away. */

import type { ComponentChildren } from "preact";
import { fmt, texts } from "../../i18n";
import { NONE } from "../../i18n/format";
import { Icon } from "../../ui/icons";
import { Meter } from "../../ui/meter";
import { SearchField } from "../../ui/search";
import { Seg } from "../../ui/seg";
import { Empty } from "../../ui/states";
import { Pill } from "../../ui/status";
import { href, type QueryOf } from "../../url/routes";
import { bare, chainsOf, rateOf, rows, stretches, type Row, type Rule, type Sample, type Stretch } from "./model";

type Query = QueryOf<"traffic">;

interface RulesProps {
  rules: Rule[];
  query: Query;
  set(change: Partial<Query>, replace?: boolean): void;
  samples: Sample[];
}

export function Rules({ rules, query, set, samples }: RulesProps) {
  const t = texts().traffic;
  const chains = chainsOf(rules);
  const chain = chains.includes(query.chain) ? query.chain : "";
  const found = rows(rules, chain, query.q);
  return (
    <section class="card flush">
      <div class="card-head">
        <h2>{t.rules}</h2>
        <SearchField label={t.find} text={query.q} onText={(q) => set({ q }, true)} />
        <Seg label={t.chain} values={["", ...chains]} now={chain} text={(name) => name || texts().status.all} choose={(next) => set({ chain: next })} />
        <Seg label={t.form} values={["sentence", "nft"]} now={query.nft ? "nft" : "sentence"} text={(form) => t[form]} choose={(form) => set({ nft: form === "nft" })} />
      </div>
      {found.length === 0 ? (
        <Empty title={t.nothing}>
          <a class="btn" href={href("traffic", {})}>
            {texts().overview.clear}
          </a>
        </Empty>
      ) : (
        <RuleTable found={found} nft={query.nft} samples={samples} opened={query.builtin || query.q !== ""} toggle={() => set({ builtin: !query.builtin })} />
      )}
    </section>
  );
}

interface TableProps {
  found: Row[];
  nft?: boolean;
  samples: Sample[];
  /** Whether what is built in is seen. */
  opened: boolean;
  toggle(): void;
  /** What is said of some rules beside their text; those are never folded away. */
  marks?: Map<string, ComponentChildren>;
}

export function RuleTable({ found, nft = false, samples, opened, toggle, marks = new Map() }: TableProps) {
  const t = texts().traffic;
  const total = found.reduce((all, row) => all + row.packets, 0);
  const figures = { samples, total };
  return (
    <table class="rule-table" aria-label={t.rules}>
      <thead>
        <tr>
          <th scope="col" class="num">
            #
          </th>
          <th scope="col">{t.rule}</th>
          <th scope="col" class="num">
            {t.hits}
          </th>
          <th scope="col" class="num hide-s">
            {t.perSecond}
          </th>
          <th scope="col" class="hide-s">
            {t.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {stretches(found).flatMap((stretch) => {
          const isFolded = stretch.builtIn && stretch.rows.length > 1;
          const isOpen = !isFolded || opened || stretch.rows.some((row) => marks.has(row.id));
          return [
            isFolded && <Folded key={`built-in ${stretch.rows[0].place}`} stretch={stretch} isOpen={isOpen} toggle={toggle} {...figures} />,
            ...(isOpen ? stretch.rows.map((row) => <RuleRow key={row.id} row={row} nft={nft} mark={marks.get(row.id)} {...figures} />) : []),
          ];
        })}
      </tbody>
    </table>
  );
}

interface Figures {
  samples: Sample[];
  /** Hits of all rules that are shown. */
  total: number;
}

function Folded({ stretch, isOpen, toggle, ...figures }: { stretch: Stretch; isOpen: boolean; toggle(): void } & Figures) {
  const t = texts().traffic;
  const { rows: folded } = stretch;
  const packets = folded.reduce((all, row) => all + row.packets, 0);
  return (
    <tr class="folded">
      <td class="num sub">{`${folded[0].place}–${folded[folded.length - 1].place}`}</td>
      <td>
        <button type="button" class="btn small quiet" aria-expanded={isOpen} onClick={toggle}>
          <Icon name={isOpen ? "chevron-up" : "chevron-down"} />
          {t.builtIns(folded.length)}
        </button>
      </td>
      {isOpen ? <td colSpan={3} /> : <Hits name={t.builtIns(folded.length)} ids={folded.map((row) => row.id)} packets={packets} {...figures} />}
    </tr>
  );
}

function RuleRow({ row, nft, mark, ...figures }: { row: Row; nft: boolean; mark: ComponentChildren } & Figures) {
  const t = texts().traffic;
  return (
    <tr class={mark === undefined ? undefined : "marked"}>
      <td class="num sub">{row.place}</td>
      <td>
        <div class="row tight">
          <code class="sub">{row.id}</code>
          {!nft && <span>{t.builtIn[row.id] ?? bare(row.text)}</span>}
          {mark}
          {row.packets === 0 && <Pill tone="none">{t.never}</Pill>}
        </div>
        {nft && (
          <ul class="parts">
            {row.parts.map((part, i) => (
              <li key={i}>
                <code>
                  <span class="muted">{part.chain}:</span> {bare(part.text)}
                </code>
              </li>
            ))}
          </ul>
        )}
      </td>
      <Hits name={row.id} ids={[row.id]} packets={row.packets} bytes={row.bytes} {...figures} />
    </tr>
  );
}

function Hits({ name, ids, packets, bytes, samples, total }: { name: string; ids: string[]; packets: number; bytes?: number } & Figures) {
  const t = texts().traffic;
  const f = fmt();
  const rates = ids.map((id) => rateOf(samples, id)).filter((rate) => rate !== null);
  const rate = rates.length === 0 ? NONE : f.rate(rates.reduce((all, each) => all + each, 0));
  const share = total === 0 ? 0 : packets / total;
  return (
    <>
      <td class="num" title={bytes === undefined ? undefined : f.bytes(bytes)}>
        {f.count(packets)}
        <div class="sub only-s">{rate}</div>
      </td>
      <td class="num hide-s">{rate}</td>
      <td class="hide-s">{packets > 0 && <Meter share={share} tone="plain" label={t.shareOf(name)} valueText={f.share(share)} />}</td>
    </>
  );
}
