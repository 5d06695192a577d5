/**
 * @file Perturbations without tensors. Adding zeros changes no value, so a perturbation that is known to be zero is not
 * added: while a gradient with respect to it is recorded, `perturb` returns a second handle on the value (an identity on
 * the tape, no copy of numbers), and the gradient is taken at that handle.
 *
 * Why it is the same: with y = x + p and p = 0, everything after y sees the same numbers, and dL/dp = dL/dy because
 * dy/dp is the identity. The handle is y. Uses of x itself, past the perturbation, reach L by other handles and are not counted.
 */
import { tf } from '../tensor/tf.ts';
import type { Variable } from './variable.ts';

/** One gradient being recorded: per perturbation, the handles returned so far, one per call. */
export class TapRecorder {
  readonly #handles = new Map<Variable<unknown>, tf.Tensor[]>();

  /** Starts to record at a perturbation. */
  watch(variable: Variable<unknown>): void {
    this.#handles.set(variable, []);
  }

  /** Adds a handle if the perturbation is recorded here. */
  add(variable: Variable<unknown>, handle: tf.Tensor): void {
    this.#handles.get(variable)?.push(handle);
  }

  watches(variable: Variable<unknown>): boolean {
    return this.#handles.has(variable);
  }

  /** The handles of one perturbation in the order of the calls. */
  handles(variable: Variable<unknown>): readonly tf.Tensor[] {
    return this.#handles.get(variable) ?? [];
  }
}

const recorders: TapRecorder[] = [];

/** Runs `f` while a recorder listens; nested gradients each have their own. */
export function withTapRecorder<R>(recorder: TapRecorder, f: () => R): R {
  recorders.push(recorder);
  try {
    return f();
  } finally {
    recorders.pop();
  }
}

/** The value as it leaves `perturb`: a recorded handle where a gradient is taken with respect to the perturbation, else the value itself. */
export function tap(variable: Variable<unknown>, value: tf.Tensor): tf.Tensor {
  const listening = recorders.filter((recorder) => recorder.watches(variable));
  if (listening.length === 0) return value;
  const handle = tf.clone(value);
  for (const recorder of listening) recorder.add(variable, handle);
  return handle;
}
