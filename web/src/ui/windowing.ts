/** Which of many rows of one height are seen. Pure; the waterfall and long lists share it. */

export interface Span {
  first: number;
  /** One past the last. */
  end: number;
}

/** Rows that a viewport shows, with `overscan` more on either side. */
export function visibleSpan(scrollTop: number, viewportPx: number, rowPx: number, count: number, overscan: number): Span {
  const first = Math.max(0, Math.floor(scrollTop / rowPx) - overscan);
  const end = Math.min(count, Math.ceil((scrollTop + viewportPx) / rowPx) + overscan);
  return { first: Math.min(first, count), end: Math.max(end, Math.min(first, count)) };
}

/** The scroll position that brings row `index` into view with the least movement, `margin` rows away from the edge. */
export function scrollToShow(index: number, scrollTop: number, viewportPx: number, rowPx: number, margin: number): number {
  const top = (index - margin) * rowPx;
  const bottom = (index + 1 + margin) * rowPx;
  if (top < scrollTop) return Math.max(0, top);
  if (bottom > scrollTop + viewportPx) return Math.max(0, Math.min(index * rowPx, bottom - viewportPx));
  return scrollTop;
}
