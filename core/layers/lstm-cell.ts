/** @file LSTMCell: long short-term memory, one step, with a Linear for each gate. Port of nnx.LSTMCell. */
import type { RngStream } from '../nnx/rngs.ts';
import { tuple } from '../nnx/sequential.ts';
import type { Initializer } from '../random/initializers.ts';
import { construct, defineLayer, port, type InitializerValue } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { Linear } from './linear.ts';
import { toActivation } from './shared/activation.ts';
import type { Input } from './shared/input.ts';
import { callLstm, inferLstm, lstmInputs } from './shared/lstm.ts';
import { readOptions, type Activation, type LayerOptions, type WithRngs } from './shared/options.ts';
import {
  drawCarry,
  gatedCellParams as params,
  keptCarryStream,
  RecurrentCell,
  type CarryOptions,
  type Step,
} from './shared/recurrent-cell.ts';

export type LSTMCellOptions = LayerOptions<typeof params> & WithRngs;
export type LSTMCarry = readonly [c: tf.Tensor, h: tf.Tensor];

/**
 * i, f, o = gate(…), g = activation(…), c' = f · c + i · g, h' = o · activation(c'). Children: ii, if_, ig, io from the input, without bias;
 * hi, hf, hg, ho from the hidden state.
 */
export class LSTMCell extends RecurrentCell<LSTMCarry> {
  static override readonly typeName: string = 'LSTMCell';
  readonly ii: Linear;
  readonly if_: Linear;
  readonly ig: Linear;
  readonly io: Linear;
  readonly hi: Linear;
  readonly hf: Linear;
  readonly hg: Linear;
  readonly ho: Linear;
  readonly inFeatures: number;
  readonly hiddenFeatures: number;
  readonly gateFn: Activation;
  readonly activationFn: Activation;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly rngs: RngStream | null;
  readonly carryInit: InitializerValue | Initializer | null;

  constructor(options: LSTMCellOptions) {
    super();
    const args = readOptions('LSTMCell', params, options);
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
    const common = { outFeatures: hiddenFeatures, dtype, paramDtype, rngs };
    // Input and hidden state are summed, so that one bias is enough.
    const fromInput = () => new Linear({ ...common, inFeatures, useBias: false, kernelInit });
    const fromHidden = () => new Linear({ ...common, inFeatures: hiddenFeatures, kernelInit: recurrentKernelInit, biasInit });
    this.ii = fromInput();
    this.if_ = fromInput();
    this.ig = fromInput();
    this.io = fromInput();
    this.hi = fromHidden();
    this.hf = fromHidden();
    this.hg = fromHidden();
    this.ho = fromHidden();
  }

  /** One step: `[[c', h'], h']`, where the output is the very tensor of the carry. The caller disposes c' and h'. */
  call([c, h]: LSTMCarry, input: Input): Step<LSTMCarry> {
    const [nextC, nextH] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const i = this.gateFn(tf.add(this.ii.call(input), this.hi.call(h)));
      const f = this.gateFn(tf.add(this.if_.call(input), this.hf.call(h)));
      const g = this.activationFn(tf.add(this.ig.call(input), this.hg.call(h)));
      const o = this.gateFn(tf.add(this.io.call(input), this.ho.call(h)));
      const memory = tf.add(tf.mul(f, c), tf.mul(i, g));
      return [memory, tf.mul(o, this.activationFn(memory))];
    });
    return tuple(tuple(nextC, nextH), nextH);
  }

  initializeCarry(inputShape: readonly number[], options?: CarryOptions): LSTMCarry {
    return [drawCarry(this, inputShape, options), drawCarry(this, inputShape, options)];
  }
}

export const lstmCellLayer = defineLayer({
  type: 'LSTMCell',
  family: 'recurrent',
  doc: 'One step of a long short-term memory; to run over a sequence, use RNN.',
  keywords: ['LSTM', 'long short-term memory', 'recurrent', 'gates'],
  params,
  inputs: lstmInputs,
  outputs: { c: port(), h: port() },
  usesRngs: true,
  infer: inferLstm,
  make: (args, { rngs }) => new LSTMCell({ ...args, rngs }),
  call: (module, { c, h, x }) => {
    const [[nextC, nextH]] = (module as LSTMCell).call([c!, h!], x!);
    return { c: nextC, h: nextH };
  },
  emit: { flax: { ...construct('nnx.LSTMCell', { positional: ['inFeatures', 'hiddenFeatures'] }), call: callLstm! } },
  examples: [{ args: { inFeatures: 2, hiddenFeatures: 3 }, inputs: { c: { shape: [2, 3] }, h: { shape: [2, 3] }, x: { shape: [2, 2] } } }],
});
