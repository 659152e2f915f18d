/** The address bar as a signal, and the only code that writes to it. */

import { computed, signal } from "@preact/signals";
import { escapeQuery } from "./codec";
import { locate, type Place, type QueryOf } from "./routes";

const address = signal({ pathname: location.pathname, search: location.search });

/** Where the page is now. */
export const place = computed<Place>(() => locate(address.value.pathname, address.value.search));
/** Path and query: what a list remembers its scroll position and its answers by. */
export const currentUrl = computed(() => address.value.pathname + address.value.search);
/** Counts moves from one path to another: focus and scroll follow these, not changes of the query. */
export const moves = signal(0);

let tracesQuery: Partial<QueryOf<"traces">> = {};
/** What the list of traces was last asked: a tag found in one of them narrows that. */
export const lastTraces = (): Partial<QueryOf<"traces">> => tracesQuery;

/** `?lang=` is a wish for this visit: links keep it until a language is chosen in the menu. */
let visitLang = new URLSearchParams(location.search).get("lang");

function withVisitLang(url: string): string {
  if (!visitLang) return url;
  const [path, search = ""] = url.split("?");
  if (new URLSearchParams(search).has("lang")) return url;
  return `${path}?${search ? `${search}&` : ""}lang=${escapeQuery(visitLang)}`;
}

function adopt(): void {
  const left = place.peek();
  if (left.name === "traces") tracesQuery = left.query;
  const pathChanged = address.value.pathname !== location.pathname;
  address.value = { pathname: location.pathname, search: location.search };
  if (pathChanged) moves.value++;
}

/**
 * Goes to `url` inside the page. `replace` is for changes that nobody wants to walk back through, such as a
 * moving selection.
 */
export function navigate(url: string, options: { replace?: boolean } = {}): void {
  const target = withVisitLang(url);
  if (target === location.pathname + location.search) return;
  if (options.replace) history.replaceState(history.state, "", target);
  else history.pushState(null, "", target);
  adopt();
}

/** After a choice in the menu the cookie speaks for the language. */
export function dropVisitLang(): void {
  if (!visitLang) return;
  visitLang = null;
  const search = new URLSearchParams(location.search);
  search.delete("lang");
  const rest = [...search].map(([name, value]) => `${name}=${escapeQuery(value)}`).join("&");
  history.replaceState(history.state, "", location.pathname + (rest ? `?${rest}` : ""));
  adopt();
}

/** Follows Back and Forward, and turns clicks on our own links into moves inside the page. */
export function startLocation(): void {
  addEventListener("popstate", adopt);
  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || link.getAttribute("href")?.startsWith("#")) return;
    if (locate(url.pathname, url.search).name === "missing") return; // the API and files are the browser's
    event.preventDefault();
    navigate(url.pathname + url.search);
  });
}
