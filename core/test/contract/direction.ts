/** @file The gradients of a whole model against finite differences, along the gradient itself and across it. */
import { expect } from 'vitest';
import { dispose } from '../../nnx/dispose.ts';
import { valueAndGrad } from '../../nnx/grad.ts';
import { List } from '../../nnx/list.ts';
import { Module } from '../../nnx/module.ts';
import { state } from '../../nnx/split.ts';
import { Param } from '../../nnx/variable.ts';
import { tf } from '../../tensor/tf.ts';

/** Numbers between -1 and 1 without a pattern that a layer could cancel. */
export const spread = (size: number, phase: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => Math.cos(1.7 * i + 0.013 * i * i + phase));

/** All outputs in one number, each element with a weight of its own. */
export function weigh(outputs: tf.Tensor | readonly tf.Tensor[]): tf.Scalar {
  const list = outputs instanceof tf.Tensor ? [outputs] : outputs;
  return tf.addN(list.map((each) => tf.sum(tf.mul(tf.cast(each, 'float32'), tf.tensor(spread(each.size, 0.4), each.shape))))) as tf.Scalar;
}

/** A model together with its inputs as Params: one gradient covers both. */
class Whole<M extends Module> extends Module {
  constructor(
    readonly model: M,
    readonly inputs: List<Param>,
  ) {
    super();
  }
}

/** Half the distances between the points of a difference, of which one must do: where a function bends sharply the smaller. Directions have the length 1. */
const STEPS = [1 / 64, 1 / 256];

/**
 * Differentiates the weighted outputs by all Params and all inputs, and measures the slope along the gradient and along a direction
 * across it, by four evaluations for each step. Owns the inputs from now on, and frees them; the model's Params have other roundings afterwards.
 * @returns the length of the gradient: 0 where nothing depends on anything.
 */
export function expectGradient<M extends Module>(
  model: M,
  inputs: readonly tf.Tensor[],
  run: (model: M, inputs: readonly tf.Tensor[]) => tf.Tensor | readonly tf.Tensor[],
): number {
  const whole = new Whole(model, new List(inputs.map((input) => new Param(input))));
  const loss = (of: Whole<M>) =>
    weigh(
      run(
        of.model,
        [...of.inputs].map(({ value }) => value),
      ),
    );
  // Before the call: WeightNorm writes its kernel anew in each.
  const params = state(whole, Param)
    .flat()
    .map(([, variable]) => variable);
  const start = params.map(({ value }) => value.dataSync().slice() as Float32Array);
  const [value, grads] = valueAndGrad(loss)(whole);
  const gradient = grads.flat().map(([, { value }]) => value.dataSync().slice() as Float32Array);
  const level = Math.abs(value.dataSync()[0]!);
  value.dispose();
  grads.dispose();
  const length = lengthOf(gradient);
  const at = (direction: readonly Float32Array[], distance: number): number => {
    for (const [k, variable] of params.entries())
      variable.value = tf.tensor(
        start[k]!.map((from, i) => from + distance * direction[k]![i]!),
        [...variable.shape],
      );
    return tf.tidy(() => loss(whole).dataSync()[0]!);
  };
  const across = gradient.map((numbers, k) => spread(numbers.length, 0.9 + k));
  for (const [name, direction] of [
    ['along the gradient', gradient],
    ['across the gradient', across],
  ] as const) {
    const size = lengthOf(direction);
    if (size === 0) continue;
    const unit = direction.map((numbers) => numbers.map((number) => number / size));
    const computed = gradient.reduce((sum, numbers, k) => sum + numbers.reduce((part, slope, i) => part + slope * unit[k]![i]!, 0), 0);
    const tries = STEPS.map((step) => {
      const [near, far] = [1, 2].map((times) => at(unit, times * step) - at(unit, -times * step));
      const measured = (8 * near! - far!) / (12 * step);
      // An evaluation in float32 is off by about 1e-6 of what it adds up; four of them are divided by the step.
      const allowed = 0.01 * length + (4e-6 * (1 + level)) / step;
      return { measured, excess: Math.abs(measured - computed) / allowed };
    });
    const [best] = tries.toSorted((one, other) => one.excess - other.excess);
    expect(best!.excess, `slope ${name}: ${computed} by gradients, ${best!.measured} by differences`).toBeLessThanOrEqual(1);
  }
  at(across, 0);
  dispose([...whole.inputs]);
  return length;
}

function lengthOf(vectors: readonly Float32Array[]): number {
  return Math.sqrt(vectors.reduce((sum, numbers) => sum + numbers.reduce((part, number) => part + number * number, 0), 0));
}
