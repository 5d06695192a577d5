import { padOnnx } from './shared/pad-onnx.ts';
import { defineOp } from '../spec/define.ts';
import { addDims } from '../spec/dims.ts';
import { p, type PaddingValue } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { pad as padAround, type PadMode } from '../tensor/pad.ts';
import type { tf } from '../tensor/tf.ts';
import { read, rejectParam } from './shared/ports.ts';
import { JNP, pythonCall } from './shared/python.ts';
import { rankOf } from './shared/pytorch.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { kerasPad, needSpec } from './shared/keras.ts';

export interface PadOptions {
  /** What the new places hold: one value, the border, or the numbers of the other end. */
  readonly mode?: PadMode;
  /** The value with mode `constant`. */
  readonly value?: number;
}

/**
 * One number for all sides, or for each axis a number for both sides or a pair (before, after). The value takes the type of `x`: integers lose
 * its fraction, truth values ask whether it is 0. The caller disposes the result. Port of jnp.pad.
 */
export function pad(x: tf.Tensor, padding: PaddingValue, { mode = 'constant', value = 0 }: PadOptions = {}): tf.Tensor {
  const own = x.dtype === 'int32' ? Math.trunc(value) : x.dtype === 'bool' ? Number(value !== 0) : value;
  return padAround(x, pairsOf(padding, x.rank), mode, own);
}

function pairsOf(padding: PaddingValue, rank: number): (readonly [number, number])[] {
  if (typeof padding === 'string')
    return rejectParam('padding', 'numbers in padding', padding, 'Give a pair (before, after) for each axis.');
  const sides = typeof padding === 'number' ? Array.from({ length: rank }, () => padding) : padding;
  if (sides.length !== rank)
    rejectParam(
      'padding',
      `${rank} pairs (before, after), one for each axis`,
      String(sides.length),
      'Batch and features are axes, too: give them (0, 0).',
    );
  const pairs = sides.map((side) => (typeof side === 'number' ? ([side, side] as const) : side));
  if (pairs.flat().some((count) => count < 0)) rejectParam('padding', 'counts from 0', padding, 'Use slice to cut a tensor.');
  return pairs;
}

/** PyTorch's own padding with copies knows neither all modes nor all axes. */
const PAD_WITH: TorchDefinition = {
  name: 'pad_with',
  source: `def pad_with(x: torch.Tensor, padding: tuple[tuple[int, int], ...], mode: str) -> torch.Tensor:
    """Pads each axis by (before, after) with copies, as numpy.pad does."""
    for dim, (before, after) in enumerate(padding):
        length = x.shape[dim]
        at = torch.arange(-before, length + after, device=x.device)
        if mode == 'wrap':
            at = at % length
        elif mode == 'edge':
            at = at.clamp(0, length - 1)
        elif mode == 'reflect':
            at = length - 1 - ((at % max(2 * length - 2, 1)) - (length - 1)).abs()
        else:
            at = at % (2 * length)
            at = torch.minimum(at, 2 * length - 1 - at)
        x = x.index_select(dim, at)
    return x`,
};

