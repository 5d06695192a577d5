/** @file The largest and smallest number on WebGL: the library starts from ∓1e20, which is what it then gives for infinities. */
import { ReduceProgram } from '@tensorflow/tfjs-backend-webgl/dist/reduce_gpu';
import * as tf from '@tensorflow/tfjs-core';
import { callKernel, type Kernel, replaceKernel, reshape, sizeOf, takeShape, type WebglBackend } from './kernel.ts';

const INFINITE = 'uintBitsToFloat(0x7f800000u)';

/** Reduces [rows, size] to [rows, 1], some numbers at a time as the library does. */
function reduceRows(x: tf.TensorInfo, kind: 'max' | 'min', backend: WebglBackend): tf.TensorInfo {
  const batchSize = x.shape[0]!;
  let result = x;
  do {
    const inSize = result.shape[1]!;
    const windowSize = tf.backend_util.computeOptimalWindowSize(inSize);
    const program = new ReduceProgram({ windowSize, inSize, batchSize, outSize: Math.ceil(inSize / windowSize) }, kind);
    program.userCode = program.userCode.replaceAll('-1.0 / 1e-20', `-${INFINITE}`).replaceAll('1.0 / 1e-20', INFINITE);
    const next = backend.runWebGLProgram(program, [result], x.dtype);
    if (result !== x) backend.disposeIntermediateTensorInfo(result);
    result = next;
  } while (result.shape[1]! > 1);
  return result;
}

function extreme(kind: 'max' | 'min'): (original: Kernel) => Kernel {
  return (original) => (inputs, attributes, backend) => {
    const x = inputs['x']!;
    const axes = tf.util.parseAxisParam((attributes['reductionIndices'] ?? attributes['axis']) as number | number[], x.shape);
    const kept = [...x.shape.keys()].filter((i) => !axes.includes(i));
    if (sizeOf(x.shape) === 0) return original(inputs, attributes, backend);
    const shape = attributes['keepDims'] ? x.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : kept.map((i) => x.shape[i]!);
    // The extreme of one number is that number. The library would compare even it with ∓1e20.
    if (axes.every((i) => x.shape[i] === 1)) return reshape(x, shape, backend);
    const perm = [...kept, ...axes];
    const last = perm.every((axis, i) => axis === i) ? reshape(x, x.shape, backend) : callKernel('Transpose', { x }, { perm }, backend);
    const rows = takeShape(last, [sizeOf(kept.map((i) => x.shape[i]!)), sizeOf(axes.map((i) => x.shape[i]!))], backend);
    const reduced = reduceRows(rows, kind, backend);
    backend.disposeIntermediateTensorInfo(rows);
    return takeShape(reduced, shape, backend);
  };
}

/** Replaces the kernels. */
export function mendExtremes(): void {
  replaceKernel('Max', extreme('max'));
  replaceKernel('Min', extreme('min'));
}
