/** @file Uniform numbers, those of jax.random.uniform from a key of a seed. */
import { foldIn, key } from '../random/key.ts';
import { uniform } from '../random/uniform.ts';
import { p } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import { defineSource, type SourceArgs } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { checkFloats, checkShapes, emitFilled, filledSource, numberOf } from './shared/filled.ts';

const params = {
  min: p.float({ default: 0, doc: 'The least number.' }),
  max: p.float({ default: 1, doc: 'Numbers are below this.' }),
  seed: p.int({ default: 0, min: 0, doc: 'Of `jax.random.key`: the first input has its numbers, input i those of fold_in(key, i).' }),
};

const boundsOf = (args: SourceArgs) => ({ min: numberOf(args, 'min', 0), max: numberOf(args, 'max', 1) });

export const uniformSource = defineSource({
  type: 'uniform',
  title: 'Uniform numbers',
  doc: 'Every input filled with uniform numbers of a seed, as jax.random.uniform gives them.',
  hasLabels: false,
  params,
  files: () => [],
  check(args, context) {
    const { min, max } = boundsOf(args);
    const order = {
      code: 'source/bounds',
      param: 'max',
      expected: `a number above the least one, ${min}`,
      got: `${max}`,
      fix: 'Raise it.',
    };
    return [...checkShapes(context), ...checkFloats(context, 'uniform'), ...(max > min ? [] : [order])];
  },
  emit: {
    flax: (args, context) => {
      context.use('import jax');
      const { min, max } = boundsOf(args);
      const start = `jax.random.key(${context.literal(numberOf(args, 'seed', 0))})`;
      const bounds = min === 0 && max === 1 ? '' : `, minval=${context.literal(min)}, maxval=${context.literal(max)}`;
      return emitFilled(
        context,
        (shape, _, at) => `jax.random.uniform(${at === 0 ? start : `jax.random.fold_in(${start}, ${at})`}, ${shape}${bounds})`,
      );
    },
  },
  open(args, context) {
    const { min, max } = boundsOf(args);
    if (!(max > min)) fail('source/bounds', `Expected a number above the least one, ${min}, got ${max}.`, 'Raise max.');
    for (const { expected, got, input } of checkFloats(context, 'uniform'))
      fail(
        'source/not-float',
        `Input "${input}": expected ${expected}, got ${got}.`,
        'Choose ones, integers or a file as the data source.',
      );
    const start = key(numberOf(args, 'seed', 0));
    return filledSource(context, (shape, at) => tf.tensor(uniform(at === 0 ? start : foldIn(start, at), shape, { min, max }), shape));
  },
});
