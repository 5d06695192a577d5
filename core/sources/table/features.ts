/** @file The numbers that a model is fed: gaps filled, scaled, standardised by the training rows alone. */
import type { Columns } from './columns.ts';
import type { TableOptions } from './options.ts';
import type { Table } from './table.ts';
import { isWords } from './words.ts';

/** How many features a table has under its roles, without reading its numbers. */
export function featureCount({ columns }: Columns, labelAt: number, { ignored, words }: TableOptions): number {
  return columns.reduce((count, column, at) => {
    if (at === labelAt || ignored.includes(column.name)) return count;
    const isOneHot = isWords(column, words) && words[column.name] !== 'index';
    return count + (isOneHot ? column.words.length : 1);
  }, 0);
}

/** Row-major features as float32. Means and standard deviations (of the population) are those of the rows in `train`; a column that never changes is not divided. */
export function fillGaps(
  { rows, features, values }: Table,
  train: Int32Array,
  { missing, scale, standardize }: TableOptions,
): Float32Array {
  const width = features.length;
  const out = new Float32Array(rows * width);
  for (let column = 0; column < width; column++) {
    const mean = meanOf(values, train, width, column);
    const fill = missing === 'mean' ? mean : 0;
    const at = (row: number): number => {
      const value = values[row * width + column]!;
      return (Number.isNaN(value) ? fill : value) / scale;
    };
    const center = standardize ? average(train, at) : 0;
    const spread = standardize ? Math.sqrt(average(train, (row) => (at(row) - center) ** 2)) : 1;
    for (let row = 0; row < rows; row++) out[row * width + column] = (at(row) - center) / (spread > 0 ? spread : 1);
  }
  return out;
}

/** Over the rows that have a number; 0 where none has. */
function meanOf(values: Float64Array, rows: Int32Array, width: number, column: number): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    const value = values[row * width + column]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function average(rows: Int32Array, valueOf: (row: number) => number): number {
  let sum = 0;
  for (const row of rows) sum += valueOf(row);
  return sum / Math.max(1, rows.length);
}
