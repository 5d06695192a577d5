/** @file Padding with numbers of the tensor itself, as nodes of ONNX: which place of the tensor stands where is known before a run. */
import { knownLength, pickOnnx, type OnnxContext, type OnnxValue } from '../../spec/onnx.ts';
import { type PadMode, sourceOf } from '../../tensor/pad.ts';

export function padOnnx(
  x: OnnxValue,
  pairs: readonly (readonly [number, number])[],
  mode: Exclude<PadMode, 'constant'>,
  context: OnnxContext,
): string {
  return pairs.reduce((name, [low, high], axis) => {
    if (low + high === 0) return name;
    const length = knownLength(x, axis, context);
    const places = Array.from({ length: low + length + high }, (_, i) => sourceOf(i - low, length, mode));
    return pickOnnx(name, axis, places, context);
  }, x.name);
}
