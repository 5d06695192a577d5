/** @file The parts of TensorFlow.js's engine that its types hide. Nothing else reaches into it. */
import * as tf from '@tensorflow/tfjs-core';

/** An op with a gradient of its own, as the engine runs it. */
interface OpWithGradient {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** `save` keeps tensors alive until the gradients are done; it does nothing while no gradient is being recorded. */
  readonly forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor;
  /** One function per input: the gradient of an input that nobody asked for is never computed. */
  readonly backwardsFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => Readonly<Record<string, () => tf.Tensor>>;
}

/** An op that was recorded. */
export interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  /** From the gradients at the outputs, null where nothing came, those at the inputs. */
  readonly gradient?: (given: readonly (tf.Tensor | null)[]) => Readonly<Record<string, () => tf.Tensor>>;
  readonly saved?: readonly tf.Tensor[];
}

interface HiddenEngine {
  readonly state: {
    gradientDepth: number;
    /** How many ops are running, one within the other. */
    readonly kernelDepth: number;
    nextScopeId: number;
    readonly activeScope: { readonly id: number } | null;
    activeTape: TapeNode[] | null;
  };
  addTapeNode(
    name: string,
    inputs: TapeNode['inputs'],
    outputs: readonly tf.Tensor[],
    gradient: unknown,
    saved: readonly tf.Tensor[],
    attributes: unknown,
  ): void;
  runKernelFunc(op: OpWithGradient): tf.Tensor;
  runKernel(name: string, inputs: Readonly<Record<string, tf.Tensor>>): tf.Tensor;
  track(tensor: tf.Tensor): tf.Tensor;
}

/** The engine with what its types hide. */
export function hiddenEngine(): HiddenEngine {
  return tf.engine() as unknown as HiddenEngine;
}
