/** The spans of a trace as a table that sorts by any column, and as a file for a spreadsheet. */

import "../../shared";
import { useMemo, useState } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { Icon } from "../../ui/icons";
import { VirtualRows } from "../../ui/virtual";
import { csvOf, sortedRows, type SortKey } from "./csv";
import { dotClass } from "./model";
import { saveFile } from "./save";
import type { ViewProps } from "./views";

const ROW_PX = 28;

export function TraceTable({ model, title, selected, root, flags, only, onlyCritical, onSelect, onRoot, onOpen }: ViewProps) {
  const t = texts();
  const f = fmt();
  const [sort, setSort] = useState<{ key: SortKey; down: boolean }>({ key: "start", down: false });
  const rows = useMemo(() => sortedRows(model, { root, only: only ? flags : null, ...sort }), [model, root, only, flags, sort]);
  const active = useMemo(() => rows.indexOf(selected), [rows, selected]);
  const heads: [SortKey, string, isNumber?: boolean][] = [
    ["service", t.slo.service],
    ["name", t.span.byOperation],
    ["kind", t.span.kind],
    ["start", t.span.start, true],
    ["duration", t.span.duration, true],
    ["self", t.span.selfTime, true],
    ["status", t.span.status],
  ];
  return (
    <>
      <div class="row tight table-tools">
        <span class="sub" role="status">
          {t.trace.spanCount(rows.length, f.count(rows.length))}
        </span>
        <span class="spring" />
        <button type="button" class="btn small" onClick={() => saveFile(`${model.traceId}.csv`, "text/csv", csvOf(model, rows))}>
          <Icon name="download" />
          CSV
        </button>
      </div>
      <VirtualRows
        label={t.trace.grid(title)}
        role="grid"
        class="span-table"
        count={rows.length}
        rowPx={ROW_PX}
        active={active}
        onMove={(index) => onSelect(rows[index])}
        onOpen={onOpen}
        onKey={(event) => {
          if (event.key !== "Escape") return false;
          onSelect(-1);
          return true;
        }}
        head={heads.map(([key, text, isNumber]) => (
          <span key={key} role="columnheader" class={isNumber ? "num" : ""} aria-sort={sort.key !== key ? "none" : sort.down ? "descending" : "ascending"}>
            <button type="button" class="plain" onClick={() => setSort({ key, down: sort.key === key ? !sort.down : isNumber === true && key !== "start" })}>
              {text}
              {sort.key === key && (sort.down ? " ↓" : " ↑")}
            </button>
          </span>
        ))}
        rowProps={(index) => ({
          class: (flags && !flags[rows[index]]) || (onlyCritical && !model.isCritical[rows[index]]) ? "same" : "",
          onDblClick: () => onRoot(rows[index]),
        })}
        cells={(index) => {
          const row = rows[index];
          return (
            <>
              <span role="gridcell">
                <i class={dotClass(model, model.service[row])} aria-hidden="true" /> {model.services[model.service[row]]?.name || t.trace.unknownService}
              </span>
              <span role="gridcell">{model.names[model.name[row]] || t.trace.unnamed}</span>
              <span role="gridcell">{model.kinds[row].toLowerCase()}</span>
              <span role="gridcell" class="num">
                {f.offset(model.start[row])}
              </span>
              <span role="gridcell" class="num">
                {model.duration[row] > 0 ? f.duration(model.duration[row]) : ""}
              </span>
              <span role="gridcell" class="num">
                {f.duration(model.self[row])}
              </span>
              <span role="gridcell" class={model.isError[row] ? "crit-text" : ""}>
                {model.isError[row] ? `✕ ${model.statuses[row] || t.trace.error}` : model.statuses[row]}
              </span>
            </>
          );
        }}
      />
    </>
  );
}
