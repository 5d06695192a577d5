/** @file Max pooling on the CPU: the library ignores NaN, which hides where it came from. JAX keeps it. */
import * as tf from '@tensorflow/tfjs-core';

interface CpuBackend {
  readonly data: { get(id: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid';
  readonly dimRoundingMode?: 'floor';
}

/** Wraps the CPU's kernel, which must be registered already. */
export function mendMaxPoolOnCpu(): void {
  const original = tf.getKernel('MaxPool', 'cpu');
  tf.unregisterKernel('MaxPool', 'cpu');
  tf.registerKernel({
    ...original,
    kernelFunc: (params) => {
      const result = original.kernelFunc(params) as tf.TensorInfo;
      const backend = params.backend as unknown as CpuBackend;
      const x = (params.inputs as { x: tf.TensorInfo }).x;
      const values = backend.data.get(x.dataId).values;
      if (!hasNaN(values)) return result;
      const { filterSize, strides, pad, dimRoundingMode } = params.attrs as unknown as PoolAttributes;
      const info = tf.backend_util.computePool2DInfo(
        x.shape as [number, number, number, number],
        filterSize,
        strides,
        1,
        pad,
        dimRoundingMode,
      );
      const out = Float32Array.from(backend.data.get(result.dataId).values);
      spreadNaN(values, out, info);
      backend.disposeIntermediateTensorInfo(result);
      return backend.makeTensorInfo(info.outShape, x.dtype, out);
    },
  });
}

function hasNaN(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) return true;
  return false;
}

/** Makes every window with a NaN in it NaN. */
function spreadNaN(values: Float32Array, out: Float32Array, pool: tf.backend_util.Conv2DInfo): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = pool;
  for (let i = 0; i < out.length; i++) {
    const channel = i % inChannels;
    const column = (Math.floor(i / inChannels) % outWidth) * pool.strideWidth - pool.padInfo.left;
    const row = (Math.floor(i / inChannels / outWidth) % outHeight) * pool.strideHeight - pool.padInfo.top;
    const batch = Math.floor(i / inChannels / outWidth / outHeight);
    for (let r = Math.max(row, 0); r < Math.min(row + pool.filterHeight, inHeight); r++) {
      for (let c = Math.max(column, 0); c < Math.min(column + pool.filterWidth, inWidth); c++) {
        const value = values[((batch * inHeight + r) * inWidth + c) * inChannels + channel]!;
        if (value !== value) out[i] = NaN;
      }
    }
  }
}
