/** @file LSTMCell: long short-term memory, one step, with a Linear for each gate. Port of nnx.LSTMCell. */
import { cellOnnx } from './shared/cell-onnx.ts';
import { defineLayer } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import type { Linear } from './linear.ts';
import { describeLstm, LSTM, type LSTMOptions } from './shared/lstm.ts';
import { makeAll } from './shared/make-all.ts';
import { readOptions } from './shared/options.ts';
import { gatedCellParams } from './shared/recurrent-cell.ts';
import { fromInput, fromState } from './shared/standard-cell.ts';

export type LSTMCellOptions = LSTMOptions;
export type { LSTMCarry } from './shared/lstm.ts';

/**
 * i, f, o = gate(…), g = activation(…), c' = f · c + i · g, h' = o · activation(c'). Children: ii, if_, ig, io from the input, without bias;
 * hi, hf, hg, ho from the hidden state. Draws them in this order, so that a seed gives other gates than OptimizedLSTMCell, whose
 * orthogonal kernel spans all four.
 */
export class LSTMCell extends LSTM {
  static override readonly typeName: string = 'LSTMCell';
  readonly ii: Linear;
  readonly if_: Linear;
  readonly ig: Linear;
  readonly io: Linear;
  readonly hi: Linear;
  readonly hf: Linear;
  readonly hg: Linear;
  readonly ho: Linear;

  constructor(options: LSTMCellOptions) {
    const args = readOptions('LSTMCell', gatedCellParams, options);
    super(args, options.rngs);
    const input = () => fromInput(args, options.rngs, 1, false);
    const state = () => fromState(args, options.rngs, 1, true);
    [this.ii, this.if_, this.ig, this.io, this.hi, this.hf, this.hg, this.ho] = makeAll(
      input,
      input,
      input,
      input,
      state,
      state,
      state,
      state,
    );
  }

  protected override gates(h: tf.Tensor, x: tf.Tensor): readonly tf.Tensor[] {
    const sum = (input: Linear, state: Linear) => tf.add(input.call(x), state.call(h));
    return [sum(this.ii, this.hi), sum(this.if_, this.hf), sum(this.ig, this.hg), sum(this.io, this.ho)];
  }
}

export const lstmCellLayer = defineLayer({
  type: 'LSTMCell',
  family: 'recurrent',
  doc: 'One step of a long short-term memory; to run over a sequence, use RNN.',
  keywords: ['LSTM', 'long short-term memory', 'recurrent', 'gates'],
  ...describeLstm(LSTMCell, 'nnx.LSTMCell'),
  onnx: ({ c, h, x }, context) => {
    const [nextC, nextH] = cellOnnx('LSTMCell', [c!, h!], x!, context) as [string, string];
    return { c: nextC, h: nextH };
  },
});
