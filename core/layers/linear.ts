/** @file Linear: multiplies the last axis by a learned kernel. Port of nnx.Linear. */
import { linearOnnx } from './shared/linear-onnx.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, elements, port, requireAxis, requireDtype, requireRank, withLast } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { draw, toParam } from './shared/initialize.ts';
import { checkLastAxis, toFloat, type Input } from './shared/input.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { biasInit, dtypeParams, inFeatures, kernelInit, outFeatures, useBias } from './shared/params.ts';
import { LINEAR_WEIGHTS, floatOf } from './shared/pytorch.ts';
import { callOnRows, KERNEL } from './shared/keras.ts';

const params = { inFeatures, outFeatures, useBias, kernelInit, biasInit, ...dtypeParams };

export type LinearOptions = LayerOptions<typeof params> & WithRngs;

/**
 * y = x · kernel + bias, over any number of leading axes. Variables: kernel (inFeatures, outFeatures), bias (outFeatures,) or null.
 * The kernel starts with a variance of 1 / inFeatures unless kernelInit says otherwise, the bias with zeros.
 */
export class Linear extends Module {
  static override readonly typeName: string = 'Linear';
  readonly kernel: Param;
  readonly bias: Param | null;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly useBias: boolean;
  readonly dtype: string | null;
  readonly paramDtype: string;

  /**
   * Draws a key for the kernel, then one for the bias.
   * @throws RejectionError for a missing, unknown or wrong option. @throws ValueError if an initializer gives too many values or too few.
   */
  constructor(options: LinearOptions) {
    super();
    const args = readOptions('Linear', params, options);
    this.inFeatures = args.inFeatures;
    this.outFeatures = args.outFeatures;
    this.useBias = args.useBias;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    const kernel = draw(options.rngs, args.kernelInit, [args.inFeatures, args.outFeatures]);
    const bias = args.useBias ? draw(options.rngs, args.biasInit, [args.outFeatures]) : null;
    this.kernel = toParam(kernel);
    this.bias = bias && toParam(bias);
  }

  /**
   * `(…, inFeatures)` to `(…, outFeatures)`; also a single vector. The caller disposes the result.
   * @throws RejectionError if the last axis has another length.
   */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      // The live kernel's lengths, which may have been replaced by others, as in Flax.
      const [inputs, outputs] = this.kernel.shape as [number, number];
      checkLastAxis('Linear', x, inputs, 'inFeatures');
      // One matrix product, however many axes there are: products of stacks are slower.
      const rows = x.rank === 2 ? x : tf.reshape(x, [x.size / inputs, inputs]);
      const product = tf.matMul(rows as tf.Tensor2D, this.kernel.value as tf.Tensor2D);
      const y = this.bias ? tf.add(product, this.bias.value) : product;
      return x.rank === 2 ? y : tf.reshape(y, [...x.shape.slice(0, -1), outputs]);
    });
  }
}

export const linearLayer = defineLayer({
  type: 'Linear',
  family: 'dense',
  doc: 'Multiplies the last axis by a learned kernel and adds a bias.',
  keywords: ['dense', 'fully connected', 'affine', 'projection', 'nn.Linear', 'Dense', 'perceptron'],
  params,
  inputs: { x: port({ minRank: 1, doc: 'Features on the last axis.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, args) => {
    requireDtype('x', x!, ['float32', 'int32']);
    requireRank('x', x!, { min: 1 });
    requireAxis('x', x!, -1, args.inFeatures, 'inFeatures');
    return { y: { shape: withLast(x!.shape, args.outFeatures), dtype: 'float32' } };
  },
  cost: ({ outputs }, { inFeatures }) => ({ multiplyAdds: elements(outputs['y']!) * inFeatures }),
  make: (args, { rngs }) => new Linear({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => `layers.Dense(${context.kwargs({ positional: ['outFeatures'], named: KERNEL, always: ['kernelInit'] })})`,
      call: callOnRows,
      input: (context) => `(None, ${context.source('inFeatures')})`,
    },
    pytorch: {
      construct: ({ source, option }) => `nn.Linear(${source('inFeatures')}, ${source('outFeatures')}${option('bias', 'useBias', true)})`,
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
      weights: [LINEAR_WEIGHTS],
    },
    flax: construct('nnx.Linear', { positional: ['inFeatures', 'outFeatures'] }),
  },
  onnx: ({ x }, context) => linearOnnx(x!, context),
  examples: [
    { args: { inFeatures: 3, outFeatures: 4 }, inputs: { x: { shape: [2, 3] } } },
    { args: { inFeatures: 3, outFeatures: 2, useBias: false }, inputs: { x: { shape: [2, 2, 3] } } },
    { args: { inFeatures: 3, outFeatures: 2 }, inputs: { x: { shape: [3] } } },
  ],
});
