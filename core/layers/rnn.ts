/** @file RNN: runs a recurrent cell over a sequence. Port of nnx.RNN. */
import { sequenceOnnx } from './shared/cell-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import type { Filter } from '../nnx/filter.ts';
import { Module } from '../nnx/module.ts';
import { restoreRngs, splitRngs } from '../nnx/rng-states.ts';
import { Rngs, RngStream } from '../nnx/rngs.ts';
import { tuple } from '../nnx/sequential.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { defineLayer, formatShape, p, port, sameShape } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import {
  callSequence,
  CELLS,
  emitCell,
  emitOptions,
  inferSequence,
  makeCell,
  sequenceCost,
  sequenceParams,
  sequenceTargets,
  timeAxis,
  typescriptCell,
} from './shared/cells.ts';
import { flipSequences, lastCarry } from './shared/sequences.ts';
import { toFloat, type Input } from './shared/input.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import { carryOf, partsOf, type Carry, type RecurrentCell, type Step } from './shared/recurrent-cell.ts';
import { callSequenceIn, cellWeights, constructSequence, sequenceClass } from './shared/pytorch-recurrent.ts';
import { kerasRnn } from './shared/keras-cells.ts';

const params = {
  timeMajor: p.bool({ default: false, advanced: true, doc: 'Time is the first axis, before the batch.' }),
  returnCarry: p.bool({ default: false, doc: 'Give the last state beside the outputs.' }),
  reverse: p.bool({ default: false, doc: 'Go through the sequence from its end.' }),
  keepOrder: p.bool({ default: false, doc: 'With reverse: give the outputs in the order of the input.' }),
};

export type RNNOptions = LayerOptions<typeof params> & {
  readonly cell: RecurrentCell;
  /** Where the carry at the start is drawn: a fork of the stream `carry`; true makes a stream of seed 0; false none. */
  readonly rngs?: Rngs | RngStream | boolean;
  /**
   * The streams inside the cell that draw the same numbers at every step, such as `'dropout'` for one mask over the whole sequence. Each call
   * has new ones. Without it, every step draws on.
   */
  readonly broadcastRngs?: Filter;
};

export interface RNNCall {
  readonly initialCarry?: Carry | null;
  /** How many steps of each sequence count, int32 (batch…). The outputs are not masked. */
  readonly seqLengths?: tf.Tensor | null;
  readonly returnCarry?: boolean | null;
  readonly timeMajor?: boolean | null;
  readonly reverse?: boolean | null;
  readonly keepOrder?: boolean | null;
  readonly rngs?: Rngs | RngStream | null;
}

/**
 * Hands the carry of a cell from step to step. Child: cell. Flax compiles the loop; here the steps run one after the other, so that a cell may
 * sow and perturb. The carries of all steps are kept only where lengths say that one of them is wanted. `R` is the `returnCarry` that it was
 * made with, so that no call needs a cast.
 */
export class RNN<R extends boolean = false> extends Module {
  static override readonly typeName: string = 'RNN';
  /** Sequential hands it the streams of a call. */
  static readonly takesRngs = true;
  readonly cell: RecurrentCell;
  timeMajor: boolean;
  returnCarry: boolean;
  reverse: boolean;
  keepOrder: boolean;
  rngs: RngStream | null;
  readonly broadcastRngs: Filter;

  /** @throws ValueError if `rngs` is neither Rngs nor a stream nor true nor false; TypeError if `cell` is no cell. */
  constructor(options: RNNOptions & { readonly returnCarry?: R }) {
    super();
    const args = readOptions('RNN', params, options, ['cell', 'rngs', 'broadcastRngs']);
    this.cell = checkCell(options.cell);
    this.timeMajor = args.timeMajor;
    this.returnCarry = args.returnCarry;
    this.reverse = args.reverse;
    this.keepOrder = args.keepOrder;
    this.rngs = carryStream(options.rngs ?? true);
    this.broadcastRngs = options.broadcastRngs ?? null;
  }

