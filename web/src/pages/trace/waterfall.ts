/**
 * The waterfall: names as real rows (a treegrid of which only what is seen exists), bars on one canvas over them.
 * Framework-free, because scrolling must not wake one; the page gives it a model and hears of selections.
 *
 * The grid keeps the focus and names its current row by aria-activedescendant: a row that is scrolled away is
 * taken for another one, and focus that stood on it would be lost.
 */

import type { Catalogue } from "../../i18n/en";
import type { Formats } from "../../i18n/format";
import { scrollToShow, visibleSpan } from "../../ui/windowing";
import { fitCanvas } from "../../ui/canvas";
import { drawBars, ROW_PX } from "./bars";
import { groupsOf, indexOfRow, nextFlagged, reveal, stepLevel, visibleRows, withAncestors, type Groups, type TraceModel } from "./model";
import { readPalette, type Palette } from "./palette";
import { element, RowRing } from "./rows";
import { clampView, panView, PAN_STEP, ticksOf, tickLabel, ZOOM_STEP, zoomView, type TimeView } from "./timescale";

const OVERSCAN_ROWS = 4;
const INDENT_PX = 14;
const INDENT_PX_NARROW = 9;
const NAMES_NARROW_PX = 300;
const NAME_SHARE = 0.34;
const NAME_SHARE_NARROW = 0.45;
const NAME_PX_MIN = 150;
const NARROW_PX = 640;
const TICK_PX = 110;
/** Room at the right of the bars, and at their left for the label of a bar that begins with the trace. */
const BARS_PADDING_PX = 6;
const LABEL_GUTTER_PX = 54;

export interface WaterfallEvents {
  onSelect(row: number): void;
  onView(view: TimeView): void;
  /** Enter on a row: the reader wants its details. */
  onOpen(row: number): void;
  /** A double click on a row: its subtree alone is wanted; −1 for the whole trace again. */
  onRoot(row: number): void;
}

export class Waterfall {
  private readonly axis: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly rowsBox: HTMLElement;
  private readonly observer: ResizeObserver;
  private readonly rows: RowRing;
  private palette: Palette;
  // What is out of sight (model.ts, Hiding).
  collapsed = new Uint8Array(0);
  folded = new Uint8Array(0);
  groups: Groups | null = null;
  root = -1;
  only: Uint8Array | null = null;
  /** Fingers on the bars: two of them zoom. */
  private readonly fingers = new Map<number, number>();
  private visible: Int32Array = new Int32Array(0);
  private selected = -1;
  private view: TimeView = { from: 0, to: 1 };
  private matches: Uint8Array | null = null;
  private onlyCritical = false;
  private gutter = 0;
  private indent = INDENT_PX;
  private width = 0;
  private height = 0;
  private frame = 0;

  constructor(
    private readonly box: HTMLElement,
    private model: TraceModel,
    private texts: Catalogue,
    private fmt: Formats,
    private readonly events: WaterfallEvents,
  ) {
    this.axis = element("div", "wf-axis", box);
    this.axis.setAttribute("aria-hidden", "true");
    this.scroller = element("div", "wf-scroll", box, "treegrid");
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("aria-colcount", "2");
    this.canvas = document.createElement("canvas");
    this.canvas.className = "wf-bars";
    this.canvas.setAttribute("aria-hidden", "true");
    this.scroller.append(this.canvas);
    this.rowsBox = element("div", "wf-rows", this.scroller);
    this.rows = new RowRing(this.rowsBox);
    this.palette = readPalette(box);
    this.scroller.addEventListener("scroll", () => this.schedule(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.onKeyDown(event));
    this.scroller.addEventListener("click", (event) => this.onClick(event));
    this.scroller.addEventListener("dblclick", (event) => this.rowAt(event) >= 0 && this.events.onRoot(this.rowAt(event)));
    this.scroller.addEventListener("pointerdown", (event) => event.pointerType === "touch" && this.fingers.set(event.pointerId, event.clientX));
    this.scroller.addEventListener("pointermove", (event) => this.onFinger(event));
    for (const name of ["pointerup", "pointercancel"] as const) this.scroller.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
    this.scroller.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.scroller);
    this.setModel(model);
  }

