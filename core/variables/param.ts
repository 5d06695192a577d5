/** @file Param: a weight of the class's own, as a value. The attribute holds the Variable itself, no Module. */
import { draw, toParam } from '../layers/shared/initialize.ts';
import { defineVariable, p } from '../spec/index.ts';

const IMPORT = 'import jax.numpy as jnp';
const FLOATS = ['float32', 'float16', 'bfloat16'];

/** `self.scale = nnx.Param(initializer(rngs.params(), shape, dtype))`. Draws one key of the stream `params`, whatever the initializer. */
export const paramVariable = defineVariable({
  type: 'Param',
  family: 'dense',
  doc: 'A weight of one’s own: a tensor that is trained, as a value to wire.',
  keywords: ['Variable', 'weight', 'parameter', 'nn.Parameter', 'scale', 'bias', 'learned constant', 'token'],
  params: {
    shape: p.ints({ min: 1, start: [64], doc: 'The lengths of its axes.' }),
    init: p.initializer({ default: 'ones', doc: 'How it starts.' }),
    dtype: p.dtype({
      default: 'float32',
      choices: FLOATS,
      advanced: true,
      doc: 'Type of number in exported code. Here it is float32.',
    }),
  },
  infer: (_, { shape }) => ({ value: { shape: [shape].flat(), dtype: 'float32' } }),
  make: ({ shape, init }, { rngs }) => toParam(draw(rngs, init, [shape].flat())),
  emit: {
    keras: {
      construct(context) {
        const shape = context.source('shape');
        const tuple = Array.isArray(context.args['shape']) ? shape : `(${shape},)`;
        return `self.add_weight(shape=${tuple}, initializer=${context.source('init')})`;
      },
    },
    flax: {
      construct(context) {
        context.use(IMPORT);
        const shape = context.source('shape');
        const tuple = Array.isArray(context.args['shape']) ? shape : `(${shape},)`;
        return `nnx.Param(${context.source('init')}(rngs.params(), ${tuple}, ${context.source('dtype')}))`;
      },
    },
    pytorch: {
      construct({ args, source }) {
        const shape = Array.isArray(args['shape']) ? source('shape') : `(${source('shape')},)`;
        return `nn.Parameter(torch.${args['init'] === 'zeros' ? 'zeros' : 'ones'}(${shape}))`;
      },
    },
    typescript: {
      construct({ args, source, use }) {
        const shape = Array.isArray(args['shape']) ? source('shape') : `[${source('shape')}]`;
        const numbers = `${use('toInitializer')}(${source('init')})(rngs.params(), ${shape})`;
        return `new ${use('Param')}(${use('tf')}.tensor(${numbers}, ${shape}))`;
      },
    },
  },
  examples: [{ args: { shape: [3] }, inputs: {} }],
});
