/** @file Orthogonal initial values. Ports of jax.nn.initializers.orthogonal and delta_orthogonal. */
import { axisOf } from './axis-of.ts';
import { sizeOf } from './bits.ts';
import type { Initializer } from './initializer.ts';
import type { Key } from './key.ts';
import { normal } from './normal.ts';

/**
 * Matrices with orthonormal columns, or rows if there are fewer of those, times `scale`: `initializers.orthogonal(scale, column_axis)`.
 * All axes but the column axis together are the rows. JAX decomposes in float32 and is some 1e-7 off the matrix that its normal
 * numbers define; this is that matrix.
 * @throws RangeError if the shape has fewer than two axes, or lacks the column axis.
 */
export function orthogonal(scale = 1, columnAxis = -1): Initializer {
  return (key, shape) => {
    if (shape.length < 2) throw new RangeError(`Orthogonal values need at least 2 axes, got the shape [${shape.join(', ')}].`);
    const axis = axisOf(columnAxis, shape);
    if (sizeOf(shape) === 0) return new Float32Array(0);
    const columns = shape[axis]!;
    const matrix = orthogonalMatrix(key, sizeOf(shape) / columns, columns);
    // The matrix has its columns last; put them where the shape wants them.
    const inner = sizeOf(shape.slice(axis + 1));
    const out = new Float32Array(matrix.length);
    const factor = Math.fround(scale);
    for (let i = 0; i < out.length; i++) {
      const column = Math.floor(i / inner) % columns;
      const row = Math.floor(i / inner / columns) * inner + (i % inner);
      out[i] = factor * matrix[row * columns + column]!;
    }
    return out;
  };
}

/**
 * A convolution kernel that is orthogonal at its centre and 0 elsewhere (Xiao et al. 2018): `initializers.delta_orthogonal`.
 * @throws RangeError unless the shape has 3 to 5 axes, the last of them at least as large as the one before.
 */
export function deltaOrthogonal(scale = 1, columnAxis = -1): Initializer {
  return (key, shape) => {
    if (shape.length < 3 || shape.length > 5)
      throw new RangeError(`deltaOrthogonal makes kernels of 3, 4 or 5 axes, got the shape [${shape.join(', ')}].`);
    const [fanIn, fanOut] = shape.slice(-2) as [number, number];
    if (fanOut < fanIn)
      throw new RangeError(`deltaOrthogonal needs at least as many outputs as inputs, got ${fanIn} inputs and ${fanOut} outputs.`);
    const centre = shape.slice(0, -2).reduce((index, size) => index * size + Math.floor((size - 1) / 2), 0);
    const out = new Float32Array(sizeOf(shape));
    if (out.length > 0) out.set(orthogonal(scale, columnAxis)(key, [fanIn, fanOut]), centre * fanIn * fanOut);
    return out;
  };
}

/** A random orthogonal matrix by the QR decomposition of a normal one, row-major: `jax.random.orthogonal(key, rows, m=columns)`. */
function orthogonalMatrix(key: Key, rows: number, columns: number): Float64Array {
  const long = Math.max(rows, columns);
  const short = Math.min(rows, columns);
  const q = orthonormalColumns(Float64Array.from(normal(key, [long, short])), long, short);
  if (rows >= columns) return q;
  const transposed = new Float64Array(q.length);
  for (let i = 0; i < long; i++) for (let j = 0; j < short; j++) transposed[j * long + i] = q[i * short + j]!;
  return transposed;
}

/**
 * Q of the decomposition whose R has a positive diagonal, which is unique; `a` is overwritten. Gram-Schmidt in float64, each
 * column twice ("twice is enough", Giraud et al. 2005), so that the columns are orthogonal to the last bit of float32.
 */
function orthonormalColumns(a: Float64Array, rows: number, columns: number): Float64Array {
  for (let j = 0; j < columns; j++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        let dot = 0;
        for (let i = 0; i < rows; i++) dot += a[i * columns + k]! * a[i * columns + j]!;
        for (let i = 0; i < rows; i++) a[i * columns + j]! -= dot * a[i * columns + k]!;
      }
    }
    let square = 0;
    for (let i = 0; i < rows; i++) square += a[i * columns + j]! ** 2;
    const norm = Math.sqrt(square);
    for (let i = 0; i < rows; i++) a[i * columns + j]! /= norm;
  }
  return a;
}
