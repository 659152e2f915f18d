/** One request to our API: its JSON, or a Problem. */

import { signal } from "@preact/signals";
import { escapeQuery } from "../url/codec";
import type { Problem } from "./types";

export const API = "/api/nines/v1";

/** `status` of a Problem that no server gave. */
export const UNREACHABLE = 0;

/** Since when nothing was answered, by the page's clock; 0 while the server answers. */
export const lostAt = signal(0);

/** The URL of an API answer; parameters that are undefined or empty are left out. */
export function apiUrl(path: string, query: Record<string, string | number | undefined> = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [`${name}=${escapeQuery(String(value))}`]));
  return API + path + (parts.length === 0 ? "" : `?${parts.join("&")}`);
}

export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly url: string,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/**
 * Throws ApiError; an abort throws the browser's AbortError. The language is asked for in so many words: a cookie
 * of an earlier visit would speak before the header. With a body, JSON, it is posted.
 */
export async function getJson<T>(url: string, lang: string, aborted?: AbortSignal, body?: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${url}${url.includes("?") ? "&" : "?"}lang=${lang}`, {
      signal: aborted,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
  } catch (error) {
    if (aborted?.aborted) throw error;
    lostAt.value ||= Date.now();
    throw new ApiError({ title: "unreachable", status: UNREACHABLE }, url);
  }
  lostAt.value = 0;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  const given = (typeof answer === "object" && answer !== null ? answer : {}) as Partial<Problem>;
  throw new ApiError({ ...given, title: given.title ?? (response.statusText || String(response.status)), status: response.status }, url);
}
