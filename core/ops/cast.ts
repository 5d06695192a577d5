import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import type { DataType } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { read } from './shared/ports.ts';
import { JNP, operand } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * The same numbers as another type: fractions are cut off, and anything but 0 is true. No gradient but between floats. The result has the
 * shape of x; the caller disposes it. Port of jnp.astype.
 */
export function cast(x: tf.Tensor, dtype: DataType): tf.Tensor {
  return x.dtype === dtype ? tf.clone(x) : tf.cast(x, dtype);
}

export const castOp = defineOp({
  type: 'cast',
  family: 'shape',
  doc: 'Gives the numbers another type: float32, int32 or bool.',
  keywords: ['astype', 'convert', 'dtype', 'int', 'float'],
  params: { dtype: p.dtype({ default: 'float32', doc: 'The type of the result.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { dtype }) => ({ y: { shape: read(inputs, 'x').shape, dtype: dtype as DataType } }),
  apply: (inputs, { dtype }) => cast(read(inputs, 'x'), dtype as DataType),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'cast', read(inputs, 'x'), context.source('dtype')),
    pytorch: { layout: 'any', write: ({ x }, { args }) => `${operand(x!)}.to(torch.${String(args['dtype'])})` },
    flax: (inputs, { args, use }) => {
      use(JNP);
      return `${operand(read(inputs, 'x'))}.astype(jnp.${args['dtype'] === 'bool' ? 'bool_' : String(args['dtype'])})`;
    },
    typescript: { after: ['dtype'] },
  },
  onnx: ({ x }, { node, cast, outputs, refuse }) => {
    const { dtype } = outputs['y']!;
    if (!['float32', 'int32', 'bool'].includes(dtype)) return refuse(`Core computes ${dtype} in float32.`);
    return dtype === x!.dtype ? node('Identity', [x!.name]) : cast(x!, dtype);
  },
  examples: [{ inputs: { x: { shape: [2, 3], dtype: 'int32' } } }, { args: { dtype: 'int32' }, inputs: { x: { shape: [3] } } }],
});
