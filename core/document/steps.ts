/** @file Long work in steps: between two of them its caller may do something else, or give up. */

/** Gives its answer after some pauses. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** The answer, without a pause. */
export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
