/**
 * The names of the waterfall: a ring of elements that take turns in showing rows, so that scrolling by one row
 * writes one row, and a trace of any size has as many elements as fit the window.
 */

import type { Catalogue } from "../../i18n/en";
import type { Formats } from "../../i18n/format";
import { ROW_PX } from "./bars";
import { dotClass, type Groups, type TraceModel } from "./model";

/** Deeper rows stop moving right and say their depth instead. */
const INDENT_LEVELS_MAX = 20;

/** What the rows are written from. */
export interface RowState {
  model: TraceModel;
  visible: Int32Array;
  collapsed: Uint8Array;
  groups: Groups | null;
  folded: Uint8Array;
  /** Levels above the first row. */
  depth: number;
  selected: number;
  matches: Uint8Array | null;
  onlyCritical: boolean;
  /** Pixels a level. */
  indent: number;
  texts: Catalogue;
  fmt: Formats;
}

interface Slot {
  el: HTMLElement;
  nameCell: HTMLElement;
  twisty: HTMLElement;
  dot: HTMLElement;
  service: HTMLElement;
  name: HTMLElement;
  badge: HTMLElement;
  words: HTMLElement;
  /** Row shown, −1 for none; with `state` (−1: unknown) it says whether anything must be written. */
  row: number;
  state: number;
}

export function element(tag: string, className: string, parent: HTMLElement, role?: string): HTMLElement {
  const el = document.createElement(tag);
  el.className = className;
  if (role) el.setAttribute("role", role);
  parent.append(el);
  return el;
}

export class RowRing {
  private readonly slots: Slot[] = [];

  constructor(private readonly box: HTMLElement) {}

  /** Everything is written again at the next fill. */
  forget(): void {
    for (const slot of this.slots) slot.state = -1;
  }

  /** The row that an element shows; −1 for none. */
  rowOf(el: Element): number {
    return this.slots.find((slot) => slot.el === el)?.row ?? -1;
  }

  /** The id of the element that shows `row` now. */
  idOf(row: number): string | undefined {
    return row < 0 ? undefined : this.slots.find((slot) => slot.row === row)?.el.id;
  }

  /** Shows the visible rows from index `first` up to `end`, with at least `wanted` elements. */
  fill(first: number, end: number, wanted: number, state: RowState): void {
    while (this.slots.length < wanted) this.slots.push(this.newSlot());
    const n = this.slots.length;
    const used = new Uint8Array(n);
    for (let index = first; index < end; index++) {
      used[index % n] = 1;
      writeSlot(this.slots[index % n], index, state);
    }
    for (let i = 0; i < n; i++) {
      if (used[i] || this.slots[i].row === -1) continue;
      this.slots[i].row = -1;
      this.slots[i].el.hidden = true;
    }
  }

  private newSlot(): Slot {
    const el = element("div", "wf-row", this.box, "row");
    el.id = `wf-row-${this.slots.length}`;
    el.hidden = true;
    const nameCell = element("div", "wf-name", el, "gridcell");
    const twisty = element("span", "wf-twisty", nameCell);
    twisty.setAttribute("aria-hidden", "true");
    const dot = element("i", "dot", nameCell);
    dot.setAttribute("aria-hidden", "true");
    const service = element("b", "", nameCell);
    const name = element("span", "muted", nameCell);
    const badge = element("span", "wf-badge", nameCell);
    const words = element("span", "sr", element("div", "wf-bar", el, "gridcell"));
    return { el, nameCell, twisty, dot, service, name, badge, words, row: -1, state: -1 };
  }
}

function writeSlot(slot: Slot, index: number, state: RowState): void {
  const { model, matches, texts, fmt } = state;
  const row = state.visible[index];
  const depth = model.depth[row] - state.depth;
  const calls = state.groups && state.folded[row] ? state.groups.calls[row] : 0;
  const isSelected = row === state.selected;
  const isParent = model.size[row] > 1 || calls > 0;
  const isClosed = state.collapsed[row] === 1 || calls > 0;
  const isMatch = matches !== null && matches[row] === 1;
  const isFaded = (matches !== null && !isMatch) || (state.onlyCritical && !model.isCritical[row]);
  const bits = Number(isSelected) | (Number(isClosed) << 1) | (Number(isFaded) << 2) | (Number(isMatch) << 3);
  const top = `translateY(${index * ROW_PX}px)`;
  if (slot.el.style.transform !== top) slot.el.style.transform = top;
  if (slot.row === row && slot.state === bits) return;

  if (slot.row !== row || slot.state < 0) {
    slot.el.hidden = false;
    slot.el.setAttribute("aria-level", String(depth + 1));
    slot.nameCell.style.paddingLeft = `${4 + Math.min(depth, INDENT_LEVELS_MAX) * state.indent}px`;
    slot.dot.className = dotClass(model, model.service[row]);
    slot.service.textContent = model.services[model.service[row]]?.name || texts.trace.unknownService;
    slot.name.textContent = ` ${model.names[model.name[row]] || texts.trace.unnamed}`;
    slot.words.textContent = wordsOf(state, row, calls);
  }
  slot.row = row;
  slot.state = bits;
  slot.el.setAttribute("aria-rowindex", String(index + 1));
  slot.el.setAttribute("aria-selected", String(isSelected));
  if (isParent) slot.el.setAttribute("aria-expanded", String(!isClosed));
  else slot.el.removeAttribute("aria-expanded");
  slot.el.className = `wf-row${isSelected ? " selected" : ""}${isFaded ? " faded" : ""}${isMatch ? " match" : ""}`;
  slot.twisty.className = `wf-twisty${isParent ? (isClosed ? " closed" : " open") : ""}`;
  slot.badge.textContent = calls > 0 ? texts.trace.times(fmt.count(calls)) : isClosed ? texts.trace.hidden(fmt.count(model.size[row] - 1)) : depth > INDENT_LEVELS_MAX ? `↳${depth}` : "";
}

/** What a screen reader says of a bar. */
function wordsOf({ model, groups, texts, fmt }: RowState, row: number, calls: number): string {
  const t = texts.trace;
  const durationUs = calls > 0 && groups ? groups.sumUs[row] : model.duration[row];
  const words = [
    calls > 0 ? t.foldedCalls(fmt.count(calls)) : "",
    durationUs > 0 ? fmt.duration(durationUs) : "",
    t.startsAt(fmt.offset(model.start[row])),
    model.isError[row] ? (model.statuses[row] ? t.errorStatus(model.statuses[row]) : t.error) : "",
    model.isCritical[row] ? t.onCritical : "",
    model.size[row] > 1 && calls === 0 ? t.hiddenLabel(fmt.count(model.size[row] - 1)) : "",
  ];
  return words.filter(Boolean).join(", ");
}
