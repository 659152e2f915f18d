/** Copying, and saying so. */

import { texts } from "../i18n";
import { toast } from "./toast";

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(texts().shell.copied(text));
  } catch {
    toast(texts().shell.copyFailed);
  }
}
