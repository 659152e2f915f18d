/** Addresses with their ports, as people and programs write them. Pure. */

/** `192.0.2.1:443` or `[2001:db8::1]:443`; an address that has its port already stays as it is. */
export function withPort(address: string, port: string): string {
  if (!port || !address || /^\[.*\]:\d+$|^[^:]*:\d+$/.test(address)) return address;
  return address.includes(":") ? `[${address.replace(/^\[|\]$/g, "")}]:${port}` : `${address}:${port}`;
}
