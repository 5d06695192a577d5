import { knownLength } from '../spec/onnx.ts';
import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { emitCall } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';
import { read } from './shared/ports.ts';

/**
 * Everything `shift` places further along the axis; what falls off the end comes back at the start. The result has the shape of x; the
 * caller disposes it. Port of jnp.roll with the last axis as the default.
 * @throws RejectionError for axes that x does not have.
 */
export function roll(x: tf.Tensor, shift: number, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  const at = resolveAxis(axis, x.shape);
  const length = x.shape[at]!;
  const wrapped = length === 0 ? 0 : ((shift % length) + length) % length;
  if (wrapped === 0) return tf.clone(x);
  return tf.tidy(() => {
    const [front, back] = tf.split(x, [length - wrapped, wrapped], at);
    return tf.concat([back!, front!], at);
  });
}

export const rollOp = defineElementwiseOp({
  type: 'roll',
  family: 'shape',
  doc: 'Moves everything along an axis; what falls off the end comes back at the start.',
  keywords: ['shift', 'rotate', 'circular'],
  dtypes: ['float32', 'int32', 'bool'],
  params: {
    shift: p.int({ default: 1, doc: 'How many places further; negative moves back.' }),
    axis: p.int({ default: -1, doc: 'The axis along which it moves; -1 is the last.' }),
  },
  apply: (x, { shift, axis }) => roll(x, shift, { axis }),
  check: (x, { axis }) => void resolveAxis(axis, x.shape),
  // Written out even where it is ours: jnp's own default flattens.
  typescript: { after: ['shift'] },
  pytorch: { write: ({ x }, { source }) => `torch.roll(${x}, ${source('shift')}, dims=${source('axis')})` },
  keras: (inputs, context) => kerasOps(context, 'roll', read(inputs, 'x'), context.source('shift'), `axis=${context.source('axis')}`),
  flax: (inputs, context) =>
    emitCall('jnp.roll', { drop: ['shift', 'axis'] })(
      { ...inputs, shift: context.source('shift'), axis: `axis=${context.source('axis')}` },
      context,
    ),
  onnx: ({ x }, context) => {
    const { args, node } = context;
    const axis = resolveAxis(Number(args['axis']), x!.shape);
    const length = knownLength(x!, axis, context);
    const shift = ((Number(args['shift']) % length) + length) % length;
    if (shift === 0) return node('Identity', [x!.name]);
    const parts = context.nodes('Split', [x!.name, context.ints([length - shift, shift])], 2, { axis });
    return node('Concat', parts.toReversed(), { axis });
  },
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { shift: -2, axis: 0 }, inputs: { x: { shape: [5, 2] } } }],
});
