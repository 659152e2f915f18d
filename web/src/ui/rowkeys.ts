/**
 * The keys of a table whose rows are opened by their first link: j and k move between rows, and so do the arrows once a
 * row has the focus; o opens the row beside, Enter is the link's own.
 */

import { texts } from "../i18n";
import { useKeys, type KeyBinding } from "../shell/keys";

/** `more` is what else a key does to the current row. Gives what a table's body does with keys. */
export function useRowKeys(move: (step: number) => void, current: () => string | undefined, more: KeyBinding[] = []): (event: KeyboardEvent) => void {
  const t = texts().keys;
  const openBeside = () => {
    const href = current();
    if (href) window.open(href, "_blank", "noopener");
  };
  useKeys([
    { keys: "j", label: t.next, group: "list", run: () => move(1) },
    { keys: "k", label: t.previous, group: "list", run: () => move(-1) },
    { keys: "Enter", label: t.open, group: "list", run: null },
    { keys: "o", label: t.openTab, group: "list", run: openBeside },
    ...more,
  ]);
  return (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(step);
  };
}
