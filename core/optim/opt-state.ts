import { PendingZeros, Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

/** What an optimiser remembers of one parameter. It owns its tensor. Port of nnx.optimizer.OptState. */
export class OptState extends Variable {
  static override readonly typeName: string = 'OptState';
}

/** One state per parameter, of its shape and filled with one number. */
export function makeStates(params: readonly tf.Tensor[], value = 0): OptState[] {
  return params.map((param) => new OptState(value === 0 ? new PendingZeros(param.shape, 'float32') : filled(param.shape, value)));
}

function filled(shape: readonly number[], value: number): tf.Tensor {
  return tf.tidy(() => tf.broadcastTo(tf.scalar(value), [...shape]));
}
