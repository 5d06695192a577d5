/**
 * @file The Python that reads a table as this program does: roles, words, gaps, scales; rows shuffled by JAX's permutation of a key of the
 * seed, split with every class in both parts, and used to the last row. What was recognised of the file is written down.
 */
import type { RunEmitContext } from '../../spec/emit.ts';
import type { EmittedSource } from '../../spec/source.ts';
import { GAPS } from './cells.ts';
import type { Column, Columns } from './columns.ts';
import { NUMPY_PERMUTATION, NUMPY_THREEFRY } from '../shared/numpy-random.ts';
import type { Dialect } from './dialect.ts';
import type { TableOptions } from './options.ts';
import { isWords } from './words.ts';

export interface EmittedTable {
  readonly options: TableOptions;
  readonly cut: Columns;
  readonly labelAt: number;
  /** The text reads the same in every encoding that is recognised. */
  readonly isAscii: boolean;
  /** The labels are small whole numbers: classes. */
  readonly areClasses: boolean;
  /** Lengths of one row of the input. */
  readonly row: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly batchSize: number;
  readonly seed: number;
}

/** How a library shuffles, and what it takes. */
export interface BatchLibrary {
  readonly imports: readonly string[];
  /** Of a batch's tensors. */
  readonly type: string;
  /** What the script needs to shuffle. */
  readonly helpers: readonly string[];
  /** The lines that end with `order = …`, the shuffled order of `count` rows by the stream of `data`. */
  order(data: string, count: string): readonly string[];
  /** The tensor of an array. */
  tensor(array: string): string;
}

export const JAX_BATCHES: BatchLibrary = {
  imports: ['jax', 'jax.numpy as jnp'],
  type: 'jax.Array',
  helpers: [],
  order: (data, count) => [
    `key = jax.random.fold_in(jax.random.key(SEED), ${data})`,
    `order = np.asarray(jax.random.permutation(key, ${count}))`,
  ],
  tensor: (array) => `jnp.asarray(${array})`,
};

/** What Keras takes on whichever backend. */
export const NUMPY_BATCHES: BatchLibrary = {
  imports: [],
  type: 'np.ndarray',
  helpers: [...NUMPY_THREEFRY, ...NUMPY_PERMUTATION],
  order: (data, count) => [`order = permutation(fold_in((0, SEED), ${data}), ${count})`],
  tensor: (array) => array,
};

export const TORCH_BATCHES: BatchLibrary = {
  imports: ['torch'],
  type: 'torch.Tensor',
  helpers: [...NUMPY_THREEFRY, ...NUMPY_PERMUTATION],
  order: (data, count) => [`order = permutation(fold_in((0, SEED), ${data}), ${count})`],
  tensor: (array) => `torch.from_numpy(${array})`,
};

export function emitTable(table: EmittedTable, { literal, use }: RunEmitContext, library: BatchLibrary = JAX_BATCHES): EmittedSource {
  for (const name of ['csv', ...library.imports, 'numpy as np']) use(`import ${name}`);
  const { options, seed, batchSize } = table;
  if (isEncodingOpen(table)) use('import io');
  const hasTest = options.testRows > 0;
  const lines = [
    `FILE = ${literal(options.file)}`,
    `SEED = ${literal(seed)}`,
    `BATCH_SIZE = ${literal(batchSize)}`,
    `TEST_ROWS = ${literal(options.testRows)}`,
    ...readTable(table, literal),
    '',
    '',
    ...library.helpers,
    ...splitRowsLines(table.areClasses, library),
    '',
    '',
    ...fillGaps(options, literal),
    '',
    '',
    'raw, LABELS = read_table()',
    'TRAIN, TEST = split_rows(LABELS)',
    'FEATURES = fill_gaps(raw)',
    'STEPS_PER_EPOCH = -(-len(TRAIN) // min(BATCH_SIZE, len(TRAIN)))',
    '',
    '',
    ...batches(table, hasTest, library),
  ];
  return { lines, hasTest };
}

/** Nothing says how the file writes what is no ASCII. */
function isEncodingOpen({ options, isAscii }: EmittedTable): boolean {
  return options.encoding === undefined && !isAscii;
}

/** As this program reads a file, whatever wrote it. */
const READ_TEXT = [
  'def read_text() -> str:',
  '    """The file: UTF-8, UTF-16 with its mark, or the one byte for a letter of older spreadsheets."""',
  `    with open(FILE, 'rb') as file:`,
  '        data = file.read()',
  `    if data[:2] in (b'\\xff\\xfe', b'\\xfe\\xff'):`,
  `        return data.decode('utf-16')`,
  '    try:',
  `        return data.decode('utf-8-sig')`,
  '    except UnicodeDecodeError:',
  `        return data.decode('cp1252')`,
  '',
  '',
];

