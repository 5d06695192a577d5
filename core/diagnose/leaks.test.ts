import { expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { diagnosed, planted, tableOf, tableRun } from '../test/planted.ts';

const table = tableOf(24, (i, random) => [random(), random(), i % 3], 'a,b,label');
const document = (outFeatures: number, learningRate = 0.1) =>
  planted({
    shape: ['batch', 2],
    nodes: {
      first: { call: 'Linear', args: { outFeatures: 8 } },
      norm: { call: 'BatchNorm' },
      tanh: { op: 'tanh' },
      scores: { call: 'Linear', args: { outFeatures } },
    },
    run: { ...tableRun(), batchSize: 8, optimizer: { type: 'sgd', args: { learningRate } } },
  });

it.each([
  ['a run', document(3), 'run'],
  ['a training', document(3), 'train'],
  ['a training that diverges', document(3, 1e38), 'train'],
  ['a training whose labels have no score', document(2), 'train'],
] as const)('a look at %s leaves no tensor behind', async (_, model, task) => {
  const before = tf.memory().numTensors;
  await diagnosed(model, { task, table, steps: 12 });
  expect(tf.memory().numTensors).toBe(before);
});
