/** The language in force: its catalogue and its formats. Components that read them render again when it changes. */

import { computed, signal } from "@preact/signals";
import { boot } from "../boot";
import { en, type Catalogue } from "./en";
import { readChoice, saveChoice } from "../shell/storage";
import { formatsOf, type Formats, type Zone } from "./format";

export type Lang = "en" | "ko";
export const LANGS: readonly Lang[] = ["en", "ko"];
/** Each language by its own name: this is how its readers look for it. */
export const LANG_NAMES: Record<Lang, string> = { en: "English", ko: "한국어" };

/** Read by the server too, so that its first answer is in the chosen language. */
const LANG_COOKIE = "lang";
const LANG_COOKIE_SECONDS = 365 * 24 * 3600;

/** English is always there: it is the type, and what the page falls back to. Others come when they are wanted. */
const catalogues: Partial<Record<Lang, Catalogue>> = { en };

async function load(wanted: Lang): Promise<void> {
  if (wanted === "ko") catalogues.ko ??= (await import("./korean")).ko;
}

export const lang = signal<Lang>("en");
const catalogue = computed(() => catalogues[lang.value] ?? en);
export const zone = signal<Zone>(readChoice("zone") === "utc" ? "utc" : "local");
const formats = computed(() => formatsOf(lang.value, zone.value));

/** The texts of the language in force. */
export const texts = (): Catalogue => catalogue.value;
/** The formats of the language in force. */
export const fmt = (): Formats => formats.value;

/** The language the server chose for this page. Its catalogue failing to load leaves English. */
export async function startLang(): Promise<void> {
  const wanted: Lang = boot.lang === "ko" ? "ko" : "en";
  await load(wanted).then(
    () => (lang.value = wanted),
    () => undefined,
  );
}

/** Switches and remembers whose clock times are read by. */
export function switchZone(next: Zone): void {
  zone.value = next;
  saveChoice("zone", next === "local" ? null : next);
}

/** Switches and remembers the language. */
export async function switchLang(next: Lang): Promise<void> {
  await load(next);
  document.cookie = `${LANG_COOKIE}=${next};path=/;max-age=${LANG_COOKIE_SECONDS};samesite=lax`;
  document.documentElement.lang = next;
  lang.value = next;
}
