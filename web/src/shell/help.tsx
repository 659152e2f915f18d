/** The sheet of keys: what can be pressed on this page. */

import "../shared";
import { texts } from "../i18n";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icons";
import { sheet } from "./actions";
import { allBindings, bindingsVersion, setSingleKeys, singleKeys, type KeyGroup } from "./keys";

const GROUPS: readonly KeyGroup[] = ["global", "list", "trace", "slo"];

export function HelpSheet() {
  const t = texts();
  void bindingsVersion.value;
  const bindings = allBindings();
  const names: Record<KeyGroup, string> = { global: t.keys.groupGlobal, list: t.keys.groupList, trace: t.keys.groupTrace, slo: t.keys.groupSlo };
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
        <div class="keys">
          {GROUPS.map((group) => {
            const own = bindings.filter((binding) => binding.group === group);
            return (
              own.length > 0 && (
                <section key={group}>
                  <h3>{names[group]}</h3>
                  <dl>{mergeByLabel(own).map(([label, keys]) => <KeyLine key={label} label={label} keys={keys} />)}</dl>
                </section>
              )
            );
          })}
        </div>
        <label class="switch">
          <input type="checkbox" checked={singleKeys.value} onChange={(event) => setSingleKeys(event.currentTarget.checked)} />
          {t.keys.singleKeys}
        </label>
      </div>
    </Dialog>
  );
}

/** Keys of one meaning stand in one line. */
function mergeByLabel(bindings: { keys: string; label: string }[]): [string, string[]][] {
  const lines = new Map<string, string[]>();
  for (const { label, keys } of bindings) lines.set(label, [...(lines.get(label) ?? []), keys]);
  return [...lines];
}

function KeyLine({ label, keys }: { label: string; keys: string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key.replace("Arrow", "").replace("Right", "→").replace("Left", "←").replace("Down", "↓").replace("Up", "↑").replaceAll("+", " ").trim() || "+"}</kbd>
        ))}
      </dd>
    </>
  );
}
