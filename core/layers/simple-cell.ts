/** @file SimpleCell: the plain recurrent step. Port of nnx.SimpleCell. */
import { cellOnnx } from './shared/cell-onnx.ts';
import { tuple } from '../nnx/sequential.ts';
import { construct, defineLayer, port } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import type { Linear } from './linear.ts';
import { inferStep, stepCost } from './shared/infer-step.ts';
import { toFloat, type Input } from './shared/input.ts';
import { makeAll } from './shared/make-all.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { checkState, drawCarry, simpleCellParams as params, type CarryOptions, type Step } from './shared/recurrent-cell.ts';
import { fromInput, fromState, StandardCell } from './shared/standard-cell.ts';
import { torchCell } from './shared/pytorch-recurrent.ts';
import { kerasCell } from './shared/keras-cells.ts';

export type SimpleCellOptions = LayerOptions<typeof params> & WithRngs;

/**
 * h' = activation(denseI(x) + denseH(h)), with `residual` plus h inside. Children: denseH (h to h, no bias), denseI. Unlike the other cells it
 * draws the part of the state first, and its `dtype` is float32 unless given.
 */
export class SimpleCell extends StandardCell<tf.Tensor> {
  static override readonly typeName: string = 'SimpleCell';
  readonly denseH: Linear;
  readonly denseI: Linear;
  readonly residual: boolean;

  constructor(options: SimpleCellOptions) {
    const args = readOptions('SimpleCell', params, options);
    super(args, options.rngs);
    this.residual = args.residual;
    [this.denseH, this.denseI] = makeAll(
      () => fromState(args, options.rngs, 1, false),
      () => fromInput(args, options.rngs, 1, true),
    );
  }

  /**
   * One step: h (batch…, hiddenFeatures) and the input (batch…, inFeatures) to `[h', h']`, twice the same tensor, as carry and as output.
   * The caller disposes it once.
   * @throws RejectionError for an input or a state with another last axis; ValueError for a state of another batch.
   */
  call(h: tf.Tensor, input: Input): Step<tf.Tensor> {
    const next = tf.tidy(() => {
      const x = toFloat(input);
      checkState('SimpleCell', h, x, this.hiddenFeatures);
      const sum = tf.add(this.denseI.call(x), this.denseH.call(h));
      return this.activationFn(this.residual ? tf.add(sum, h) : sum);
    });
    return tuple(next, next);
  }

  /** h before the first step, (batch…, hiddenFeatures), for inputs of this shape. Draws one key. @throws ValueError without a stream. */
  initializeCarry(inputShape: readonly number[], options?: CarryOptions): tf.Tensor {
    return drawCarry(this, inputShape, options);
  }
}

export const simpleCellLayer = defineLayer({
  type: 'SimpleCell',
  family: 'recurrent',
  doc: 'One step of a plain recurrent network; to run over a sequence, use RNN.',
  keywords: ['Elman', 'RNNCell', 'SimpleRNN', 'vanilla', 'recurrent'],
  params,
  inputs: {
    h: port({ isState: true, minRank: 1, doc: 'The hidden state, [batch…, hiddenFeatures].' }),
    x: port({ minRank: 1, doc: 'One step of the input, [batch…, features].' }),
  },
  outputs: { h: port() },
  usesRngs: true,
  isComposed: true,
  infer: ({ h, x }, args) => ({ h: inferStep(x!, { h: h! }, args) }),
  cost: (shapes, args) => stepCost(shapes, args, 1),
  make: (args, { rngs }) => new SimpleCell({ ...args, rngs }),
  call: (module, { h, x }) => (module as SimpleCell).call(h!, x!)[0],
  emit: {
    keras: kerasCell('SimpleCell'),
    pytorch: torchCell('SimpleCell'),
    flax: {
      ...construct('nnx.SimpleCell', { positional: ['inFeatures', 'hiddenFeatures'] }),
      call: (member, { h, x }) => `${member}(${h}, ${x})[0]`,
    },
    typescript: { call: (member, { h, x }) => `${member}.call(${h}, ${x})[0]` },
  },
  onnx: ({ h, x }, context) => cellOnnx('SimpleCell', [h!], x!, context)[0]!,
  examples: [
    { args: { inFeatures: 2, hiddenFeatures: 3 }, inputs: { h: { shape: [2, 3] }, x: { shape: [2, 2] } } },
    {
      args: { inFeatures: 2, hiddenFeatures: 3, residual: true, activationFn: 'relu' },
      inputs: { h: { shape: [2, 3] }, x: { shape: [2, 2] } },
    },
  ],
});
