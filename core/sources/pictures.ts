/** @file The pictures of a zip: PNG, of one size, in a folder for each class. */
import { p } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import type { RunEmitContext } from '../spec/emit.ts';
import { defineSource, type EmittedSource, type SourceArgs, type SourceContext } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { bytesOfText } from './files/bytes.ts';
import { inChannels, readPng, type Picture } from './files/png.ts';
import { readZip } from './files/zip.ts';
import { emitRows } from './shared/emit-rows.ts';
import { faultsOf, filesOf, rememberLast, rowShape, TEST_PART, textOfFile } from './shared/file-source.ts';
import { numberOf } from './shared/filled.ts';
import { rowsSource } from './shared/rows.ts';
import { type BatchLibrary, JAX_BATCHES, TORCH_BATCHES } from './table/emit-python.ts';

const params = {
  scale: p.float({ default: 255, doc: 'Numbers from 0 to 255 are divided by this.' }),
  testRows: p.int({ default: 0, min: 0, doc: 'So many pictures are held back for testing, every class among them.' }),
};

/** Of other formats that people have pictures in. */
const OTHERS = /\.(jpe?g|gif|webp|bmp|tiff?|avif|heic)$/i;
/** Macs put notes of their own beside each file. */
const isOwn = (name: string): boolean => !/(^|\/)(__MACOSX\/|\._)/.test(name);

