/** @file What the data form needs to know of a CSV file before it is run. */
import { parseCsv, problemOf, type RunProblem } from '../../core/run/index.ts';

export type CsvReading =
  | {
      readonly ok: true;
      readonly columns: readonly string[];
      readonly label: string;
      readonly rows: number;
      readonly classes: number | null;
    }
  | { readonly ok: false; readonly problem: RunProblem };

/** Names in the first line of a file. */
export function readColumns(text: string): readonly string[] {
  const line = /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
  return line.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

/** Reads the whole file once, so that a fault in it is told when it is chosen. The label is the wanted column, or the last one. */
export function readCsvFile(text: string, wanted?: string): CsvReading {
  const columns = readColumns(text);
  const label = wanted !== undefined && columns.includes(wanted) ? wanted : (columns.at(-1) ?? '');
  try {
    const { rows, classes } = parseCsv(text, label);
    return { ok: true, columns, label, rows, classes: classes?.length ?? null };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