  /**
   * `(batch…, time, features)` to `(batch…, time, hiddenFeatures)`, or `[carry, outputs]` with `returnCarry`, where the carry is that after
   * the last step that counts. With `timeMajor`, time comes first. The caller disposes the result.
   * @throws ValueError for an input without a time axis, lengths of another shape than the batch's, or if there is no carry and no
   * stream to draw one from.
   */
  call(input: Input, options: RNNCall & { readonly returnCarry: true }): Step;
  call(input: Input, options: RNNCall & { readonly returnCarry: false }): tf.Tensor;
  call(input: Input, options?: RNNCall & { readonly returnCarry?: null }): R extends true ? Step : tf.Tensor;
  call(input: Input, options?: RNNCall): tf.Tensor | Step;
  call(input: Input, options: RNNCall = {}): tf.Tensor | Step {
    const seqLengths = options.seqLengths ?? null;
    const timeMajor = options.timeMajor ?? this.timeMajor;
    const returnCarry = options.returnCarry ?? this.returnCarry;
    const reverse = options.reverse ?? this.reverse;
    const keepOrder = options.keepOrder ?? this.keepOrder;
    const [outputs, ...states] = tf.tidy((): tf.Tensor[] => {
      const x = toFloat(input);
      const numBatchDims = checkSequence(x, this.cell.numFeatureAxes, seqLengths, timeMajor);
      const timeAxis = timeMajor ? 0 : numBatchDims;
      const flip = (sequence: tf.Tensor) => flipSequences(sequence, seqLengths, { numBatchDims, timeMajor });
      const stepShape = x.shape.filter((_, axis) => axis !== timeAxis);
      const first = options.initialCarry ?? this.cell.initializeCarry(stepShape, { rngs: drawingStream(options.rngs ?? this.rngs) });
      if (x.shape[timeAxis] === 0) {
        const none = tf.zeros([...x.shape.slice(0, numBatchDims + 1), this.cell.hiddenFeatures]);
        return returnCarry ? [none, ...partsOf(first).map((part) => tf.clone(part))] : [none];
      }
      let carry = first;
      const carries: Carry[] = [];
      const steps: tf.Tensor[] = [];
      // Looking for streams walks the whole cell, so only where some are asked for.
      const held = this.broadcastRngs === null ? [] : splitRngs(this.cell, 1, { only: this.broadcastRngs, squeeze: true });
      try {
        for (const step of tf.unstack(reverse ? flip(x) : x, timeAxis)) {
          for (const { stream } of held) stream.count.value = 0;
          const [next, output] = this.cell.call(carry, step);
          carry = next;
          steps.push(output);
          if (seqLengths && returnCarry) carries.push(next);
        }
      } finally {
        restoreRngs(held);
      }
      // Steps beyond a length have run too: their outputs are not masked, and only `lastCarry` passes over them.
      const stacked = tf.stack(steps, timeAxis);
      const ordered = reverse && keepOrder ? flip(stacked) : stacked;
      if (!returnCarry) return [ordered];
      if (seqLengths) return [ordered, ...lastCarry(carries, seqLengths)];
      // A cell may hand on what it was given, which stays the caller's.
      const given = partsOf(first);
      return [ordered, ...partsOf(carry).map((part) => (given.includes(part) ? tf.clone(part) : part))];
    });
    if (!returnCarry) return outputs!;
    return tuple(carryOf(states), outputs!);
  }
}

/** The stream that an RNN keeps for carries. Flax refuses a stream in RNN and takes it in Bidirectional; here both take it. */
export function carryStream(rngs: Rngs | RngStream | boolean): RngStream | null {
  if (rngs === true) return new RngStream(0, { tag: 'carry' });
  if (rngs === false) return null;
  if (rngs instanceof Rngs) return rngs.carry.fork();
  if (rngs instanceof RngStream) return rngs;
  throw new ValueError(`Expected rngs to be a Rngs, RngStream or bool, got ${typeof rngs}. Pass new Rngs(seed), or leave it out.`);
}

function checkCell(cell: RecurrentCell): RecurrentCell {
  const { call, initializeCarry } = (cell ?? {}) as Partial<RecurrentCell>;
  if (typeof call === 'function' && typeof initializeCarry === 'function') return cell;
  throw new TypeError(
    `RNN expects cell to be a Module with call(carry, input) and initializeCarry(inputShape), got ${typeNameOf(cell)}. Pass cell: new GRUCell({ … }).`,
  );
}

/** The number of batch axes. @throws ValueError for an input without a time axis, and for lengths that are not one per sequence. */
function checkSequence(x: tf.Tensor, numFeatureAxes: number, seqLengths: tf.Tensor | null, timeMajor: boolean): number {
  const numBatchDims = x.rank - numFeatureAxes - 1;
  if (numBatchDims < 0) {
    throw new ValueError(
      `RNN expects an input with a time axis, [batch…, time, features], got ${formatShape(x.shape)}. Call the cell itself for one step.`,
    );
  }
  const batch = timeMajor ? x.shape.slice(1, numBatchDims + 1) : x.shape.slice(0, numBatchDims);
  if (seqLengths && !sameShape(seqLengths.shape, batch)) {
    throw new ValueError(
      `RNN expects one length per sequence, seqLengths of the shape ${formatShape(batch)}, got ${formatShape(seqLengths.shape)}.`,
    );
  }
  return numBatchDims;
}

function drawingStream(rngs: Rngs | RngStream | null): RngStream | null {
  return rngs instanceof Rngs ? rngs.carry.fork() : rngs;
}

const descriptorParams = { ...sequenceParams, ...params };

