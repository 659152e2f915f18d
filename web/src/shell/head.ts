/** What the page says about itself: its title in the header and in the tab, and the way back to the top. */

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { texts } from "../i18n";

export const pageTitle = signal("");

/** `title` is the page's name, shown in the header too; `tabTitle` where the tab has more to say. */
export function useTitle(title: string, tabTitle = title): void {
  const full = texts().shell.title(tabTitle);
  useEffect(() => {
    pageTitle.value = title;
    document.title = full;
  }, [title, full]);
}
