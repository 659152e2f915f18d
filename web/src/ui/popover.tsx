/** A button that opens a panel: the browser's own popover, placed under (or over) its button. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

const GAP_PX = 4;
const EDGE_PX = 8;

interface PopoverProps {
  label: string;
  button: ComponentChildren;
  buttonClass?: string;
  /** The label is not in the button's text: an icon alone. */
  iconOnly?: boolean;
  children(close: () => void): ComponentChildren;
}

export function Popover({ label, button, buttonClass, iconOnly, children }: PopoverProps) {
  const id = useId().replace(/\W/g, "");
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const el = panel.current!; // rendered below, always
    const place = () => el.matches(":popover-open") && placePanel(opener.current!, el);
    const onToggle = (event: Event) => {
      const open = (event as ToggleEvent).newState === "open";
      opener.current?.setAttribute("aria-expanded", String(open));
      if (open) {
        place();
        el.querySelector<HTMLElement>("input:checked, [aria-current], input, button")?.focus({ preventScroll: true });
      }
    };
    el.addEventListener("toggle", onToggle);
    addEventListener("resize", place);
    addEventListener("scroll", place, { passive: true, capture: true });
    return () => {
      el.removeEventListener("toggle", onToggle);
      removeEventListener("resize", place);
      removeEventListener("scroll", place, { capture: true });
    };
  }, []);

  return (
    <>
      <button
        ref={opener}
        type="button"
        class={`btn ${buttonClass ?? ""}`}
        aria-label={iconOnly ? label : undefined}
        title={iconOnly ? label : undefined}
        aria-haspopup="dialog"
        aria-expanded="false"
        {...{ popovertarget: id }}
      >
        {button}
      </button>
      <div ref={panel} id={id} class="menu" role="dialog" aria-label={label} {...{ popover: "auto" }}>
        {children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

function placePanel(opener: HTMLElement, panel: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = Math.min(Math.max(EDGE_PX, at.right - width), innerWidth - width - EDGE_PX);
  const below = at.bottom + GAP_PX;
  const top = below + height <= innerHeight - EDGE_PX ? below : Math.max(EDGE_PX, at.top - GAP_PX - height);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}
