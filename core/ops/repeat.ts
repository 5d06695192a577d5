import { onnxRepeat } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { multiplyDims } from '../spec/dims.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { read } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { repeatAxis } from './shared/repeat-axis.ts';
import { torchMethod } from './shared/pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * Each slice along the axis `repeats` times in a row: a, a, b, b. The axis gets as many times longer. The caller disposes the result. Port
 * of jnp.repeat with one count, and the last axis as the default.
 * @throws RejectionError for axes that x does not have.
 */
export function repeat(x: tf.Tensor, repeats: number, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  const at = resolveAxis(axis, x.shape);
  return repeats === 1 ? tf.clone(x) : tf.tidy(() => repeatAxis(x, at, repeats));
}

export const repeatOp = defineOp({
  type: 'repeat',
  family: 'shape',
  doc: 'Repeats each slice along an axis, one behind the other.',
  keywords: ['copy', 'duplicate', 'upsample'],
  params: {
    repeats: p.int({ default: 2, min: 0, doc: 'How many times.' }),
    axis: p.int({ default: -1, doc: 'The axis that gets longer; -1 is the last.' }),
  },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { repeats, axis }) => {
    const x = read(inputs, 'x');
    const at = resolveAxis(axis, x.shape);
    return { y: { shape: x.shape.with(at, multiplyDims(x.shape[at]!, repeats)), dtype: x.dtype } };
  },
  apply: (inputs, { repeats, axis }) => repeat(read(inputs, 'x'), repeats, { axis }),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'repeat', read(inputs, 'x'), context.source('repeats'), `axis=${context.source('axis')}`),
    pytorch: torchMethod((x, { source }) => `${x}.repeat_interleave(${source('repeats')}, dim=${source('axis')})`),
    flax: (inputs, context) =>
      // Written out even where it is ours: jnp's own default flattens.
      emitCall('jnp.repeat', { drop: ['repeats', 'axis'] })(
        { ...inputs, repeats: context.source('repeats'), axis: `axis=${context.source('axis')}` },
        context,
      ),
    typescript: { after: ['repeats'] },
  },
  onnx: ({ x }, context) => onnxRepeat(x!, Number(context.args['axis']), Number(context.args['repeats']), context).name,
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { repeats: 3, axis: 0 }, inputs: { x: { shape: [2, 3] } } }],
});
