/** Which options fit what was typed, best first. Pure. */

/** Lower is better; null does not fit. The words of `query` may come in any order. */
export function score(query: string, text: string): number | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const target = text.toLowerCase();
  let total = 0;
  for (const word of words) {
    const at = target.indexOf(word);
    if (at < 0) return null;
    const atWordStart = at === 0 || /[\s\-/_.:·]/.test(target[at - 1]);
    total += at === 0 ? 0 : atWordStart ? 1 : 3;
  }
  return total;
}

/** In their own order when nothing was typed. */
export function rank<T>(items: T[], query: string, textOf: (item: T) => string): T[] {
  return items
    .map((item, i) => ({ item, i, score: score(query, textOf(item)) }))
    .filter((scored) => scored.score !== null)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0) || a.i - b.i)
    .map((scored) => scored.item);
}
