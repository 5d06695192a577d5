/** @file Shapes as they are known before a run: a dimension is a number, or a name such as 'batch' that stands for one. */
import { multiplyDims, type Dim } from './dims.ts';

export type { Dim } from './dims.ts';

export type Shape = readonly Dim[];
export type DataType = 'float32' | 'int32' | 'bool';

/** What a wire carries. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DataType;
}

/** `(batch, 64)`; a trailing comma for rank 1, as Python prints it. */
export function formatShape(shape: Shape): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** The number of elements. */
export function sizeOf(shape: Shape): Dim {
  return multiplyDims(...shape);
}

/** The same dimensions, names by name: `batch` is not 8, even where it will be. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** The axis counted from the front, or undefined where the shape has no such axis. */
export function normalizeAxis(axis: number, rank: number): number | undefined {
  const counted = axis < 0 ? axis + rank : axis;
  return counted >= 0 && counted < rank ? counted : undefined;
}

/** The shape with one axis of another length; negative axes count from the end. */
export function withAxis(shape: Shape, axis: number, dim: Dim): Shape {
  return shape.with(axis < 0 ? axis + shape.length : axis, dim);
}

/** The shape with a last axis of this length. */
export function withLast(shape: Shape, dim: Dim): Shape {
  return [...shape.slice(0, -1), dim];
}

/**
 * The common shape under NumPy's rule: axes are aligned at the end and a length of 1 stretches. Undefined where the shapes do not fit;
 * a name fits itself and 1 only, since nothing says that it will be the other length.
 */
export function broadcastShapes(...shapes: readonly Shape[]): Shape | undefined {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result: Dim[] = [];
  for (let axis = -rank; axis < 0; axis++) {
    let common: Dim = 1;
    for (const shape of shapes) {
      const dim = shape.at(axis) ?? 1;
      if (axis < -shape.length || dim === 1 || dim === common) continue;
      if (common !== 1) return undefined;
      common = dim;
    }
    result.push(common);
  }
  return result;
}
