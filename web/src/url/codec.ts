/**
 * Query parameters as typed values. A parameter at its default is left out of the URL, and a value that the
 * parameter cannot hold reads as the default: an old or mistyped link opens a page, not an error.
 */

export interface Param<T> {
  read(raw: string | null): T;
  /** Null leaves the parameter out. */
  write(value: T): string | null;
}

export type Params = Record<string, Param<any>>; // eslint-style any: each route fixes its own value types
export type Values<P extends Params> = { [K in keyof P]: P[K] extends Param<infer T> ? T : never };

export function text(): Param<string> {
  return { read: (raw) => raw ?? "", write: (value) => value || null };
}

export function choice<T extends string>(values: readonly T[], fallback: T): Param<T> {
  return {
    read: (raw) => (values.includes(raw as T) ? (raw as T) : fallback),
    write: (value) => (value === fallback ? null : value),
  };
}

export function flag(): Param<boolean> {
  return { read: (raw) => raw === "1", write: (value) => (value ? "1" : null) };
}

export function readQuery<P extends Params>(params: P, search: string): Values<P> {
  const given = new URLSearchParams(search);
  const values: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(params)) values[name] = param.read(given.get(name));
  return values as Values<P>;
}

/** `?a=b`, or nothing; parameters in the order of their declaration, so that equal states have equal URLs. */
export function writeQuery<P extends Params>(params: P, values: Partial<Values<P>>): string {
  const parts: string[] = [];
  for (const [name, param] of Object.entries(params)) {
    const value = (values as Record<string, unknown>)[name];
    const raw = value === undefined ? null : param.write(value);
    if (raw !== null) parts.push(`${name}=${escapeQuery(raw)}`);
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Percent-encoding that leaves readable what a query may hold as it is: `q=service=checkout+duration>200ms`. */
export function escapeQuery(raw: string): string {
  return encodeURIComponent(raw).replace(/%(20|2F|3A|2C|3D|40)/g, (code) => (code === "%20" ? "+" : decodeURIComponent(code)));
}
