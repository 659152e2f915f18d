/** The head of a card that can be closed. */

import type { ComponentChildren } from "preact";
import { Icon } from "./icons";

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
      <button type="button" class="btn small icon-only quiet" aria-label={label} title={label} onClick={onClose}>
        <Icon name="x" />
      </button>
    </div>
  );
}
