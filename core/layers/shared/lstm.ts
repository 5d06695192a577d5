/** @file What both forms of the LSTM share: everything but how the gates are computed. */
import type { CallCost, KnownShapes } from '../../spec/cost.ts';
import type { Rngs } from '../../nnx/rngs.ts';
import { tuple } from '../../nnx/sequential.ts';
import { typeNameOf } from '../../nnx/type-name.ts';
import { construct, port, type SpecsByPort, type TensorsByPort } from '../../spec/index.ts';
import { tf } from '../../tensor/tf.ts';
import { toActivation } from './activation.ts';
import { inferStep, stepCost } from './infer-step.ts';
import { toFloat, type Input } from './input.ts';
import type { Activation, LayerArgs, LayerOptions, WithRngs } from './options.ts';
import { checkState, drawCarry, gatedCellParams, type CarryOptions, type Step } from './recurrent-cell.ts';
import { StandardCell } from './standard-cell.ts';
import { torchCell } from './pytorch-recurrent.ts';
import { kerasCell } from './keras-cells.ts';

export type LSTMCarry = readonly [c: tf.Tensor, h: tf.Tensor];
export type LSTMOptions = LayerOptions<typeof gatedCellParams> & WithRngs;

/** i, f, o = gate(…), g = activation(…), c' = f · c + i · g, h' = o · activation(c'). */
export abstract class LSTM extends StandardCell<LSTMCarry> {
  readonly gateFn: Activation;

  constructor(args: LayerArgs<typeof gatedCellParams>, rngs: Rngs) {
    super(args, rngs);
    this.gateFn = toActivation(args.gateFn);
  }

  /** The sums of input and state before their activations, in the order i, f, g, o, each (batch…, hiddenFeatures). */
  protected abstract gates(h: tf.Tensor, x: tf.Tensor): readonly tf.Tensor[];

  /**
   * One step: c and h (batch…, hiddenFeatures) and the input (batch…, inFeatures) to `[[c', h'], h']`, where the output is the very tensor
   * of the carry. The caller disposes c' and h'.
   * @throws TypeError for a carry that is no pair; RejectionError for an input or a state with another last axis; ValueError for a state of
   * another batch.
   */
  call(carry: LSTMCarry, input: Input): Step<LSTMCarry> {
    if (!Array.isArray(carry) || carry.length !== 2)
      throw new TypeError(
        `The carry of an LSTM is [c, h], got ${typeNameOf(carry)}. Start with cell.initializeCarry(inputShape, { rngs }).`,
      );
    const [c, h] = carry as LSTMCarry;
    const [nextC, nextH] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const x = toFloat(input);
      for (const state of [c, h]) checkState(typeNameOf(this), state, x, this.hiddenFeatures);
      const [i, f, g, o] = this.gates(h, x) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const memory = tf.add(tf.mul(this.gateFn(f), c), tf.mul(this.gateFn(i), this.activationFn(g)));
      return [memory, tf.mul(this.gateFn(o), this.activationFn(memory))];
    });
    return tuple(tuple(nextC, nextH), nextH);
  }

  /** c and h before the first step, for inputs of this shape. Draws a key for each, c first. @throws ValueError without a stream. */
  initializeCarry(inputShape: readonly number[], options?: CarryOptions): LSTMCarry {
    return tuple(drawCarry(this, inputShape, options), drawCarry(this, inputShape, options));
  }
}

/** The parts of a descriptor that are the same for both. */
export function describeLstm(make: new (options: LSTMOptions) => LSTM, flax: string) {
  return {
    params: gatedCellParams,
    inputs: {
      c: port({ isState: true, minRank: 1, doc: 'The memory, [batch…, hiddenFeatures].' }),
      h: port({ isState: true, minRank: 1, doc: 'The hidden state, [batch…, hiddenFeatures].' }),
      x: port({ minRank: 1, doc: 'One step of the input, [batch…, features].' }),
    },
    outputs: { c: port({ isState: true }), h: port() },
    usesRngs: true,
    isComposed: true,
    infer: ({ c, h, x }: SpecsByPort, args: { readonly inFeatures: number; readonly hiddenFeatures: number }): SpecsByPort => {
      const state = inferStep(x!, { c: c!, h: h! }, args);
      return { c: state, h: state };
    },
    cost: (shapes: KnownShapes, args: { readonly inFeatures: number; readonly hiddenFeatures: number }): CallCost =>
      stepCost(shapes, args, 4),
    make: (args: LayerArgs<typeof gatedCellParams>, { rngs }: { readonly rngs: Rngs }) => new make({ ...args, rngs }),
    call: (module: object, { c, h, x }: TensorsByPort) => {
      const [[nextC, nextH]] = (module as LSTM).call([c!, h!], x!);
      return { c: nextC, h: nextH };
    },
    emit: {
      keras: kerasCell(flax.replace('nnx.', '')),
      pytorch: torchCell(flax.replace('nnx.', '')),
      flax: {
        ...construct(flax, { positional: ['inFeatures', 'hiddenFeatures'] }),
        // A cell returns ((c, h), h): the first part holds both outputs.
        call: (member: string, { c, h, x }: Readonly<Record<string, string | undefined>>) => `${member}((${c}, ${h}), ${x})[0]`,
      },
      typescript: {
        call: (member: string, { c, h, x }: Readonly<Record<string, string | undefined>>) => `${member}.call([${c}, ${h}], ${x})[0]`,
      },
    },
    examples: [
      { args: { inFeatures: 2, hiddenFeatures: 3 }, inputs: { c: { shape: [2, 3] }, h: { shape: [2, 3] }, x: { shape: [2, 2] } } },
    ],
  } as const;
}
