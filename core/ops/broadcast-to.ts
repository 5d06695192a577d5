import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { broadcastShapes, formatShape, sameShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { read } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { torchMethod } from './shared/pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * The tensor repeated along axes of length 1, and along new axes in front, up to a shape. The caller disposes the result. Port of
 * jnp.broadcast_to.
 * @throws Error for a shape that x does not broadcast to.
 */
export function broadcastTo(x: tf.Tensor, shape: number | readonly number[]): tf.Tensor {
  return tf.broadcastTo(x, [shape].flat());
}

export const broadcastToOp = defineOp({
  type: 'broadcastTo',
  family: 'shape',
  doc: 'Repeats a tensor along axes of length 1 up to a shape.',
  keywords: ['expand', 'repeat'],
  params: { shape: p.ints({ start: [1], doc: 'The shape of the result.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { shape }) => {
    const x = read(inputs, 'x');
    const wanted = [shape].flat();
    const common = broadcastShapes(x.shape, wanted);
    if (!common || !sameShape(common, wanted))
      reject({
        code: 'shape/broadcast',
        port: 'x',
        param: 'shape',
        expected: `a shape that broadcasts to ${formatShape(wanted)}: from the last axis on, equal lengths or 1`,
        got: formatShape(x.shape),
        fix: 'Change the shape, or add axes of length 1 with expandDims first.',
      });
    return { y: { shape: wanted, dtype: x.dtype } };
  },
  apply: (inputs, { shape }) => broadcastTo(read(inputs, 'x'), shape),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'broadcast_to', read(inputs, 'x'), context.source('shape')),
    pytorch: torchMethod(
      (x, { args, source }) => `${x}.broadcast_to(${Array.isArray(args['shape']) ? source('shape') : `(${source('shape')},)`})`,
    ),
    flax: (inputs, context) => emitCall('jnp.broadcast_to', { drop: ['shape'] })({ ...inputs, shape: context.source('shape') }, context),
    typescript: { after: ['shape'] },
  },
  onnx: ({ x }, { args, node, ints }) => node('Expand', [x!.name, ints([args['shape'] as number | number[]].flat())]),
  examples: [{ args: { shape: [2, 3, 4] }, inputs: { x: { shape: [3, 1] } } }],
});
