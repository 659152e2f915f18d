/**
 * The filter's text cut into terms, for the eye only: what it means is read by the server. And the two ways of
 * counting characters: the server counts code points, the browser UTF-16 units. Pure.
 */

export interface TextRange {
  from: number;
  /** One past the last. */
  to: number;
}

/** Terms end at a space that stands outside quotes and parentheses. */
export function termsOf(text: string): TextRange[] {
  const terms: TextRange[] = [];
  let start = -1;
  let isQuoted = false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (isQuoted) {
      if (ch === "\\") i++;
      else if (ch === '"') isQuoted = false;
      continue;
    }
    if (/\s/.test(ch) && depth === 0) {
      if (start >= 0) terms.push({ from: start, to: i });
      start = -1;
      continue;
    }
    if (start < 0) start = i;
    if (ch === '"') isQuoted = true;
    else if (ch === "(") depth++;
    else if (ch === ")") depth = Math.max(0, depth - 1);
  }
  if (start >= 0) terms.push({ from: start, to: text.length });
  return terms;
}

/** Index in UTF-16 units of code point number `points`. */
export function unitsOf(text: string, points: number): number {
  let units = 0;
  for (const ch of text) {
    if (points-- <= 0) break;
    units += ch.length;
  }
  return units;
}

/** How many code points stand before UTF-16 index `units`. */
export function pointsOf(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}

export interface Piece {
  text: string;
  isTerm: boolean;
  isFault: boolean;
}

/** The text in pieces that are marked differently. */
export function piecesOf(text: string, fault: TextRange | null): Piece[] {
  const terms = termsOf(text);
  const edges = new Set([0, text.length, ...terms.flatMap(({ from, to }) => [from, to])]);
  if (fault) for (const at of [fault.from, fault.to]) edges.add(Math.min(text.length, Math.max(0, at)));
  const cuts = [...edges].sort((a, b) => a - b);
  const inside = (range: TextRange | null, at: number) => range !== null && at >= range.from && at < range.to;
  return cuts.slice(0, -1).map((from, i) => ({
    text: text.slice(from, cuts[i + 1]),
    isTerm: terms.some((term) => inside(term, from)),
    isFault: inside(fault, from),
  }));
}
