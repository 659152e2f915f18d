/** `name="value"`, as the filter language quotes. */
export const term = (name: string, value: string): string => `${name}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
