/** @file Gradients by finite differences, to hold analytic ones against. */
import { valueAndGradients } from '../gradients.ts';
import { countTensors } from '../memory.ts';
import { tf } from '../tf.ts';
import { expectAllClose, type Tolerance } from './all-close.ts';

type Differentiable = (...xs: tf.Tensor[]) => tf.Tensor;

/**
 * The gradient of `sum(weights * f(...xs))` with respect to each x by central differences: two evaluations of `f` per number.
 * The tensors are float32, so take a step of about 1e-2 and expect 3 right digits.
 */
export function finiteDifference(f: Differentiable, xs: readonly tf.Tensor[], weights: ArrayLike<number>, step = 1e-2): Float32Array[] {
  const evaluate = (inputs: readonly tf.Tensor[]) => {
    const values = tf.tidy(() => f(...inputs).dataSync());
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i]! * weights[i]!;
    return sum;
  };
  return xs.map((x, k) => {
    const numbers = x.dataSync();
    return Float32Array.from(numbers, (_, i) => {
      const at = (shift: number) => {
        const moved = Float32Array.from(numbers);
        moved[i]! += shift;
        const shifted = tf.tensor(moved, x.shape);
        const value = evaluate(xs.map((other, j) => (j === k ? shifted : other)));
        shifted.dispose();
        return value;
      };
      return (at(step) - at(-step)) / (2 * step);
    });
  });
}

/**
 * Throws unless the analytic gradients of `f` at `xs` agree with finite differences, and unless the pass leaves no tensor behind.
 * The numbers of the result are weighted unevenly, so that errors cannot cancel out.
 */
export function expectGradients(
  f: Differentiable,
  xs: readonly tf.Tensor[],
  { rtol = 1e-2, atol = 1e-2, step = 1e-2 }: Tolerance & { readonly step?: number } = {},
): void {
  const before = countTensors();
  const shape = tf.tidy(() => f(...xs).shape);
  const size = shape.reduce((a, b) => a * b, 1);
  const weights = Float32Array.from({ length: size }, (_, i) => Math.cos(1.7 * i + 0.4));
  const dy = tf.tensor(weights, shape);
  const { value, grads } = valueAndGradients(() => f(...xs), xs, dy);
  const expected = finiteDifference(f, xs, weights, step);
  grads.forEach((grad, i) => {
    expectAllClose(grad, expected[i]!, { rtol, atol });
    grad.dispose();
  });
  value.dispose();
  dy.dispose();
  if (countTensors() !== before) throw new Error(`The gradients left ${countTensors() - before} tensors behind.`);
}

/**
 * A tensor of fixed numbers between -1 and 1 in a mixed order, evenly spaced, none 0 and no two alike: good points to
 * differentiate at, as long as there are no more than 40 of them. Other seeds give other numbers.
 */
export function samplePoint(shape: readonly number[], seed = 0): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const stride = [7, 11, 13, 17, 19, 23].find((n) => size % n !== 0)!;
  const numbers = Float32Array.from({ length: size }, (_, i) => {
    const place = ((i + seed) * stride) % size;
    return ((2 * (place + 0.5) - size) * (1 - 0.13 * (seed % 5))) / size || 0.5 / size;
  });
  return tf.tensor(numbers, [...shape]);
}
