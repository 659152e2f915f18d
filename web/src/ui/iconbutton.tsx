/** A small button that is an icon; its label is read, and shown to who points at it. */

import { Icon, type IconName } from "./icons";

export function IconButton({ icon, label, run }: { icon: IconName; label: string; run(): void }) {
  return (
    <button type="button" class="btn small icon-only quiet" aria-label={label} title={label} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}
