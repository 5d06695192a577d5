/** @file OptimizedLSTMCell: the LSTM step with one product for all gates. Port of nnx.OptimizedLSTMCell. */
import type { RngStream } from '../nnx/rngs.ts';
import { tuple } from '../nnx/sequential.ts';
import type { Initializer } from '../random/initializers.ts';
import { construct, defineLayer, port, type InitializerValue } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { Linear } from './linear.ts';
import type { LSTMCarry } from './lstm-cell.ts';
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

export type OptimizedLSTMCellOptions = LayerOptions<typeof params> & WithRngs;

/** As LSTMCell, with the gates side by side in the order i, f, g, o. Children: denseI (in to 4h, no bias), denseH (h to 4h). */
export class OptimizedLSTMCell extends RecurrentCell<LSTMCarry> {
  static override readonly typeName: string = 'OptimizedLSTMCell';
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

  constructor(options: OptimizedLSTMCellOptions) {
    super();
    const args = readOptions('OptimizedLSTMCell', params, options);
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
    const common = { outFeatures: 4 * hiddenFeatures, dtype, paramDtype, rngs };
    this.denseI = new Linear({ ...common, inFeatures, useBias: false, kernelInit });
    this.denseH = new Linear({ ...common, inFeatures: hiddenFeatures, kernelInit: recurrentKernelInit, biasInit });
  }

  /** One step: `[[c', h'], h']`, where the output is the very tensor of the carry. The caller disposes c' and h'. */
  call([c, h]: LSTMCarry, input: Input): Step<LSTMCarry> {
    const [nextC, nextH] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const gates = tf.split(tf.add(this.denseI.call(input), this.denseH.call(h)), 4, -1);
      const [i, f, o] = [0, 1, 3].map((gate) => this.gateFn(gates[gate]!)) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const memory = tf.add(tf.mul(f, c), tf.mul(i, this.activationFn(gates[2]!)));
      return [memory, tf.mul(o, this.activationFn(memory))];
    });
    return tuple(tuple(nextC, nextH), nextH);
  }

  initializeCarry(inputShape: readonly number[], options?: CarryOptions): LSTMCarry {
    return [drawCarry(this, inputShape, options), drawCarry(this, inputShape, options)];
  }
}

export const optimizedLstmCellLayer = defineLayer({
  type: 'OptimizedLSTMCell',
  family: 'recurrent',
  doc: 'One step of a long short-term memory, computed in one product; to run over a sequence, use RNN.',
  keywords: ['LSTM', 'long short-term memory', 'recurrent', 'gates'],
  params,
  inputs: lstmInputs,
  outputs: { c: port(), h: port() },
  usesRngs: true,
  infer: inferLstm,
  make: (args, { rngs }) => new OptimizedLSTMCell({ ...args, rngs }),
  call: (module, { c, h, x }) => {
    const [[nextC, nextH]] = (module as OptimizedLSTMCell).call([c!, h!], x!);
    return { c: nextC, h: nextH };
  },
  emit: { flax: { ...construct('nnx.OptimizedLSTMCell', { positional: ['inFeatures', 'hiddenFeatures'] }), call: callLstm! } },
  examples: [{ args: { inFeatures: 2, hiddenFeatures: 3 }, inputs: { c: { shape: [2, 3] }, h: { shape: [2, 3] }, x: { shape: [2, 2] } } }],
});
