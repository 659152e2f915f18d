/**
 * Where a trace comes from: the store, or a text that somebody opened here and that the server draws without
 * storing it. Both answer the same questions.
 */

import { ApiError, apiUrl, getJson, UNREACHABLE } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Problem, TraceColumns } from "../../api/types";
import { lang, texts } from "../../i18n";
import { toast } from "../../ui/toast";
import { navigate } from "../../url/location";
import { href } from "../../url/routes";

/** As much as the server takes of a message. */
const BYTES_MAX = 10 * 1024 * 1024;

interface Opened {
  text: string;
  columns: TraceColumns;
}

/** Texts that were opened, by trace id, until the page is left. */
const opened = new Map<string, Opened>();

/** The text that a trace was opened from; undefined for one of the store. */
export const openedText = (id: string): string | undefined => opened.get(id)?.text;

/** A trace's columns. */
export function useTrace(id: string | null): { data: TraceColumns | undefined; problem: Problem | undefined; retry(): void } {
  const here = id === null ? undefined : opened.get(id);
  const stored = useResource<TraceColumns>(id === null || here ? null : apiUrl(`/traces/${id}`));
  return here ? { data: here.columns, problem: undefined, retry: () => undefined } : stored;
}

/** Asks about a trace: `rows`, `q` or `text`. */
export function askTrace<T>(id: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const here = opened.get(id);
  return here ? draw<T>(here.text, query, signal) : getJson<T>(apiUrl(`/traces/${id}`, query), lang.peek(), signal);
}

/** A trace as Zipkin's JSON, indented. */
export async function zipkinJson(id: string): Promise<string> {
  const text = opened.get(id)?.text;
  const spans: unknown = text === undefined ? await getJson(`/api/v2/trace/${id}`, lang.peek()) : JSON.parse(text);
  return JSON.stringify(spans, null, 1);
}

async function draw<T>(text: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> {
  return getJson<T>(apiUrl("/traces/draw", query), lang.peek(), signal, text);
}

/** Opens the JSON of a trace that need not be in the store; says why when it cannot be read. */
export async function openText(text: string): Promise<void> {
  if (text.length > BYTES_MAX) return toast(texts().trace.openTooLarge);
  try {
    text = oneList(text);
    const columns = await draw<TraceColumns>(text, {});
    opened.set(columns.traceId, { text, columns });
    navigate(href("trace", { id: columns.traceId }));
  } catch (error) {
    const problem = error instanceof ApiError ? error.problem : { title: String(error), status: UNREACHABLE };
    toast(problem.status === UNREACHABLE ? texts().state.unreachable : [problem.detail ?? problem.title, problem.hint].filter(Boolean).join(" "));
  }
}

/** Zipkin answers searches with a list of traces; of one it is the list inside. */
function oneList(text: string): string {
  if (!/^\s*\[\s*\[/.test(text)) return text;
  return JSON.stringify((JSON.parse(text) as unknown[][]).flat());
}

/** Opens a file that the reader chooses. */
export function openFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.onchange = () => void input.files?.[0]?.text().then(openText);
  input.click();
}

/** A file dropped anywhere, and a list of spans pasted anywhere, are opened. */
export function startOpening(): void {
  addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void file.text().then(openText);
  });
  addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    // No field of ours wants a list of spans, but the editors of longer texts might.
    if (!/^\[\s*[[{]/.test(text) || (event.target instanceof Element && event.target.closest("textarea"))) return;
    event.preventDefault();
    void openText(text);
  });
}