function readTable(table: EmittedTable, literal: RunEmitContext['literal']): readonly string[] {
  const { options, cut, labelAt, areClasses } = table;
  const { words, ignored, missing } = options;
  const { columns, dialect } = cut;
  const label = columns[labelAt]!;
  const chosen = columns.filter((column, at) => at !== labelAt && !ignored.includes(column.name));
  const rowOf = (column: Column) => `row[${literal(column.name)}]`;
  const needed = [label, ...(missing === 'skip' ? chosen.filter((column) => column.gaps > 0) : [])].map(({ name }) => name);
  const lists: string[] = [];
  const features = chosen.map((column) => {
    if (!isWords(column, words)) return `number(${rowOf(column)})`;
    const list = `WORDS[${literal(column.name)}]`;
    lists.push(`${literal(column.name)}: ${literal([...column.words])}`);
    if (words[column.name] === 'index') return `word(${rowOf(column)}, ${list})`;
    return `*(float(${rowOf(column)} == each) for each in ${list})`;
  });
  const isNamed = isWords(label, words);
  const labelOf = isNamed ? `CLASSES.index(${rowOf(label)})` : `number(${rowOf(label)})`;
  return [
    ...(isNamed ? [`CLASSES = ${literal([...label.words])}`] : []),
    `COLUMNS = ${literal(columns.map(({ name }) => name))}`,
    `GAPS = ${literal([...GAPS])}`,
    `NEEDED = ${literal(needed)}`,
    ...(lists.length > 0 ? [`WORDS = {${lists.join(', ')}}`] : []),
    '',
    '',
    ...numberOf(
      dialect,
      [label, ...chosen].some((column) => column.isPercent && !isWords(column, words)),
    ),
    '',
    '',
    'def word(cell: str, words: tuple[str, ...]) -> float:',
    '    return float(words.index(cell)) if cell in words else np.nan',
    '',
    '',
    ...(isEncodingOpen(table) ? READ_TEXT : []),
    ...(dialect.comment === '' ? [] : rowsOfFile(cut, literal)),
    'def read_table() -> tuple[np.ndarray, np.ndarray]:',
    '    """The features row by row, NaN in gaps, and the label of each row."""',
    `    with ${openFile(table, literal)} as file:`,
    ...(cut.hasSeparatorLine ? ['        next(file)  # names the separator'] : []),
    `        reader = csv.reader(${dialect.comment === '' ? 'file' : 'table_lines(file)'}, delimiter=${literal(dialect.separator)}, skipinitialspace=True)`,
    ...(dialect.separator === ' '
      ? [
          '        # A space at the end of a line separates nothing.',
          `        reader = (line[:-1] if line and line[-1] == '' else line for line in reader)`,
        ]
      : []),
    ...(cut.hasTrailing
      ? ['        # Nothing stands behind the last column.', '        lines = [line for line in reader if len(line) >= len(COLUMNS)]']
      : ['        lines = [line for line in reader if len(line) == len(COLUMNS)]']),
    `    rows = [dict(zip(COLUMNS, (cell.strip() for cell in line))) for line in lines${dialect.header && !cut.isNamedByComment ? '[1:]' : ''}]`,
    '    rows = [row for row in rows if not any(row[name].lower() in GAPS for name in NEEDED)]',
    '    features = [',
    '        [',
    ...features.map((each) => `            ${each},`),
    '        ]',
    '        for row in rows',
    '    ]',
    `    labels = [${labelOf} for row in rows]`,
    `    return np.array(features, dtype=np.float64), np.array(labels, dtype=np.${areClasses ? 'int32' : 'float32'})`,
  ];
}

function openFile(table: EmittedTable, literal: RunEmitContext['literal']): string {
  if (isEncodingOpen(table)) return "io.StringIO(read_text(), newline='')";
  const { encoding = 'utf-8' } = table.options;
  return `open(FILE, newline='', encoding=${literal(encoding === 'utf-8' ? 'utf-8-sig' : encoding)})`;
}

/** Lines that are rows; a line inside quotes is one, whatever begins it. */
function rowsOfFile({ dialect, rows }: Columns, literal: RunEmitContext['literal']): readonly string[] {
  const isPassed = `line.lstrip(' ').startswith(${literal(dialect.comment)})`;
  const hasLongCells = rows.some((row) => row.some((cell) => /[\r\n]/.test(cell)));
  return [
    'def table_lines(file):',
    '    """The lines that are no comments."""',
    ...(hasLongCells
      ? [
          '    is_quoted = False',
          '    for line in file:',
          `        if is_quoted or not ${isPassed}:`,
          `            is_quoted ^= line.count('"') % 2 == 1`,
          '            yield line',
        ]
      : [`    return (line for line in file if not ${isPassed})`]),
    '',
    '',
  ];
}

