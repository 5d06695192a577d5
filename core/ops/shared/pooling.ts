/** @file What the poolings share: parameters, shapes, and the call of nnx. */
import { canonicalPadding, lastAxes, type Pairs, perAxis, withOneBatchAxis } from '../../layers/shared/windows.ts';
import { defineOp, type OpDescriptor } from '../../spec/define.ts';
import { addDims, ceilDivide, floorDivide } from '../../spec/dims.ts';
import type { EmitContext } from '../../spec/emit.ts';
import { setTo } from '../../spec/mend.ts';
import { BATCH, spreadMends } from '../../spec/over-batch.ts';
import { p, type PaddingValue, type ParamSpec, type ParamValue } from '../../spec/params.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import { port } from '../../spec/ports.ts';
import { reject } from '../../spec/reject.ts';
import { type Dim, formatShape, type TensorSpec } from '../../spec/shape.ts';
import type { Padding } from '../../tensor/padding.ts';
import { tf } from '../../tensor/tf.ts';
import { read, rejectParam, requireFloat, requireRank } from './ports.ts';
import { kerasOps, needSpec, kerasPad, type KerasPadding, withOneBatch } from './keras.ts';
import { sidesOf } from '../../layers/shared/keras.ts';
import { kerasGap, type KerasContext } from '../../spec/emit-keras.ts';

import { operand, pythonCall } from './python.ts';
import { BATCHED, PAD_SAME, ownPadding, padSource, padsOf } from '../../layers/shared/pytorch.ts';
import { tupleText } from './pytorch.ts';
import type { TorchOp, TorchPlace } from '../../spec/emit-pytorch.ts';

/** As in Flax: the default stride is 1, not the window. */
export interface PoolingOptions {
  readonly strides?: number | readonly number[] | null;
  /** `SAME`, `SAME_LOWER`, `VALID`, or a number or a pair (low, high) for each spatial axis. */
  readonly padding?: PaddingValue;
}

export interface WindowOptions {
  readonly strides: number[];
  readonly padding: Padding;
}

/** Pools over the spatial axes, of which the window counts the number; any number of batch axes in front, features last. */
export function poolOver(
  x: tf.Tensor,
  window: number | readonly number[],
  { strides = null, padding = 'VALID' }: PoolingOptions,
  pool: (x: tf.Tensor, window: number[], options: WindowOptions) => tf.Tensor,
): tf.Tensor {
  const sizes = [window].flat();
  const options = {
    strides: [...perAxis('strides', strides, sizes.length)],
    padding: canonicalPadding(padding, sizes.length) as WindowOptions['padding'],
  };
  const batchAxes = x.rank - sizes.length - 1;
  if (batchAxes === 1) return pool(x, sizes, options);
  return tf.tidy(() => withOneBatchAxis(x, sizes.length, (batched) => pool(batched, sizes, options)));
}

type PoolingArgs = Required<PoolingOptions> & { readonly window: number | readonly number[] };

function inferPooling(x: TensorSpec, { window, strides, padding }: PoolingArgs): TensorSpec {
  const sizes = [window].flat();
  if (sizes.length < 1 || sizes.length > 3)
    rejectParam('window', 'one to three sizes in window', String(sizes.length), 'Give one size for each spatial axis.');
  requireFloat(x);
  const mends = x.shape[0] === BATCH ? spreadMends('x', x.shape, sizes.length) : undefined;
  requireRank(x, 'x', sizes.length + 1, Infinity, mends);
  for (const [param, value] of Object.entries({ strides, padding }))
    if (Array.isArray(value) && value.length !== sizes.length)
      rejectParam(param, `${sizes.length} entries, one for each size in window`, value, 'Give one number, or one for each spatial axis.', {
        mends: [setTo(param, value[0] as ParamValue)],
      });
  const moves = perAxis('strides', strides, sizes.length);
  const pads = canonicalPadding(padding, sizes.length);
  const first = x.shape.length - sizes.length - 1;
  const pooled = sizes.map((size, i) => {
    if (pads === 'SAME' || pads === 'SAME_LOWER') return ceilDivide(x.shape[first + i]!, moves[i]!);
    const around = typeof pads === 'string' ? 0 : pads[i]![0] + pads[i]![1];
    return requireWindow(addDims(floorDivide(addDims(x.shape[first + i]!, around - size), moves[i]!), 1), x, size);
  });
  return { shape: [...x.shape.slice(0, first), ...pooled, x.shape.at(-1)!], dtype: 'float32' };
}

