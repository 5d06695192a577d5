import { common } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { reshaping } from '../spec/mend.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, sameShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { wider } from './shared/elementwise.ts';
import { inputsParam, joinPromoted, numberedPorts, readMany } from './shared/many.ts';
import { JNP, pythonCall } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/** The tensors side by side along a new axis, in the widest of their types; all have one shape. The caller disposes the result. Port of jnp.stack. */
export function stack(xs: readonly tf.Tensor[], { axis = 0 }: { readonly axis?: number } = {}): tf.Tensor {
  const at = axis < 0 ? axis + (xs[0]?.rank ?? 0) + 1 : axis;
  return joinPromoted(xs, (all) => tf.stack(all, at));
}

export const stackOp = defineOp({
  type: 'stack',
  family: 'shape',
  doc: 'Puts tensors of one shape side by side along a new axis.',
  keywords: ['pack', 'join', 'new axis'],
  params: {
    inputs: inputsParam,
    axis: p.int({ default: 0, doc: 'Where the new axis stands in the result; -1 is last.' }),
  },
  inputs: ({ inputs }) => numberedPorts('x', inputs),
  outputs: { y: port() },
  infer: (specs, { inputs, axis }) => {
    const all = readMany(specs, inputs);
    const { shape } = all[0]!;
    for (const [i, other] of all.entries())
      if (!sameShape(other.shape, shape))
        reject({
          code: 'shape/stack',
          port: `x${i}`,
          expected: `the shape of "x0", ${formatShape(shape)}`,
          got: formatShape(other.shape),
          fix: 'Make the shapes agree, or join along an axis that is there with concatenate.',
          mends: reshaping(`x${i}`, other.shape, shape),
        });
    const at = resolveAxis(axis, shape, 'axis', shape.length + 1);
    return { y: { shape: shape.toSpliced(at, 0, inputs), dtype: all.map(({ dtype }) => dtype).reduce(wider) } };
  },
  apply: (tensors, { inputs, axis }) => stack(readMany(tensors, inputs), { axis }),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'stack', `[${Object.values(inputs).join(', ')}]`, `axis=${context.source('axis')}`),
    pytorch: { write: (inputs, { option }) => `torch.stack([${Object.values(inputs).join(', ')}]${option('dim', 'axis', 0)})` },
    flax: (inputs, context) => {
      context.use(JNP);
      return pythonCall('jnp.stack', `[${Object.values(inputs).join(', ')}]`, context.kwargs({ drop: ['inputs'] }));
    },
    typescript: { array: true, drop: ['inputs'] },
  },
  onnx: (inputs, { args, node, cast, ints }) => {
    const all = Object.values(inputs);
    const axis = Number(args['axis']);
    const rows = all.map((each) => node('Unsqueeze', [cast(each, common(all)), ints([axis])]));
    return node('Concat', rows, { axis });
  },
  examples: [
    { inputs: { x0: { shape: [2, 3] }, x1: { shape: [2, 3] } } },
    { args: { inputs: 3, axis: -1 }, inputs: { x0: { shape: [2] }, x1: { shape: [2] }, x2: { shape: [2] } } },
  ],
});
