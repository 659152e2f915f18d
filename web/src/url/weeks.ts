/** What a number of weeks is to the API and to the command line. Pure. */

const DAY_MS = 24 * 3_600_000;
/** What the API looks back over when nothing is said. It then knows better where to end: with the newest that is known. */
const WEEKS_DEFAULT = "13";

/** What is asked of the API for so many weeks, up to the end of today. */
export function windowOf(weeks: string, nowMs: number): { from?: string } {
  if (weeks === WEEKS_DEFAULT) return {};
  const tomorrow = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
  return { from: new Date(tomorrow - Number(weeks) * 7 * DAY_MS).toISOString().replace(".000Z", "Z") };
}
