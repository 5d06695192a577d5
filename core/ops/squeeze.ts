import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { toDefault } from '../spec/mend.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, type Shape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxes } from './shared/axes.ts';
import { read } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { torchMethod } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * Without these axes, which have length 1; none given takes all such axes away. The caller disposes the result. Port of jnp.squeeze.
 * @throws RejectionError for an axis of another length.
 */
export function squeeze(x: tf.Tensor, { axis = null }: { readonly axis?: number | readonly number[] | null } = {}): tf.Tensor {
  return tf.reshape(x, squeezed(x.shape, axis) as number[]);
}

function squeezed(shape: Shape, axis: number | readonly number[] | null): Shape {
  if (axis === null) return shape.filter((dim) => dim !== 1);
  const axes = resolveAxes(axis, shape);
  const long = axes.find((each) => shape[each] !== 1);
  if (long !== undefined)
    reject({
      code: 'shape/squeeze',
      port: 'x',
      param: 'axis',
      expected: `length 1 of axis ${long}`,
      got: `${String(shape[long])} in ${formatShape(shape)}`,
      fix: 'Name the axes of length 1, or reduce the axis with mean or sum.',
      mends: [toDefault('axis', null)],
    });
  return shape.filter((_, i) => !axes.includes(i));
}

export const squeezeOp = defineOp({
  type: 'squeeze',
  family: 'shape',
  doc: 'Takes axes of length 1 away.',
  keywords: ['remove axis', 'drop axis'],
  params: { axis: p.ints.nullable({ doc: 'The axes to take away; none given means all of length 1.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { axis }) => {
    const x = read(inputs, 'x');
    return { y: { shape: squeezed(x.shape, axis), dtype: x.dtype } };
  },
  apply: (inputs, args) => squeeze(read(inputs, 'x'), args),
  emit: {
    keras: emitKeras('squeeze', { axis: 'axis' }),
    pytorch: torchMethod((x, { args, source }) => `${x}.squeeze(${args['axis'] === null ? '' : source('axis')})`),
    flax: emitCall('jnp.squeeze'),
  },
  onnx: ({ x }, { args, node, ints }) => {
    const { axis } = args as { readonly axis: number | readonly number[] | null };
    const axes = axis === null ? x!.shape.flatMap((dim, i) => (dim === 1 ? [i] : [])) : [axis].flat();
    return axes.length === 0 ? node('Identity', [x!.name]) : node('Squeeze', [x!.name, ints(axes)]);
  },
  examples: [{ inputs: { x: { shape: [2, 1, 3, 1] } } }, { args: { axis: -1 }, inputs: { x: { shape: [1, 3, 1] } } }],
});
