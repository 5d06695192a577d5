/** @file Replacing kernels of the WebGL backend, and calling them from each other. */
import * as tf from '@tensorflow/tfjs-core';

/** What a mended kernel needs of the backend. */
export interface WebglBackend {
  runWebGLProgram(program: object, inputs: tf.TensorInfo[], dtype: tf.DataType): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/** A kernel in the shape that mends are written in. The caller owns what it returns. */
export type Kernel = (inputs: Record<string, tf.TensorInfo>, attributes: Record<string, unknown>, backend: WebglBackend) => tf.TensorInfo;

/** Puts a kernel in the place of the library's own, which `make` is given to fall back on. */
export function replaceKernel(name: string, make: (original: Kernel) => Kernel): void {
  const config = tf.getKernel(name, 'webgl');
  const original: Kernel = (inputs, attributes, backend) => run(config, inputs, attributes, backend);
  const mended = make(original);
  tf.unregisterKernel(name, 'webgl');
  tf.registerKernel({
    ...config,
    kernelFunc: ({ inputs, attrs, backend }) =>
      mended(inputs as Record<string, tf.TensorInfo>, (attrs ?? {}) as Record<string, unknown>, backend as WebglBackend),
  });
}

/** Calls a kernel by name. */
export function callKernel(
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  attributes: Record<string, unknown>,
  backend: WebglBackend,
): tf.TensorInfo {
  return run(tf.getKernel(name, 'webgl'), inputs, attributes, backend);
}

/** Runs `use` on `x` in another shape with as many numbers, and disposes the view. */
export function inShape(
  x: tf.TensorInfo,
  shape: number[],
  backend: WebglBackend,
  use: (view: tf.TensorInfo) => tf.TensorInfo,
): tf.TensorInfo {
  const view = reshape(x, shape, backend);
  const result = use(view);
  backend.disposeIntermediateTensorInfo(view);
  return result;
}

/** `x` in another shape with as many numbers. The caller disposes it; it shares its numbers with `x`. */
export function reshape(x: tf.TensorInfo, shape: number[], backend: WebglBackend): tf.TensorInfo {
  return callKernel('Reshape', { x }, { shape }, backend);
}

/** Gives `x` another shape, and takes it over: the caller owns the result instead. */
export function takeShape(x: tf.TensorInfo, shape: number[], backend: WebglBackend): tf.TensorInfo {
  const result = reshape(x, shape, backend);
  backend.disposeIntermediateTensorInfo(x);
  return result;
}

function run(config: tf.KernelConfig, inputs: object, attributes: object, backend: object): tf.TensorInfo {
  const attrs = attributes as unknown as tf.NamedAttrMap;
  return config.kernelFunc({ inputs: inputs as tf.NamedTensorInfoMap, attrs, backend }) as tf.TensorInfo;
}

/** The number of numbers in a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
