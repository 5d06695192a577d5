/** @file Every input filled with ones. */
import { defineSource } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { checkShapes, emitFilled, filledSource } from './shared/filled.ts';

export const onesSource = defineSource({
  type: 'ones',
  title: 'Ones',
  doc: 'Every input filled with ones.',
  hasLabels: false,
  params: {},
  files: () => [],
  check: (_, context) => checkShapes(context),
  emit: {
    flax: (_, context) => emitFilled(context, (shape, dtype) => `jnp.ones(${shape}${dtype})`),
    keras: (_, context) => emitFilled(context, (shape, dtype) => `np.ones(${shape}${dtype})`, { library: 'numpy' }),
    pytorch: (_, context) => emitFilled(context, (shape, dtype) => `torch.ones(${shape}${dtype})`, { library: 'torch' }),
  },
  open: (_, context) => filledSource(context, (shape, at) => tf.ones(shape, context.inputs[at]?.dtype ?? 'float32')),
});
