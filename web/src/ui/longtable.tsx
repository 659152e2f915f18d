/**
 * A long table inside the page's own scroll: rows of one height, of which only those exist that are near the window.
 * Heads that sort are buttons. The first link in a row stands for the row.
 */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { KeyBinding } from "../shell/keys";
import { useRowKeys } from "./rowkeys";
import { openRow } from "./table";
import { visibleSpan, type Span } from "./windowing";

const OVERSCAN_ROWS = 8;

export interface LongColumn<T> {
  key: string;
  head: string;
  /** What a press on the head sorts by; a head without one is plain. */
  sort?: string;
  cell(row: T): ComponentChildren;
  num?: boolean;
  wideOnly?: boolean;
  class?: string;
}

interface LongTableProps<T> {
  label: string;
  columns: LongColumn<T>[];
  rows: T[];
  rowPx: number;
  rowKey(row: T): string;
  rowHref(row: T): string;
  rowClass?(row: T): string;
  /** The key of the column's `sort` in force, and what it does to the figures. */
  sorted?: { by: string; direction: "ascending" | "descending" };
  onSort?(by: string): void;
  /** What else a key does to the current row. */
  keys?(current: () => T | undefined): KeyBinding[];
  dimmed?: boolean;
  class?: string;
}

export function LongTable<T>({ label, columns, rows, rowPx, rowKey, rowHref, rowClass, sorted, onSort, keys, dimmed, class: extra }: LongTableProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const span = useWindow(body, rows.length, rowPx);
  /** The row whose link gets the focus as soon as it exists. */
  const [wanted, setWanted] = useState(-1);

  const linkAt = (index: number) => body.current?.querySelector<HTMLAnchorElement>(`tr[aria-rowindex="${index + 2}"] a`);
  const currentIndex = () => Number(document.activeElement?.closest<HTMLElement>("tr[aria-rowindex]")?.getAttribute("aria-rowindex") ?? 1) - 2;
  const move = (step: number) => {
    const at = currentIndex();
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    const link = linkAt(next);
    if (!link) {
      const top = body.current!.getBoundingClientRect().top + scrollY; // rendered below, always
      scrollTo(0, top + next * rowPx - innerHeight / 2);
      setWanted(next);
      return;
    }
    link.focus({ preventScroll: true });
    link.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  useEffect(() => {
    const link = wanted < 0 ? null : linkAt(wanted);
    if (!link) return;
    link.focus({ preventScroll: true });
    setWanted(-1);
  }, [wanted, span.first, span.end]);
  const current = () => rows[currentIndex()];
  const currentHref = () => {
    const row = current();
    return row && rowHref(row);
  };
  const onKeyDown = useRowKeys(move, currentHref, keys?.(current));

  const gap = (n: number) => n > 0 && <tr class="gap" aria-hidden="true" style={{ height: `${n * rowPx}px` }}><td colSpan={columns.length} /></tr>;
  return (
    <table aria-label={label} aria-rowcount={rows.length + 1} class={`long ${extra ?? ""}${dimmed ? " dimmed" : ""}`} style={{ "--row": `${rowPx}px` }}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column.key} scope="col" class={classOf(column, false)} aria-sort={column.sort && sorted?.by === column.sort ? sorted.direction : undefined}>
              {column.sort && onSort ? (
                <button type="button" class="sort" onClick={() => onSort(column.sort!)}>
                  {column.head}
                  <span aria-hidden="true">{sorted?.by === column.sort ? (sorted.direction === "descending" ? "↓" : "↑") : ""}</span>
                </button>
              ) : (
                column.head
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {gap(span.first)}
        {rows.slice(span.first, span.end).map((row, i) => (
          <tr key={rowKey(row)} class={`go ${rowClass?.(row) ?? ""}`} aria-rowindex={span.first + i + 2} onClick={(event) => openRow(event, rowHref(row))}>
            {columns.map((column) => (
              <td key={column.key} class={classOf(column, true)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
        {gap(rows.length - span.end)}
      </tbody>
    </table>
  );
}

/** Which rows are near the window. */
function useWindow(body: { current: HTMLElement | null }, count: number, rowPx: number): Span {
  const look = (): Span => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    return visibleSpan(Math.max(0, -top), innerHeight - Math.max(0, top), rowPx, count, OVERSCAN_ROWS);
  };
  const [span, setSpan] = useState<Span>({ first: 0, end: Math.min(count, 40) });
  useLayoutEffect(() => {
    let frame = 0;
    const update = () => {
      frame = 0;
      const next = look();
      setSpan((now) => (now.first === next.first && now.end === next.end ? now : next));
    };
    const later = () => (frame ||= requestAnimationFrame(update));
    update();
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", later);
      removeEventListener("resize", later);
    };
  }, [count, rowPx]);
  return { first: Math.min(span.first, count), end: Math.min(span.end, count) };
}

function classOf<T>(column: LongColumn<T>, isCell: boolean): string | undefined {
  return [column.num && "num", column.wideOnly && "hide-s", isCell && column.class].filter(Boolean).join(" ") || undefined;
}
