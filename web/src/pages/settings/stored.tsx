/** What is stored, in real bytes: by day, by part of a block, by column when asked; and what retention takes next. */

import { useState } from "preact/hooks";
import { apiUrl } from "../../api/client";
import { nowMs } from "../../api/live";
import { useResource } from "../../api/resource";
import { fmt, texts } from "../../i18n";
import { Facts } from "../../ui/facts";
import { Meter } from "../../ui/meter";
import { Loaded } from "../../ui/states";

interface Measured {
  spans: number;
  spansInMemory: number;
  blockBytes: number;
  bytesPerSpan: number | null;
  inboxBytes: number;
  retention: { maxAgeUs: number; maxBytes: number | null; nextAt: string | null } | null;
  history: { bytes: number } | null;
  days: { day: string; spans: number; bytes: number }[];
  sections: { section: string; storedBytes: number }[];
  columns: { service: string; key: string; storedBytes: number }[];
}

/** Columns shown: the largest. */
const COLUMNS_MAX = 50;

export function Stored() {
  const t = texts().settings;
  const f = fmt();
  const [withColumns, measureColumns] = useState(false);
  const store = useResource<Measured>(apiUrl("/store", { columns: withColumns ? "true" : undefined }), { keep: true });
  return (
    <section class="card">
      <h2>{t.held}</h2>
      <Loaded resource={store} what={t.held}>
        {(held) => (
          <>
            <Facts
              facts={[
                [t.spans, `${f.count(held.spans)} (${t.inMemory(f.count(held.spansInMemory))})`],
                [t.onDisk, `${f.bytes(held.blockBytes)}${held.bytesPerSpan === null ? "" : `, ${held.bytesPerSpan.toFixed(1)} B ${t.perSpan}`}`],
                [t.inbox, f.bytes(held.inboxBytes)],
                [t.history, f.bytes(held.history?.bytes ?? 0)],
                [t.retention, retentionText(held)],
              ]}
            />
            <Bars title={t.byDay} head={t.day} rows={held.days.map((day) => [day.day, day.bytes])} />
            <Bars title={t.bySection} head={t.part} rows={held.sections.map((part) => [part.section, part.storedBytes])} />
            {withColumns && !store.old ? (
              <Bars title={t.byColumn} head={t.column} rows={held.columns.slice(0, COLUMNS_MAX).map((column) => [`${column.service} · ${column.key}`, column.storedBytes])} />
            ) : (
              <p class="row tight">
                {t.byColumn} <span class="sub">{t.byColumnHint}</span>
                <button type="button" class="btn small" disabled={withColumns} onClick={() => measureColumns(true)}>
                  {t.measure}
                </button>
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function retentionText({ retention }: Measured): string {
  const t = texts().settings;
  const f = fmt();
  if (!retention) return t.keepsAll;
  const age = f.length(retention.maxAgeUs);
  const keeps = retention.maxBytes === null ? t.keeps(age) : t.keepsBytes(age, f.bytes(retention.maxBytes));
  return retention.nextAt ? `${keeps}. ${t.next(f.relative(Date.parse(retention.nextAt), nowMs.value))}` : keeps;
}

function Bars({ title, head, rows }: { title: string; head: string; rows: [string, number][] }) {
  const t = texts().settings;
  const f = fmt();
  const sum = rows.reduce((total, [, bytes]) => total + bytes, 0);
  if (sum === 0) return null;
  const most = Math.max(...rows.map(([, bytes]) => bytes));
  return (
    <details>
      <summary>
        {title} <span class="sub">{f.bytes(sum)}</span>
      </summary>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" class="num">{t.bytes}</th>
            <th scope="col" class="hide-s" />
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, bytes]) => (
            <tr key={name}>
              <td>{name}</td>
              <td class="num">{f.bytes(bytes)}</td>
              <td class="hide-s">
                <Meter share={bytes / most} tone="plain" label={name} valueText={f.share(bytes / sum)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
