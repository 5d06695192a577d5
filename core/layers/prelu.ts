/** @file PReLU: a ramp whose slope below 0 is learned. Port of nnx.PReLU (arXiv:1502.01852). */
import { Module } from '../nnx/module.ts';
import { Param } from '../nnx/variable.ts';
import { construct, defineLayer, p, port, requireDtype } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { toFloat, type Input } from './shared/input.ts';
import { filled } from './shared/initialize.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import { dtypeParams } from './shared/params.ts';
import { kerasRank } from '../ops/shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';

const params = {
  negativeSlopeInit: p.float({ default: 0.01, doc: 'The slope below 0 at the start.' }),
  ...dtypeParams,
};

export type PReLUOptions = LayerOptions<typeof params>;

/** x where x ≥ 0, slope · x below. Variable: negativeSlope (). Draws no random numbers. */
export class PReLU extends Module {
  static override readonly typeName: string = 'PReLU';
  readonly negativeSlope: Param;
  readonly dtype: string | null;
  readonly paramDtype: string;

  constructor(options: PReLUOptions = {}) {
    super();
    const args = readOptions('PReLU', params, options, []);
    this.negativeSlope = new Param(filled(args.negativeSlopeInit, []));
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /**
   * The same shape as the input; the derivative at 0 is 1. Integers become float32, where Flax cuts the slope to an integer, so that negative
   * ones are lost. The caller disposes the result.
   */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      return tf.where(tf.greaterEqual(x, tf.scalar(0)), x, tf.mul(x, this.negativeSlope.value));
    });
  }
}

export const preluLayer = defineLayer({
  type: 'PReLU',
  family: 'activation',
  doc: 'Keeps positive numbers and multiplies negative ones by a learned slope.',
  keywords: ['parametric relu', 'leaky'],
  params,
  inputs: { x: port() },
  outputs: { y: port() },
  usesRngs: false,
  infer: ({ x }) => {
    requireDtype('x', x!, ['float32']);
    return { y: x! };
  },
  make: (args) => new PReLU(args),
  emit: {
    keras: {
      construct: (context) => {
        const rank = kerasRank(context);
        if (rank === 0) kerasGap('PReLU of Keras needs an axis.');
        const shared = Array.from({ length: rank - 1 }, (_, i) => i + 1);
        const start = `alpha_initializer=keras.initializers.Constant(${context.source('negativeSlopeInit')})`;
        return `layers.PReLU(${start}${shared.length === 0 ? '' : `, shared_axes=[${shared.join(', ')}]`})`;
      },
      weights: () => [{ type: 'layers.PReLU', names: { negative_slope: 'alpha' }, convert: 'value.reshape(variable.shape)' }],
    },
    pytorch: {
      layout: 'any',
      construct: ({ args, source }) => `nn.PReLU(${args['negativeSlopeInit'] === 0.25 ? '' : `init=${source('negativeSlopeInit')}`})`,
      weights: [{ of: 'nn.PReLU', tensors: { weight: { flax: 'negative_slope' } } }],
    },
    flax: construct('nnx.PReLU'),
  },
  onnx: ({ x }, { node, weight }) => node('PRelu', [x!.name, weight('negative_slope')]),
  examples: [{ args: { negativeSlopeInit: 0.25 }, inputs: { x: { shape: [2, 3] } } }],
});
