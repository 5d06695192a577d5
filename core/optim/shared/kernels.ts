/** @file The formulas that all optimisers are made of. Each is one kernel per parameter. */
import { defineFused } from '../../tensor/fused.ts';
import type { tf } from '../../tensor/tf.ts';

const combineKernel = defineFused({
  name: 'OptimCombine',
  tensors: ['X', 'Y'],
  numbers: ['a', 'b'],
  shader: 'a * x + b * y',
  loop: (out, [x, y], [a, b]) => {
    for (let i = 0; i < out.length; i += 1) out[i] = a! * x![i]! + b! * y![i]!;
  },
});

/** a · x + b · y */
export function combine(a: number, x: tf.Tensor, b: number, y: tf.Tensor): tf.Tensor {
  return combineKernel([x, y], [a, b]);
}

const combineSquareKernel = defineFused({
  name: 'OptimCombineSquare',
  tensors: ['X', 'Y'],
  numbers: ['a', 'b'],
  shader: 'a * x + b * y * y',
  loop: (out, [x, y], [a, b]) => {
    for (let i = 0; i < out.length; i += 1) out[i] = a! * x![i]! + b! * y![i]! * y![i]!;
  },
});

/** a · x + b · y² */
export function combineSquare(a: number, x: tf.Tensor, b: number, y: tf.Tensor): tf.Tensor {
  return combineSquareKernel([x, y], [a, b]);
}

const divideByRootKernel = defineFused({
  name: 'OptimDivideByRoot',
  tensors: ['X', 'Y'],
  numbers: ['scale', 'inside', 'outside'],
  shader: 'x / (sqrt(scale * y + inside) + outside)',
  loop: (out, [x, y], [scale, inside, outside]) => {
    for (let i = 0; i < out.length; i += 1) out[i] = x![i]! / (Math.sqrt(scale! * y![i]! + inside!) + outside!);
  },
});

/** x / (√(scale · y + inside) + outside), where y ≥ 0 and one of the two epsilons is more than 0. */
export function divideByRoot(
  x: tf.Tensor,
  y: tf.Tensor,
  { scale = 1, inside = 0, outside = 0 }: { readonly scale?: number; readonly inside?: number; readonly outside?: number },
): tf.Tensor {
  return divideByRootKernel([x, y], [scale, inside, outside]);
}

const divideByRootOrZeroKernel = defineFused({
  name: 'OptimDivideByRootOrZero',
  tensors: ['X', 'Y'],
  numbers: ['inside'],
  // mix would make NaN of the quotient that is not wanted.
  shader:
    'vec4(y.x > 0.0 ? x.x / sqrt(y.x + inside) : 0.0, y.y > 0.0 ? x.y / sqrt(y.y + inside) : 0.0, y.z > 0.0 ? x.z / sqrt(y.z + inside) : 0.0, y.w > 0.0 ? x.w / sqrt(y.w + inside) : 0.0)',
  loop: (out, [x, y], [inside]) => {
    for (let i = 0; i < out.length; i += 1) out[i] = y![i]! > 0 ? x![i]! / Math.sqrt(y![i]! + inside!) : 0;
  },
});

/** x / √(y + inside), and 0 where y is not above 0. */
export function divideByRootOrZero(x: tf.Tensor, y: tf.Tensor, inside: number): tf.Tensor {
  return divideByRootOrZeroKernel([x, y], [inside]);
}
