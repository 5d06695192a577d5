import type { Instance, MaybeSpec, WireTarget } from '../../../core/check/index.ts';
import type { ModelClass } from '../../../core/document/index.ts';

/** What would be fed to the next node, as far as it is known. */
export function specBehind({ behind, port, wire }: WireTarget, openClass: ModelClass, known: Instance | undefined): MaybeSpec {
  const from = wire === undefined ? port : openClass.wires[wire]?.from;
  if (from) return known?.nodes.get(from.node)?.outputs[from.port];
  const node = behind?.[0];
  return node === undefined ? undefined : Object.values(known?.nodes.get(node)?.outputs ?? {})[0];
}
