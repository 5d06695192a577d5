/** @file What recurrent cells share: the carry at the start, and one step. Port of RNNCellBase of flax/nnx/nn/recurrent.py at 18f8f31. */
import { reportDeprecated } from '../../nnx/diagnostics.ts';
import { ValueError } from '../../nnx/errors.ts';
import { Module } from '../../nnx/module.ts';
import { Rngs, type RngStream } from '../../nnx/rngs.ts';
import { tuple } from '../../nnx/sequential.ts';
import { zeros, type Initializer } from '../../random/initializers.ts';
import { toInitializer } from '../../spec/initializers.ts';
import { p, type InitializerValue } from '../../spec/params.ts';
import { tf } from '../../tensor/tf.ts';
import { broadcastShapes, formatShape } from '../../spec/shape.ts';
import { ACTIVATION_NAMES } from './activation.ts';
import { biasInit, dtypeParams, inFeatures, kernelInit } from './params.ts';

/** What a cell hands from one step to the next: a tensor, or (c, h) for the LSTM kinds. */
export type Carry = tf.Tensor | readonly [c: tf.Tensor, h: tf.Tensor];

/** What a cell gives for one step: the carry for the next, and the output. A tuple, as Flax's: Sequential spreads it. */
export type Step<C extends Carry = Carry> = readonly [carry: C, output: tf.Tensor];

export interface CarryOptions {
  /** Where keys for the initializer are drawn, from the stream `carry`. */
  readonly rngs?: Rngs | RngStream | null;
  readonly carryInit?: Initializer | null;
}

/** The tensors of a carry. */
export function partsOf(carry: Carry): readonly tf.Tensor[] {
  return carry instanceof tf.Tensor ? [carry] : carry;
}

/** The carry of these tensors. */
export function carryOf(parts: readonly tf.Tensor[]): Carry {
  return parts.length === 1 ? parts[0]! : tuple(parts[0]!, parts[1]!);
}

/** A layer that takes a sequence one step at a time. */
export abstract class RecurrentCell<C extends Carry = Carry> extends Module {
  abstract readonly hiddenFeatures: number;
  abstract readonly rngs: RngStream | null;
  abstract readonly carryInit: InitializerValue | Initializer | null;

  /** How many of the last axes of the input are features. */
  get numFeatureAxes(): number {
    return 1;
  }

  /** `(batch…, inFeatures)` and a carry to the next carry and the output `(batch…, hiddenFeatures)`. The caller disposes both. */
  abstract call(carry: C, input: tf.Tensor | tf.TensorLike): Step<C>;

  /** The carry before the first step, for inputs of this shape without their time axis; zeros unless told otherwise. */
  abstract initializeCarry(inputShape: readonly number[], options?: CarryOptions): C;
}

/**
 * Lets a state broadcast over the batch of a step, as JAX does, and says what fits where it cannot.
 * @throws ValueError for a state whose batch axes are not those of the input, nor 1.
 */
export function checkState(type: string, state: tf.Tensor, x: tf.Tensor, hiddenFeatures: number): void {
  const batch = x.shape.slice(0, -1);
  if (broadcastShapes(state.shape.slice(0, -1), batch)) return;
  throw new ValueError(
    `${type} expects a state of the shape ${formatShape([...batch, hiddenFeatures])}, with the batch axes of its input, got ${formatShape(state.shape)}. ` +
      'Start with cell.initializeCarry(inputShape, { rngs }).',
  );
}

/**
 * One tensor of the carry. Draws one key, whatever the initializer.
 * @throws ValueError if there is no stream to draw from.
 */
export function drawCarry(cell: RecurrentCell, inputShape: readonly number[], { rngs, carryInit }: CarryOptions = {}): tf.Tensor {
  const given = rngs ?? cell.rngs;
  const stream = given instanceof Rngs ? given.carry : given;
  if (!stream) throw new ValueError('RNGs must be provided to initialize the cell carry. Pass { rngs: new Rngs(0) }.');
  const shape = [...inputShape.slice(0, -1), cell.hiddenFeatures];
  return tf.tensor(toInitializer(carryInit ?? cell.carryInit ?? zeros)(stream(), shape), shape);
}

/** The stream that a cell keeps if it is told to. */
export function keptCarryStream(keepRngs: boolean, rngs: Rngs): RngStream | null {
  if (!keepRngs) return null;
  reportDeprecated('keepRngs is deprecated: pass rngs to initializeCarry instead.', 'keepRngs');
  return rngs.carry.fork();
}

const recurrentKernelInit = p.initializer({ default: 'orthogonal', doc: 'How the kernel of the hidden state starts.' });
const activationFn = p.activation({ default: 'tanh', choices: ACTIVATION_NAMES, doc: 'The activation of the new state.' });
const carryInit = p.initializer.nullable({ advanced: true, doc: 'How the hidden state starts; none given means zeros.' });
const keepRngs = p.bool({ default: false, advanced: true, doc: 'Keep a stream of random numbers for the start of the carry. Deprecated.' });

/** Length of the carry and of the output. */
export const hiddenFeatures = p.int({ min: 1, start: 64, unit: 'features', doc: 'Length of the hidden state, and of the output.' });

/** The options of the cells with gates. */
export const gatedCellParams = {
  inFeatures,
  hiddenFeatures,
  gateFn: p.activation({ default: 'sigmoid', choices: ACTIVATION_NAMES, doc: 'The activation of the gates.' }),
  activationFn,
  kernelInit,
  recurrentKernelInit,
  biasInit,
  ...dtypeParams,
  carryInit,
  keepRngs,
};

/** The options of SimpleCell. */
export const simpleCellParams = {
  inFeatures,
  hiddenFeatures,
  ...dtypeParams,
  dtype: p.dtype({ ...dtypeParams.dtype, default: 'float32' }),
  carryInit,
  residual: p.bool({ default: false, doc: 'Add the hidden state to the new one before the activation.' }),
  activationFn,
  kernelInit,
  recurrentKernelInit,
  biasInit,
  keepRngs,
};
