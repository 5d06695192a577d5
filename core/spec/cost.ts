/** @file What a call costs, as descriptors tell it: from shapes of which every length is a number. */

/** Lengths by port. Ports without a wire are missing. */
export type Lengths = Readonly<Record<string, readonly number[]>>;

export interface KnownShapes {
  readonly inputs: Lengths;
  readonly outputs: Lengths;
}

export interface CallCost {
  /** Multiplications, each with its addition, of products of matrices and convolutions. What is done element by element does not count. */
  readonly multiplyAdds: number;
  /** Elements that are kept for the backward pass beside the outputs: what is between them and the inputs. */
  readonly kept?: number;
}

/** The number of elements. */
export function elements(lengths: readonly number[] | number): number {
  return [lengths].flat().reduce((product, length) => product * length, 1);
}
