/** The sheet of keys: what can be pressed on this page. */

import "../shared";
import { texts } from "../i18n";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icons";
import { sheet } from "./actions";
import { KeyMap } from "./keymap";

export function HelpSheet() {
  const t = texts();
  const close = () => (sheet.value = "none");
  return (
    <Dialog label={t.shell.help} onClose={close}>
      <div class="dialog-head">
        <h2>{t.shell.help}</h2>
        <button type="button" class="btn icon-only quiet" aria-label={t.shell.close} onClick={close}>
          <Icon name="x" />
        </button>
      </div>
      <div class="dialog-body" tabIndex={0}>
        <KeyMap />
      </div>
    </Dialog>
  );
}
