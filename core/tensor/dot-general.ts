/** @file The general product of two tensors. Port of jax.lax.dot_general. */
import { contract, order } from './contract.ts';
import { tf } from './tf.ts';

/** Pairs of axes, the first list of `a`, the second of `b`; negative ones count from the end. */
export type AxisPairs = readonly [a: readonly number[], b: readonly number[]];

export interface DotGeneralOptions {
  /** The axes to sum over. */
  readonly contract: AxisPairs;
  /** The axes to run along side by side; none unless given. */
  readonly batch?: AxisPairs;
}

/**
 * Multiplies and sums over pairs of axes: `lax.dot_general(a, b, (contract, batch))`. The result has the batch axes, then the rest of
 * `a`, then the rest of `b`. Differentiable. The caller disposes the result.
 * @throws RangeError if paired axes differ in number or size.
 */
export function dotGeneral(a: tf.Tensor, b: tf.Tensor, options: DotGeneralOptions): tf.Tensor {
  const labelsA = a.shape.map((_, axis) => `a${axis}`);
  const labelsB = b.shape.map((_, axis) => `b${axis}`);
  const batch = pairUp(a, b, labelsA, labelsB, options.batch ?? [[], []], 'x');
  pairUp(a, b, labelsA, labelsB, options.contract, 's');
  const rest = [...labelsA, ...labelsB].filter((label) => /^[ab]/.test(label));
  const output = [...batch, ...rest];
  return tf.tidy(() => {
    const result = contract({ x: a, labels: labelsA }, { x: b, labels: labelsB }, new Set(output));
    return order(result, output);
  });
}

/** Gives paired axes the same name, and returns the names. */
function pairUp(a: tf.Tensor, b: tf.Tensor, labelsA: string[], labelsB: string[], [axesA, axesB]: AxisPairs, name: string): string[] {
  const shapes = `[${a.shape.join(', ')}] and [${b.shape.join(', ')}]`;
  if (axesA.length !== axesB.length) throw new RangeError(`Axes come in pairs, got [${axesA.join(', ')}] with [${axesB.join(', ')}].`);
  return axesA.map((axisA, i) => {
    const [p, q] = [axisA < 0 ? axisA + a.rank : axisA, axesB[i]! < 0 ? axesB[i]! + b.rank : axesB[i]!];
    if (a.shape[p] === undefined || a.shape[p] !== b.shape[q])
      throw new RangeError(
        `Paired axes must have the same size, but axis ${axisA} with axis ${axesB[i]} of ${shapes} are ${a.shape[p]} and ${b.shape[q]}.`,
      );
    labelsA[p] = labelsB[q] = `${name}${i}`;
    return `${name}${i}`;
  });
}
