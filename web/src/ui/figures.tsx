/** A table of figures to be read, not opened. */

import type { ComponentChildren } from "preact";

interface FiguresProps {
  heads: ComponentChildren[];
  /** Columns of figures, right-aligned. */
  num: number[];
  /** A key, then a cell for each column. */
  rows: [string, ...ComponentChildren[]][];
  class?: string;
  /** What it is of, where a narrow window scrolls it: it can then be reached and moved by keys. */
  label?: string;
}

export function Figures({ heads, num, rows, class: extra, label }: FiguresProps) {
  const classOf = (i: number) => (num.includes(i) ? "num" : undefined);
  return (
    <div class="scroll" {...(label ? { tabIndex: 0, role: "region", "aria-label": label } : {})}>
      <table class={extra}>
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th key={i} scope="col" class={classOf(i)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, ...cells]) => (
            <tr key={key}>
              {cells.map((cell, i) => (
                <td key={i} class={classOf(i)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