export interface PicturesIn {
  /** In the order of their names. */
  readonly pictures: readonly Picture[];
  /** Folders, sorted; the label of a picture is the place of its folder here. */
  readonly classes: readonly string[];
  readonly labels: Float32Array;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const folderOf = (name: string): string => name.split('/').at(-2) ?? '';

export const picturesIn = rememberLast((text, file): PicturesIn => {
  const entries = readZip(bytesOfText(text, file), file).filter(({ name }) => isOwn(name));
  const other = entries.find(({ name }) => OTHERS.test(name));
  if (other) return fail('picture/format', `"${other.name}" in "${file}" is no PNG.`, 'Save all pictures as PNG.');
  const chosen = entries.filter(({ name }) => /\.png$/i.test(name)).sort((a, b) => order(a.name, b.name));
  if (chosen.length === 0)
    return fail('source/no-pictures', `There is no PNG in "${file}".`, 'Put pictures into it, in a folder for each class.');
  const pictures = chosen.map((entry) => readPng(entry.bytes(), entry.name));
  const [first] = pictures as [Picture];
  const odd = pictures.findIndex(({ width, height }) => width !== first.width || height !== first.height);
  if (odd >= 0)
    return fail(
      'picture/size',
      `"${chosen[odd]!.name}" is ${pictures[odd]!.height} by ${pictures[odd]!.width}, "${chosen[0]!.name}" ${first.height} by ${first.width}.`,
      'Bring all pictures to one size.',
    );
  const classes = [...new Set(chosen.map(({ name }) => folderOf(name)))].sort(order);
  return { pictures, classes, labels: Float32Array.from(chosen, ({ name }) => classes.indexOf(folderOf(name))) };
});

interface Opened extends PicturesIn {
  readonly file: string;
  readonly channels: 1 | 3;
  readonly row: readonly number[];
  readonly scale: number;
  readonly testRows: number;
}

function openPictures(args: SourceArgs, context: SourceContext): Opened {
  const { inputs } = context;
  const [input] = inputs;
  if (!input || inputs.length > 1)
    return fail('source/one-input', `Pictures fill one input, but the model has ${inputs.length}.`, 'Leave one input.');
  const { file, text } = textOfFile(args, context);
  const found = picturesIn(text, file);
  const { width, height } = found.pictures[0]!;
  const wanted = input.shape?.length === 4 ? input.shape[3] : undefined;
  const channels = wanted === 1 || wanted === 3 ? wanted : found.pictures.some((each) => each.channels === 3) ? 3 : 1;
  const row = rowShape(input, [height, width, channels], `"${file}"`);
  const scale = numberOf(args, 'scale', 255);
  if (!(Number.isFinite(scale) && scale !== 0))
    return fail('source/scale', `Expected a number to divide by, got ${scale}.`, 'Set the scale to 255.');
  return { ...found, file, channels, row, scale, testRows: numberOf(args, 'testRows', 0) };
}

export const picturesSource = defineSource({
  type: 'pictures',
  title: 'Pictures of a zip',
  doc: 'PNG pictures of one size, height × width × channels; the label is the folder that a picture is in.',
  hasLabels: true,
  params,
  files: filesOf,
  file: {
    extensions: ['zip'],
    isBytes: true,
    start: (text, file) => ({ testRows: Math.floor(picturesIn(text, file).pictures.length * TEST_PART) }),
    preview(text, file) {
      const { pictures, classes, labels } = picturesIn(text, file);
      const [{ width, height }] = pictures as readonly [Picture, ...Picture[]];
      const kinds = new Set(pictures.map(({ channels }) => (channels === 1 ? 'gray' : 'colour')));
      return [
        { name: `${pictures.length} pictures`, text: `${height} × ${width}, ${[...kinds].join(' and ')}` },
        ...classes.map((name, label) => ({
          name: `${label}: ${name === '' ? 'no folder' : name}`,
          text: `${labels.reduce((sum, each) => sum + Number(each === label), 0)}`,
        })),
      ];
    },
  },
  check: (args, context) => faultsOf(() => openPictures(args, context)),
  open(args, context) {
    const { pictures, labels, channels, row, scale, testRows } = openPictures(args, context);
    const { dtype } = context.inputs[0]!;
    return rowsSource(
      {
        count: pictures.length,
        labels,
        areWords: true,
        testRows,
        make(_, rows) {
          const size = row.reduce((product, length) => product * length, 1);
          const values = dtype === 'float32' ? new Float32Array(rows.length * size) : new Int32Array(rows.length * size);
          for (const [i, at] of rows.entries()) {
            const data = inChannels(pictures[at]!, channels);
            for (let k = 0; k < size; k++) values[i * size + k] = dtype === 'float32' ? data[k]! / scale : data[k]!;
          }
          return tf.tensor(values, [rows.length, ...row], dtype);
        },
      },
      context,
    );
  },
  emit: {
    flax: (args, context) => emitPictures(args, context, JAX_BATCHES),
    pytorch: (args, context) => emitPictures(args, context, TORCH_BATCHES),
  },
});

function emitPictures(args: SourceArgs, context: SourceContext & RunEmitContext, library: BatchLibrary): EmittedSource {
  const { literal, use } = context;
  const { file, channels, row, scale, testRows } = openPictures(args, context);
  for (const line of ['import io', 'import zipfile', 'from PIL import Image']) use(line);
  const { dtype } = context.inputs[0]!;
  const divided = dtype === 'float32' && scale !== 1 ? ` / np.float32(${literal(scale)})` : '';
  return emitRows(
    {
      hasLabels: true,
      areClasses: true,
      testRows,
      lines: [
        `with zipfile.ZipFile(${literal(file)}) as archive:`,
        `    NAMES = sorted(name for name in archive.namelist() if name.lower().endswith('.png') and '__MACOSX/' not in name)`,
        `    PICTURES = [Image.open(io.BytesIO(archive.read(name))).convert(${literal(channels === 1 ? 'L' : 'RGB')}) for name in NAMES]`,
        `FOLDERS = [('/' + name).split('/')[-2] for name in NAMES]`,
        'CLASSES = sorted(set(FOLDERS))',
        `INPUTS = (np.stack([np.asarray(each) for each in PICTURES]).astype(np.${dtype})${divided},)`,
        `INPUTS = (INPUTS[0].reshape((-1, ${row.join(', ')})),)`,
        'LABELS = np.array([CLASSES.index(each) for each in FOLDERS], dtype=np.int32)',
      ],
    },
    context,
    library,
  );
}
