import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { slice as sliceRanges } from '../tensor/slice.ts';
import type { tf } from '../tensor/tf.ts';
import { indexShape, parseIndex, printIndex } from './shared/index-text.ts';
import { read } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';

/** Beyond any axis: where Python leaves a number out, ONNX wants one. */
const FAR = 2 ** 31 - 1;

/**
 * The part that Python's `x[index]` gives: `slice(x, '1:3, ::-1')`. Whole numbers take their axis away, ranges may go beyond the end, steps
 * may be negative. The caller disposes the result.
 * @throws RejectionError for what Python would not understand, and places beyond an axis.
 */
export function slice(x: tf.Tensor, index: string): tf.Tensor {
  return sliceRanges(x, parseIndex(index, x.shape));
}

/** PyTorch's own brackets take no negative steps. */
const PART_OF: TorchDefinition = {
  name: 'part_of',
  imports: ['import numpy as np'],
  source: `def part_of(x: torch.Tensor, index) -> torch.Tensor:
    """x[index], also backwards."""
    places = np.array(np.arange(x.numel()).reshape(x.shape)[index])
    return x.reshape(-1)[torch.from_numpy(places).to(x.device)]`,
};

export const sliceOp = defineOp({
  type: 'slice',
  family: 'shape',
  doc: 'Takes a part out, as Python does with brackets.',
  keywords: ['index', 'crop', 'part', 'select', 'stride', 'first', 'last'],
  params: {
    index: p.text({
      default: ':',
      doc: "What stands between Python's brackets: for each axis a range such as 1:3 or ::2, or a place such as 0 or -1.",
    }),
  },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { index }) => {
    const x = read(inputs, 'x');
    return { y: { shape: indexShape(x.shape, parseIndex(index, x.shape)), dtype: x.dtype } };
  },
  apply: (inputs, { index }) => slice(read(inputs, 'x'), index),
  // Printed from what was read, never the text itself.
  emit: {
    keras: (inputs, { args }) => `${operand(read(inputs, 'x'))}[${printIndex(String(args['index']))}]`,
    pytorch: {
      write: ({ x }, context) => {
        const index = String(context.args['index']);
        const isBackwards = index.split(',').some((part) => /:[^:]*:\s*-/.test(part));
        if (!isBackwards) return `${operand(x!)}[${printIndex(index)}]`;
        return `${context.define(PART_OF)}(${x}, np.s_[${printIndex(index)}])`;
      },
    },
    flax: (inputs, { args }) => `${operand(read(inputs, 'x'))}[${printIndex(String(args['index']))}]`,
    typescript: { after: ['index'] },
  },
  onnx: ({ x }, { args, node, ints }) => {
    const parts = [...parseIndex(String(args['index']), x!.shape).entries()];
    const ranges = parts.flatMap(([axis, part]) => (typeof part === 'number' ? [] : [{ axis, ...part }]));
    const cut = ranges.filter(({ start, stop, step }) => start !== null || stop !== null || step !== 1);
    const far = (step: number) => (step > 0 ? FAR : -FAR);
    const starts = cut.map(({ start, step }) => start ?? (step > 0 ? 0 : FAR));
    const stops = cut.map(({ stop, step }) => stop ?? far(step));
    const sliced =
      cut.length === 0
        ? x!.name
        : node('Slice', [x!.name, ints(starts), ints(stops), ints(cut.map(({ axis }) => axis)), ints(cut.map(({ step }) => step))]);
    const places = parts.flatMap(([axis, part]) => (typeof part === 'number' ? [{ axis, part }] : []));
    const taken = places.reduceRight((from, { axis, part }) => node('Gather', [from, node('Squeeze', [ints([part])])], { axis }), sliced);
    return taken === x!.name ? node('Identity', [taken]) : taken;
  },
  examples: [
    { args: { index: ':, 1:' }, inputs: { x: { shape: [2, 3] } } },
    { args: { index: '..., -1' }, inputs: { x: { shape: [2, 2, 3] } } },
    { args: { index: '::-2, 1' }, inputs: { x: { shape: [4, 2] } } },
  ],
});
