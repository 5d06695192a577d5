/** @file Bidirectional: two RNNs over one sequence, one from each end. Port of nnx.Bidirectional. */
import { sequenceOnnx } from './shared/cell-onnx.ts';
import { report } from '../nnx/diagnostics.ts';
import { Module } from '../nnx/module.ts';
import { Rngs, type RngStream } from '../nnx/rngs.ts';
import { tuple } from '../nnx/sequential.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { defineLayer, multiplyDims, p, port, withLast } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { carryStream, RNN, type RNNCall } from './rnn.ts';
import {
  callSequence,
  emitCell,
  emitOptions,
  inferSequence,
  makeCell,
  sequenceCost,
  sequenceParams,
  timeAxis,
  typescriptCell,
} from './shared/cells.ts';
import type { Input } from './shared/input.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import { carryOf, partsOf, type Carry } from './shared/recurrent-cell.ts';
import { callSequenceIn, cellWeights, constructSequence, sequenceClass } from './shared/pytorch-recurrent.ts';
import { kerasBidirectional } from './shared/keras-cells.ts';

const params = {
  timeMajor: p.bool({ default: false, advanced: true, doc: 'Time is the first axis, before the batch.' }),
  returnCarry: p.bool({ default: false, advanced: true, doc: 'Give the last states beside the outputs.' }),
};

export type MergeFunction = (forward: tf.Tensor, backward: tf.Tensor) => tf.Tensor;

export type BidirectionalOptions = LayerOptions<typeof params> & {
  /** The two may differ in everything but the axes; their own modes, such as `reverse` and `timeMajor`, are overruled, as in Flax. */
  readonly forwardRnn: RNN<boolean>;
  readonly backwardRnn: RNN<boolean>;
  /** How the two outputs become one; side by side on the last axis unless given. */
  readonly mergeFn?: MergeFunction;
  /** Where both carries are drawn, the forward one first, as RNN's; false leaves it to the two. */
  readonly rngs?: Rngs | RngStream | boolean;
};

export interface BidirectionalCall extends Omit<RNNCall, 'initialCarry' | 'reverse' | 'keepOrder'> {
  readonly initialCarry?: readonly [forward: Carry, backward: Carry] | null;
}

type Carries = readonly [forward: Carry, backward: Carry];
type BidirectionalStep = readonly [carries: Carries, outputs: tf.Tensor];

/**
 * Children: forwardRnn and backwardRnn, which runs from the end and gives its outputs in the order of the input. Two that are one RNN share
 * their parameters, and that is reported. `R` is the `returnCarry` that it was made with.
 */
export class Bidirectional<R extends boolean = false> extends Module {
  static override readonly typeName: string = 'Bidirectional';
  /** Sequential hands it the streams of a call. */
  static readonly takesRngs = true;
  readonly forwardRnn: RNN<boolean>;
  readonly backwardRnn: RNN<boolean>;
  readonly mergeFn: MergeFunction;
  timeMajor: boolean;
  returnCarry: boolean;
  rngs: RngStream | null;

  constructor(options: BidirectionalOptions & { readonly returnCarry?: R }) {
    super();
    const args = readOptions('Bidirectional', params, options, ['forwardRnn', 'backwardRnn', 'mergeFn', 'rngs']);
    this.forwardRnn = checkRnn('forwardRnn', options.forwardRnn);
    this.backwardRnn = checkRnn('backwardRnn', options.backwardRnn);
    this.mergeFn = options.mergeFn ?? ((forward, backward) => tf.concat([forward, backward], -1));
    this.timeMajor = args.timeMajor;
    this.returnCarry = args.returnCarry;
    this.rngs = carryStream(options.rngs ?? true);
    if (this.forwardRnn === this.backwardRnn) {
      report({
        code: 'directions-shared',
        path: null,
        name: null,
        message: 'forwardRnn and backwardRnn are the same object, so they share parameters. Make two RNNs unless this is meant.',
      });
    }
  }

  /**
   * As RNN: `(batch…, time, features)` to `(batch…, time, …)` as `mergeFn` makes it of two outputs; with `returnCarry` it gives `[[forward
   * carry, backward carry], outputs]`, where the backward carry is that at the start of the sequence. The caller disposes the result.
   * @throws ValueError as RNN does.
   */
  call(input: Input, options: BidirectionalCall & { readonly returnCarry: true }): BidirectionalStep;
  call(input: Input, options: BidirectionalCall & { readonly returnCarry: false }): tf.Tensor;
  call(input: Input, options?: BidirectionalCall & { readonly returnCarry?: null }): R extends true ? BidirectionalStep : tf.Tensor;
  call(input: Input, options?: BidirectionalCall): tf.Tensor | BidirectionalStep;
  call(input: Input, options: BidirectionalCall = {}): tf.Tensor | BidirectionalStep {
    const given = options.rngs ?? this.rngs;
    const common = {
      rngs: given instanceof Rngs ? given.carry : given,
      seqLengths: options.seqLengths ?? null,
      timeMajor: options.timeMajor ?? this.timeMajor,
      returnCarry: true,
    } as const;
    const [first, second] = options.initialCarry ?? [null, null];
    const isReturned = options.returnCarry ?? this.returnCarry;
    const [outputs, states] = tf.tidy((): [tf.Tensor, tf.Tensor[][]] => {
      const [forwardCarry, forward] = this.forwardRnn.call(input, { ...common, initialCarry: first, reverse: false });
      const [backwardCarry, backward] = this.backwardRnn.call(input, { ...common, initialCarry: second, reverse: true, keepOrder: true });
      // The carries of which nobody asks are freed by the tidy.
      const carries = isReturned ? [[...partsOf(forwardCarry)], [...partsOf(backwardCarry)]] : [];
      return [this.mergeFn(forward, backward), carries];
    });
    return isReturned ? tuple(tuple(carryOf(states[0]!), carryOf(states[1]!)), outputs) : outputs;
  }
}

