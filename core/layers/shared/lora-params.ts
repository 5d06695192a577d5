/** @file What LoRA and LoRALinear share. */
import type { Pending, Param } from '../../nnx/variable.ts';
import { p } from '../../spec/params.ts';
import type { tf } from '../../tensor/tf.ts';

/** A class of Variables for the two matrices: LoRAParam, or one of your own. */
export type LoRAParamType = new (value: tf.Tensor | Pending) => Param;

export const loraParams = {
  loraRank: p.int({ min: 1, start: 4, doc: 'The rank of the change: the width between the two matrices.' }),
  aInitializer: p.initializer({ default: 'heUniform', doc: 'How the first matrix starts.' }),
  bInitializer: p.initializer({ default: 'zeros', doc: 'How the second matrix starts; with zeros the change starts as nothing.' }),
};
