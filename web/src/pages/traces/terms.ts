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

/** A term of one name and its values: `service=a`, `-error`, `"odd name"=(x,"y z")`. Others (`duration>1s`) are their own text. */
interface Written {
  text: string;
  negated: boolean;
  name: string;
  values: string[];
}

function readTerm(text: string): Written {
  const bare = text.replace(/^[-!]+/, "");
  const negated = (text.length - bare.length) % 2 === 1;
  const match = /^("(?:\\.|[^"\\])*"|[^"=!<>~()\s]+)\s*=\s*(?![~=])(.+)$/s.exec(bare);
  if (!match) return { text, negated, name: bare, values: [] };
  const list = /^\((.*)\)$/s.exec(match[2]);
  return { text, negated, name: match[1], values: list ? valuesOf(list[1]) : [match[2]] };
}

function valuesOf(list: string): string[] {
  return (list.match(/"(?:\\.|[^"\\])*"|[^\s,"]+/g) ?? []).map((value) => value.trim());
}

function writeTerm({ negated, name, values, text }: Written): string {
  if (values.length === 0) return text;
  return `${negated ? "-" : ""}${name}=${values.length === 1 ? values[0] : `(${values.join(",")})`}`;
}

const textsOf = (q: string): string[] => termsOf(q).map(({ from, to }) => q.slice(from, to));

/** Whether the filter asks for a term as the server writes it, forbids it, or says nothing of it. */
export function standingOf(q: string, term: string): "included" | "excluded" | null {
  const wanted = readTerm(term);
  for (const other of textsOf(q).map(readTerm)) {
    if (other.name !== wanted.name || !wanted.values.every((value) => other.values.includes(value))) continue;
    return other.negated === wanted.negated ? "included" : "excluded";
  }
  return null;
}

/** Takes a term and its opposite out, wherever they stand. */
export function without(q: string, term: string): string {
  const wanted = readTerm(term);
  const kept = textsOf(q).flatMap((text) => {
    const other = readTerm(text);
    if (other.name !== wanted.name) return [text];
    if (wanted.values.length === 0) return other.values.length === 0 ? [] : [text];
    const values = other.values.filter((value) => !wanted.values.includes(value));
    return values.length === other.values.length ? [text] : values.length === 0 ? [] : [writeTerm({ ...other, values })];
  });
  return kept.join(" ");
}

/** Asks for a term too; values of one name are alternatives. */
export function including(q: string, term: string): string {
  const wanted = readTerm(term);
  let joined = false;
  const terms = textsOf(without(q, term)).map((text) => {
    const other = readTerm(text);
    if (joined || wanted.values.length === 0 || other.values.length === 0 || other.name !== wanted.name || other.negated !== wanted.negated) return text;
    joined = true;
    return writeTerm({ ...other, values: [...other.values, ...wanted.values] });
  });
  return [...terms, ...(joined ? [] : [term])].join(" ");
}

/** Forbids a term. */
export function excluding(q: string, term: string): string {
  return including(without(q, term), /^[-!]/.test(term) ? term.slice(1) : `-${term}`);
}
