/** A modal dialog on the browser's own element: focus stays inside, Esc closes, the page behind is inert. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  label: string;
  onClose(): void;
  class?: string;
  children: ComponentChildren;
}

/** Open as long as it is rendered. */
export function Dialog({ label, onClose, class: extra, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${extra ?? ""}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
    >
      {children}
    </dialog>
  );
}
