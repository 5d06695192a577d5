/** @file The networks by hand on TensorFlow.js as published, with nothing of core loaded: none of its mends is paid for here. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import { makeSide } from './side.ts';
import { CLASSES, inputShape, type NetworkName, numbers, type Sizes } from './sizes.ts';

let seed = 1;
const tensor = (shape: readonly number[]): tf.Tensor => tf.tensor(numbers(tf.util.sizeFromShape([...shape]), seed++), [...shape]);
const weight = (...shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tensor(shape)));
const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);

interface Plain {
  readonly weights: tf.Variable[];
  readonly call: (x: tf.Tensor) => tf.Tensor;
}

function mlp({ features, hidden: [first, second] }: Sizes['MLP']): Plain {
  const [w1, b1, w2, b2] = [weight(features, first), weight(first), weight(first, second), weight(second)];
  const [w3, b3] = [weight(second, CLASSES), weight(CLASSES)];
  const call = (x: tf.Tensor) => {
    const h1 = tf.relu(tf.add(product(x, w1), b1));
    const h2 = tf.relu(tf.add(product(h1, w2), b2));
    return tf.add(product(h2, w3), b3);
  };
  return { weights: [w1, b1, w2, b2, w3, b3], call };
}

function convNet({ batch, side, channels, widths: [first, second] }: Sizes['convolutional net']): Plain {
  const [k1, b1, k2, b2] = [weight(3, 3, channels, first), weight(first), weight(3, 3, first, second), weight(second)];
  const flat = Math.ceil(side / 2) ** 2 * second;
  const [w, b] = [weight(flat, CLASSES), weight(CLASSES)];
  const conv = (x: tf.Tensor, kernel: tf.Variable, strides: number) =>
    tf.conv2d(x as tf.Tensor4D, kernel as unknown as tf.Tensor4D, strides, 'same');
  const call = (x: tf.Tensor) => {
    const h1 = tf.relu(tf.add(conv(x, k1, 1), b1));
    const h2 = tf.relu(tf.add(conv(h1, k2, 2), b2));
    return tf.add(product(tf.reshape(h2, [batch, flat]), w), b);
  };
  return { weights: [k1, b1, k2, b2, w, b], call };
}

function transformerBlock({ batch, length, width, heads }: Sizes['transformer block']): Plain {
  const [s1, c1, s2, c2] = [weight(width), weight(width), weight(width), weight(width)];
  const square = () => [weight(width, width), weight(width)] as const;
  const [[wq, bq], [wk, bk], [wv, bv], [wo, bo]] = [square(), square(), square(), square()];
  const [w1, b1, w2, b2] = [weight(width, 4 * width), weight(4 * width), weight(4 * width, width), weight(width)];
  const norm = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
    const mean = tf.mean(x, -1, true);
    // The variance as Flax takes it, in one pass over x.
    const variance = tf.relu(tf.sub(tf.mean(tf.square(x), -1, true), tf.square(mean)));
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-6))), scale), shift);
  };
  const linear = (x: tf.Tensor, w: tf.Variable, b: tf.Variable) => {
    const rows = tf.reshape(x, [batch * length, w.shape[0] ?? 0]);
    return tf.reshape(tf.add(product(rows, w), b), [batch, length, w.shape[1] ?? 0]);
  };
  const split = (x: tf.Tensor) => tf.transpose(tf.reshape(x, [batch, length, heads, width / heads]), [0, 2, 1, 3]);
  const attention = (x: tf.Tensor) => {
    const query = tf.mul(split(linear(x, wq, bq)), 1 / Math.sqrt(width / heads));
    const scores = tf.softmax(tf.matMul(query, split(linear(x, wk, bk)), false, true));
    const mixed = tf.transpose(tf.matMul(scores, split(linear(x, wv, bv))), [0, 2, 1, 3]);
    return linear(tf.reshape(mixed, [batch, length, width]), wo, bo);
  };
  const call = (x: tf.Tensor) => {
    const y = tf.add(x, attention(norm(x, s1, c1)));
    return tf.add(y, linear(tf.relu(linear(norm(y, s2, c2), w1, b1)), w2, b2));
  };
  return { weights: [s1, c1, s2, c2, wq, bq, wk, bk, wv, bv, wo, bo, w1, b1, w2, b2], call };
}

function plainOf(name: NetworkName, sizes: Sizes): Plain {
  if (name === 'MLP') return mlp(sizes.MLP);
  return name === 'transformer block' ? transformerBlock(sizes['transformer block']) : convNet(sizes['convolutional net']);
}

export const side = makeSide(
  async (backend) => {
    // Without it there is no WebGL on a machine that draws in software.
    tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
    await tf.setBackend(backend);
  },
  (name, sizes) => {
    const { weights, call } = plainOf(name, sizes);
    const x = tensor(inputShape(name, sizes));
    return {
      step() {
        const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(call(x))), weights);
        tf.dispose(grads);
        return value;
      },
      dispose: () => tf.dispose([...weights, x]),
    };
  },
);
