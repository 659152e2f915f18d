/** What JSX becomes in dist/: the build (`elements.mjs`) puts these names into every file that has an element. */

import { createElement, type ComponentChildren, type ComponentType } from "preact";

/**
 * `type` may have its class after it; `props` is a class where there is nothing else, and 0 where there is none; a button
 * submits nothing unless it says so.
 */
export function $h(type: string | ComponentType, props: string | 0 | Record<string, unknown>, ...children: ComponentChildren[]) {
  let given = typeof props === "string" ? { class: props } : props || null;
  if (typeof type === "string") {
    const at = type.indexOf(" ");
    if (at > 0) {
      given = { class: type.slice(at + 1), ...given };
      type = type.slice(0, at);
    }
    if (type === "button") given = { type, ...given };
  }
  return createElement(type as string, given, ...children);
}

export { Fragment } from "preact";
