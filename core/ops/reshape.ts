import { defineOp } from '../spec/define.ts';
import { divideDims } from '../spec/dims.ts';
import { p } from '../spec/params.ts';
import { setTo, withRest, type Mend } from '../spec/mend.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, sizeOf, type Shape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { read } from './shared/ports.ts';
import { operand } from './shared/python.ts';
import { torchMethod } from './shared/pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * The same numbers in another shape, read row by row; one -1 stands for the length that is left. The caller disposes the result. Port of
 * jnp.reshape.
 * @throws Error for a shape of another size.
 */
export function reshape(x: tf.Tensor, shape: number | readonly number[]): tf.Tensor {
  return tf.reshape(x, typeof shape === 'number' ? [shape] : [...shape]);
}

function inferReshape(from: Shape, to: readonly number[]): Shape {
  const size = sizeOf(from);
  const unknowns = to.filter((dim) => dim === -1).length;
  const known = sizeOf(to.filter((dim) => dim !== -1));
  const rest = divideDims(size, known);
  if (unknowns === 1 && rest !== undefined) return to.map((dim) => (dim === -1 ? rest : dim));
  if (unknowns === 0 && known === size) return to;
  return reject({
    code: unknowns > 1 ? 'param/shape' : 'shape/size',
    port: 'x',
    param: 'shape',
    expected: unknowns > 1 ? 'at most one -1 in the shape' : `a shape of ${size} numbers, as ${formatShape(from)} has`,
    got: unknowns === 0 ? `${formatShape(to)}, which has ${known}` : formatShape(to),
    fix:
      typeof size === 'string'
        ? 'Use -1 for the axis whose length is known only in a run, such as the batch.'
        : 'Change the shape, or use -1 for one axis.',
    mends: reshapeMends(from, to),
  });
}

/** One axis is left open; where no axis of the given shape lets that divide, all but the batch become one. */
function reshapeMends(from: Shape, to: readonly number[]): readonly Mend[] {
  const kept = to.includes(-1) ? undefined : withRest(to, sizeOf(from));
  const rest = kept ?? withRest([1, ...from.slice(1).filter((dim) => typeof dim === 'number')], sizeOf(from));
  return rest ? [setTo('shape', rest)] : [];
}

export const reshapeOp = defineOp({
  type: 'reshape',
  family: 'shape',
  doc: 'Gives the same numbers another shape, read row by row.',
  keywords: ['view', 'resize', 'rearrange'],
  params: { shape: p.ints({ doc: 'The new shape; one -1 stands for the length that is left, such as the batch.', default: [-1] }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { shape }) => {
    const x = read(inputs, 'x');
    return { y: { shape: inferReshape(x.shape, typeof shape === 'number' ? [shape] : shape), dtype: x.dtype } };
  },
  apply: (inputs, { shape }) => reshape(read(inputs, 'x'), shape),
  emit: {
    keras: (inputs, context) => {
      const shape = context.source('shape');
      return kerasOps(context, 'reshape', read(inputs, 'x'), Array.isArray(context.args['shape']) ? shape : `(${shape},)`);
    },
    pytorch: torchMethod((x, { source }) => `${x}.reshape(${source('shape')})`),
    flax: (inputs, context) => `${operand(read(inputs, 'x'))}.reshape(${context.source('shape')})`,
    typescript: { after: ['shape'] },
  },
  onnx: ({ x }, { args, node, ints }) => node('Reshape', [x!.name, ints([args['shape'] as number | number[]].flat())]),
  examples: [
    { args: { shape: [-1, 6] }, inputs: { x: { shape: [2, 2, 3] } } },
    { args: { shape: [3, 2] }, inputs: { x: { shape: [6] } } },
  ],
});
