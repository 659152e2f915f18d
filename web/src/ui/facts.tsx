/** Names with their values, one below the other. */

import type { ComponentChildren } from "preact";

export function Facts({ facts, class: extra }: { facts: [string, ComponentChildren][]; class?: string }) {
  return (
    <dl class={extra ? `props ${extra}` : "props"}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
