/** @file Which part of a tensor of any rank a heat map shows: two axes as a plane, one index for each of the others. Pure. */
import type { TensorData } from '../../core/run/index.ts';

export interface Plane {
  readonly rows: number;
  readonly columns: number;
  /** Row-major values of the plane. */
  readonly values: Float32Array;
  /** The axis that is drawn downwards and the one drawn across; null where the rank is too small. */
  readonly rowAxis: number | null;
  readonly columnAxis: number | null;
}

/** Axes to draw unless the user says otherwise: height and width of images (batch, height, width, channels), else the last two. */
export function defaultAxes(rank: number): readonly [row: number | null, column: number | null] {
  if (rank === 0) return [null, null];
  if (rank === 1) return [null, 0];
  return rank === 4 ? [1, 2] : [rank - 2, rank - 1];
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Cuts the plane out at these indices of the other axes; missing ones count as 0, too large ones as the last. */
export function cutPlane({ shape, data }: Pick<TensorData, 'shape' | 'data'>, indices: Readonly<Record<number, number>>): Plane {
  const [rowAxis, columnAxis] = defaultAxes(shape.length);
  const strides = stridesOf(shape);
  const rows = rowAxis === null ? 1 : shape[rowAxis]!;
  const columns = columnAxis === null ? 1 : shape[columnAxis]!;
  let start = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    if (axis !== rowAxis && axis !== columnAxis) start += Math.min(indices[axis] ?? 0, shape[axis]! - 1) * strides[axis]!;
  }
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] =
        data[start + row * (rowAxis === null ? 0 : strides[rowAxis]!) + column * (columnAxis === null ? 0 : strides[columnAxis]!)]!;
    }
  }
  return { rows, columns, values, rowAxis, columnAxis };
}

/** The axes that need an index to be chosen: those outside the plane, with their lengths. */
export function otherAxes(shape: readonly number[]): readonly { readonly axis: number; readonly length: number }[] {
  const [row, column] = defaultAxes(shape.length);
  return shape.map((length, axis) => ({ axis, length })).filter(({ axis }) => axis !== row && axis !== column);
}
