/** @file The ports of a node: what may be wired to what. */
import type { Args } from './params.ts';
import type { DataType } from './shape.ts';

export interface PortSpec {
  readonly doc?: string;
  /** The type of number that it takes; absent: any. */
  readonly dtype?: DataType;
  readonly minRank?: number;
  readonly maxRank?: number;
  /** A node works without a wire here. */
  readonly optional?: boolean;
  /** What a step hands to the next one: no place for the value that a node is put behind, while there is another. */
  readonly isState?: boolean;
  /** The axes, counted from the end, along which the type slides, steps or looks: the batch has no place there. */
  readonly along?: (args: Args) => readonly number[];
}

/** In the order in which they are drawn and passed. */
export type PortSpecs = Readonly<Record<string, PortSpec>>;

export function port(spec: PortSpec = {}): PortSpec {
  return spec;
}
