/** The language in force: its catalogue and its formats. Components that read them render again when it changes. */

import { computed, signal } from "@preact/signals";
import { boot } from "../boot";
import { en, type Catalogue } from "./en";
import { formatsOf, type Formats } from "./format";
import { ko } from "./ko";

export type Lang = "en" | "ko";
export const LANGS: readonly Lang[] = ["en", "ko"];
/** Each language by its own name: this is how its readers look for it. */
export const LANG_NAMES: Record<Lang, string> = { en: "English", ko: "한국어" };

/** Read by the server too (crates/web: LANG_COOKIE), so that the first answer is in the chosen language. */
const LANG_COOKIE = "nines_lang";
const LANG_COOKIE_SECONDS = 365 * 24 * 3600;

const catalogues: Record<Lang, Catalogue> = { en, ko };

export const lang = signal<Lang>(boot.lang === "ko" ? "ko" : "en");
const catalogue = computed(() => catalogues[lang.value]);
const formats = computed(() => formatsOf(lang.value));

/** The texts of the language in force. */
export const texts = (): Catalogue => catalogue.value;
/** The formats of the language in force. */
export const fmt = (): Formats => formats.value;

/** Switches and remembers the language. */
export function switchLang(next: Lang): void {
  document.cookie = `${LANG_COOKIE}=${next};path=/;max-age=${LANG_COOKIE_SECONDS};samesite=lax`;
  document.documentElement.lang = next;
  lang.value = next;
}
