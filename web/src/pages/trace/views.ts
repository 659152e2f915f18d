/** What every way to look at a trace is given, and what it tells the page. */

import type { TraceModel } from "./model";
import type { TimeView } from "./timescale";

export interface ViewProps {
  model: TraceModel;
  title: string;
  /** Row; −1 for none. */
  selected: number;
  /** The row whose subtree is shown alone; −1 for the whole trace. */
  root: number;
  view: TimeView;
  /** Rows that were found; null when nothing is looked for. */
  flags: Uint8Array | null;
  /** Show only those. */
  only: boolean;
  onlyCritical: boolean;
  onSelect(row: number): void;
  onRoot(row: number): void;
  onView(view: TimeView): void;
  onFind(q: string): void;
  /** The reader wants the details. */
  onOpen(): void;
}
