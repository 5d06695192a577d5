/** @file The descriptor of a condition that pauses a training. A new condition is one new file in this folder. */
import type { tf } from '../../tensor/tf.ts';

/** What can be watched: what Modules give, gradients and values of parameters, how far a step moves them, and the loss. */
export const WATCHED_PARTS = {
  output: 'outputs of modules',
  gradient: 'gradients of parameters',
  parameter: 'parameters',
  update: 'updates of parameters',
  loss: 'the loss',
} as const;

export type WatchedPart = keyof typeof WATCHED_PARTS;

export interface WatchDescriptor {
  readonly type: string;
  /** Behind what is watched: `norm above`. */
  readonly title: string;
  readonly doc: string;
  readonly parts: readonly WatchedPart[];
  /** What the limit begins with in a form; null where there is none. */
  readonly start: number | null;
  /**
   * The number that is looked at, as a scalar that the surrounding tidy frees. `weight`: for updates, the parameter before it. For the loss the
   * number is the loss itself.
   */
  readonly measure: (value: tf.Tensor, weight: tf.Tensor | null) => tf.Tensor;
  /** `before`: of the step before, where there was one. */
  readonly holds: (now: number, limit: number, before: number | undefined) => boolean;
  /** `norm 12.5, above 10`. */
  readonly text: (now: number, limit: number, before: number | undefined) => string;
}

export function defineWatch(descriptor: WatchDescriptor): WatchDescriptor {
  return descriptor;
}

/** Short enough for a sentence. */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}
