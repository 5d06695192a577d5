/** @file Ops with a gradient written by hand. */
import type * as tf from '@tensorflow/tfjs-core';
import { hiddenEngine } from './engine.ts';

/** Keeps tensors for the gradient function. They live until the gradients are done, and need no disposal. */
export type Save = (tensors: readonly tf.Tensor[]) => void;

/**
 * Computes `forward(save)` as one op of these inputs, whose gradients are given: `backward(dy, saved)` returns one function per
 * input, and only the functions of those inputs that someone differentiates by are called. Differs from `tf.customGrad`, which
 * computes the gradients of all inputs, and silently multiplies them where the value is an input itself (desktop.md 5.4).
 * Intermediates are disposed, and what `forward` computes is not recorded.
 */
export function customGradient(
  inputs: readonly tf.Tensor[],
  forward: (save: Save) => tf.Tensor,
  backward: (dy: tf.Tensor, saved: tf.Tensor[]) => readonly (() => tf.Tensor)[],
): tf.Tensor {
  return hiddenEngine().runKernelFunc({
    inputs: Object.fromEntries(inputs.entries()),
    forwardFunc: (_backend, save) => {
      const value = forward((tensors) => save([...tensors]));
      return inputs.includes(value) ? value.clone() : value;
    },
    backwardsFunc: (dy, saved) => Object.fromEntries(backward(dy, saved).entries()),
  });
}