function requireWindow(positions: Dim, x: TensorSpec, size: number): Dim {
  if (typeof positions === 'string' || positions > 0) return positions;
  return reject({
    code: 'shape/window',
    port: 'x',
    param: 'window',
    expected: `spatial axes that hold a window of ${size}; features stand last`,
    got: formatShape(x.shape),
    fix: 'Choose a smaller window, or padding SAME.',
    mends: [setTo('padding', 'SAME')],
  });
}

interface Pooling {
  readonly type: string;
  readonly doc: string;
  readonly keywords: readonly string[];
  readonly params?: Readonly<Record<string, ParamSpec>>;
  readonly apply: (x: tf.Tensor, args: PoolingArgs) => tf.Tensor;
  readonly flax: string;
  readonly onnx?: OnnxEntry;
  /** How Keras pools where nothing stands around the input, and what does otherwise; `least`: by the smallest numbers. */
  readonly keras: 'average_pool' | 'max_pool' | 'least';
}

/** An op of one input, `x`, and a window that slides over its spatial axes. */
export function definePoolingOp(op: Pooling): OpDescriptor {
  return defineOp({
    type: op.type,
    family: 'pooling',
    doc: op.doc,
    keywords: op.keywords,
    params: {
      window: p.ints({ min: 1, start: [2, 2], unit: 'pixels', doc: 'Size of the window along each spatial axis.' }),
      strides: p.ints.nullable({ min: 1, doc: 'How far the window moves from one output to the next; none given means 1.' }),
      padding: p.padding({
        default: 'VALID',
        choices: ['VALID', 'SAME', 'SAME_LOWER'],
        doc: 'What surrounds the input: VALID adds nothing, SAME keeps the length at stride 1; or numbers.',
      }),
      ...op.params,
    },
    inputs: {
      x: port({
        minRank: 2,
        along: (args) => lastAxes([args['window']].flat().length),
        doc: 'Batch first, features last.',
      }),
    },
    outputs: { y: port() },
    infer: (inputs, args) => ({ y: inferPooling(read(inputs, 'x'), args) }),
    apply: (inputs, args) => op.apply(read(inputs, 'x'), args),
    emit: {
      pytorch: torchPooling(op.type),
      flax: (inputs, context) => {
        const window = `window_shape=${tupleOf(context, 'window')}`;
        const strides = context.args['strides'] == null ? '' : `strides=${tupleOf(context, 'strides')}`;
        const rest = context.kwargs({ drop: ['window', 'strides', 'padding'] });
        return pythonCall(op.flax, read(inputs, 'x'), window, strides, paddingOf(context), rest);
      },
      typescript: { after: ['window'] },
      keras: (inputs, context) => kerasPool(op.keras, read(inputs, 'x'), context),
    },
    ...(op.onnx === undefined ? {} : { onnx: op.onnx }),
    examples: [
      { args: { window: [2, 2], strides: [2, 2] }, inputs: { x: { shape: [1, 4, 4, 2] } } },
      { args: { window: [3], padding: 'SAME' }, inputs: { x: { shape: [2, 5, 2] } } },
      {
        args: {
          window: [2, 2],
          strides: [1, 2],
          padding: [
            [1, 0],
            [0, 1],
          ],
        },
        inputs: { x: { shape: [3, 4, 1] } },
      },
    ],
  });
}

/** Python's tuple where Flax takes nothing else. One number stands for as many as the window has. */
function tupleOf({ args, source }: EmitContext, name: string): string {
  const axes = [args['window']].flat().length;
  if (Array.isArray(args[name])) return source(name);
  return axes === 1 ? `(${source(name)},)` : `(${source(name)},) * ${axes}`;
}

function paddingOf({ args, source }: EmitContext): string {
  const padding = args['padding'] as PaddingValue;
  if (padding === 'VALID') return '';
  if (typeof padding === 'string') return `padding=${source('padding')}`;
  const pairs = canonicalPadding(padding, [args['window']].flat().length) as Pairs;
  const written = pairs.map(([low, high]) => `(${low}, ${high})`);
  return `padding=(${written.join(', ')}${written.length === 1 ? ',' : ''})`;
}

