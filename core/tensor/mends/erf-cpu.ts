/** @file erf on the CPU: the library's own is off by 1e-7 everywhere, so that small numbers have no digit right. */
import * as tf from '@tensorflow/tfjs-core';

interface CpuBackend {
  readonly data: { get(id: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

/** Replaces the CPU's kernel, which must be registered already. */
export function mendErfOnCpu(): void {
  const original = tf.getKernel('Erf', 'cpu');
  tf.unregisterKernel('Erf', 'cpu');
  tf.registerKernel({
    ...original,
    kernelFunc: ({ inputs, backend }) => {
      const cpu = backend as unknown as CpuBackend;
      const { x } = inputs as { x: tf.TensorInfo };
      return cpu.makeTensorInfo(x.shape, 'float32', Float32Array.from(cpu.data.get(x.dataId).values, erf));
    },
  });
}

/** Minimax polynomials of N. Juffa, as in the shader: x + x p(x²), and 1 - exp(p(x)) beyond 0.93. */
function erf(x: number): number {
  const t = Math.abs(x);
  const s = x * x;
  if (t > 4) return Math.sign(x);
  if (t > 0.927734375) {
    const r = (-1.7285347e-5 * t + 3.83197126e-4) * s + (-3.88396438e-3 * t + 2.42546219e-2);
    const power = (((r * t - 1.06777877e-1) * t - 6.34846687e-1) * t - 1.28717512e-1) * t - t;
    return Math.sign(x) * (1 - Math.exp(power));
  }
  const r = (((-5.96761703e-4 * s + 4.99119423e-3) * s - 2.67681349e-2) * s + 1.12819925e-1) * s - 3.76125336e-1;
  return (r * s + 1.28379166e-1) * x + x;
}