export const rnnLayer = defineLayer({
  type: 'RNN',
  family: 'recurrent',
  doc: 'Runs a recurrent cell over a sequence, step by step.',
  keywords: ['LSTM', 'GRU', 'SimpleRNN', 'nn.LSTM', 'nn.GRU', 'nn.RNN', 'sequence', 'scan'],
  params: descriptorParams,
  inputs: {
    x: port({ minRank: 2, along: timeAxis, doc: '[batch…, time, features]' }),
    lengths: port({ optional: true, dtype: 'int32', doc: 'How many steps of each sequence count.' }),
  },
  outputs: ({ cell, returnCarry }) => ({
    ...(returnCarry ? Object.fromEntries(CELLS[cell]!.carry.map((name) => [name, port({ doc: 'The state after the last step.' })])) : {}),
    y: port({ doc: '[batch…, time, hiddenFeatures]' }),
  }),
  usesRngs: true,
  isComposed: true,
  infer: (inputs, args) => {
    const { y, state } = inferSequence(inputs, args);
    const carried = args.returnCarry ? Object.fromEntries(CELLS[args.cell]!.carry.map((name) => [name, state])) : {};
    return { ...carried, y };
  },
  cost: sequenceCost,
  make: ({ cell, inFeatures, hiddenFeatures, ...args }, { rngs }) =>
    new RNN({ ...args, cell: makeCell(cell, { inFeatures, hiddenFeatures, rngs }) }),
  call: (module, { x, lengths }, { cell }) => {
    const result = (module as RNN).call(x!, lengths ? { seqLengths: lengths } : {});
    if (result instanceof tf.Tensor) return { y: result };
    const states = partsOf(result[0]);
    return { ...Object.fromEntries(CELLS[cell]!.carry.map((name, i) => [name, states[i]!])), y: result[1] };
  },
  emit: {
    keras: kerasRnn,
    pytorch: {
      construct: (context) => constructSequence(context),
      call: (member, { x, lengths }, context) => callSequenceIn(member, x!, lengths, context),
      weights: ({ args }) => [cellWeights(sequenceClass(args['cell'] as string), args['cell'] as string, 'cell.', '_l0')],
    },
    flax: {
      construct: (context) => `nnx.RNN(${[emitCell(context), emitOptions(context)].filter(Boolean).join(', ')})`,
      call: callSequence!,
      targets: (names, args) => sequenceTargets(names, args, ['(', ')']),
    },
    typescript: {
      construct: (context) =>
        `new ${context.use('RNN')}(${context.options({ drop: Object.keys(sequenceParams), more: [`cell: ${typescriptCell(context)}`], rngs: false })})`,
      call: (member, { x, lengths }, { args, use }) => {
        const call = `${member}.call(${x}${lengths ? `, { seqLengths: ${lengths} }` : ''})`;
        if (args['returnCarry'] !== true) return call;
        const tensor = `${use('tf')}.Tensor`;
        const isPair = CELLS[args['cell'] as string]!.carry.length > 1;
        return `${call} as [${isPair ? `[${tensor}, ${tensor}]` : tensor}, ${tensor}]`;
      },
      targets: (names, args) => `[${sequenceTargets(names, args, ['[', ']'])}]`,
      generic: ({ returnCarry }) => (returnCarry === true ? '<true>' : ''),
    },
  },
  onnx: ({ x, lengths }, context) => {
    const { cell, returnCarry } = context.args;
    if (lengths && (returnCarry === true || context.args['reverse'] === true))
      context.refuse(
        'Lengths that differ, of sequences that are turned around or whose last state is asked for, are not written for ONNX.',
      );
    const written = sequenceOnnx(x!, { prefix: 'cell', isReverse: context.args['reverse'] === true }, context);
    const ports = returnCarry === true ? [...CELLS[String(cell)]!.carry, 'y'] : ['y'];
    return Object.fromEntries(ports.map((port, i) => [port, written.at(i - ports.length)!]));
  },
  examples: [
    { args: { cell: 'LSTMCell', inFeatures: 2, hiddenFeatures: 3 }, inputs: { x: { shape: [2, 3, 2] } } },
    {
      args: { cell: 'GRUCell', inFeatures: 2, hiddenFeatures: 3, reverse: true, keepOrder: true, returnCarry: true },
      inputs: { x: { shape: [2, 3, 2] } },
    },
    {
      args: { cell: 'OptimizedLSTMCell', inFeatures: 2, hiddenFeatures: 2, returnCarry: true },
      inputs: { x: { shape: [2, 3, 2] }, lengths: { shape: [2], dtype: 'int32', below: 3 } },
    },
    { args: { cell: 'SimpleCell', inFeatures: 2, hiddenFeatures: 3, timeMajor: true }, inputs: { x: { shape: [4, 2, 2] } } },
  ],
});