/** The sizes of a pooling, as numbers. */
function torchSizes(place: TorchPlace) {
  const { args } = place;
  const window = [args['window'] as number | readonly number[]].flat();
  const strides = [...perAxis('strides', args['strides'] as number | readonly number[] | null, window.length)];
  const padding = canonicalPadding(args['padding'] as PaddingValue, window.length);
  const shape = place.spec('x')?.shape ?? [];
  const lengths = window.map((_, i) => shape.at(i - window.length - 1) ?? 'length');
  const pads = padsOf({ reach: window, strides, padding, lengths });
  const own = ownPadding(pads);
  return { window, strides, padding, pads, own: own?.every((side, i) => 2 * side <= window[i]!) ? own : undefined, rank: shape.length };
}

/** `F.max_pool2d(x, (2, 2))`; the smallest number is the largest of the negative ones. */
function torchPooling(type: string): TorchOp {
  return {
    layout: ({ args }) => [args['window'] as number | readonly number[]].flat().length,
    write: ({ x }, context) => {
      const { window, strides, padding, pads, own, rank } = torchSizes(context);
      const isMean = type === 'avgPool';
      const name = `F.${isMean ? 'avg' : 'max'}_pool${window.length}d`;
      const sizes = (all: readonly number[]) => (all.every((size) => size === all[0]) ? String(all[0]) : tupleText(all));
      const isPadded = own === undefined || own.some((side) => side > 0);
      const options = [
        sizes(window),
        String(strides) === String(window) ? '' : `stride=${sizes(strides)}`,
        own && isPadded ? `padding=${sizes(own)}` : '',
        isMean && own && isPadded && context.args['countIncludePad'] === false ? 'count_include_pad=False' : '',
      ].filter((part) => part !== '');
      const around = (given: string) => {
        if (own) return given;
        const value = isMean ? '' : ", value=-float('inf')";
        if (pads) return padSource(given, pads, value);
        if (padding === 'SAME_LOWER') return context.refuse('With strides, PyTorch would have to know the length for SAME_LOWER.');
        return `${context.define(PAD_SAME)}(${given}, ${tupleText(window)}, ${tupleText(strides)}${value})`;
      };
      const call = (given: string) => {
        if (rank <= window.length + 2) return `${name}(${[around(given), ...options].join(', ')})`;
        const inner = `lambda x: ${name}(${['x', ...options].join(', ')})`;
        return `${context.define(BATCHED)}(${inner}, ${around(given)}, ${window.length + 1})`;
      };
      if (type === 'minPool') return `-${call(`-${operand(x!)}`)}`;
      if (isMean && !own && context.args['countIncludePad'] === false) return `${call(x!)} / ${call(`torch.ones_like(${x})`)}`;
      return call(x!);
    },
  };
}

function kerasPool(kind: Pooling['keras'], x: string, context: KerasContext): string {
  const { args } = context;
  const window = [args['window']].flat() as number[];
  const strides = perAxis('strides', (args['strides'] ?? null) as number | readonly number[] | null, window.length);
  const padding = args['padding'] as PaddingValue;
  const spatial = needSpec(context).shape.slice(-window.length - 1, -1);
  const isOwn = padding === 'VALID' || (padding === 'SAME' && (kind !== 'average_pool' || args['countIncludePad'] === false));
  if (!isOwn && kind === 'average_pool' && args['countIncludePad'] === false)
    kerasGap('Average pooling of Keras leaves padding out with SAME alone.');
  const pairs: KerasPadding = [[0, 0], ...(isOwn ? [] : sidesOf(padding, window, strides, spatial)), [0, 0]];
  const sizes = (all: readonly number[]) => (all.every((size) => size === all[0]) ? String(all[0]) : `(${all.join(', ')})`);
  const name = kind === 'average_pool' ? kind : 'max_pool';
  // Where nothing is, there is less than anywhere.
  const empty = kind === 'average_pool' ? '' : "constant_values=float('-inf')";
  return withOneBatch(x, context, window.length, (batched) => {
    const given = kind === 'least' ? `-${operand(batched)}` : batched;
    const around = isOwn ? given : kerasPad(given, context, pairs, ['batch', ...spatial, 1], 'constant', empty);
    const same = isOwn && padding === 'SAME' ? "padding='same'" : '';
    const pooled = kerasOps(context, name, around, sizes(window), `strides=${sizes(strides)}`, same);
    return kind === 'least' ? `-${pooled}` : pooled;
  });
}
