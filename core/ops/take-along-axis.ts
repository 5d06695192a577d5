import type { OnnxValue } from '../spec/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { broadcastShapes, formatShape } from '../spec/shape.ts';
import { takeAlongAxis as takeAlong } from '../tensor/take.ts';
import type { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { read, requireType } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * For each place of the indices the number that stands there along the axis; on all other axes the shapes are broadcast against each
 * other. Indices out of range as with `take`. The caller disposes the result. Port of jnp.take_along_axis.
 */
export function takeAlongAxis(x: tf.Tensor, indices: tf.Tensor, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  return takeAlong(x, indices, resolveAxis(axis, x.shape));
}

const TAKE_ALONG: TorchDefinition = {
  name: 'take_along',
  source: `def take_along(x: torch.Tensor, indices: torch.Tensor, dim: int) -> torch.Tensor:
    """Picks along an axis; negative indices count from the end."""
    indices = indices.long()
    return torch.take_along_dim(x, torch.where(indices < 0, indices + x.shape[dim], indices), dim)`,
};

export const takeAlongAxisOp = defineOp({
  type: 'takeAlongAxis',
  family: 'shape',
  doc: 'Picks numbers along an axis, by indices of their own for every place.',
  keywords: ['gather', 'index', 'lookup', 'argsort'],
  params: { axis: p.int({ default: -1, doc: 'The axis along which they are picked; -1 is the last.' }) },
  inputs: {
    x: port({ minRank: 1 }),
    indices: port({ dtype: 'int32', doc: 'As many axes as "x", and the same lengths, or 1, but along the axis.' }),
  },
  outputs: { y: port() },
  infer: (inputs, { axis }) => {
    const [x, indices] = [read(inputs, 'x'), read(inputs, 'indices')];
    requireType(indices, ['int32'], 'indices');
    const at = resolveAxis(axis, x.shape);
    const shape = indices.shape.length === x.shape.length && broadcastShapes(x.shape.with(at, 1), indices.shape);
    if (!shape)
      return reject({
        code: 'shape/indices',
        port: 'indices',
        expected: `${formatShape(x.shape.map((dim, i) => (i === at ? 'any' : dim)))} as "x" has`,
        got: formatShape(indices.shape),
        fix: 'Give the indices the lengths of "x" on all other axes, or 1, or use take.',
      });
    return { y: { shape, dtype: x.dtype } };
  },
  apply: (inputs, args) => takeAlongAxis(read(inputs, 'x'), read(inputs, 'indices'), args),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'take_along_axis', ...Object.values(inputs), `axis=${context.source('axis')}`),
    pytorch: { write: ({ x, indices }, context) => `${context.define(TAKE_ALONG)}(${x}, ${indices}, ${context.source('axis')})` },
    flax: (inputs, context) =>
      emitCall('jnp.take_along_axis', { drop: ['axis'] })({ ...inputs, axis: `axis=${context.source('axis')}` }, context),
  },
  onnx: ({ x, indices }, context) => {
    const { args, node, ints } = context;
    const axis = resolveAxis(Number(args['axis']), x!.shape);
    const widened = ({ name, shape }: OnnxValue, other: OnnxValue) => {
      const isSame = shape.every((dim, i) => i === axis || dim === other.shape[i] || other.shape[i] === 1);
      const target = shape.map((dim, i) => (i === axis || dim !== 1 ? 1 : other.shape[i]!));
      if (isSame) return name;
      if (target.some((dim) => typeof dim !== 'number')) context.refuse('It is stretched to a length that is known only in a run.');
      return node('Expand', [name, ints(target as readonly number[])]);
    };
    return node('GatherElements', [widened(x!, indices!), widened(indices!, x!)], { axis });
  },
  examples: [
    { inputs: { x: { shape: [2, 3] }, indices: { shape: [2, 2], dtype: 'int32', below: 3 } } },
    { args: { axis: 0 }, inputs: { x: { shape: [3, 2] }, indices: { shape: [2, 2], dtype: 'int32', below: 3 } } },
  ],
});
