/**
 * @file A gate: what comes in where another number is above 0, else 0, whatever comes in. A kernel of its own on both backends: the gradient of
 * relu is one, and of comparisons, zeros and a choice between them it takes WebGL four times as many programs.
 */
import * as tf from '@tensorflow/tfjs-core';
import { hiddenEngine } from '../engine.ts';

export const GATE = 'EspalierGate';

/** `x` where `by` is above 0, else 0; not even NaN gets through a closed gate. Both have the same shape, and are of floats. */
export function gate(x: tf.Tensor, by: tf.Tensor): tf.Tensor {
  return hiddenEngine().runKernel(GATE, { a: x, b: by });
}

/** Of what comes in: the gate moves by no small change of `by`. */
export const gateGradient: tf.GradConfig = {
  kernelName: GATE,
  inputsToSave: ['b'],
  gradFunc: (dy, saved) => {
    const [by] = saved as [tf.Tensor];
    return { a: () => gate(dy as tf.Tensor, by), b: () => tf.zerosLike(by) };
  },
};

interface CpuBackend {
  readonly data: { get(id: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

/** Makes the kernel known to the CPU backend. */
export function registerGateOnCpu(): void {
  tf.registerKernel({
    kernelName: GATE,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend }) => {
      const cpu = backend as unknown as CpuBackend;
      const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const by = cpu.data.get(b.dataId).values;
      const values = cpu.data.get(a.dataId).values.map((x, i) => (by[i]! > 0 ? x : 0));
      return cpu.makeTensorInfo(a.shape, 'float32', values);
    },
  });
}
