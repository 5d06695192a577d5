import { defineOp } from '../spec/define.ts';
import { divideDims } from '../spec/dims.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { read, requireFloat } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { emitKeras } from './shared/keras.ts';

/** The first half along `axis` times the sigmoid of the second half. Port of nnx.glu; Dauphin et al. 2016, arXiv:1612.08083. */
export function glu(x: tf.Tensor, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  return tf.tidy(() => {
    const [value, gate] = tf.split(x, 2, resolveAxis(axis, x.shape));
    return tf.mul(value!, tf.sigmoid(gate!));
  });
}

export const gluOp = defineOp({
  type: 'glu',
  family: 'activation',
  doc: 'Lets the second half of an axis decide how much of the first half passes.',
  keywords: ['gated linear unit', 'gate'],
  params: { axis: p.int({ default: -1, doc: 'The axis that is cut in two halves.' }) },
  inputs: { x: port() },
  outputs: { y: port() },
  infer: (inputs, { axis }) => {
    const x = read(inputs, 'x');
    requireFloat(x);
    const at = resolveAxis(axis, x.shape);
    const half =
      divideDims(x.shape[at]!, 2) ??
      reject({
        code: 'shape/even',
        port: 'x',
        expected: `an even length of axis ${axis}`,
        got: formatShape(x.shape),
        fix: 'Give the layer in front an even number of features, or set axis to another one.',
      });
    return { y: { shape: x.shape.with(at, half), dtype: x.dtype } };
  },
  apply: (inputs, args) => glu(read(inputs, 'x'), args),
  emit: {
    keras: emitKeras('glu', { axis: 'axis' }),
    pytorch: { write: ({ x }, { option }) => `F.glu(${x}${option('dim', 'axis', -1)})` },
    flax: emitCall('nnx.glu'),
  },
  onnx: ({ x }, { args, node, nodes }) => {
    const [value, gate] = nodes('Split', [x!.name], 2, { axis: Number(args['axis']), num_outputs: 2 }) as [string, string];
    return node('Mul', [value, node('Sigmoid', [gate])]);
  },
  examples: [{ inputs: { x: { shape: [2, 4] } } }, { args: { axis: 1 }, inputs: { x: { shape: [2, 6, 2] } } }],
});
