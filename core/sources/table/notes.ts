/** @file What a person should know of a table: rows left out, classes that one part lacks, the ranges of its columns. */
import type { ColumnRange, Source } from '../../spec/source.ts';
import type { Columns } from './columns.ts';
import { remarkOn } from './kinds.ts';
import type { TableOptions } from './options.ts';
import type { Split } from './split.ts';
import type { Table } from './table.ts';

export function notesOf(table: Table, cut: Columns, split: Split, areClasses: boolean, { file, ignored }: TableOptions): Source['notes'] {
  const unlike = cut.columns.flatMap((column) => {
    const remark = ignored.includes(column.name) ? undefined : remarkOn(column, false);
    return remark ? [{ code: `data/${column.looksLike!}`, ...remark }] : [];
  });
  const missing = [...unlike, ...(areClasses ? missingClasses(table.labels, split, table.classes) : [])];
  if (table.skipped === 0) return missing;
  const message = `${table.skipped} of ${table.skipped + table.rows} rows of ${file} have a gap and are left out.`;
  return [...missing, { code: 'data/skipped', message, hint: 'Fill the gaps to use them.' }];
}

/** Classes of which one part has no row: what is learned of them cannot be tested, or what is tested was never seen. */
function missingClasses(labels: Float32Array, { train, test }: Split, classes: readonly string[] | null): Source['notes'] {
  if (test.length === 0) return [];
  const seen = (rows: Int32Array) => new Set(Array.from(rows, (row) => labels[row]!));
  const [inTrain, inTest] = [seen(train), seen(test)];
  const name = (label: number) => classes?.[label] ?? String(label);
  const missing = [...new Set(labels)].sort((a, b) => a - b).filter((label) => !inTrain.has(label) || !inTest.has(label));
  if (missing.length === 0) return [];
  const some = missing.slice(0, 5).map(name).join(', ') + (missing.length > 5 ? ' …' : '');
  return [
    {
      code: 'data/class-missing',
      message: `${missing.length === 1 ? 'Class' : 'Classes'} ${some}: expected rows in both the training and the test part, got them in one only.`,
      hint: 'Hold back more rows, or add rows of that class.',
    },
  ];
}

/** The least and the greatest number of each column, scaled, with their rows. */
export function rangesOf({ features, values, rows, origins }: Table, scale: number): readonly ColumnRange[] {
  const width = features.length;
  return features.map((name, column) => {
    let [min, minRow, max, maxRow] = [Infinity, 0, -Infinity, 0];
    for (let row = 0; row < rows; row++) {
      const value = values[row * width + column]! / scale;
      if (value < min) [min, minRow] = [value, origins[row]!];
      if (value > max) [max, maxRow] = [value, origins[row]!];
    }
    return { name, min, minRow, max, maxRow };
  });
}
