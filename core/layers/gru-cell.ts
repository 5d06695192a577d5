/** @file GRUCell: gated recurrent unit, one step. Port of nnx.GRUCell (arXiv:1406.1078). */
import type { RngStream } from '../nnx/rngs.ts';
import { tuple } from '../nnx/sequential.ts';
import type { Initializer } from '../random/initializers.ts';
import { construct, defineLayer, port, type InitializerValue } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { Linear } from './linear.ts';
import { toActivation } from './shared/activation.ts';
import type { Input } from './shared/input.ts';
import { inferStep } from './shared/lstm.ts';
import { readOptions, type Activation, type LayerOptions, type WithRngs } from './shared/options.ts';
import {
  drawCarry,
  gatedCellParams as params,
  keptCarryStream,
  RecurrentCell,
  type CarryOptions,
  type Step,
} from './shared/recurrent-cell.ts';

export type GRUCellOptions = LayerOptions<typeof params> & WithRngs;

/**
 * r, z = gate(…), n = activation(x_n + r · h_n), h' = (1 − z) · n + z · h. Children: denseI (in to 3h), denseH (h to 3h, no bias),
 * the gates side by side in the order r, z, n.
 */
export class GRUCell extends RecurrentCell<tf.Tensor> {
  static override readonly typeName: string = 'GRUCell';
  readonly denseI: Linear;
  readonly denseH: Linear;
  readonly inFeatures: number;
  readonly hiddenFeatures: number;
  readonly gateFn: Activation;
  readonly activationFn: Activation;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly rngs: RngStream | null;
  readonly carryInit: InitializerValue | Initializer | null;

  constructor(options: GRUCellOptions) {
    super();
    const args = readOptions('GRUCell', params, options);
    const { rngs } = options;
    const { inFeatures, hiddenFeatures, kernelInit, recurrentKernelInit, biasInit, dtype, paramDtype } = args;
    this.inFeatures = inFeatures;
    this.hiddenFeatures = hiddenFeatures;
    this.gateFn = toActivation(args.gateFn);
    this.activationFn = toActivation(args.activationFn);
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.carryInit = args.carryInit;
    this.rngs = keptCarryStream(args.keepRngs, rngs);
    const common = { outFeatures: 3 * hiddenFeatures, dtype, paramDtype, rngs };
    this.denseI = new Linear({ ...common, inFeatures, kernelInit, biasInit });
    this.denseH = new Linear({ ...common, inFeatures: hiddenFeatures, useBias: false, kernelInit: recurrentKernelInit });
  }

  /** One step: `[h', h']`, twice the same tensor. The caller disposes it. */
  call(h: tf.Tensor, input: Input): Step<tf.Tensor> {
    const next = tf.tidy(() => {
      const [xr, xz, xn] = tf.split(this.denseI.call(input), 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [hr, hz, hn] = tf.split(this.denseH.call(h), 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const r = this.gateFn(tf.add(xr, hr));
      const z = this.gateFn(tf.add(xz, hz));
      const n = this.activationFn(tf.add(xn, tf.mul(r, hn)));
      return tf.add(tf.mul(tf.sub(1, z), n), tf.mul(z, h));
    });
    return tuple(next, next);
  }

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
    h: port({ minRank: 1, doc: 'The hidden state, [batch…, hiddenFeatures].' }),
    x: port({ minRank: 1, doc: 'One step of the input, [batch…, features].' }),
  },
  outputs: { h: port() },
  usesRngs: true,
  infer: ({ h, x }, args) => ({ h: inferStep(x!, { h: h! }, args) }),
  make: (args, { rngs }) => new GRUCell({ ...args, rngs }),
  call: (module, { h, x }) => (module as GRUCell).call(h!, x!)[0],
  emit: {
    flax: {
      ...construct('nnx.GRUCell', { positional: ['inFeatures', 'hiddenFeatures'] }),
      call: (member, { h, x }) => `${member}(${h}, ${x})[0]`,
    },
  },
  examples: [{ args: { inFeatures: 2, hiddenFeatures: 3 }, inputs: { h: { shape: [2, 3] }, x: { shape: [2, 2] } } }],
});
