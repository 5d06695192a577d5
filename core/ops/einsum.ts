import { common } from './shared/onnx.ts';
import { elements } from '../spec/cost.ts';
import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { einsum as contract } from '../tensor/einsum.ts';
import type { tf } from '../tensor/tf.ts';
import { inferEinsum, summedLength } from './shared/equation.ts';
import { numberedPorts, readMany } from './shared/many.ts';
import { requireType } from './shared/ports.ts';
import { JNP, operand, pythonCall } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * Products summed over the letters that the result lacks: `einsum('bij,bjk->bik', a, b)`. Any number of tensors; several are contracted
 * from left to right. Port of jnp.einsum.
 */
export function einsum(equation: string, ...xs: readonly tf.Tensor[]): tf.Tensor {
  return contract(equation, ...xs);
}

export const einsumOp = defineOp({
  type: 'einsum',
  family: 'arithmetic',
  doc: 'Multiplies and sums by letters of the axes, as Einstein wrote it.',
  keywords: ['contraction', 'tensor product', 'tensordot', 'bilinear'],
  params: {
    equation: p.text({ default: 'ij,jk->ik', doc: 'A letter for each axis of each input, and after the arrow those of the result.' }),
    inputs: p.int({ default: 2, min: 1, max: 16, doc: 'How many inputs there are.' }),
  },
  inputs: ({ inputs }) => numberedPorts('x', inputs),
  outputs: { y: port() },
  infer: (specs, { equation, inputs }) => {
    const all = readMany(specs, inputs);
    for (const [i, spec] of all.entries()) requireType(spec, ['float32', 'int32'], `x${i}`);
    return { y: inferEinsum(equation, all) };
  },
  cost: ({ inputs, outputs }, { equation }) => {
    const shapes = Object.values(inputs);
    return { multiplyAdds: shapes.length < 2 ? 0 : elements(outputs['y']!) * summedLength(equation, shapes) };
  },
  apply: (tensors, { equation, inputs }) => einsum(equation, ...readMany(tensors, inputs)),
  emit: {
    keras: (inputs, context) => kerasOps(context, 'einsum', context.source('equation'), ...Object.values(inputs)),
    pytorch: {
      write: (inputs, context) => {
        const types = new Set(Object.keys(inputs).map((port) => context.spec(port)?.dtype));
        const all = Object.entries(inputs).map(([port, x]) =>
          types.size > 1 && context.spec(port)?.dtype !== 'float32' ? `${operand(x)}.float()` : x,
        );
        return `torch.einsum(${[context.source('equation'), ...all].join(', ')})`;
      },
    },
    flax: (inputs, context) => {
      context.use(JNP);
      return pythonCall('jnp.einsum', context.source('equation'), ...Object.values(inputs));
    },
    typescript: { before: ['equation'], drop: ['inputs'] },
  },
  onnx: (inputs, { args, node, cast }) => {
    const all = Object.values(inputs);
    return node(
      'Einsum',
      all.map((each) => cast(each, common(all))),
      { equation: String(args['equation']).replaceAll(' ', '') },
    );
  },
  examples: [
    { inputs: { x0: { shape: [2, 3] }, x1: { shape: [3, 4] } } },
    { args: { equation: '...i,ij->...j' }, inputs: { x0: { shape: [2, 2, 3] }, x1: { shape: [3, 2] } } },
    { args: { equation: 'ij->ji', inputs: 1 }, inputs: { x0: { shape: [2, 3] } } },
    { args: { equation: 'ij,jk,kl->il', inputs: 3 }, inputs: { x0: { shape: [2, 3] }, x1: { shape: [3, 2] }, x2: { shape: [2, 2] } } },
  ],
});
