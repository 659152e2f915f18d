/**
 * A grid of rows of one height, of which only those exist that are seen. The grid keeps the focus and names its
 * current row: a row that scrolls away is taken for another one, and focus that stood on it would be lost.
 */

import type { ComponentChildren, HTMLAttributes, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { scrollToShow, visibleSpan } from "./windowing";

const OVERSCAN_ROWS = 6;

interface VirtualRowsProps {
  label: string;
  role: "grid" | "treegrid";
  count: number;
  rowPx: number;
  /** The heading, a row of its own above the others, of the same height. */
  head: ComponentChildren;
  /** Index of the current row; −1 for none. */
  active: number;
  onMove(index: number): void;
  /** Keys other than those that move; true when it was one of them. */
  onKey?(event: KeyboardEvent): boolean;
  onOpen?(index: number): void;
  rowProps?(index: number): HTMLAttributes<HTMLDivElement> & { class?: string };
  cells(index: number): ComponentChildren;
  class?: string;
}

export function VirtualRows({ label, role, count, rowPx, head, active, onMove, onKey, onOpen, rowProps, cells, class: extra }: VirtualRowsProps) {
  const id = useId().replace(/\W/g, "");
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const frame = useRef(0);

  useLayoutEffect(() => {
    const el = scroller.current!; // rendered below, always
    const look = () => setSeen({ top: el.scrollTop, height: el.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(el);
    const onScroll = () => (frame.current ||= requestAnimationFrame(() => ((frame.current = 0), look())));
    el.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      el.removeEventListener("scroll", onScroll);
      cancelAnimationFrame(frame.current);
    };
  }, []);
  useEffect(() => {
    const el = scroller.current;
    if (!el || active < 0) return;
    const top = scrollToShow(active, el.scrollTop, el.clientHeight - rowPx, rowPx, 1);
    if (top !== el.scrollTop) el.scrollTop = top;
  }, [active, count]);

  const page = Math.max(1, Math.floor(seen.height / rowPx) - 2);
  const goTo = (index: number) => count > 0 && onMove(Math.min(count - 1, Math.max(0, index)));
  const steps: Record<string, () => void> = {
    ArrowDown: () => goTo(active + 1),
    ArrowUp: () => goTo(active < 0 ? count - 1 : active - 1),
    PageDown: () => goTo(active + page),
    PageUp: () => goTo(active - page),
    Home: () => goTo(0),
    End: () => goTo(count - 1),
    Enter: () => active >= 0 && onOpen?.(active),
  };
  steps.j = steps.ArrowDown;
  steps.k = steps.ArrowUp;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== scroller.current) return;
    const step = event.shiftKey ? undefined : steps[event.key];
    if (step) step();
    else if (!onKey?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const { first, end } = visibleSpan(seen.top, seen.height, rowPx, count, OVERSCAN_ROWS);
  const pool = Math.ceil(seen.height / rowPx) + 2 * OVERSCAN_ROWS + 1;
  const rows: JSX.Element[] = [];
  for (let index = first; index < end; index++) {
    const { class: own, ...more } = rowProps?.(index) ?? {};
    rows.push(
      <div
        key={index % pool}
        role="row"
        id={`${id}-${index}`}
        class={`v-row ${own ?? ""}${index === active ? " selected" : ""}`}
        aria-rowindex={index + 2}
        aria-selected={index === active}
        style={{ transform: `translateY(${index * rowPx}px)`, height: `${rowPx}px` }}
        onClick={() => onMove(index)}
        onDblClick={() => onOpen?.(index)}
        {...more}
      >
        {cells(index)}
      </div>,
    );
  }
  return (
    <div
      ref={scroller}
      class={`v-grid ${extra ?? ""}`}
      role={role}
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      aria-activedescendant={active >= first && active < end ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="row" class="v-head" aria-rowindex={1} style={{ height: `${rowPx}px` }}>
        {head}
      </div>
      <div class="v-rows" role="rowgroup" style={{ height: `${count * rowPx}px` }}>
        {rows}
      </div>
    </div>
  );
}
