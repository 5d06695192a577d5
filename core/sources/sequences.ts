/** @file A text as sequences: so many letters (or words), and the one that follows, which is to be predicted. */
import { p } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import { formatShape } from '../spec/shape.ts';
import type { RunEmitContext } from '../spec/emit.ts';
import { defineSource, type EmittedSource, type SourceArgs, type SourceContext } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { emitRows } from './shared/emit-rows.ts';
import { faultsOf, filesOf, rememberLast, TEST_PART, textOfFile } from './shared/file-source.ts';
import { numberOf } from './shared/filled.ts';
import { rowsSource } from './shared/rows.ts';
import { type BatchLibrary, JAX_BATCHES, TORCH_BATCHES } from './table/emit-python.ts';

const params = {
  unit: p.choice({ default: 'letters', choices: ['letters', 'words'], doc: 'What one id stands for.' }),
  stride: p.int({ default: 1, min: 1, doc: 'From one sequence to the next.' }),
  testRows: p.int({ default: 0, min: 0, doc: 'So many sequences, the last of the text, are held back for testing.' }),
};

export interface Vocabulary {
  /** By id, sorted by code point as Python sorts them. */
  readonly words: readonly string[];
  readonly ids: Int32Array;
}

const byCodePoint = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

function vocabularyOf(units: readonly string[]): Vocabulary {
  const words = [...new Set(units)].sort(byCodePoint);
  const index = new Map(words.map((word, id) => [word, id]));
  return { words, ids: Int32Array.from(units, (unit) => index.get(unit)!) };
}

const lettersIn = rememberLast((text) => vocabularyOf([...text]));
const wordsIn = rememberLast((text) => vocabularyOf(text.split(/\s+/).filter((word) => word !== '')));

interface Opened {
  readonly file: string;
  readonly isWords: boolean;
  readonly vocabulary: Vocabulary;
  readonly length: number;
  readonly stride: number;
  readonly count: number;
  readonly testRows: number;
}

function openText(args: SourceArgs, context: SourceContext): Opened {
  const { inputs } = context;
  const [input] = inputs;
  if (!input || inputs.length > 1)
    return fail('source/one-input', `A text fills one input, but the model has ${inputs.length}.`, 'Leave one input of ids.');
  const { file, text } = textOfFile(args, context);
  const isWords = args['unit'] === 'words';
  const vocabulary = (isWords ? wordsIn : lettersIn)(text, file);
  const length = input.shape?.length === 2 ? input.shape[1] : undefined;
  if (typeof length !== 'number' || input.dtype !== 'int32')
    return fail(
      'source/sequence',
      `Input "${input.name}" is ${input.shape ? formatShape(input.shape) : 'without a shape'} ${input.dtype}: expected ids, int32 of (batch, so many ${isWords ? 'words' : 'letters'}).`,
      'Declare int32 and a shape such as (batch, 32), and begin with an Embed.',
    );
  const stride = numberOf(args, 'stride', 1);
  if (!Number.isInteger(stride) || stride < 1)
    return fail('source/stride', `Expected a whole number from 1 on, got ${stride}.`, 'Set the stride to 1.');
  const count = Math.floor((vocabulary.ids.length - length - 1) / stride) + 1;
  if (count < 1)
    return fail(
      'source/too-short',
      `"${file}" has ${vocabulary.ids.length} ${isWords ? 'words' : 'letters'}: expected more than ${length}.`,
      'Choose a longer text, or shorter sequences.',
    );
  return { file, isWords, vocabulary, length, stride, count, testRows: numberOf(args, 'testRows', 0) };
}

export const sequencesSource = defineSource({
  type: 'sequences',
  title: 'Sequences of a text',
  doc: 'Ids of so many letters or words of a text in a row; the label is the one that follows.',
  hasLabels: true,
  params,
  files: filesOf,
  file: {
    extensions: ['txt', 'md'],
    isBytes: false,
    start: (text, file) => ({ testRows: Math.floor(lettersIn(text, file).ids.length * TEST_PART) }),
    preview(text, file, args) {
      const isWords = args['unit'] === 'words';
      const { ids, words } = (isWords ? wordsIn : lettersIn)(text, file);
      const first = words.slice(0, 40).map((word) => JSON.stringify(word).slice(1, -1));
      return [
        { name: isWords ? 'words' : 'letters', text: `${ids.length}` },
        { name: 'of them different', text: `${words.length}` },
        { name: 'vocabulary', text: `${first.join(' ')}${words.length > first.length ? ' …' : ''}` },
      ];
    },
  },
  check: (args, context) => faultsOf(() => openText(args, context)),
  open(args, context) {
    const { vocabulary, length, stride, count, testRows } = openText(args, context);
    const { ids, words } = vocabulary;
    const source = rowsSource(
      {
        count,
        labels: Float32Array.from({ length: count }, (_, row) => ids[row * stride + length]!),
        testRows,
        isOrdered: true,
        make(_, rows) {
          const values = new Int32Array(rows.length * length);
          for (const [i, row] of rows.entries()) values.set(ids.subarray(row * stride, row * stride + length), i * length);
          return tf.tensor2d(values, [rows.length, length], 'int32');
        },
      },
      context,
    );
    // What an Embed must hold.
    return { ...source, ranges: () => [{ name: 'ids', min: 0, minRow: 1, max: words.length - 1, maxRow: 1 }] };
  },
  emit: {
    flax: (args, context) => emitText(args, context, JAX_BATCHES),
    pytorch: (args, context) => emitText(args, context, TORCH_BATCHES),
  },
});

function emitText(args: SourceArgs, context: SourceContext & RunEmitContext, library: BatchLibrary): EmittedSource {
  const { literal } = context;
  const { file, isWords, length, stride, testRows } = openText(args, context);
  return emitRows(
    {
      hasLabels: true,
      areClasses: true,
      isOrdered: true,
      testRows,
      lines: [
        `with open(${literal(file)}, newline='', encoding='utf-8-sig') as file:`,
        `    UNITS = ${isWords ? 'file.read().split()' : 'list(file.read())'}`,
        'VOCABULARY = sorted(set(UNITS))',
        `LENGTH, STRIDE = ${literal(length)}, ${literal(stride)}`,
        'ID_OF = {unit: index for index, unit in enumerate(VOCABULARY)}',
        'IDS = np.array([ID_OF[unit] for unit in UNITS], dtype=np.int32)',
        'STARTS = np.arange(0, len(IDS) - LENGTH, STRIDE)',
        'INPUTS = (IDS[STARTS[:, None] + np.arange(LENGTH)],)',
        'LABELS = IDS[STARTS + LENGTH]',
      ],
    },
    context,
    library,
  );
}
