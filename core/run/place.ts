/** @file Where a value is seen in a run, and a key for it that stays the same from run to run. */
import type { NodeId, Path } from '../document/schema.ts';

/** What leaves a port of a graph. */
export interface WirePlace {
  readonly instance: Path;
  readonly node: NodeId;
  readonly port: string;
  readonly call: number;
}

/** What a Module gives or shows: also of elements of a list, and within layers that are made of others. */
export interface ModulePlace {
  readonly module: Path;
  /** `output`, or what the layer shows of its inside, such as `attentionWeights`. */
  readonly name: string;
  /** 0 for the first value of this name of this Module in the pass. */
  readonly call: number;
}

export type ValuePlace =
  | ({ readonly kind: 'wire' } & WirePlace)
  | ({ readonly kind: 'module' } & ModulePlace)
  | { readonly kind: 'variable'; readonly path: Path };

/** Different for different places, and the same for one place in every run. */
export function placeKey(place: ValuePlace): string {
  switch (place.kind) {
    case 'wire':
      return JSON.stringify(['wire', place.instance, place.node, place.port, place.call]);
    case 'module':
      return JSON.stringify(['module', place.module, place.name, place.call]);
    case 'variable':
      return JSON.stringify(['variable', place.path]);
  }
}
