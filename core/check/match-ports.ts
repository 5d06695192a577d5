/** @file Which ports of a new node stand for those of the old one. */

/** From the old name to the new one; what is missing has no port any more. */
export interface PortMoves {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** Where what hangs on the used ports goes: to the port of the same name, else to the one in the same place, else to the first that is free. */
export function matchPorts(before: readonly string[], after: readonly string[], used: ReadonlySet<string>): ReadonlyMap<string, string> {
  const matched = new Map(before.filter((port) => used.has(port) && after.includes(port)).map((port) => [port, port]));
  const isFree = (port: string | undefined): port is string => port !== undefined && ![...matched.values()].includes(port);
  for (const [i, port] of before.entries()) {
    if (!used.has(port) || matched.has(port)) continue;
    const to = isFree(after[i]) ? after[i] : after.find(isFree);
    if (to !== undefined) matched.set(port, to);
  }
  return matched;
}
