/**
 * State that moves faster than an address may: it is local, and written into the address once it rests. Browsers
 * refuse more than a few writes a second, and nobody walks back through a held arrow key.
 */

import { useEffect, useRef, useState } from "preact/hooks";

const RESTS_MS = 200;

/** `inAddress` as state. `write` puts it into the address; when the address changes otherwise, the state follows. */
export function useSettled<T extends string>(inAddress: T, write: (value: T) => void): [T, (value: T) => void] {
  const [value, setValue] = useState(inAddress);
  const written = useRef(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const writeNow = useRef(write);
  writeNow.current = write;

  useEffect(() => {
    if (inAddress === written.current) return;
    clearTimeout(timer.current);
    written.current = inAddress;
    setValue(inAddress);
  }, [inAddress]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const set = (next: T) => {
    setValue(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      written.current = next;
      writeNow.current(next);
    }, RESTS_MS);
  };
  return [value, set];
}
