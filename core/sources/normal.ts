/** @file Normal numbers, those of jax.random.normal from a key of a seed. */
import { foldIn, key } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { p } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import { defineSource } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { NUMPY_THREEFRY } from './shared/numpy-random.ts';
import { checkFloats, checkShapes, emitFilled, filledSource } from './shared/filled.ts';

const params = {
  seed: p.int({ default: 0, min: 0, doc: 'Of `jax.random.key`: the first input has its numbers, input i those of fold_in(key, i).' }),
};

const TORCH_NORMAL = [
  'def normal(key: tuple[int, int], shape: tuple[int, ...]) -> torch.Tensor:',
  '    """As jax.random.normal, but for the last digits."""',
  '    words = threefry(key, np.arange(np.prod(shape, dtype=int)))',
  '    share = ((words[:, 0] ^ words[:, 1]) >> np.uint32(9)) * 2.0**-23',
  '    # Above -1, where the inverse of the error function is infinite.',
  '    least = -1 + 2.0**-24',
  '    uniform = torch.from_numpy(np.maximum(share * (1 - least) + least, least))',
  '    return (2**0.5 * torch.erfinv(uniform)).float().reshape(shape)',
  '',
  '',
];

const KERAS_NORMAL = [
  'def normal(key: tuple[int, int], shape: tuple[int, ...]) -> np.ndarray:',
  '    """As jax.random.normal, but for the last digits."""',
  '    words = threefry(key, np.arange(np.prod(shape, dtype=int)))',
  '    share = ((words[:, 0] ^ words[:, 1]) >> np.uint32(9)) * 2.0**-23',
  '    # Above -1, where the inverse of the error function is infinite.',
  '    least = -1 + 2.0**-24',
  "    uniform = np.maximum(share * (1 - least) + least, least).astype('float32')",
  '    return ops.convert_to_numpy(2**0.5 * ops.erfinv(uniform)).reshape(shape)',
  '',
  '',
];

export const normalSource = defineSource({
  type: 'normal',
  title: 'Normal numbers',
  doc: 'Every input filled with normal numbers of a seed, as jax.random.normal gives them.',
  hasLabels: false,
  params,
  files: () => [],
  check: (_, context) => [...checkShapes(context), ...checkFloats(context, 'normal')],
  emit: {
    keras: (args, context) => {
      context.use('import numpy as np');
      const start = `(0, ${context.literal(typeof args['seed'] === 'number' ? args['seed'] : 0)})`;
      const make = (shape: string, _: string, at: number) => `normal(${at === 0 ? start : `fold_in(${start}, ${at})`}, ${shape})`;
      return emitFilled(context, make, { library: 'numpy', helpers: [...NUMPY_THREEFRY, ...KERAS_NORMAL] });
    },
    pytorch: (args, context) => {
      context.use('import numpy as np');
      const start = `(0, ${context.literal(typeof args['seed'] === 'number' ? args['seed'] : 0)})`;
      const make = (shape: string, _: string, at: number) => `normal(${at === 0 ? start : `fold_in(${start}, ${at})`}, ${shape})`;
      return emitFilled(context, make, { library: 'torch', helpers: [...NUMPY_THREEFRY, ...TORCH_NORMAL] });
    },
    flax: (args, context) => {
      context.use('import jax');
      const start = `jax.random.key(${context.literal(typeof args['seed'] === 'number' ? args['seed'] : 0)})`;
      return emitFilled(
        context,
        (shape, _, at) => `jax.random.normal(${at === 0 ? start : `jax.random.fold_in(${start}, ${at})`}, ${shape})`,
      );
    },
  },
  open(args, context) {
    for (const { name, dtype } of context.inputs)
      if (dtype !== 'float32')
        fail(
          'source/not-float',
          `Input "${name}" takes ${dtype}: normal numbers are float32.`,
          'Choose ones or a CSV file as the data source.',
        );
    const start = key(typeof args['seed'] === 'number' ? args['seed'] : 0);
    return filledSource(context, (shape, at) => tf.tensor(normal(at === 0 ? start : foldIn(start, at), shape), shape));
  },
});
