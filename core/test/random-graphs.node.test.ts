/** @file Random graphs of layers and ops: the gradient of all parameters, against finite differences along a direction. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { checkDocument } from '../check/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import type { Module } from '../nnx/module.ts';
import { state } from '../nnx/split.ts';
import { Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { validDocument } from './valid-documents.ts';

const ROWS = 3;
const STEP = 4e-3;

/** Numbers between -1 and 1 without a pattern that a layer could cancel. */
const spread = (size: number, phase: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.cos(1.7 * i + phase));

/** The outputs, weighted unevenly. */
function weigh(outputs: tf.Tensor | readonly tf.Tensor[]): tf.Scalar {
  const list = Array.isArray(outputs) ? (outputs as readonly tf.Tensor[]) : [outputs as tf.Tensor];
  return tf.addN(list.map((each) => tf.sum(tf.mul(tf.cast(each, 'float32'), tf.tensor(spread(each.size, 0.4), each.shape))))) as tf.Scalar;
}

it('agrees with finite differences for random graphs of layers', () => {
  let tried = 0;
  fc.assert(
    fc.property(validDocument, (document) => {
      const before = tf.memory().numTensors;
      const { model, inputs } = buildModel(document);
      // A mask that is drawn anew in each call has no derivative.
      model.setAttributes({ deterministic: true }, { raiseIfNotFound: false });
      const check = checkDocument(document);
      const feeds = inputs.map((input, k) => {
        const shape = check.shapeOf('c1', input.id, 'out')!.shape.map((dim) => (typeof dim === 'number' ? dim : ROWS));
        return tf.tensor(
          spread(
            shape.reduce((a, b) => a * b, 1),
            k,
          ),
          shape,
        );
      });
      const loss = (m: Module) => weigh((m as typeof model).call(...feeds));
      const params = state(model, Param);
      const flat = params.flat().map(([, variable]) => variable.value as tf.Tensor);
      if (flat.length > 0) {
        const [value, grads] = valueAndGrad(loss)(model);
        const byPath = grads.flat().map(([, variable]) => (variable.value as tf.Tensor).dataSync());
        const directions = flat.map((tensor, k) => spread(tensor.size, 0.9 + k));
        const analytic = directions.reduce((sum, direction, k) => sum + direction.reduce((part, v, i) => part + v * byPath[k]![i]!, 0), 0);
        const kept = flat.map((tensor) => tensor.dataSync().slice());
        const at = (shift: number): number => {
          params.flat().forEach(([, variable], k) => {
            variable.value = tf.tensor(
              kept[k]!.map((v, i) => v + shift * directions[k]![i]!),
              variable.value.shape,
            );
          });
          return tf.tidy(() => loss(model).dataSync()[0]!);
        };
        const [ahead, behind] = [at(STEP), at(-STEP)];
        const numeric = (ahead - behind) / (2 * STEP);
        // float32 leaves about 1e-6 of the loss in each evaluation; a kink that the step crosses costs a little more.
        const noise = (4e-6 * (Math.abs(ahead) + Math.abs(value.dataSync()[0]!))) / STEP;
        expect(Math.abs(analytic - numeric)).toBeLessThanOrEqual(0.03 * Math.abs(numeric) + noise + 0.02);
        dispose([value, grads]);
        tried += 1;
      }
      dispose([feeds, model]);
      expect(tf.memory().numTensors).toBe(before);
    }),
    { seed: 3, numRuns: 30 },
  );
  expect(tried).toBeGreaterThan(10);
});
