/** @file The ops behind the names of activations, for layers that write one of them. */
import { celuOp } from '../../ops/celu.ts';
import { eluOp } from '../../ops/elu.ts';
import { geluOp } from '../../ops/gelu.ts';
import { hardSigmoidOp } from '../../ops/hard-sigmoid.ts';
import { hardSiluOp } from '../../ops/hard-silu.ts';
import { hardTanhOp } from '../../ops/hard-tanh.ts';
import { identityOp } from '../../ops/identity.ts';
import { leakyReluOp } from '../../ops/leaky-relu.ts';
import { logSigmoidOp } from '../../ops/log-sigmoid.ts';
import { reluOp } from '../../ops/relu.ts';
import { relu6Op } from '../../ops/relu6.ts';
import { seluOp } from '../../ops/selu.ts';
import { sigmoidOp } from '../../ops/sigmoid.ts';
import { siluOp } from '../../ops/silu.ts';
import { softSignOp } from '../../ops/soft-sign.ts';
import { softplusOp } from '../../ops/softplus.ts';
import { tanhOp } from '../../ops/tanh.ts';
import type { OpDescriptor } from '../../spec/define.ts';

const OPS: Readonly<Record<string, OpDescriptor>> = {
  celu: celuOp,
  elu: eluOp,
  gelu: geluOp,
  hardSigmoid: hardSigmoidOp,
  hardSilu: hardSiluOp,
  hardTanh: hardTanhOp,
  identity: identityOp,
  leakyRelu: leakyReluOp,
  logSigmoid: logSigmoidOp,
  relu: reluOp,
  relu6: relu6Op,
  selu: seluOp,
  sigmoid: sigmoidOp,
  silu: siluOp,
  softSign: softSignOp,
  softplus: softplusOp,
  tanh: tanhOp,
};

/** Names were checked before. */
export function activationOp(name: string): OpDescriptor {
  return OPS[name]!;
}
