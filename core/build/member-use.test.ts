import { expect, it } from 'vitest';
import type { ModelDocument } from '../document/schema.ts';
import { emitDocument } from '../emit/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import type { Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { readKernel, tiedAutoencoder, tiedTable } from '../test/tied.ts';
import { buildModel, type LiveModel } from './build-model.ts';

const codeOf = (document: ModelDocument) => {
  const result = emitDocument(document, 'flax');
  return result.ok ? result.code : result.problem.message;
};
/** The gradient of the sum of the output by one Param. */
function gradientOf(document: ModelDocument, x: tf.Tensor, ...path: readonly string[]): number[] {
  const { model } = buildModel(document);
  const [value, grads] = valueAndGrad((each: LiveModel) => tf.sum(each.call(x) as tf.Tensor))(model);
  const numbers = [...((grads as { get(...path: readonly string[]): Param }).get(...path).value.dataSync() as Float32Array)];
  dispose([model, value, grads]);
  return numbers;
}
const near = (numbers: readonly number[]) => numbers.map((each) => expect.closeTo(each, 4));

it('adds the gradients of both uses of a kernel that encodes and decodes', () => {
  const x = tf.tensor2d([0.5, -1, 2, 1, 1, 0.25, -0.5, 3], [2, 4]);
  const { model } = buildModel(tiedAutoencoder());
  const { kernel, bias } = (model as unknown as { encode: { kernel: Param; bias: Param } }).encode;
  const byHand = (encoder: tf.Tensor, decoder: tf.Tensor) =>
    tf.sum(tf.matMul(tf.relu(tf.add(tf.matMul(x, encoder as tf.Tensor2D), bias.value)), decoder as tf.Tensor2D, false, true));
  const other = tf.clone(kernel.value);
  const [first, second] = tf.grads(byHand)([kernel.value, other]);
  expect(gradientOf(tiedAutoencoder(), x, 'encode', 'kernel')).toEqual(near([...tf.add(first!, second!).dataSync()]));
  dispose([model, x, other]);
});

it('gives the same whether a table is attended to or read and multiplied, values and gradients', () => {
  const ids = tf.tensor2d([0, 4, 1, 1], [2, 2], 'int32');
  const [attended, multiplied] = (['attend', 'embedding'] as const).map((decoder) =>
    gradientOf(tiedTable(decoder), ids, 'embed', 'embedding'),
  );
  expect(attended).toEqual(near(multiplied!));
  expect(attended!.some((each) => each !== 0)).toBe(true);
});

it('hands out a copy of what is read, so that who disposes the output leaves the weights, and nothing else', () => {
  const { model } = buildModel(readKernel({ inFeatures: 2, outFeatures: 3 }));
  const x = tf.zeros([1, 2]);
  dispose(model.call(x));
  const before = tf.memory().numTensors;
  const again = model.call(x) as tf.Tensor;
  expect(again.shape).toEqual([2, 3]);
  expect(again.dataSync().some((each) => each !== 0)).toBe(true);
  dispose(again);
  expect(tf.memory().numTensors).toBe(before);
  dispose([model, x]);
});

it('is written as a person would write it', () => {
  const code = codeOf(tiedAutoencoder());
  expect(code).toContain('self.encode = nnx.Linear(4, 3, rngs=rngs)');
  expect(code).toContain('jnp.transpose(self.encode.kernel[...])');
  expect(codeOf(tiedTable('attend'))).toContain('self.embed.attend(');
});
