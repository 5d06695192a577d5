/**
 * @file The matrix product of both backends, mended: TensorFlow.js repeats the last matrix where several batch axes broadcast, which
 * gives wrong numbers without a word, and fails on WebGL where a size is 0.
 */
import * as tf from '@tensorflow/tfjs-core';

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

interface DisposingBackend {
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/** Wraps the kernel of this backend, which must be registered already. */
export function mendMatMul(backendName: 'cpu' | 'webgl'): void {
  for (const kernelName of ['BatchMatMul', '_FusedMatMul']) {
    const original = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...original,
      kernelFunc: (params) => {
        const { a, b } = params.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
        const { transposeA, transposeB } = params.attrs as unknown as Attributes;
        const batchA = a.shape.slice(0, -2);
        const batchB = b.shape.slice(0, -2);
        const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
        const rows = a.shape.at(transposeA ? -1 : -2)!;
        const columns = b.shape.at(transposeB ? -2 : -1)!;
        const outShape = [...batch, rows, columns];
        if (size(a.shape) === 0 || size(b.shape) === 0) return call('Fill', {}, { shape: outShape, value: 0, dtype: a.dtype });
        // One matrix for all, or one for each: that much the kernels can do.
        const simple = (own: number[]) => size(own) === 1 || size(own) === size(batch);
        if (simple(batchA) && simple(batchB)) return original.kernelFunc(params);
        const made: tf.TensorInfo[] = [];
        const widen = (t: tf.TensorInfo) => {
          const own = [...batch.map(() => 1), ...t.shape.slice(-2)];
          own.splice(batch.length - (t.shape.length - 2), t.shape.length - 2, ...t.shape.slice(0, -2));
          const reps = own.map((n, i) => (i < batch.length && n === 1 ? batch[i]! : 1));
          if (reps.every((n) => n === 1)) return t;
          const shaped = call('Reshape', { x: t }, { shape: own });
          const tiled = call('Tile', { x: shaped }, { reps });
          made.push(shaped, tiled);
          return tiled;
        };
        const out = original.kernelFunc({ ...params, inputs: { ...params.inputs, a: widen(a), b: widen(b) } });
        for (const info of made) (params.backend as DisposingBackend).disposeIntermediateTensorInfo(info);
        return out;

        function call(name: string, inputs: tf.NamedTensorInfoMap, attrs: object): tf.TensorInfo {
          const kernel = tf.getKernel(name, backendName);
          return kernel.kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend: params.backend }) as tf.TensorInfo;
        }
      },
    });
  }
}

function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
