/** @file Activations by name, for layers that have one inside. */
import { celu } from '../../ops/celu.ts';
import { elu } from '../../ops/elu.ts';
import { gelu } from '../../ops/gelu.ts';
import { hardSigmoid } from '../../ops/hard-sigmoid.ts';
import { hardSilu } from '../../ops/hard-silu.ts';
import { hardTanh } from '../../ops/hard-tanh.ts';
import { identity } from '../../ops/identity.ts';
import { leakyRelu } from '../../ops/leaky-relu.ts';
import { logSigmoid } from '../../ops/log-sigmoid.ts';
import { relu } from '../../ops/relu.ts';
import { relu6 } from '../../ops/relu6.ts';
import { selu } from '../../ops/selu.ts';
import { sigmoid } from '../../ops/sigmoid.ts';
import { silu } from '../../ops/silu.ts';
import { softSign } from '../../ops/soft-sign.ts';
import { softplus } from '../../ops/softplus.ts';
import { tanh } from '../../ops/tanh.ts';
import type { Activation } from './options.ts';

/** All of Flax's that map each number by itself, with their defaults: a document has no place for their options. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  tanh: (x) => tanh(x),
  sigmoid: (x) => sigmoid(x),
  relu: (x) => relu(x),
  celu: (x) => celu(x),
  elu: (x) => elu(x),
  gelu: (x) => gelu(x),
  hardSigmoid: (x) => hardSigmoid(x),
  hardSilu: (x) => hardSilu(x),
  hardTanh: (x) => hardTanh(x),
  identity: (x) => identity(x),
  leakyRelu: (x) => leakyRelu(x),
  logSigmoid: (x) => logSigmoid(x),
  relu6: (x) => relu6(x),
  selu: (x) => selu(x),
  silu: (x) => silu(x),
  softSign: (x) => softSign(x),
  softplus: (x) => softplus(x),
};

/** The names that a document can choose from; they are the types of the ops. */
export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS);

/** The function of a name; a function is one already. Names were checked against ACTIVATION_NAMES before. */
export function toActivation(value: string | Activation): Activation {
  return typeof value === 'function' ? value : ACTIVATIONS[value]!;
}
