/** What a reader chose for this browser. Not data: everything works without it. */

export type ChoiceName = "theme" | "density" | "zone" | "person" | "singleKeys" | "traceDock" | "spanTab" | "checklist";

const PREFIX = "nines.";

export function readChoice(name: ChoiceName): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // storage can be forbidden
  }
}

export function saveChoice(name: ChoiceName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}
