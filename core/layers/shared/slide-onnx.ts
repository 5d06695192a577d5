/** @file What slides a window, as nodes of ONNX: one batch axis, features before space, padding in numbers. */
import { knownLength, transposeOnnx, type OnnxContext, type OnnxValue } from '../../spec/onnx.ts';
import type { Shape } from '../../spec/shape.ts';
import type { Pairs } from './windows.ts';

interface Sliding {
  /** How far the window reaches along each spatial axis, dilated. */
  readonly reach: readonly number[];
  readonly strides: readonly number[];
  /** `SAME`, `SAME_LOWER`, `VALID`, or numbers. */
  readonly padding: string | Pairs;
}

/** Calls `slide` with [batch, features, space…] and the padding, and gives what it makes in the layout of x: [batch…, space…, features]. */
export function slideOnnx(
  x: OnnxValue,
  { reach, strides, padding }: Sliding,
  context: OnnxContext,
  slide: (name: string, pads: Pairs) => string,
): string {
  const batch = x.shape.slice(0, x.shape.length - reach.length - 1);
  const space = x.shape.slice(batch.length);
  const pads = reach.map((size, i): readonly [number, number] => {
    if (typeof padding !== 'string') return padding[i]!;
    if (padding === 'VALID') return [0, 0];
    const around = sameAround(x, batch.length + i, size, strides[i]!, context);
    const [less, more] = [Math.floor(around / 2), Math.ceil(around / 2)];
    return padding === 'SAME_LOWER' ? [more, less] : [less, more];
  });
  if (pads.flat().some((count) => count < 0)) context.refuse('Its padding is negative.');
  const one: Shape = [batch.length === 1 ? batch[0]! : 'rows', ...space];
  const given = batch.length === 1 ? x.name : context.reshape(x.name, x.shape, batch.length === 0 ? [1, ...space] : one);
  const rank = reach.length + 2;
  const first = [0, rank - 1, ...reach.map((_, i) => i + 1)];
  const last = [0, ...reach.map((_, i) => i + 2), 1];
  const y = transposeOnnx(slide(transposeOnnx(given, first, context), pads), last, context);
  const [{ shape }] = Object.values(context.outputs) as [OnnxValue];
  return batch.length === 1 ? y : context.reshape(y, ['rows', ...shape.slice(batch.length)], shape);
}

/** How much SAME adds to an axis in all, as TensorFlow and JAX count it. */
function sameAround(x: OnnxValue, axis: number, size: number, stride: number, context: OnnxContext): number {
  if (stride === 1) return size - 1;
  const length = knownLength(x, axis, context);
  return Math.max((Math.ceil(length / stride) - 1) * stride + size - length, 0);
}
