/** What the server put into the page: language, version and the first answers, so that no request has to wait. */

export interface Boot {
  lang: string;
  version: string;
  path: string;
  /** API URL → its JSON answer. */
  data: Record<string, unknown>;
}

function readBoot(): Boot {
  const empty: Boot = { lang: "", version: "", path: "", data: {} };
  if (typeof document === "undefined") return empty;
  const block = document.getElementById("boot")?.textContent ?? "";
  try {
    return { ...empty, lang: document.documentElement.lang, ...(JSON.parse(block) as Partial<Boot>) };
  } catch {
    // A page without its block still works: it asks for everything itself.
    return { ...empty, lang: document.documentElement.lang };
  }
}

export const boot: Boot = readBoot();
