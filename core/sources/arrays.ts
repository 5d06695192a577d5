/** @file Rows of arrays that NumPy has saved: one array (NPY), or several by name (NPZ), of which one may be the labels. */
import { p } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import type { RunEmitContext } from '../spec/emit.ts';
import { defineSource, type EmittedSource, type SourceArgs, type SourceContext } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { bytesOfText } from './files/bytes.ts';
import { readNpy, type NpyArray } from './files/npy.ts';
import { readZip } from './files/zip.ts';
import { emitRows } from './shared/emit-rows.ts';
import { faultsOf, filesOf, rememberLast, rowShape, TEST_PART, textOfFile } from './shared/file-source.ts';
import { numberOf } from './shared/filled.ts';
import { labelInfoOf, rowsSource } from './shared/rows.ts';
import { type BatchLibrary, JAX_BATCHES, TORCH_BATCHES } from './table/emit-python.ts';

const params = {
  label: p.text({ default: '', doc: 'The array of the labels, one for each row; none unless named.' }),
  scale: p.float({ default: 1, doc: 'Numbers that are fed are divided by this.' }),
  testRows: p.int({ default: 0, min: 0, doc: 'So many rows are held back for testing.' }),
};

/** The arrays of a file by name; that of an NPY has the name of the file. */
export const arraysIn = rememberLast((text, file): ReadonlyMap<string, NpyArray> => {
  const bytes = bytesOfText(text, file);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) return new Map([[file.replace(/\.npy$/i, ''), readNpy(bytes, file)]]);
  const entries = readZip(bytes, file).filter(({ name }) => name.endsWith('.npy'));
  if (entries.length === 0) return fail('source/no-arrays', `There is no array in "${file}".`, 'Save arrays by numpy.savez.');
  return new Map(entries.map((entry) => [entry.name.slice(0, -4), readNpy(entry.bytes(), `${entry.name} in ${file}`)]));
});

interface Opened {
  readonly file: string;
  readonly isSingle: boolean;
  readonly count: number;
  /** Of each input: which array, and the lengths of its rows there. */
  readonly fed: readonly { readonly name: string; readonly array: NpyArray; readonly row: readonly number[] }[];
  readonly labelName: string;
  readonly labels: Float32Array | null;
  readonly scale: number;
  readonly testRows: number;
}

function openArrays(args: SourceArgs, context: SourceContext): Opened {
  const { file, text } = textOfFile(args, context);
  const arrays = arraysIn(text, file);
  const names = [...arrays.keys()];
  const labelName = typeof args['label'] === 'string' ? args['label'] : '';
  const found = `"${file}" has ${names.join(', ')}`;
  const labelArray = labelName === '' ? undefined : arrays.get(labelName);
  if (labelName !== '' && !labelArray)
    return fail('source/no-label', `Expected the labels "${labelName}"; ${found}.`, 'Name one of them, or none.');
  const left = names.filter((name) => name !== labelName);
  const fed = context.inputs.map((input, at) => {
    const name = left.includes(input.name) ? input.name : context.inputs.length === 1 && left.length === 1 ? left[0]! : undefined;
    if (name === undefined)
      return fail(
        'source/no-array',
        `Nothing says which array is the input "${input.name}": ${found}.`,
        'Give the input the name of its array.',
      );
    const array = arrays.get(name)!;
    if (array.shape.length === 0)
      return fail('source/features', `"${name}" is one number, not rows.`, 'Choose an array with an axis of rows.');
    return { name, array, row: rowShape(context.inputs[at]!, array.shape.slice(1), `"${name}"`) };
  });
  const count = fed[0]?.array.shape[0] ?? 0;
  for (const { name, array } of fed)
    if (array.shape[0] !== count)
      return fail('source/rows', `"${name}" has ${array.shape[0]} rows, "${fed[0]!.name}" ${count}.`, 'Save arrays of as many rows.');
  if (count === 0) return fail('source/rows', `There are no rows in "${file}".`, 'Save an array with rows.');
  if (labelArray && labelArray.data.length !== count)
    return fail(
      'source/labels',
      `The labels "${labelName}" are (${labelArray.shape.join(', ')}): expected one for each of ${count} rows.`,
      'Name an array of as many numbers as there are rows.',
    );
  const scale = numberOf(args, 'scale', 1);
  if (!(Number.isFinite(scale) && scale !== 0))
    return fail('source/scale', `Expected a number to divide by, got ${scale}.`, 'Set the scale to 1 to leave the numbers as they are.');
  const testRows = numberOf(args, 'testRows', 0);
  return {
    file,
    isSingle: !/\.npz$/i.test(file) && arrays.size === 1,
    count,
    fed,
    labelName,
    labels: labelArray ? Float32Array.from(labelArray.data) : null,
    scale,
    testRows,
  };
}

