/** @file Numbers about numbers. */

/** @param {readonly number[]} values @param {number} part 0.5 for the median */
export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return low + (high - low) * (at - Math.floor(at));
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @param {number} ms */
export const milliseconds = (ms) => `${ms.toPrecision(3)} ms`;
