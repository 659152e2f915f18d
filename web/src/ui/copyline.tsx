/** What to type, to be copied: what changes a machine is done on the command line only. */

import { texts } from "../i18n";
import { copyText } from "./clipboard";
import { IconButton } from "./iconbutton";

export function CopyLine({ label, text }: { label?: string; text: string }) {
  const copy = texts().traffic.copy(text);
  return (
    <div class="command">
      {label && <span>{label}</span>}
      <span class="row tight">
        <code>{text}</code>
        <IconButton icon="copy" label={copy} run={() => void copyText(text)} />
      </span>
    </div>
  );
}
