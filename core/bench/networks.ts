/** @file Forward and backward passes of three networks through core, against the same mathematics by hand. */
import { Conv } from '../layers/conv.ts';
import { LayerNorm } from '../layers/layer-norm.ts';
import { Linear } from '../layers/linear.ts';
import { MultiHeadAttention } from '../layers/multi-head-attention.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import { type CallableModule, Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { key } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { tf } from '../tensor/tf.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';

/** A model of core, the same by hand, and the input of both. */
interface Pair {
  readonly name: string;
  readonly model: CallableModule<tf.Tensor[], tf.Tensor>;
  readonly plain: { readonly weights: readonly tf.Variable[]; readonly call: (x: tf.Tensor) => tf.Tensor };
  readonly inputShape: readonly number[];
}

/** So many that the median of noisy pairs is known to a hundredth. */
const ROUNDS = 101;

let seed = 1;
function tensor(shape: readonly number[]): tf.Tensor {
  return tf.tidy(() => tf.mul(tf.tensor(normal(key(seed++), shape), [...shape]), 0.1));
}
function weight(...shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tensor(shape)));
}
const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);

class Mlp extends Module {
  linear1: Linear;
  linear2: Linear;
  linear3: Linear;
  constructor(rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures: 128, outFeatures: 256, rngs });
    this.linear2 = new Linear({ inFeatures: 256, outFeatures: 128, rngs });
    this.linear3 = new Linear({ inFeatures: 128, outFeatures: 10, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    return this.linear3.call(tf.relu(this.linear2.call(tf.relu(this.linear1.call(x)))));
  }
}

function mlp(): Pair {
  const [w1, b1, w2, b2, w3, b3] = [weight(128, 256), weight(256), weight(256, 128), weight(128), weight(128, 10), weight(10)];
  const call = (x: tf.Tensor) => {
    const h1 = tf.relu(tf.add(product(x, w1), b1));
    const h2 = tf.relu(tf.add(product(h1, w2), b2));
    return tf.add(product(h2, w3), b3);
  };
  return { name: 'MLP', model: new Mlp(new Rngs(0)), plain: { weights: [w1, b1, w2, b2, w3, b3], call }, inputShape: [64, 128] };
}

