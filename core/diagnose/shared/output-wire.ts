/** @file What the root gives. */
import { graphOf } from '../../graph/graph-of.ts';
import type { SeenPass, SeenWire } from '../seen.ts';
import type { Places } from './places.ts';

export interface SeenOutput {
  readonly id: string;
  readonly name: string;
  /** The value that leads into it, by its position in the pass; -1 where none was seen. */
  readonly wire: number;
}

/** In the order of results. */
export function outputsOf({ wires }: SeenPass, places: Places): readonly SeenOutput[] {
  const root = places.instance([]);
  if (!root) return [];
  const graph = graphOf(root.class);
  return graph.outputs.map(({ id, name }) => {
    const from = graph.incoming(id)[0]?.from;
    const wire = wires.findIndex(({ instance, node, port }) => instance.length === 0 && node === from?.node && port === from.port);
    return { id, name, wire };
  });
}

export function outputWire(pass: SeenPass, places: Places): SeenWire | undefined {
  return pass.wires[outputsOf(pass, places)[0]?.wire ?? -1];
}
