/** @file Long work in steps: between two of them its caller may do something else, or give up. */

/** Gives its answer after some pauses, at which it may tell of what it has so far. */
export type Steps<T, Interim = never> = Generator<Interim | undefined, T, undefined>;

/** The answer, without a pause. */
export function drain<T>(steps: Steps<T, unknown>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
