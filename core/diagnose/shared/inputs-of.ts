/** @file What went into a value, in words and in numbers. */
import type { JsonValue } from '../../document/schema.ts';
import type { Seen, SeenWire } from '../seen.ts';
import { count, short } from './words.ts';

export interface InputWords {
  readonly text: string;
  readonly numbers: { readonly [key: string]: JsonValue };
}

/** By position in the pass. Where the values are. */
export function inputsOf({ places }: Seen, wires: readonly SeenWire[], sources: readonly number[]): readonly InputWords[] {
  return sources.map((source) => {
    const wire = wires[source]!;
    const { min, max, mean, std, zeros, count: all } = wire.value;
    const range = min === null || max === null ? 'no finite number' : `${short(min)} to ${short(max)}`;
    const zero = zeros > 0 ? `, ${count(zeros)} of ${count(all)} are 0` : '';
    return {
      text: `${places.title(wire)} ${range}${zero}`,
      numbers: { path: wire.instance, node: wire.node, port: wire.port, min, max, mean, std, zeros, count: all },
    };
  });
}
