/** What to type, to be copied: rules are changed on the command line only. */

import { texts } from "../../i18n";
import { copyText } from "../../ui/clipboard";
import { IconButton } from "../../ui/iconbutton";

export function Command({ label, text }: { label?: string; text: string }) {
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