export const arraysSource = defineSource({
  type: 'arrays',
  title: 'Arrays of NumPy',
  doc: 'Rows of arrays of an NPY or NPZ file: each input takes the array of its name, or the only one.',
  hasLabels: true,
  params,
  files: filesOf,
  file: {
    extensions: ['npy', 'npz'],
    isBytes: true,
    start(text, file) {
      const arrays = [...arraysIn(text, file)];
      const [rows = 0] = arrays[0]?.[1].shape ?? [];
      const fit = arrays.filter(([, { shape }]) => shape.length === 1 && shape[0] === rows);
      // As people call them; else whole numbers, one for each row.
      const label = fit.find(([name]) => /^(y|labels?|targets?)(_train)?$/i.test(name)) ?? fit.find(([, { isInteger }]) => isInteger);
      const hasLabel = label !== undefined && arrays.length > 1;
      return { label: hasLabel ? label[0] : '', testRows: hasLabel ? Math.floor(rows * TEST_PART) : 0 };
    },
    preview: (text, file, args) =>
      [...arraysIn(text, file)].map(([name, { shape, dtype }]) => ({
        name,
        text: `(${shape.join(', ')}) ${dtype}${name === args['label'] ? ', the labels' : ''}`,
      })),
  },
  check: (args, context) => faultsOf(() => openArrays(args, context)),
  open(args, context) {
    const { count, fed, labels, scale, testRows } = openArrays(args, context);
    return rowsSource(
      {
        count,
        labels,
        testRows,
        make(input, rows) {
          const { array, row } = fed[input]!;
          const width = row.reduce((product, length) => product * length, 1);
          const { dtype } = context.inputs[input]!;
          const values = dtype === 'float32' ? new Float32Array(rows.length * width) : new Int32Array(rows.length * width);
          for (const [i, at] of rows.entries())
            for (let k = 0; k < width; k++)
              values[i * width + k] = dtype === 'float32' ? array.data[at * width + k]! / scale : array.data[at * width + k]!;
          return tf.tensor(values, [rows.length, ...row], dtype);
        },
      },
      context,
    );
  },
  emit: {
    flax: (args, context) => emitArrays(args, context, JAX_BATCHES),
    pytorch: (args, context) => emitArrays(args, context, TORCH_BATCHES),
  },
});

function emitArrays(args: SourceArgs, context: SourceContext & RunEmitContext, library: BatchLibrary): EmittedSource {
  const { literal } = context;
  const { file, isSingle, fed, labelName, labels, scale, testRows } = openArrays(args, context);
  const areClasses = labels !== null && labelInfoOf(labels).areIntegers;
  const inputs = fed.map(({ name, row }, at) => {
    const array = isSingle ? 'ARRAYS' : `ARRAYS[${literal(name)}]`;
    const { dtype } = context.inputs[at]!;
    const cast = `${array}.astype(np.${dtype === 'bool' ? 'bool_' : dtype})`;
    const divided = dtype === 'float32' && scale !== 1 ? ` / np.float32(${literal(scale)})` : '';
    return `    (${cast}${divided}).reshape((${['-1', ...row].join(', ')},)),`;
  });
  return emitRows(
    {
      hasLabels: labels !== null,
      areClasses,
      testRows,
      lines: [
        `ARRAYS = np.load(${literal(file)})`,
        'INPUTS = (',
        ...inputs,
        ')',
        labels === null
          ? 'LABELS = None'
          : `LABELS = ARRAYS[${literal(labelName)}].reshape(-1).astype(np.${areClasses ? 'int32' : 'float32'})`,
      ],
    },
    context,
    library,
  );
}
