/** The moment under the pointer, the same on every chart of the page. */

import { signal } from "@preact/signals";

export const crosshairMs = signal<number | null>(null);
