/** @file Sizes in memory, as people read them. */

/** Of one number of float32. */
export const BYTES_OF_FLOAT = 4;

/** `4 bytes`, `1.5 MiB`. */
export function formatBytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let [value, unit] = [count, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${Number(value.toPrecision(4))} ${units[unit]!}`;
}