export const padOp = defineOp({
  type: 'pad',
  family: 'shape',
  doc: 'Adds places around a tensor, with zeros or copies of its border.',
  keywords: ['padding', 'border', 'zero', 'reflect', 'wrap', 'edge'],
  params: {
    padding: p.padding({ start: 1, doc: 'How many places before and after each axis: a number, or a pair for each axis.' }),
    mode: p.choice({
      default: 'constant',
      choices: ['constant', 'reflect', 'symmetric', 'edge', 'wrap'],
      doc: 'What the new places hold: a value, the mirrored numbers without or with the border, the border itself, or the other end.',
    }),
    value: p.float({ default: 0, doc: 'The value with mode constant.' }),
  },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { padding, mode }) => {
    const x = read(inputs, 'x');
    const pairs = pairsOf(padding, x.shape.length);
    const empty = x.shape.findIndex((dim, i) => dim === 0 && pairs[i]!.some((count) => count > 0));
    if (mode !== 'constant' && empty >= 0)
      rejectParam('mode', 'constant where an axis is empty', mode, `Axis ${empty} has nothing to be padded with: leave it out of padding.`);
    return { y: { shape: x.shape.map((dim, i) => addDims(dim, ...pairs[i]!)), dtype: x.dtype } };
  },
  apply: (inputs, { padding, mode, value }) => pad(read(inputs, 'x'), padding, { mode: mode as PadMode, value }),
  emit: {
    keras: (inputs, context) => {
      const { padding, mode } = context.args;
      const { shape } = needSpec(context);
      const value = context.args['value'] === 0 ? '' : `constant_values=${context.source('value')}`;
      return kerasPad(read(inputs, 'x'), context, pairsOf(padding as PaddingValue, shape.length), shape, String(mode), value);
    },
    pytorch: {
      write: ({ x }, context) => {
        const { args, spec } = context;
        const rank = rankOf(context);
        const given = args['padding'] as number | PaddingPairs;
        const pairs = (typeof given === 'number' ? Array.from({ length: rank }, () => given) : given).map((side) =>
          typeof side === 'number' ? ([side, side] as const) : side,
        );
        if (args['mode'] !== 'constant') {
          const widths = pairs.map((pair) => `(${pair.join(', ')})`).join(', ');
          return `${context.define(PAD_WITH)}(${x}, (${widths}${rank === 1 ? ',' : ''}), ${context.source('mode')})`;
        }
        // From the last axis on, and not further than there is something to do.
        const sides = pairs.toReversed().flat();
        while (sides.length > 2 && sides.at(-1) === 0 && sides.at(-2) === 0) sides.splice(-2);
        const value = args['value'] as number;
        const own =
          spec('x')?.dtype === 'float32'
            ? context.source('value')
            : String(spec('x')?.dtype === 'bool' ? (value !== 0 ? 'True' : 'False') : Math.trunc(value));
        return `F.pad(${x}, (${sides.join(', ')})${value === 0 ? '' : `, value=${own}`})`;
      },
    },
    flax: (inputs, context) => {
      context.use(JNP);
      const { padding } = context.args;
      const widths =
        Array.isArray(padding) && padding.some(Array.isArray) ? writePairs(padding as PaddingPairs) : context.source('padding');
      const rest = context.kwargs({
        drop: ['padding', ...(context.args['mode'] === 'constant' ? [] : ['value'])],
        rename: { value: 'constant_values' },
      });
      return pythonCall('jnp.pad', read(inputs, 'x'), widths, rest);
    },
    typescript: { after: ['padding'] },
  },
  onnx: ({ x }, context) => {
    const { args, node, ints, constant } = context;
    const pairs = pairsOf(args['padding'] as PaddingValue, x!.shape.length);
    const mode = args['mode'] as PadMode;
    if (mode !== 'constant') return padOnnx(x!, pairs, mode, context);
    const value = Number(args['value']);
    const own = x!.dtype === 'int32' ? Math.trunc(value) : x!.dtype === 'bool' ? Number(value !== 0) : value;
    return node('Pad', [x!.name, ints([...pairs.map(([low]) => low), ...pairs.map(([, high]) => high)]), constant(own, x!.dtype)]);
  },
  examples: [
    {
      args: {
        padding: [
          [0, 0],
          [1, 2],
        ],
      },
      inputs: { x: { shape: [2, 3] } },
    },
    {
      args: {
        padding: [
          [1, 1],
          [2, 0],
        ],
        mode: 'reflect',
      },
      inputs: { x: { shape: [3, 4] } },
    },
    { args: { padding: 1, value: 0.5 }, inputs: { x: { shape: [2, 2] } } },
  ],
});

type PaddingPairs = readonly (number | readonly [number, number])[];

/** `((1, 1), (0, 2))`: where one axis has a pair, NumPy wants one for all. */
function writePairs(padding: PaddingPairs): string {
  const pairs = padding.map((side) => (typeof side === 'number' ? `(${side}, ${side})` : `(${side.join(', ')})`));
  return `(${pairs.join(', ')}${pairs.length === 1 ? ',' : ''})`;
}
