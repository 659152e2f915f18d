/** The width of what a drawing has to fit into, as it changes; 0 before it is known. */

import { useEffect, useState } from "preact/hooks";

export function useWidth(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(box.current!); // whoever asks has rendered it
    return () => observer.disconnect();
  }, []);
  return width;
}