class ConvNet extends Module {
  conv1: Conv;
  conv2: Conv;
  linear: Linear;
  constructor(rngs: Rngs) {
    super();
    this.conv1 = new Conv({ inFeatures: 1, outFeatures: 8, kernelSize: [3, 3], rngs });
    this.conv2 = new Conv({ inFeatures: 8, outFeatures: 16, kernelSize: [3, 3], strides: [2, 2], rngs });
    this.linear = new Linear({ inFeatures: 7 * 7 * 16, outFeatures: 10, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    const y = tf.relu(this.conv2.call(tf.relu(this.conv1.call(x))));
    return this.linear.call(tf.reshape(y, [x.shape[0] ?? 0, 7 * 7 * 16]));
  }
}

function convNet(): Pair {
  const [k1, b1, k2, b2] = [weight(3, 3, 1, 8), weight(8), weight(3, 3, 8, 16), weight(16)];
  const [w, b] = [weight(7 * 7 * 16, 10), weight(10)];
  const conv = (x: tf.Tensor, kernel: tf.Variable, strides: number) =>
    tf.conv2d(x as tf.Tensor4D, kernel as unknown as tf.Tensor4D, strides, 'same');
  const call = (x: tf.Tensor) => {
    const h1 = tf.relu(tf.add(conv(x, k1, 1), b1));
    const h2 = tf.relu(tf.add(conv(h1, k2, 2), b2));
    return tf.add(product(tf.reshape(h2, [x.shape[0] ?? 0, 7 * 7 * 16]), w), b);
  };
  return {
    name: 'convolutional net',
    model: new ConvNet(new Rngs(0)),
    plain: { weights: [k1, b1, k2, b2, w, b], call },
    inputShape: [16, 14, 14, 1],
  };
}

const WIDTH = 64;
const HEADS = 4;
const BATCH = 8;
const LENGTH = 32;

class TransformerBlock extends Module {
  norm1: LayerNorm;
  attention: MultiHeadAttention;
  norm2: LayerNorm;
  linear1: Linear;
  linear2: Linear;
  constructor(rngs: Rngs) {
    super();
    this.norm1 = new LayerNorm({ numFeatures: WIDTH, rngs });
    this.attention = new MultiHeadAttention({ numHeads: HEADS, inFeatures: WIDTH, decode: false, rngs });
    this.norm2 = new LayerNorm({ numFeatures: WIDTH, rngs });
    this.linear1 = new Linear({ inFeatures: WIDTH, outFeatures: 4 * WIDTH, rngs });
    this.linear2 = new Linear({ inFeatures: 4 * WIDTH, outFeatures: WIDTH, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    const y = tf.add(x, this.attention.call(this.norm1.call(x)));
    return tf.add(y, this.linear2.call(tf.relu(this.linear1.call(this.norm2.call(y)))));
  }
}

function transformerBlock(): Pair {
  const [s1, c1, s2, c2] = [weight(WIDTH), weight(WIDTH), weight(WIDTH), weight(WIDTH)];
  const [wq, bq, wk, bk, wv, bv] = [
    weight(WIDTH, WIDTH),
    weight(WIDTH),
    weight(WIDTH, WIDTH),
    weight(WIDTH),
    weight(WIDTH, WIDTH),
    weight(WIDTH),
  ];
  const [wo, bo, w1, b1, w2, b2] = [
    weight(WIDTH, WIDTH),
    weight(WIDTH),
    weight(WIDTH, 4 * WIDTH),
    weight(4 * WIDTH),
    weight(4 * WIDTH, WIDTH),
    weight(WIDTH),
  ];
  const norm = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
    const mean = tf.mean(x, -1, true);
    // The variance as Flax takes it, in one pass over x.
    const variance = tf.relu(tf.sub(tf.mean(tf.square(x), -1, true), tf.square(mean)));
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-6))), scale), shift);
  };
  const linear = (x: tf.Tensor, w: tf.Variable, b: tf.Variable) => {
    const rows = tf.reshape(x, [BATCH * LENGTH, w.shape[0] ?? 0]);
    return tf.reshape(tf.add(product(rows, w), b), [BATCH, LENGTH, w.shape[1] ?? 0]);
  };
  const heads = (x: tf.Tensor) => tf.transpose(tf.reshape(x, [BATCH, LENGTH, HEADS, WIDTH / HEADS]), [0, 2, 1, 3]);
  const attention = (x: tf.Tensor) => {
    const query = tf.mul(heads(linear(x, wq, bq)), 1 / Math.sqrt(WIDTH / HEADS));
    const scores = tf.softmax(tf.matMul(query, heads(linear(x, wk, bk)), false, true));
    const mixed = tf.transpose(tf.matMul(scores, heads(linear(x, wv, bv))), [0, 2, 1, 3]);
    return linear(tf.reshape(mixed, [BATCH, LENGTH, WIDTH]), wo, bo);
  };
  const call = (x: tf.Tensor) => {
    const y = tf.add(x, attention(norm(x, s1, c1)));
    return tf.add(y, linear(tf.relu(linear(norm(y, s2, c2), w1, b1)), w2, b2));
  };
  const weights = [s1, c1, s2, c2, wq, bq, wk, bk, wv, bv, wo, bo, w1, b1, w2, b2];
  return {
    name: 'transformer block',
    model: new TransformerBlock(new Rngs(0)),
    plain: { weights, call },
    inputShape: [BATCH, LENGTH, WIDTH],
  };
}

async function benchPair({ name, model, plain, inputShape }: Pair, backend: string): Promise<Benchmark> {
  const x = tensor(inputShape);
  const lossOf = (y: tf.Tensor) => tf.mean(tf.square(y)) as tf.Scalar;
  const through = valueAndGrad((model: Pair['model']) => lossOf(model.call(x)));
  const core = {
    name: 'core',
    async run() {
      const [value, gradients] = through(model);
      await value.data();
      value.dispose();
      gradients.dispose();
    },
  };
  const byHand = {
    name: 'tfjs',
    async run() {
      const { value, grads } = tf.variableGrads(() => lossOf(plain.call(x)), [...plain.weights]);
      await value.data();
      tf.dispose([value, grads]);
    },
  };
  const { firstMs, secondMs, ratio } = await compare(core, byHand, ROUNDS);
  dispose(model);
  tf.dispose([...plain.weights, x]);
  const detail = `${milliseconds(firstMs)} against ${milliseconds(secondMs)}`;
  return result(`forward and backward pass of the ${name} over the same by hand`, backend, ratio, 'at most', 1.05, detail);
}

export async function benchNetworks(backend: string): Promise<Benchmark[]> {
  const results: Benchmark[] = [];
  for (const make of [mlp, convNet, transformerBlock]) results.push(await benchPair(make(), backend));
  return results;
}
