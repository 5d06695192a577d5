/** @file Shapes as they are known before a run: a dimension is a number, or a name such as 'batch' that stands for one. */

/** A name stands for the same unknown length wherever it occurs in one graph; `3*batch` is a name, too. */
export type Dim = number | string;
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
