/** @file A training step of the digits classifier through core, against the same step by hand; and what a thousand of them leave behind. */
import { dispose } from '../nnx/dispose.ts';
import { adam } from '../optim/adam.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { openModel } from '../run/open-model.ts';
import { openObjective } from '../run/objective.ts';
import { trainStep } from '../run/step.ts';
import { tf } from '../tensor/tf.ts';
import { digitsBatch } from './batch.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';
import { PlainDigits } from './plain.ts';
import { digitsDocument } from './trace.ts';

/** Steps between two reads of the loss: a read waits for the graphics card. */
const STEPS = 10;

async function steps(step: () => tf.Tensor): Promise<void> {
  for (let i = 1; i < STEPS; i++) step().dispose();
  const loss = step();
  await loss.data();
  loss.dispose();
}

/** The model of the document, as the product trains it: built, interpreted node by node. */
export async function benchDigitsStep(backend: string): Promise<Benchmark[]> {
  const batch = digitsBatch();
  const { model } = openModel(digitsDocument());
  const optimizer = new Optimizer(model, adam({ learningRate: 1e-3 }));
  const plain = new PlainDigits();
  const step = () => trainStep(model, optimizer, batch, openObjective({ loss: { type: 'crossEntropy', args: {} } }));
  const { firstMs, secondMs, ratio } = await compare(
    { name: 'core', run: () => steps(step) },
    { name: 'tfjs', run: () => steps(() => plain.step(batch.inputs[0], batch.labels)) },
    31,
  );
  plain.dispose();

  const before = tf.memory().numTensors;
  for (let i = 0; i < 1000 / STEPS; i++) await steps(step);
  const left = tf.memory().numTensors - before;
  dispose(model);
  optimizer.dispose();
  tf.dispose([...batch.inputs, batch.labels]);
  const detail = `a step ${milliseconds(firstMs / STEPS)} against ${milliseconds(secondMs / STEPS)}`;
  return [
    result('training step of the digits MLP over the same step by hand', backend, ratio, 'at most', 1.1, detail),
    result('tensors left over after 1,000 steps', backend, left, 'at most', 0, `${before} before and after`),
  ];
}
