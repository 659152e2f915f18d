/** The head of a card that can be closed. */

import type { ComponentChildren } from "preact";
import { IconButton } from "./iconbutton";

interface ClosingHeadProps {
  title: ComponentChildren;
  class?: string;
  /** What the button does, in words. */
  label: string;
  onClose(): void;
  /** Beside the title. */
  children?: ComponentChildren;
}

export function ClosingHead({ title, class: name, label, onClose, children }: ClosingHeadProps) {
  return (
    <div class="card-head">
      <h2 class={name}>{title}</h2>
      {children}
      <span class="spring" />
      <IconButton icon="x" label={label} run={onClose} />
    </div>
  );
}
