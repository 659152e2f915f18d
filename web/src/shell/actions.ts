/** What can be done on every page. The palette, the keys and the buttons share these. */

import { signal } from "@preact/signals";
import { texts } from "../i18n";
import { copyText } from "../ui/clipboard";
import { toast } from "../ui/toast";
import { commandOf } from "../url/command";
import { place } from "../url/location";
import { pinnedHref } from "../url/pinned";

/** Which sheet lies over the page. */
export const sheet = signal<"none" | "palette" | "help" | "toil">("none");

export function copyLink(): void {
  void copyText(location.href);
}

/** The link to what is shown now, where the page moves with time; elsewhere the plain link is that. */
export function copyPinnedLink(): void {
  const pinned = pinnedHref(place.peek(), Date.now());
  void copyText(pinned === null ? location.href : new URL(pinned, location.href).href);
}

export function copyCommand(): void {
  const command = commandOf(place.peek());
  if (command) void copyText(command);
  else toast(texts().shell.copyFailed);
}

/** The page's own filter: whatever field is marked `data-filter`. */
export function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>("[data-filter]");
  field?.focus();
  field?.select();
}
