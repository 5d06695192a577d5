/** @file A training step of the digits classifier through core, against the same step by hand. */
import { BatchNorm } from '../layers/batch-norm.ts';
import { Dropout } from '../layers/dropout.ts';
import { Linear } from '../layers/linear.ts';
import { dispose } from '../nnx/dispose.ts';
import { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { adam } from '../optim/adam.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { key } from '../random/key.ts';
import { uniform } from '../random/uniform.ts';
import { trainStep } from '../run/step.ts';
import { tf } from '../tensor/tf.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';
import { PlainDigits } from './plain.ts';

const BATCH = 64;
/** Steps between two reads of the loss, as in the product: a read waits for the graphics card. */
const STEPS = 10;

class Digits extends Module {
  linear1: Linear;
  batchNorm: BatchNorm;
  dropout: Dropout;
  linear2: Linear;
  constructor(rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures: 64, outFeatures: 32, rngs });
    this.batchNorm = new BatchNorm({ numFeatures: 32, rngs });
    this.dropout = new Dropout({ rate: 0.2, rngs });
    this.linear2 = new Linear({ inFeatures: 32, outFeatures: 10, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => this.linear2.call(this.dropout.call(tf.relu(this.batchNorm.call(this.linear1.call(x))))));
  }
}

/** Numbers of the form of the real ones: what is measured does not depend on them. */
function batch() {
  const pixels = uniform(key(1), [BATCH * 64]);
  const labels = Int32Array.from({ length: BATCH }, (_, i) => i % 10);
  return { inputs: [tf.tensor2d(pixels, [BATCH, 64])], labels: tf.tensor1d(labels, 'int32') };
}

async function steps(step: () => tf.Tensor): Promise<void> {
  for (let i = 1; i < STEPS; i++) step().dispose();
  const loss = step();
  await loss.data();
  loss.dispose();
}

export async function benchDigitsStep(backend: string): Promise<Benchmark> {
  const data = batch();
  const model = new Digits(new Rngs(0));
  const optimizer = new Optimizer(model, adam({ learningRate: 1e-3 }));
  const plain = new PlainDigits();
  const { firstMs, secondMs, ratio } = await compare(
    { name: 'core', run: () => steps(() => trainStep(model, optimizer, data, { kind: 'crossEntropy' })) },
    { name: 'tfjs', run: () => steps(() => plain.step(data.inputs[0]!, data.labels)) },
    31,
  );
  dispose(model);
  optimizer.dispose();
  plain.dispose();
  tf.dispose([...data.inputs, data.labels]);
  const detail = `a step ${milliseconds(firstMs / STEPS)} against ${milliseconds(secondMs / STEPS)}`;
  return result('training step of the digits MLP over the same step by hand', backend, ratio, 'at most', 1.1, detail);
}
