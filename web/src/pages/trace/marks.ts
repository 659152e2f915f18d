/** The trace that is marked for a comparison: the next one that is marked is compared with it. */

import { signal } from "@preact/signals";
import { texts } from "../../i18n";
import { toast } from "../../ui/toast";
import { navigate } from "../../url/location";
import { href } from "../../url/routes";

export const marked = signal<string | null>(null);

/** Marks, unmarks, or compares with what was marked before. */
export function markForCompare(id: string): void {
  const t = texts().compare;
  const first = marked.value;
  if (first !== null && first !== id) {
    marked.value = null;
    navigate(href("compare", { a: first, b: id }));
    return;
  }
  marked.value = first === id ? null : id;
  toast(first === id ? t.unmarked : t.marked);
}
