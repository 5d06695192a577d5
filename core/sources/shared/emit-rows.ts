/** @file The Python that makes batches of rows as `rowsSource` does. It stands behind lines that define INPUTS, a tuple of arrays, and LABELS, an array or None. */
import type { RunEmitContext } from '../../spec/emit.ts';
import type { EmittedSource, SourceContext } from '../../spec/source.ts';
import { type BatchLibrary, splitRowsLines } from '../table/emit-python.ts';

export interface EmittedRows {
  readonly hasLabels: boolean;
  /** Labels are small whole numbers: classes. */
  readonly areClasses: boolean;
  readonly testRows: number;
  readonly isOrdered?: boolean;
  /** What defines INPUTS and LABELS. */
  readonly lines: readonly string[];
}

export function emitRows(
  { hasLabels, areClasses, testRows, isOrdered = false, lines }: EmittedRows,
  { literal, use, seed, batchSize }: SourceContext & RunEmitContext,
  library: BatchLibrary,
): EmittedSource {
  for (const name of [...library.imports, 'numpy as np']) use(`import ${name}`);
  const type = `tuple[tuple[${library.type}, ...], ${hasLabels ? library.type : 'None'}]`;
  const hasTest = testRows > 0;
  const split = isOrdered
    ? ['ROWS = np.arange(len(INPUTS[0]))', 'TRAIN, TEST = ROWS[: len(ROWS) - TEST_ROWS], ROWS[len(ROWS) - TEST_ROWS :]']
    : [...splitRowsLines(areClasses, library), '', '', `TRAIN, TEST = split_rows(${hasLabels ? 'LABELS' : 'np.zeros(len(INPUTS[0]))'})`];
  return {
    hasTest,
    lines: [
      `SEED = ${literal(seed)}`,
      `BATCH_SIZE = ${literal(batchSize)}`,
      `TEST_ROWS = ${literal(testRows)}`,
      ...lines,
      ...(isOrdered && library.helpers.length === 0 ? [] : ['', '']),
      ...library.helpers,
      ...split,
      'STEPS_PER_EPOCH = -(-len(TRAIN) // min(BATCH_SIZE, len(TRAIN)))',
      '',
      '',
      `def rows_of(rows: np.ndarray) -> ${type}:`,
      `    return tuple(${library.tensor('each[rows]')} for each in INPUTS), ${hasLabels ? library.tensor('LABELS[rows]') : 'None'}`,
      '',
      '',
      `def train_batch(step: int) -> ${type}:`,
      '    """The batch of a step: in each epoch every row once, in an order of its own; the last may be smaller."""',
      '    epoch, at = divmod(step, STEPS_PER_EPOCH)',
      ...library.order('epoch + 1', 'len(TRAIN)').map((line) => `    ${line}`),
      '    size = min(BATCH_SIZE, len(TRAIN))',
      '    return rows_of(TRAIN[order[at * size : (at + 1) * size]])',
      ...(hasTest ? ['', '', `def test_batch() -> ${type}:`, '    """All rows held back."""', '    return rows_of(TEST)'] : []),
    ],
  };
}
