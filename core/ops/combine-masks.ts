import { ValueError } from '../nnx/errors.ts';
import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { broadcastShapes, formatShape } from '../spec/shape.ts';
import { reject } from '../spec/reject.ts';
import { tf } from '../tensor/tf.ts';
import { read } from './shared/ports.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * What all masks let through, as 0 and 1, broadcast against each other; null among them counts as no mask, and nothing but null gives
 * null. One mask alone comes back as float32. The caller disposes the result.
 * Port of nnx.combine_masks.
 * @throws ValueError if the masks have different numbers of axes.
 */
export function combineMasks(...masks: readonly (tf.Tensor | null | undefined)[]): tf.Tensor | null {
  const given = masks.filter((mask) => mask !== null && mask !== undefined);
  if (given.length === 0) return null;
  if (given.some(({ rank }) => rank !== given[0]!.rank)) {
    throw new ValueError(
      `masks must have same rank, but got (${given.map(({ rank }) => rank).join(', ')}). Add axes of length 1 where they lack.`,
    );
  }
  return tf.tidy(() =>
    // A single mask keeps its numbers, as in Flax.
    given.length === 1
      ? tf.cast(given[0]!, 'float32')
      : tf.cast(
          given.map((mask) => tf.cast(mask, 'bool')).reduce((a, b) => tf.logicalAnd(a, b)),
          'float32',
        ),
  );
}

export const combineMasksOp = defineOp({
  type: 'combineMasks',
  family: 'attention',
  doc: 'Lets through what both attention masks let through.',
  keywords: ['logical and', 'attention mask'],
  params: {},
  inputs: { a: port(), b: port() },
  outputs: { mask: port() },
  infer: (inputs) => {
    const [a, b] = [read(inputs, 'a'), read(inputs, 'b')];
    const shape = a.shape.length === b.shape.length ? broadcastShapes(a.shape, b.shape) : undefined;
    if (!shape) {
      return reject({
        code: 'shape/broadcast',
        port: 'b',
        expected: `a mask with as many axes as ${formatShape(a.shape)}, of equal lengths or 1`,
        got: formatShape(b.shape),
        fix: 'Add axes of length 1 with expandDims, or wire masks of one shape.',
      });
    }
    return { mask: { shape, dtype: 'float32' } };
  },
  apply: (inputs) => combineMasks(read(inputs, 'a'), read(inputs, 'b'))!,
  emit: {
    keras: ({ a, b }, context) => kerasOps(context, 'cast', kerasOps(context, 'logical_and', a!, b!), "'float32'"),
    pytorch: { write: ({ a, b }) => `((${a} != 0) & (${b} != 0)).float()` },
    flax: ({ a, b }) => `nnx.combine_masks(${a}, ${b})`,
    typescript: ({ a, b }, { use }) => `${use('ops')}.combineMasks(${a}, ${b})!`,
  },
  onnx: ({ a, b }, { node, cast }) => cast({ name: node('And', [cast(a!, 'bool'), cast(b!, 'bool')]), dtype: 'bool' }, 'float32'),
  examples: [
    { inputs: { a: { shape: [2, 1, 3, 3], dtype: 'bool' }, b: { shape: [1, 1, 3, 3], dtype: 'bool' } } },
    { inputs: { a: { shape: [2, 1, 1, 3], dtype: 'float32' }, b: { shape: [1, 1, 3, 3], dtype: 'bool' } } },
  ],
});
