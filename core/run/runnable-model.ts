import type { CallableModule } from '../nnx/module.ts';
import type { tf } from '../tensor/tf.ts';

/** A model as running needs it: tensors in, one tensor or several out. */
export type RunnableModel = CallableModule<tf.Tensor[], tf.Tensor | readonly tf.Tensor[]>;
