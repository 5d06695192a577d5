/** @file Whole numbers, those of jax.random.randint from a key of a seed: ids for an Embed, say. */
import { foldIn, key } from '../random/key.ts';
import { randint } from '../random/randint.ts';
import { p } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import { defineSource, type SourceArgs } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { checkShapes, emitFilled, filledSource, numberOf } from './shared/filled.ts';

const params = {
  min: p.int({ default: 0, doc: 'The least number.' }),
  max: p.int({ default: 10, doc: 'Numbers are below this.' }),
  seed: p.int({ default: 0, min: 0, doc: 'Of `jax.random.key`: the first input has its numbers, input i those of fold_in(key, i).' }),
};

const boundsOf = (args: SourceArgs) => ({ min: numberOf(args, 'min', 0), max: numberOf(args, 'max', 10) });
const isBound = (bound: number): boolean => (bound | 0) === bound;

/** What is wrong with the bounds; undefined where nothing is. */
function fault({ min, max }: { readonly min: number; readonly max: number }) {
  const param = isBound(min) ? 'max' : 'min';
  const got = `${param === 'min' ? min : max}`;
  if (!isBound(min) || !isBound(max)) return { param, expected: 'a whole number that int32 holds', got };
  return max > min ? undefined : { param, expected: `a number above the least one, ${min}`, got };
}

export const integersSource = defineSource({
  type: 'integers',
  title: 'Whole numbers',
  doc: 'Every input filled with whole numbers of a seed, as jax.random.randint gives them.',
  hasLabels: false,
  params,
  files: () => [],
  check(args, context) {
    const bad = fault(boundsOf(args));
    return [...checkShapes(context), ...(bad ? [{ code: 'source/bounds', fix: 'Set whole numbers, min below max.', ...bad }] : [])];
  },
  emit: {
    flax: (args, context) => {
      context.use('import jax');
      const { min, max } = boundsOf(args);
      const start = `jax.random.key(${context.literal(numberOf(args, 'seed', 0))})`;
      return emitFilled(context, (shape, dtype, at) => {
        const from = at === 0 ? start : `jax.random.fold_in(${start}, ${at})`;
        const drawn = `jax.random.randint(${from}, ${shape}, ${context.literal(min)}, ${context.literal(max)})`;
        return dtype === ', jnp.int32' ? drawn : `${drawn}.astype(${dtype === '' ? 'jnp.float32' : dtype.slice(2)})`;
      });
    },
  },
  open(args, context) {
    const { min, max } = boundsOf(args);
    const bad = fault({ min, max });
    if (bad) fail('source/bounds', `Expected ${bad.expected}, got ${bad.got}.`, 'Set whole numbers, min below max.');
    const start = key(numberOf(args, 'seed', 0));
    return filledSource(context, (shape, at) =>
      tf.tidy(() => {
        const drawn = tf.tensor(randint(at === 0 ? start : foldIn(start, at), shape, min, max), shape, 'int32');
        return tf.cast(drawn, context.inputs[at]?.dtype ?? 'int32');
      }),
    );
  },
});
