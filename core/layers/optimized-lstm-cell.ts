/** @file OptimizedLSTMCell: the LSTM step with one product for all gates. Port of nnx.OptimizedLSTMCell. */
import { cellOnnx } from './shared/cell-onnx.ts';
import { defineLayer } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import type { Linear } from './linear.ts';
import { describeLstm, LSTM, type LSTMOptions } from './shared/lstm.ts';
import { makeAll } from './shared/make-all.ts';
import { readOptions } from './shared/options.ts';
import { gatedCellParams } from './shared/recurrent-cell.ts';
import { fromInput, fromState } from './shared/standard-cell.ts';

export type OptimizedLSTMCellOptions = LSTMOptions;

/** As LSTMCell, with the gates side by side in the order i, f, g, o. Children: denseI (in to 4h, no bias), denseH (h to 4h). */
export class OptimizedLSTMCell extends LSTM {
  static override readonly typeName: string = 'OptimizedLSTMCell';
  readonly denseI: Linear;
  readonly denseH: Linear;

  constructor(options: OptimizedLSTMCellOptions) {
    const args = readOptions('OptimizedLSTMCell', gatedCellParams, options);
    super(args, options.rngs);
    [this.denseI, this.denseH] = makeAll(
      () => fromInput(args, options.rngs, 4, false),
      () => fromState(args, options.rngs, 4, true),
    );
  }

  protected override gates(h: tf.Tensor, x: tf.Tensor): readonly tf.Tensor[] {
    return tf.split(tf.add(this.denseI.call(x), this.denseH.call(h)), 4, -1);
  }
}

export const optimizedLstmCellLayer = defineLayer({
  type: 'OptimizedLSTMCell',
  family: 'recurrent',
  doc: 'One step of a long short-term memory, computed in one product; to run over a sequence, use RNN.',
  keywords: ['LSTM', 'long short-term memory', 'recurrent', 'gates'],
  ...describeLstm(OptimizedLSTMCell, 'nnx.OptimizedLSTMCell'),
  onnx: ({ c, h, x }, context) => {
    const [nextC, nextH] = cellOnnx('OptimizedLSTMCell', [c!, h!], x!, context) as [string, string];
    return { c: nextC, h: nextH };
  },
});
