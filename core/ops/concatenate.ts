import { common } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { addDims } from '../spec/dims.ts';
import { reshaping, setTo, type Mend } from '../spec/mend.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, type TensorSpec } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { wider } from './shared/elementwise.ts';
import { inputsParam, joinPromoted, numberedPorts, readMany } from './shared/many.ts';
import { JNP, pythonCall } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * The tensors one behind the other along `axis`, in the widest of their types; all other axes agree. The caller disposes the result.
 * Port of jnp.concatenate, with the last axis as the default.
 */
export function concatenate(xs: readonly tf.Tensor[], { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  return joinPromoted(xs, (all) => tf.concat(all, axis));
}

function join(specs: readonly TensorSpec[], axis: number): TensorSpec {
  const first = specs[0]!;
  const along = resolveAxis(axis, first.shape);
  for (const [i, { shape }] of specs.entries()) {
    const fits = shape.length === first.shape.length && shape.every((dim, k) => k === along || dim === first.shape[k]);
    if (!fits)
      reject({
        code: 'shape/concatenate',
        port: `x${i}`,
        expected: `${formatShape(first.shape.map((dim, k) => (k === along ? 'any' : dim)))} as "x0" has`,
        got: formatShape(shape),
        fix: `Make all axes but axis ${axis} agree, or set axis to the one that differs.`,
        mends: [...otherAxis(specs, along), ...reshaping(`x${i}`, shape, first.shape.with(along, shape[along] ?? 1))],
      });
  }
  return {
    shape: first.shape.with(along, addDims(...specs.map(({ shape }) => shape[along]!))),
    dtype: specs.map(({ dtype }) => dtype).reduce(wider),
  };
}

/** The one axis along which the inputs differ, where it is not the one that was given. */
function otherAxis(specs: readonly TensorSpec[], along: number): readonly Mend[] {
  const [first, ...others] = specs.map(({ shape }) => shape);
  if (others.some(({ length }) => length !== first!.length)) return [];
  const differing = first!.flatMap((dim, axis) => (others.some((shape) => shape[axis] !== dim) ? [axis] : []));
  return differing.length === 1 && differing[0] !== along ? [setTo('axis', differing[0]!)] : [];
}

export const concatenateOp = defineOp({
  type: 'concatenate',
  family: 'shape',
  doc: 'Joins tensors one behind the other along an axis that they have.',
  keywords: ['concat', 'cat', 'join', 'merge', 'skip connection'],
  params: {
    inputs: inputsParam,
    axis: p.int({ default: -1, doc: 'The axis along which they are joined; -1 is the last.' }),
  },
  inputs: ({ inputs }) => numberedPorts('x', inputs),
  outputs: { y: port() },
  infer: (specs, { inputs, axis }) => ({ y: join(readMany(specs, inputs), axis) }),
  apply: (tensors, { inputs, axis }) => concatenate(readMany(tensors, inputs), { axis }),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'concatenate', `[${Object.values(inputs).join(', ')}]`, `axis=${context.source('axis')}`),
    pytorch: { write: (inputs, { source }) => `torch.cat([${Object.values(inputs).join(', ')}], dim=${source('axis')})` },
    flax: (inputs, context) => {
      context.use(JNP);
      // Written out even where it is ours: jnp's own default is 0.
      return pythonCall('jnp.concatenate', `[${Object.values(inputs).join(', ')}]`, `axis=${context.source('axis')}`);
    },
    typescript: { array: true, drop: ['inputs'] },
  },
  onnx: (inputs, { args, node, cast }) => {
    const all = Object.values(inputs);
    return node(
      'Concat',
      all.map((each) => cast(each, common(all))),
      { axis: Number(args['axis']) },
    );
  },
  examples: [
    { inputs: { x0: { shape: [2, 3] }, x1: { shape: [2, 2] } } },
    { args: { inputs: 3, axis: 1 }, inputs: { x0: { shape: [2, 1, 2] }, x1: { shape: [2, 2, 2] }, x2: { shape: [2, 3, 2] } } },
  ],
});
