/** @file Reductions over no numbers, on both backends: WebGL fails, and the CPU has 0 for a mean and NaN for the largest. */
import * as tf from '@tensorflow/tfjs-core';

interface Nothing {
  readonly value: number;
  /** The type of the result where it is another than the input's. */
  readonly dtype?: (input: tf.DataType) => tf.DataType;
}

const counted = (input: tf.DataType): tf.DataType => (input === 'bool' ? 'int32' : input);

/** What each gives for no numbers: what NumPy gives, or would start from. */
const REDUCTIONS: Readonly<Record<string, Nothing>> = {
  All: { value: 1 },
  Any: { value: 0 },
  Max: { value: -Infinity },
  Mean: { value: NaN, dtype: () => 'float32' },
  Min: { value: Infinity },
  Prod: { value: 1, dtype: counted },
  Sum: { value: 0, dtype: counted },
};

interface Attributes {
  readonly axis?: number | number[];
  /** What Max calls its axes. */
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/** Wraps the kernels of this backend, which must be registered already. */
export function mendReductionsOfNothing(backendName: 'cpu' | 'webgl'): void {
  for (const [kernelName, { value, dtype = (input: tf.DataType) => input }] of Object.entries(REDUCTIONS)) {
    const original = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...original,
      kernelFunc: (params) => {
        const { x } = params.inputs as { x: tf.TensorInfo };
        if (!x.shape.includes(0)) return original.kernelFunc(params);
        const { axis, reductionIndices, keepDims } = params.attrs as unknown as Attributes;
        const axes = tf.util.parseAxisParam((reductionIndices ?? axis)!, x.shape);
        const shape = keepDims ? x.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : x.shape.filter((_, i) => !axes.includes(i));
        const attrs = { shape, value, dtype: dtype(x.dtype) } as unknown as tf.NamedAttrMap;
        return tf.getKernel('Fill', backendName).kernelFunc({ inputs: {}, attrs, backend: params.backend });
      },
    });
  }
}
