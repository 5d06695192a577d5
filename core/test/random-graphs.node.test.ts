/** @file Random documents of layers and ops, built: their gradients against finite differences. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { checkDocument } from '../check/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { tf } from '../tensor/tf.ts';
import { expectGradient, spread } from './contract/direction.ts';
import { validDocument } from './valid-documents.ts';

const ROWS = 3;

it('agrees with finite differences for random graphs of layers, by all parameters and inputs, and leaves no tensor over', () => {
  let sloping = 0;
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
      if (expectGradient(model, feeds, (built, given) => built.call(...given)) > 1e-3) sloping += 1;
      dispose(model);
      expect(tf.memory().numTensors).toBe(before);
    }),
    { seed: 4, numRuns: 60 },
  );
  expect(sloping).toBeGreaterThan(40);
});
