/** Colours of the drawings of a trace. */

import { coloursOf } from "../../ui/canvas";
import { HUES } from "../../ui/service";

export interface Palette {
  hues: string[];
  text: string;
  muted: string;
  border: string;
  surface: string;
  crit: string;
  critText: string;
  accent: string;
  /** Text on each of them. */
  onHues: string[];
  font: string;
}

/** Colours as the canvas needs them: variables resolved by the browser, in the theme in force. */
export function readPalette(el: HTMLElement): Palette {
  const hues = coloursOf(el, Object.fromEntries(Array.from({ length: HUES }, (_, i) => [i, `--s${i + 1}`])));
  const names = { text: "--text", muted: "--muted", border: "--border", surface: "--surface", crit: "--crit-fill", critText: "--crit", accent: "--accent" };
  const list = Object.values(hues);
  return { ...coloursOf(el, names), hues: list, onHues: list.map(textOn), font: getComputedStyle(el).fontFamily };
}

/** Above this share of white's light, black can be read better than white. */
const DARK_TEXT_FROM = 0.18;

function textOn(colour: string): string {
  const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((channel) => (Number(channel) / 255) ** 2.2);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > DARK_TEXT_FROM ? "#0d0f13" : "#ffffff";
}
