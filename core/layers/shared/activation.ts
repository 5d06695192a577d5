/** @file Activations by name, for layers that have one inside. */
import { elu } from '../../ops/elu.ts';
import { gelu } from '../../ops/gelu.ts';
import { hardSigmoid } from '../../ops/hard-sigmoid.ts';
import { hardTanh } from '../../ops/hard-tanh.ts';
import { leakyRelu } from '../../ops/leaky-relu.ts';
import { relu } from '../../ops/relu.ts';
import { sigmoid } from '../../ops/sigmoid.ts';
import { silu } from '../../ops/silu.ts';
import { softSign } from '../../ops/soft-sign.ts';
import { tanh } from '../../ops/tanh.ts';
import type { Activation } from './options.ts';

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  tanh: (x) => tanh(x),
  sigmoid: (x) => sigmoid(x),
  relu: (x) => relu(x),
  elu: (x) => elu(x),
  gelu: (x) => gelu(x),
  hardSigmoid: (x) => hardSigmoid(x),
  hardTanh: (x) => hardTanh(x),
  leakyRelu: (x) => leakyRelu(x),
  silu: (x) => silu(x),
  softSign: (x) => softSign(x),
};

/** The names that a document can choose from; they are the types of the ops. */
export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS);

/** The function of a name; a function is one already. Names were checked against ACTIVATION_NAMES before. */
export function toActivation(value: string | Activation): Activation {
  return typeof value === 'function' ? value : ACTIVATIONS[value]!;
}
