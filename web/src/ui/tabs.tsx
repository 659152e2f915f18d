/** Tabs: arrows move between them, and the panel below belongs to the one that is chosen. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface TabsProps<K extends string> {
  label: string;
  tabs: [key: K, label: ComponentChildren][];
  chosen: K;
  onChoose(key: K): void;
  children: ComponentChildren;
}

export function Tabs<K extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<K>) {
  const id = useId().replace(/\W/g, "");
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const from = tabs.findIndex(([key]) => key === chosen);
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = (to + tabs.length) % tabs.length;
    onChoose(tabs[at][0]);
    (event.currentTarget.children[at] as HTMLElement).focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(([key, text]) => (
          <button key={key} type="button" role="tab" id={`${id}-${key}`} aria-selected={key === chosen} aria-controls={`${id}-panel`} tabIndex={key === chosen ? 0 : -1} onClick={() => onChoose(key)}>
            {text}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
}
