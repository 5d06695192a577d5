/**
 * The position of an axis, of which negative ones count from the end.
 * @throws RangeError if the shape has no such axis.
 */
export function axisOf(axis: number, shape: readonly number[]): number {
  const position = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(position) && position >= 0 && position < shape.length) return position;
  throw new RangeError(`Expected an axis of the shape [${shape.join(', ')}], got ${axis}. It has ${shape.length} axes, from 0 on.`);
}
