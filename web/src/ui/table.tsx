/** A table of things that can be opened. The first link in a row stands for the row: a click anywhere opens it. */

import { Fragment, type ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { navigate } from "../url/location";
import { useRowKeys } from "./rowkeys";

export interface Column<T> {
  key: string;
  head: string;
  cell(row: T): ComponentChildren;
  /** Right-aligned figures. */
  num?: boolean;
  /** Left out on a narrow screen. */
  wideOnly?: boolean;
  class?: string;
}

interface TableProps<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey(row: T): string;
  /** Where a click on the row leads: the same as its first link. */
  rowHref(row: T): string;
  dimmed?: boolean;
  class?: string;
  /** Rows of one name stand together under it; they come in that order. */
  groupOf?(row: T): string;
  groupHead?(name: string): ComponentChildren;
}

export function DataTable<T>({ label, columns, rows, rowKey, rowHref, dimmed, class: extra, groupOf, groupHead }: TableProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);

  const move = (step: number) => {
    const links = [...(body.current?.rows ?? [])].map((row) => row.querySelector("a")).filter((link) => link !== null);
    const at = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement));
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = useRowKeys(move, () => document.activeElement?.closest("tr")?.querySelector<HTMLAnchorElement>("a")?.href);

  return (
    <table aria-label={label} class={`${extra ?? ""}${dimmed ? " dimmed" : ""}`}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" class={classOf({ ...column, class: undefined })}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {rows.map((row, i) => (
          <Fragment key={rowKey(row)}>
            {groupOf && (i === 0 || groupOf(rows[i - 1]) !== groupOf(row)) && (
              <tr class="group">
                <th colSpan={columns.length} scope="rowgroup">
                  {groupHead?.(groupOf(row))}
                </th>
              </tr>
            )}
            <tr class="go" onClick={(event) => openRow(event, rowHref(row))}>
              {columns.map((column) => (
                <td key={column.key} class={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function classOf<T>(column: Column<T>): string | undefined {
  return [column.num && "num", column.wideOnly && "hide-s", column.class].filter(Boolean).join(" ") || undefined;
}

/** What a click on a row does: its first link's work, unless it meant something else. */
export function openRow(event: MouseEvent, href: string): void {
  // A link inside the row knows better, and a selection of text is no click.
  if ((event.target as Element).closest("a, button") || !getSelection()?.isCollapsed) return;
  if (event.metaKey || event.ctrlKey) window.open(href, "_blank", "noopener");
  else navigate(href);
}
