/** @file The networks through core, as one would write them with its layers. */
import { Conv } from '../../layers/conv.ts';
import { LayerNorm } from '../../layers/layer-norm.ts';
import { Linear } from '../../layers/linear.ts';
import { MultiHeadAttention } from '../../layers/multi-head-attention.ts';
import { dispose } from '../../nnx/dispose.ts';
import { valueAndGrad } from '../../nnx/grad.ts';
import { type CallableModule, Module } from '../../nnx/module.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { startBackend } from '../../run/backend.ts';
import { tf } from '../../tensor/tf.ts';
import { makeSide } from './side.ts';
import { CLASSES, inputShape, type NetworkName, numbers, type Sizes } from './sizes.ts';

type Network = CallableModule<tf.Tensor[], tf.Tensor>;

class Mlp extends Module {
  linear1: Linear;
  linear2: Linear;
  linear3: Linear;
  constructor({ features, hidden: [first, second] }: Sizes['MLP'], rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures: features, outFeatures: first, rngs });
    this.linear2 = new Linear({ inFeatures: first, outFeatures: second, rngs });
    this.linear3 = new Linear({ inFeatures: second, outFeatures: CLASSES, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    return this.linear3.call(tf.relu(this.linear2.call(tf.relu(this.linear1.call(x)))));
  }
}

class ConvNet extends Module {
  conv1: Conv;
  conv2: Conv;
  linear: Linear;
  constructor({ side, channels, widths: [first, second] }: Sizes['convolutional net'], rngs: Rngs) {
    super();
    this.conv1 = new Conv({ inFeatures: channels, outFeatures: first, kernelSize: [3, 3], rngs });
    this.conv2 = new Conv({ inFeatures: first, outFeatures: second, kernelSize: [3, 3], strides: [2, 2], rngs });
    this.linear = new Linear({ inFeatures: Math.ceil(side / 2) ** 2 * second, outFeatures: CLASSES, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    const y = tf.relu(this.conv2.call(tf.relu(this.conv1.call(x))));
    return this.linear.call(tf.reshape(y, [x.shape[0] ?? 0, this.linear.inFeatures]));
  }
}

class TransformerBlock extends Module {
  norm1: LayerNorm;
  attention: MultiHeadAttention;
  norm2: LayerNorm;
  linear1: Linear;
  linear2: Linear;
  constructor({ width, heads }: Sizes['transformer block'], rngs: Rngs) {
    super();
    this.norm1 = new LayerNorm({ numFeatures: width, rngs });
    this.attention = new MultiHeadAttention({ numHeads: heads, inFeatures: width, decode: false, rngs });
    this.norm2 = new LayerNorm({ numFeatures: width, rngs });
    this.linear1 = new Linear({ inFeatures: width, outFeatures: 4 * width, rngs });
    this.linear2 = new Linear({ inFeatures: 4 * width, outFeatures: width, rngs });
  }
  call(x: tf.Tensor): tf.Tensor {
    const y = tf.add(x, this.attention.call(this.norm1.call(x)));
    return tf.add(y, this.linear2.call(tf.relu(this.linear1.call(this.norm2.call(y)))));
  }
}

function networkOf(name: NetworkName, sizes: Sizes): Network {
  const rngs = new Rngs(0);
  if (name === 'MLP') return new Mlp(sizes.MLP, rngs);
  return name === 'transformer block'
    ? new TransformerBlock(sizes['transformer block'], rngs)
    : new ConvNet(sizes['convolutional net'], rngs);
}

export const side = makeSide(
  async (backend) => {
    await startBackend(backend);
  },
  (name, sizes) => {
    const model = networkOf(name, sizes);
    const shape = inputShape(name, sizes);
    const x = tf.tensor(numbers(tf.util.sizeFromShape(shape), 0), shape);
    const through = valueAndGrad((model: Network) => tf.mean(tf.square(model.call(x))));
    return {
      step() {
        const [value, gradients] = through(model);
        gradients.dispose();
        return value;
      },
      dispose() {
        dispose(model);
        x.dispose();
      },
    };
  },
);
