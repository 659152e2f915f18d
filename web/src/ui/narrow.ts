/** Whether the window is as narrow as a phone: where a page shows less, not only smaller (styles use the same bound). */

import { useEffect, useState } from "preact/hooks";

const NARROW = "(max-width: 900px)";

export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const list = matchMedia(NARROW);
    const follow = () => setNarrow(list.matches);
    list.addEventListener("change", follow);
    return () => list.removeEventListener("change", follow);
  }, []);
  return isNarrow;
}
