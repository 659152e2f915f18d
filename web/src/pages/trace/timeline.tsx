/** The waterfall in the page: what the page says goes to it, what the reader does there comes back. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fmt, texts } from "../../i18n";
import { paletteVersion } from "../../shell/theme";
import type { ViewProps } from "./views";
import { Waterfall } from "./waterfall";

export type TimelineHandle = Pick<Waterfall, "collapseAll" | "expandAll" | "foldLike" | "foldAll">;

export function Timeline(props: ViewProps & { handle: RefObject<TimelineHandle | null> }) {
  const { model, title, selected, root, view, flags, only, onlyCritical, handle } = props;
  const t = texts();
  const f = fmt();
  const box = useRef<HTMLDivElement>(null);
  const waterfall = useRef<Waterfall>(undefined);
  const latest = useRef(props);
  latest.current = props;
  // The waterfall is ahead of the page: it shows a choice at once, the page hears of it at its next turn. Until
  // then what the page says of older choices must not undo the newest.
  const chosen = useRef({ newest: selected, pending: false });

  useEffect(() => {
    const made = new Waterfall(box.current!, model, t, f, {
      onSelect: (row) => {
        if (row === chosen.current.newest) return;
        chosen.current = { newest: row, pending: true };
        latest.current.onSelect(row);
      },
      onView: (next) => latest.current.onView(next),
      onOpen: () => latest.current.onOpen(),
      onRoot: (row) => latest.current.onRoot(row),
    });
    waterfall.current = made;
    handle.current = made;
    return () => {
      made.destroy();
      handle.current = null;
    };
  }, [model]);
  useEffect(() => waterfall.current?.setView(view), [model, view.from, view.to]);
  useEffect(() => waterfall.current?.setLanguage(t, f, t.trace.grid(title)), [model, t, title]);
  useEffect(() => waterfall.current?.setMatches(flags), [model, flags]);
  useEffect(() => waterfall.current?.setOnly(only ? flags : null), [model, flags, only]);
  useEffect(() => waterfall.current?.setRoot(root), [model, root]);
  useEffect(() => waterfall.current?.setOnlyCritical(onlyCritical), [model, onlyCritical]);
  useEffect(() => {
    if (chosen.current.pending && selected !== chosen.current.newest) return;
    chosen.current = { newest: selected, pending: false };
    waterfall.current?.setSelected(selected);
  }, [model, selected]);
  useEffect(() => waterfall.current?.refreshPalette(), [model, paletteVersion.value]);
  return <div class="wf" ref={box} />;
}
