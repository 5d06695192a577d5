/** @file Weights in the layout that another library wants. */
import type { WeightForm } from '../../spec/onnx.ts';
import type { StoredTensor } from '../../weights/safetensors.ts';

type Numbers = StoredTensor['data'];

/** Turned around along axes, then the axes in a new order, then a shape of as many numbers. */
export function formWeight(
  shape: readonly number[],
  data: Numbers,
  { order, flip = [], shape: wanted }: WeightForm,
): { readonly shape: readonly number[]; readonly data: Numbers } {
  if (!order && flip.length === 0) return { shape: wanted ?? shape, data };
  const axes = order ?? [...shape.keys()];
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const moved = axes.map((axis) => shape[axis]!);
  const result = data.slice();
  const place = moved.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    let from = 0;
    for (const [k, axis] of axes.entries()) from += (flip.includes(axis) ? shape[axis]! - 1 - place[k]! : place[k]!) * strides[axis]!;
    result[i] = data[from]!;
    for (let k = axes.length - 1; k >= 0; k--) {
      place[k]!++;
      if (place[k]! < moved[k]!) break;
      place[k] = 0;
    }
  }
  return { shape: wanted ?? moved, data: result };
}
