/** @file GRUCell: gated recurrent unit, one step. Port of nnx.GRUCell (arXiv:1406.1078). */
import { cellOnnx } from './shared/cell-onnx.ts';
import { tuple } from '../nnx/sequential.ts';
import { construct, defineLayer, port } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import type { Linear } from './linear.ts';
import { toActivation } from './shared/activation.ts';
import { inferStep, stepCost } from './shared/infer-step.ts';
import { toFloat, type Input } from './shared/input.ts';
import { makeAll } from './shared/make-all.ts';
import { readOptions, type Activation, type LayerOptions, type WithRngs } from './shared/options.ts';
import { checkState, drawCarry, gatedCellParams as params, type CarryOptions, type Step } from './shared/recurrent-cell.ts';
import { fromInput, fromState, StandardCell } from './shared/standard-cell.ts';
import { torchCell } from './shared/pytorch-recurrent.ts';
import { kerasCell } from './shared/keras-cells.ts';

export type GRUCellOptions = LayerOptions<typeof params> & WithRngs;

/**
 * r, z = gate(…), n = activation(x_n + r · h_n), h' = (1 − z) · n + z · h. Children: denseI (in to 3h), denseH (h to 3h, no bias),
 * the gates side by side in the order r, z, n. Draws the kernel and bias of denseI, then the kernel of denseH. The reset gate acts after the
 * product, as in cuDNN and PyTorch, which saves a second one.
 */
export class GRUCell extends StandardCell<tf.Tensor> {
  static override readonly typeName: string = 'GRUCell';
  readonly gateFn: Activation;
  readonly denseI: Linear;
  readonly denseH: Linear;

  constructor(options: GRUCellOptions) {
    const args = readOptions('GRUCell', params, options);
    super(args, options.rngs);
    this.gateFn = toActivation(args.gateFn);
    [this.denseI, this.denseH] = makeAll(
      () => fromInput(args, options.rngs, 3, true),
      () => fromState(args, options.rngs, 3, false),
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
      checkState('GRUCell', h, x, this.hiddenFeatures);
      const [xr, xz, xn] = tf.split(this.denseI.call(x), 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [hr, hz, hn] = tf.split(this.denseH.call(h), 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const r = this.gateFn(tf.add(xr, hr));
      const z = this.gateFn(tf.add(xz, hz));
      const n = this.activationFn(tf.add(xn, tf.mul(r, hn)));
      return tf.add(tf.mul(tf.sub(1, z), n), tf.mul(z, h));
    });
    return tuple(next, next);
  }

  /** h before the first step, (batch…, hiddenFeatures), for inputs of this shape. Draws one key. @throws ValueError without a stream. */
  initializeCarry(inputShape: readonly number[], options?: CarryOptions): tf.Tensor {
    return drawCarry(this, inputShape, options);
  }
}

export const gruCellLayer = defineLayer({
  type: 'GRUCell',
  family: 'recurrent',
  doc: 'One step of a gated recurrent unit; to run over a sequence, use RNN.',
  keywords: ['GRU', 'gated recurrent unit', 'recurrent'],
  params,
  inputs: {
    h: port({ isState: true, minRank: 1, doc: 'The hidden state, [batch…, hiddenFeatures].' }),
    x: port({ minRank: 1, doc: 'One step of the input, [batch…, features].' }),
  },
  outputs: { h: port() },
  usesRngs: true,
  isComposed: true,
  infer: ({ h, x }, args) => ({ h: inferStep(x!, { h: h! }, args) }),
  cost: (shapes, args) => stepCost(shapes, args, 3),
  make: (args, { rngs }) => new GRUCell({ ...args, rngs }),
  call: (module, { h, x }) => (module as GRUCell).call(h!, x!)[0],
  emit: {
    keras: kerasCell('GRUCell'),
    pytorch: torchCell('GRUCell'),
    flax: {
      ...construct('nnx.GRUCell', { positional: ['inFeatures', 'hiddenFeatures'] }),
      call: (member, { h, x }) => `${member}(${h}, ${x})[0]`,
    },
    typescript: { call: (member, { h, x }) => `${member}.call(${h}, ${x})[0]` },
  },
  onnx: ({ h, x }, context) => cellOnnx('GRUCell', [h!], x!, context)[0]!,
  examples: [{ args: { inFeatures: 2, hiddenFeatures: 3 }, inputs: { h: { shape: [2, 3] }, x: { shape: [2, 2] } } }],
});
