/** Trace ids as people paste them. Pure. */

/** The id in its stored form, or null when the text is no trace id: 16 or 32 hexadecimal digits. */
export function traceIdIn(text: string): string | null {
  const id = text.trim().toLowerCase();
  return /^([0-9a-f]{16}|[0-9a-f]{32})$/.test(id) ? id : null;
}

/** `5f2c…a91e`: enough to recognise one. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}