  destroy(): void {
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
    this.box.replaceChildren();
  }

  // ---- what the page says ----

  setModel(model: TraceModel): void {
    this.model = model;
    this.collapsed = new Uint8Array(model.count);
    this.folded = new Uint8Array(model.count);
    this.groups = null;
    this.view = { from: 0, to: model.durationUs };
    this.relayout();
  }

  setLanguage(texts: Catalogue, fmt: Formats, label: string): void {
    this.texts = texts;
    this.fmt = fmt;
    this.scroller.setAttribute("aria-label", label);
    this.rewrite();
  }

  setSelected(row: number): void {
    if (row === this.selected) return;
    this.selected = row;
    if (row >= 0) {
      if (reveal(this.model, this, row)) this.relayout();
      if (indexOfRow(this.visible, row) < 0 && this.root >= 0 && !this.isUnderRoot(row)) this.events.onRoot(-1);
      this.show(row);
    }
    this.schedule();
  }

  setMatches(matches: Uint8Array | null): void {
    this.matches = matches;
    this.rewrite();
  }

  /** Of the rows only these and the ones above them; null for all. */
  setOnly(flags: Uint8Array | null): void {
    this.only = flags && withAncestors(this.model.parent, flags);
    this.relayout();
  }

  /** The subtree of this row alone; −1 for the whole trace. */
  setRoot(row: number): void {
    if (row === this.root) return;
    this.root = row;
    this.relayout();
    if (this.selected >= 0) this.show(this.selected);
  }

  setOnlyCritical(on: boolean): void {
    this.onlyCritical = on;
    this.rewrite();
  }

  /** Without telling the page, which said so itself. */
  setView(view: TimeView): void {
    this.view = clampView(view, this.model.durationUs);
    this.schedule();
  }

  refreshPalette(): void {
    this.palette = readPalette(this.box);
    this.schedule();
  }

  // ---- what the reader does ----

  focus(): void {
    this.scroller.focus({ preventScroll: true });
  }

  collapseAll(): void {
    for (let row = 0; row < this.model.count; row++) this.collapsed[row] = this.model.size[row] > 1 ? 1 : 0;
    this.climbOut();
    this.relayout();
  }

  expandAll(): void {
    this.collapsed.fill(0);
    this.relayout();
    if (this.selected >= 0) this.show(this.selected);
  }

  /** Folds rows like the selected one, everywhere, or unfolds them. */
  foldLike(): void {
    const { model, selected } = this;
    if (selected < 0) return;
    this.groups ??= groupsOf(model);
    const on = this.folded[this.groups.first[selected]] ? 0 : 1;
    this.fold((row) => model.service[row] === model.service[selected] && model.name[row] === model.name[selected], on);
  }

  /** Folds all repeated siblings, or unfolds everything. */
  foldAll(): void {
    this.fold(() => true, this.folded.includes(1) ? 0 : 1);
  }

  private fold(isMeant: (row: number) => boolean, on: 0 | 1): void {
    const groups = (this.groups ??= groupsOf(this.model));
    for (let row = 0; row < this.model.count; row++) if (groups.calls[row] > 1 && isMeant(row)) this.folded[row] = on;
    const first = this.selected < 0 ? -1 : groups.first[this.selected];
    if (on && first >= 0 && first !== this.selected && this.folded[first]) this.select(first);
    this.climbOut();
    this.relayout();
  }

  stepLevel(open: boolean): void {
    stepLevel(this.model, this.collapsed, open);
    this.climbOut();
    this.relayout();
  }

  /** Selects the next row that `flags` marks. */
  goToFlagged(flags: Uint8Array, step: 1 | -1): void {
    const row = nextFlagged(flags, this.selected < 0 ? (step > 0 ? -1 : 0) : this.selected, step);
    if (row >= 0) this.select(row);
  }

  private moveView(view: TimeView): void {
    this.view = clampView(view, this.model.durationUs);
    this.events.onView(this.view);
    this.schedule();
  }

  private select(row: number): void {
    this.setSelected(row);
    this.events.onSelect(row);
  }

  private isUnderRoot(row: number): boolean {
    return row >= this.root && row < this.root + this.model.size[this.root];
  }

