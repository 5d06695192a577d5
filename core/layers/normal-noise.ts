/**
 * @file NormalNoise: random numbers in the shape of what comes in. Flax has no such layer: its code is a small class of the model's own file,
 * which takes its stream as nnx.Dropout does and draws by jax.random.normal.
 */
import { Module } from '../nnx/module.ts';
import type { Rngs, RngStream } from '../nnx/rngs.ts';
import { normal } from '../random/normal.ts';
import { construct, defineLayer, p, port, requireDtype } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { toFloat, type Input } from './shared/input.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import type { TorchDefinition } from '../spec/emit-pytorch.ts';
import type { KerasDefinition } from '../spec/emit-keras.ts';

const params = {
  stddev: p.float({ min: 0, step: 0.1, default: 1, doc: 'Standard deviation of the numbers.' }),
  deterministic: p.bool({ default: false, mode: true, doc: 'Give zeros. eval() sets it, train() clears it.' }),
};

export type NormalNoiseOptions = LayerOptions<typeof params> & {
  /** A fork of the stream `noise` (or `default`) is kept. */
  readonly rngs: Rngs;
};

/**
 * Independent normal numbers of mean 0, new ones at every call; zeros where it is deterministic, which draws no key. The numbers are those of
 * `jax.random.normal` from the same stream. Nothing of the input but its shape counts: its gradient is zero.
 */
export class NormalNoise extends Module {
  static override readonly typeName: string = 'NormalNoise';
  readonly stddev: number;
  deterministic: boolean;
  readonly rngs: RngStream;

  constructor(options: NormalNoiseOptions) {
    super();
    const args = readOptions('NormalNoise', params, options);
    this.stddev = args.stddev;
    this.deterministic = args.deterministic;
    this.rngs = options.rngs.stream('noise').fork();
  }

  /** The shape of the input. The caller disposes the result. */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      if (this.deterministic) return tf.zerosLike(x);
      const numbers = tf.tensor(normal(this.rngs(), x.shape), x.shape);
      return this.stddev === 1 ? numbers : tf.mul(numbers, this.stddev);
    });
  }
}

const DEFINITION = `class NormalNoise(nnx.Module):
    """Normal noise in the shape of the input, from a stream of its own; zeros if deterministic."""

    def __init__(self, stddev: float = 1.0, *, deterministic: bool = False, rngs: nnx.Rngs):
        self.stddev = stddev
        self.deterministic = deterministic
        self.rngs = rngs.noise.fork()

    def __call__(self, x: jax.Array) -> jax.Array:
        if self.deterministic:
            return jnp.zeros_like(x)
        return self.stddev * jax.random.normal(self.rngs(), x.shape, x.dtype)`;

const TORCH_NOISE: TorchDefinition = {
  name: 'NormalNoise',
  source: `class NormalNoise(nn.Module):
    """Normal numbers in the shape of x while training, else zeros."""

    def __init__(self, stddev: float = 1.0) -> None:
        super().__init__()
        self.stddev = stddev

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.randn_like(x) * self.stddev if self.training else torch.zeros_like(x)`,
};

const KERAS_DEFINITION: KerasDefinition = {
  name: 'NormalNoise',
  source: `
class NormalNoise(layers.Layer):
    """Normal numbers in the shape of what comes in while training, and zeros otherwise."""

    def __init__(self, stddev=1.0):
        super().__init__()
        self.stddev = stddev
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, x, training=False):
        if not training:
            return ops.zeros_like(x)
        return keras.random.normal(ops.shape(x), stddev=self.stddev, seed=self.seed_generator)
`,
};

export const normalNoiseLayer = defineLayer({
  type: 'NormalNoise',
  family: 'regularization',
  doc: 'Random normal numbers in the shape of what comes in, in training; zeros in evaluation. For reparameterization, or to add to values.',
  keywords: ['GaussianNoise', 'random', 'reparameterization', 'VAE', 'sample', 'epsilon', 'randn_like', 'noise'],
  params,
  inputs: { x: port({ doc: 'Only its shape counts.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }) => {
    requireDtype('x', x!, ['float32']);
    return { y: x! };
  },
  make: (args, { rngs }) => new NormalNoise({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => `NormalNoise(${context.kwargs({ named: { stddev: 'stddev' } })})`,
      definitions: () => [KERAS_DEFINITION],
    },
    pytorch: {
      layout: 'any',
      construct: (context) => `${context.define(TORCH_NOISE)}(${context.args['stddev'] === 1 ? '' : context.source('stddev')})`,
    },
    flax: {
      ...construct('NormalNoise'),
      definition: { source: DEFINITION, imports: ['import jax', 'import jax.numpy as jnp'] },
    },
  },
  onnx: ({ x }, { node }) => node('ConstantOfShape', [node('Shape', [x!.name])]),
  examples: [
    { args: { deterministic: true }, inputs: { x: { shape: [2, 3] } } },
    { args: {}, inputs: { x: { shape: [2, 3] } } },
    { args: { stddev: 0.25 }, inputs: { x: { shape: [3, 2, 2] } } },
  ],
});
