/** @file How a mended gradient is written down. */
import type * as tf from '@tensorflow/tfjs-core';

/** A gradient of a TensorFlow.js kernel that replaces the library's own, or that it lacks. */
export interface KernelGradient<Attributes> {
  /** The kernel's name in the registry. */
  readonly kernel: string;
  /** The inputs that `gradient` needs; they come first among the saved tensors. */
  readonly inputs?: readonly string[];
  /** Whether `gradient` needs the result, which then comes last among the saved tensors. */
  readonly output?: boolean;
  /** One function per input, called only where its gradient is asked for. */
  readonly gradient: (dy: tf.Tensor, saved: readonly tf.Tensor[], attributes: Attributes) => Record<string, () => tf.Tensor>;
}

/** A gradient in the form that the registry takes. */
export function defineGradient<Attributes>(definition: KernelGradient<Attributes>): tf.GradConfig {
  return {
    kernelName: definition.kernel,
    inputsToSave: [...(definition.inputs ?? [])],
    outputsToSave: definition.output ? [true] : [],
    gradFunc: (dy, saved, attributes) => definition.gradient(dy as tf.Tensor, saved, attributes as unknown as Attributes),
  };
}
