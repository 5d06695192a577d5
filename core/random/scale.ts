/** Multiplies numbers in place by a factor, and returns them. */
export function scale(values: Float32Array, factor: number): Float32Array {
  const by = Math.fround(factor);
  for (let i = 0; i < values.length; i++) values[i]! *= by;
  return values;
}