/** A number as the file writes it. */
function numberOf({ decimal, thousands }: Dialect, hasPercent: boolean): readonly string[] {
  const between =
    thousands === '' ? [] : thousands === ' ' ? [`    cell = ''.join(cell.split())`] : [`    cell = ${withoutThousands(thousands)}`];
  const bare = `cell${decimal === ',' ? `.replace(',', '.')` : ''}`;
  if (between.length === 0 && !hasPercent)
    return ['def number(cell: str) -> float:', `    return np.nan if cell.lower() in GAPS else float(${bare})`];
  return [
    'def number(cell: str) -> float:',
    '    if cell.lower() in GAPS:',
    '        return np.nan',
    ...between,
    ...(decimal === ',' ? [`    cell = ${bare}`] : []),
    hasPercent ? `    return float(cell[:-1]) / 100 if cell.endswith('%') else float(cell)` : '    return float(cell)',
  ];
}

function withoutThousands(thousands: ',' | '.' | "'"): string {
  return thousands === "'" ? `cell.replace("'", '').replace('\\u2019', '')` : `cell.replace('${thousands}', '')`;
}

/** The Python function that holds rows back. */
export function splitRowsLines(areClasses: boolean, library: BatchLibrary): readonly string[] {
  const head = [
    'def split_rows(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:',
    `    """Rows to train on and rows held back, in the shuffled order${areClasses ? ', every class in both parts' : ''}."""`,
    ...library.order('0', 'len(labels)').map((line) => `    ${line}`),
  ];
  if (!areClasses) return [...head, '    return order[TEST_ROWS:], order[:TEST_ROWS]'];
  return [
    ...head,
    '    names, counts = np.unique(labels, return_counts=True)',
    '    exact = TEST_ROWS * counts / len(labels)',
    '    low = np.where(counts < 2, 0, 1)',
    '    high = np.where(counts < 2, counts, counts - 1)',
    '    quota = np.minimum(high, np.maximum(low, np.floor(exact))).astype(int)',
    '    if TEST_ROWS == 0:',
    '        quota = np.zeros_like(counts)',
    '    # What is left over goes to the largest remainders.',
    '    while (rest := TEST_ROWS - quota.sum()) != 0:',
    '        sign = 1 if rest > 0 else -1',
    '        able = quota < high if sign > 0 else quota > low',
    '        if not able.any():',
    '            able = quota < counts if sign > 0 else quota > 0',
    '        quota[int(np.argmax(np.where(able, (exact - quota) * sign, -np.inf)))] += sign',
    '    left = dict(zip(names.tolist(), quota.tolist()))',
    '    train, test = [], []',
    '    for row in order:',
    '        name = labels[row].item()',
    '        (test if left[name] > 0 else train).append(int(row))',
    '        left[name] -= 1',
    '    return np.array(train, dtype=int), np.array(test, dtype=int)',
  ];
}

function fillGaps({ missing, scale, standardize }: TableOptions, literal: RunEmitContext['literal']): readonly string[] {
  return [
    'def fill_gaps(features: np.ndarray) -> np.ndarray:',
    '    """The numbers that the model is fed; means are those of the training rows alone."""',
    ...(missing === 'mean' ? ['    features = np.where(np.isnan(features), np.nanmean(features[TRAIN], axis=0), features)'] : []),
    ...(missing === 'zero' ? ['    features = np.nan_to_num(features, nan=0.0)'] : []),
    ...(scale === 1 ? [] : [`    features = features / ${literal(scale)}`]),
    ...(standardize
      ? [
          '    features = features - features[TRAIN].mean(axis=0)',
          '    spread = np.sqrt((features[TRAIN] ** 2).mean(axis=0))',
          '    features = features / np.where(spread > 0, spread, 1)',
        ]
      : []),
    '    return features.astype(np.float32)',
  ];
}

function batches({ row, dtype }: EmittedTable, hasTest: boolean, { type, order, tensor }: BatchLibrary): readonly string[] {
  const pair = `tuple[tuple[${type}, ...], ${type}]`;
  const cast = dtype === 'float32' ? '' : `.astype(np.${dtype === 'bool' ? 'bool_' : dtype})`;
  return [
    `def rows_of(rows: np.ndarray) -> ${pair}:`,
    `    features = FEATURES[rows]${cast}.reshape((${['len(rows)', ...row].join(', ')}))`,
    `    return (${tensor('features')},), ${tensor('LABELS[rows]')}`,
    '',
    '',
    `def train_batch(step: int) -> ${pair}:`,
    '    """The batch of a step: in each epoch every row once, in an order of its own; the last may be smaller."""',
    '    epoch, at = divmod(step, STEPS_PER_EPOCH)',
    ...order('epoch + 1', 'len(TRAIN)').map((line) => `    ${line}`),
    '    size = min(BATCH_SIZE, len(TRAIN))',
    '    return rows_of(TRAIN[order[at * size : (at + 1) * size]])',
    ...(hasTest ? ['', '', `def test_batch() -> ${pair}:`, '    """All rows held back."""', '    return rows_of(TEST)'] : []),
  ];
}
