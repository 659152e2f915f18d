/**
 * Keyboard shortcuts. Whoever is on the page registers what it can do; the help sheet shows exactly that.
 * Single keys are off while typing or composing Hangul, inside dialogs, and when the reader has switched them
 * off (WCAG 2.1.4).
 */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { readChoice, saveChoice } from "./storage";

export type KeyGroup = "global" | "list" | "trace" | "map" | "slo";

export interface KeyBinding {
  /** `c`, `Shift+Y`, `Ctrl+K` (⌘ too), or a sequence: `g o`. `Enter` and other named keys as in KeyboardEvent.key. */
  keys: string;
  label: string;
  group: KeyGroup;
  /** Null only documents a key that the browser or a widget handles itself. */
  run: (() => void) | null;
}

/** How long the second key of a sequence may take. */
const SEQUENCE_MS = 1_200;

const layers = new Set<{ current: KeyBinding[] }>();
/** Changes when the set of bindings does, for the help sheet. */
export const bindingsVersion = signal(0);
export const singleKeys = signal(readChoice("singleKeys") !== "off");

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  saveChoice("singleKeys", on ? "on" : "off");
}

/** Bindings for as long as the component is there; each render may bring new functions. */
export function useKeys(bindings: KeyBinding[]): void {
  const layer = useRef(bindings);
  layer.current = bindings;
  useEffect(() => {
    layers.add(layer);
    bindingsVersion.value++;
    return () => {
      layers.delete(layer);
      bindingsVersion.value++;
    };
  }, []);
}

/** All bindings in force, each key once, the youngest layer's first. */
export function allBindings(): KeyBinding[] {
  const seen = new Map<string, KeyBinding>();
  for (const layer of [...layers].reverse()) {
    for (const binding of layer.current) if (!seen.has(binding.keys)) seen.set(binding.keys, binding);
  }
  return [...seen.values()];
}

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** With a Korean layout the c key says ㅊ: then the place of the key on the board speaks. */
function letterOf(event: Pressed): string {
  if (!/^[\u3131-\u318e]$/.test(event.key) || !event.code.startsWith("Key")) return event.key;
  const letter = event.code.slice("Key".length);
  return event.shiftKey ? letter : letter.toLowerCase();
}

/** The name of what was pressed, in the form of KeyBinding.keys. */
export function keyName(event: Pressed): string {
  const letter = letterOf(event);
  const named = letter.length > 1;
  const key = (event.ctrlKey || event.metaKey) && !named ? letter.toUpperCase() : letter;
  const upper = !named && key !== key.toLowerCase();
  return [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && (named || upper) && "Shift", key].filter(Boolean).join("+");
}

function isTyping(target: EventTarget | null): boolean {
  const el = target instanceof Element ? target.closest("input, textarea, select, [contenteditable]") : null;
  return el !== null && !(el instanceof HTMLInputElement && ["checkbox", "radio", "button"].includes(el.type));
}

export function startKeys(): void {
  let prefix = "";
  let prefixAt = 0;
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const name = keyName(event);
    const single = !name.startsWith("Ctrl+");
    const dialogOpen = document.querySelector("dialog[open]") !== null;
    if (dialogOpen || (single && (isTyping(event.target) || !singleKeys.value))) return;
    const sequence = event.timeStamp - prefixAt < SEQUENCE_MS && prefix !== "" ? `${prefix} ${name}` : name;
    const bindings = allBindings().filter((binding) => binding.run !== null);
    const hit = bindings.find((binding) => binding.keys === sequence) ?? bindings.find((binding) => binding.keys === name);
    prefix = "";
    if (hit?.run) {
      event.preventDefault();
      hit.run();
    } else if (bindings.some((binding) => binding.keys.startsWith(`${name} `))) {
      prefix = name;
      prefixAt = event.timeStamp;
    }
  });
}