  private toggle(row: number): void {
    if (this.folded[row]) this.folded[row] = 0;
    else if (this.model.size[row] <= 1) return;
    else this.collapsed[row] ^= 1;
    this.climbOut();
    this.relayout();
  }

  /** A selection inside a closed subtree moves up to the row that closed it. */
  private climbOut(): void {
    let top = -1;
    for (let at = this.selected; at >= 0; at = this.model.parent[at]) {
      const first = this.groups?.first[at] ?? at;
      if (this.folded[first] && first !== this.selected) top = first;
      else if (at !== this.selected && this.collapsed[at]) top = at;
    }
    if (top >= 0) this.select(top);
  }

  private onClick(event: MouseEvent): void {
    const row = this.rowAt(event);
    if (row < 0) return;
    if ((event.target as Element).closest(".wf-twisty")) this.toggle(row);
    else this.select(row);
  }

  private rowAt(event: MouseEvent): number {
    const el = (event.target as Element).closest(".wf-row");
    return el ? this.rows.rowOf(el) : -1;
  }

  private onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const box = this.canvas.getBoundingClientRect();
      this.zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, (event.clientX - box.left - this.gutter) / this.width);
    } else if (event.shiftKey && event.deltaY !== 0) {
      event.preventDefault();
      this.moveView(panView(this.view, Math.sign(event.deltaY) * PAN_STEP, this.model.durationUs));
    }
  }

  private zoom(factor: number, anchor: number): void {
    this.moveView(zoomView(this.view, factor, Math.min(1, Math.max(0, anchor)), this.model.durationUs));
  }

  private onFinger(event: PointerEvent): void {
    if (!this.fingers.has(event.pointerId)) return;
    const spread = () => Math.max(24, Math.abs(Math.max(...this.fingers.values()) - Math.min(...this.fingers.values())));
    const before = spread();
    this.fingers.set(event.pointerId, event.clientX);
    if (this.fingers.size !== 2) return;
    const middle = [...this.fingers.values()].reduce((sum, x) => sum + x, 0) / 2;
    this.zoom(before / spread(), (middle - this.canvas.getBoundingClientRect().left - this.gutter) / this.width);
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = indexOfRow(this.visible, this.selected);
    const page = Math.max(1, Math.floor(this.height / ROW_PX) - 1);
    const goTo = (to: number) => this.visible.length > 0 && this.select(this.visible[Math.min(this.visible.length - 1, Math.max(0, to))]);
    const steps: Record<string, () => void> = {
      ArrowDown: () => goTo(index + 1),
      ArrowUp: () => goTo(index < 0 ? this.visible.length - 1 : index - 1),
      j: () => goTo(index + 1),
      k: () => goTo(index < 0 ? this.visible.length - 1 : index - 1),
      PageDown: () => goTo(index + page),
      PageUp: () => goTo(index - page),
      Home: () => goTo(0),
      End: () => goTo(this.visible.length - 1),
      ArrowRight: () => (event.shiftKey ? this.stepLevel(true) : this.openOrEnter()),
      ArrowLeft: () => (event.shiftKey ? this.stepLevel(false) : this.closeOrLeave()),
      Enter: () => this.selected >= 0 && this.events.onOpen(this.selected),
      " ": () => this.selected >= 0 && this.toggle(this.selected),
      Escape: () => this.select(-1),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }

  private openOrEnter(): void {
    const row = this.selected;
    if (row < 0 || (this.model.size[row] <= 1 && !this.folded[row])) return;
    if (this.collapsed[row] || this.folded[row]) this.toggle(row);
    else this.select(row + 1);
  }

  private closeOrLeave(): void {
    const row = this.selected;
    if (row < 0) return;
    if (this.model.size[row] > 1 && !this.collapsed[row] && !this.folded[row]) this.toggle(row);
    else if (this.model.parent[row] >= 0) this.select(this.model.parent[row]);
  }

  // ---- painting ----

  private relayout(): void {
    this.visible = visibleRows(this.model, this);
    this.rowsBox.style.height = `${this.visible.length * ROW_PX}px`;
    this.scroller.setAttribute("aria-rowcount", String(this.visible.length));
    this.rewrite();
  }

  private resize(): void {
    const width = this.scroller.clientWidth;
    const before = this.height;
    this.height = this.scroller.clientHeight;
    // The details may have opened over the rows, and what they tell of must stay in sight.
    if (this.height < before && this.selected >= 0) this.show(this.selected);
    const nameWidth = Math.round(Math.max(NAME_PX_MIN, width * (width < NARROW_PX ? NAME_SHARE_NARROW : NAME_SHARE)));
    const indent = nameWidth < NAMES_NARROW_PX ? INDENT_PX_NARROW : INDENT_PX;
    if (indent !== this.indent) this.rows.forget();
    this.indent = indent;
    this.gutter = width < NARROW_PX ? 0 : LABEL_GUTTER_PX;
    this.width = Math.max(0, width - nameWidth - this.gutter - BARS_PADDING_PX);
    this.box.style.setProperty("--wf-name", `${nameWidth}px`);
    this.box.style.setProperty("--wf-bars", `${nameWidth + this.gutter}px`);
    this.box.style.setProperty("--wf-height", `${this.height}px`);
    // At once, not in the next frame: a cleared canvas would flash.
    this.paint();
  }

  private show(row: number): void {
    const index = indexOfRow(this.visible, row);
    if (index < 0) return;
    const height = this.scroller.clientHeight;
    const top = scrollToShow(index, this.scroller.scrollTop, height, ROW_PX, 1);
    if (top !== this.scroller.scrollTop) this.scroller.scrollTop = top;
  }

  private rewrite(): void {
    this.rows.forget();
    this.schedule();
  }

  private schedule(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    if (this.width <= 0 || this.height <= 0) return;
    const scrollTop = this.scroller.scrollTop;
    const { first, end } = visibleSpan(scrollTop, this.height, ROW_PX, this.visible.length, OVERSCAN_ROWS);
    const { model, visible, collapsed, groups, folded, selected, matches, onlyCritical, indent, texts, fmt } = this;
    const depth = this.root < 0 ? 0 : model.depth[this.root];
    this.rows.fill(first, end, Math.ceil(this.height / ROW_PX) + 2 * OVERSCAN_ROWS + 1, { model, visible, collapsed, groups, folded, depth, selected, matches, onlyCritical, indent, texts, fmt });
    const active = this.rows.idOf(this.selected);
    if (active) this.scroller.setAttribute("aria-activedescendant", active);
    else this.scroller.removeAttribute("aria-activedescendant");
    const ticks = ticksOf(this.view, Math.max(2, Math.floor(this.width / TICK_PX)));
    this.writeAxis(ticks);
    const ctx = fitCanvas(this.canvas, this.gutter + this.width + BARS_PADDING_PX, this.height);
    if (!ctx) return;
    drawBars(ctx, this.palette, {
      left: this.gutter,
      width: this.width,
      height: this.height,
      model: this.model,
      visible: this.visible,
      first,
      end,
      scrollTop,
      view: this.view,
      ticks,
      matches: this.matches,
      onlyCritical,
      groups,
      folded,
      labelOf: (row) => {
        const isFold = groups !== null && folded[row] === 1;
        const us = isFold ? groups.sumUs[row] : model.duration[row];
        return us > 0 ? `${isFold ? "Σ " : ""}${fmt.duration(us)}` : "";
      },
    });
  }

  private writeAxis(ticks: number[]): void {
    const step = ticks.length > 1 ? ticks[1] - ticks[0] : this.model.durationUs;
    while (this.axis.children.length < ticks.length) element("span", "", this.axis);
    while (this.axis.children.length > ticks.length) this.axis.lastElementChild?.remove();
    ticks.forEach((tick, i) => {
      const el = this.axis.children[i] as HTMLElement;
      const x = ((tick - this.view.from) / (this.view.to - this.view.from)) * this.width;
      el.textContent = tickLabel(tick, step, this.view.to);
      el.style.transform = `translateX(${x.toFixed(1)}px)`;
      // The last label would be cut by the edge: it stands left of its line.
      el.className = x > this.width - 60 ? "at-end" : "";
    });
  }
}
