/** @file Ops with a gradient written by hand. */
import type * as tf from '@tensorflow/tfjs-core';
import { hiddenEngine } from './engine.ts';

/** Keeps tensors for the gradient function; to be called once. They live until the gradients are done, and need no disposal. */
export type Save = (tensors: readonly tf.Tensor[]) => void;

/**
 * Computes `forward(save, inputs)` as one op of these inputs, whose gradients are given: `backward(dy, saved)` returns one function per
 * input, and only the functions of those inputs that someone differentiates by are called. Differs from `tf.customGrad`, which
 * computes the gradients of all inputs, and silently multiplies them where the value is an input itself (desktop.md 5.4).
 * Intermediates are disposed, and what `forward` computes is not recorded.
 *
 * Where gradients of gradients are computed, `forward` runs again on the way back, recorded and on the inputs that it is handed, so that
 * what `backward` makes of the saved tensors depends on the inputs as it should.
 */
export function customGradient(
  inputs: readonly tf.Tensor[],
  forward: (save: Save, inputs: readonly tf.Tensor[]) => tf.Tensor,
  backward: (dy: tf.Tensor, saved: readonly tf.Tensor[]) => readonly (() => tf.Tensor)[],
): tf.Tensor {
  const engine = hiddenEngine();
  // Saving the inputs costs memory. In a single gradient nobody asks for them.
  const isNested = engine.state.gradientDepth > 1;
  let count = 0;
  return engine.runKernelFunc({
    inputs: Object.fromEntries(inputs.entries()),
    forwardFunc: (_backend, save) => {
      let own: readonly tf.Tensor[] = [];
      const value = forward((tensors) => (own = tensors), inputs);
      count = own.length;
      save(isNested ? [...own, ...inputs] : [...own]);
      return inputs.includes(value) ? value.clone() : value;
    },
    backwardsFunc: (dy, all) => {
      let saved: readonly tf.Tensor[] = all.slice(0, count);
      if (isNested && count > 0 && engine.state.gradientDepth > 0) forward((tensors) => (saved = tensors), all.slice(count));
      return Object.fromEntries(backward(dy, saved).entries());
    },
  });
}
