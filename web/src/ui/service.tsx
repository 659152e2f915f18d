/** A service: its colour and its name, always together. */

/** How many hues there are; further services repeat them, hatched. */
export const HUES = 8;

export function ServiceDot({ color }: { color: number | undefined }) {
  const hue = color === undefined ? "" : ` c${color % HUES}`;
  return <i class={`dot${hue}${color !== undefined && color >= HUES ? " hatch" : ""}`} aria-hidden="true" />;
}

export function ServiceName({ name, color }: { name: string; color: number | undefined }) {
  return (
    <span class="service">
      <ServiceDot color={color} />
      {name}
    </span>
  );
}