function checkRnn(option: string, rnn: RNN<boolean>): RNN<boolean> {
  if (typeof (rnn as Partial<RNN> | undefined)?.call === 'function') return rnn;
  throw new TypeError(`Bidirectional expects ${option} to be an RNN, got ${typeNameOf(rnn)}. Pass ${option}: new RNN({ cell }).`);
}

// Two cells of one kind cover what people draw; in code, any two RNNs can be joined, merged in any way.
const { returnCarry: _returnCarry, ...drawnParams } = { ...sequenceParams, ...params };

export const bidirectionalLayer = defineLayer({
  type: 'Bidirectional',
  family: 'recurrent',
  doc: 'Runs a recurrent cell over a sequence from both ends and puts the outputs side by side.',
  keywords: ['BiLSTM', 'BiGRU', 'two-way', 'bidirectional=True', 'sequence'],
  params: drawnParams,
  inputs: {
    x: port({ minRank: 2, along: timeAxis, doc: '[batch…, time, features]' }),
    lengths: port({ optional: true, dtype: 'int32', doc: 'How many steps of each sequence count.' }),
  },
  outputs: { y: port({ doc: '[batch…, time, 2 · hiddenFeatures]' }) },
  usesRngs: true,
  isComposed: true,
  infer: (inputs, args) => {
    const { y } = inferSequence(inputs, args);
    return { y: { ...y, shape: withLast(y.shape, multiplyDims(2, args.hiddenFeatures)) } };
  },
  cost: (shapes, args) => {
    const { multiplyAdds, kept = 0 } = sequenceCost(shapes, args);
    return { multiplyAdds: 2 * multiplyAdds, kept: 2 * kept };
  },
  make: ({ cell, inFeatures, hiddenFeatures, ...args }, { rngs }) => {
    const run = () => new RNN({ cell: makeCell(cell, { inFeatures, hiddenFeatures, rngs }) });
    return new Bidirectional({ ...args, forwardRnn: run(), backwardRnn: run() });
  },
  call: (module, { x, lengths }) => (module as Bidirectional).call(x!, lengths ? { seqLengths: lengths } : {}) as tf.Tensor,
  emit: {
    keras: kerasBidirectional,
    pytorch: {
      construct: (context) => constructSequence(context, ', bidirectional=True'),
      call: (member, { x, lengths }, context) => {
        if (lengths !== undefined) context.refuse('PyTorch does not turn sequences of different lengths around.');
        return callSequenceIn(member, x!, lengths, context);
      },
      weights: ({ args }) => {
        const cell = args['cell'] as string;
        const of = sequenceClass(cell);
        const [forward, backward] = [
          cellWeights(of, cell, 'forward_rnn.cell.', '_l0'),
          cellWeights(of, cell, 'backward_rnn.cell.', '_l0_reverse'),
        ];
        return [{ of, tensors: { ...forward.tensors, ...backward.tensors } }];
      },
    },
    flax: {
      construct: (context) => {
        const rnn = `nnx.RNN(${emitCell(context)})`;
        return `nnx.Bidirectional(${[rnn, rnn, emitOptions(context)].filter(Boolean).join(', ')})`;
      },
      call: callSequence!,
    },
    typescript: {
      construct: (context) => {
        const rnn = `new ${context.use('RNN')}({ cell: ${typescriptCell(context)} })`;
        const more = [`forwardRnn: ${rnn}`, `backwardRnn: ${rnn}`];
        return `new ${context.use('Bidirectional')}(${context.options({ drop: Object.keys(sequenceParams), more, rngs: false })})`;
      },
      call: (member, { x, lengths }) => `${member}.call(${x}${lengths ? `, { seqLengths: ${lengths} }` : ''})`,
    },
  },
  onnx: ({ x, lengths }, context) => {
    if (lengths) context.refuse('Lengths that differ, of sequences that are turned around, are not written for ONNX.');
    const { node } = context;
    const run = (prefix: string, isReverse: boolean) => {
      const given = { ...context, args: { ...context.args, keepOrder: true } };
      return sequenceOnnx(x!, { prefix, isReverse }, given).at(-1)!;
    };
    return node('Concat', [run('forward_rnn.cell', false), run('backward_rnn.cell', true)], { axis: -1 });
  },
  examples: [
    { args: { cell: 'GRUCell', inFeatures: 2, hiddenFeatures: 2 }, inputs: { x: { shape: [2, 3, 2] } } },
    {
      args: { cell: 'LSTMCell', inFeatures: 2, hiddenFeatures: 2 },
      inputs: { x: { shape: [2, 3, 2] }, lengths: { shape: [2], dtype: 'int32', below: 3 } },
    },
  ],
});
