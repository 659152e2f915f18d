/** What can be pressed here, and whether single keys are on. */

import { texts } from "../i18n";
import { allBindings, bindingsVersion, setSingleKeys, singleKeys, type KeyGroup } from "./keys";

const GROUPS: readonly KeyGroup[] = ["global", "list", "trace", "map", "slo"];

export function KeyMap() {
  const t = texts();
  void bindingsVersion.value;
  const bindings = allBindings();
  const names: Record<KeyGroup, string> = { global: t.keys.groupGlobal, list: t.keys.groupList, trace: t.keys.groupTrace, map: t.nav.map, slo: t.keys.groupSlo };
  return (
    <>
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
    </>
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
