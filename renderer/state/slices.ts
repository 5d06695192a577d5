/** @file Long work between frames: a slice, then whatever the page has waiting, then the next. */
import type { Steps } from '../../core/document/index.ts';

/** Half a frame. */
const SLICE_MS = 8;

/** Calls back when the page has had time to draw. */
export type Later = (callback: () => void) => void;

const afterTasks: Later = (callback) => void setTimeout(callback, 0);

/** Goes on with the steps until `done` has their answer. Gives back what gives up. */
export function inSlices<T>(steps: Steps<T, unknown>, done: (answer: T) => void, later: Later = afterTasks): () => void {
  let isWanted = true;
  const go = (): void => {
    if (!isWanted) return;
    const until = performance.now() + SLICE_MS;
    let step = steps.next();
    while (!step.done && performance.now() < until) step = steps.next();
    if (!step.done) return later(go);
    // What is done with the answer is work of its own.
    const { value } = step;
    later(() => isWanted && done(value));
  };
  later(go);
  return () => {
    isWanted = false;
  };
}
