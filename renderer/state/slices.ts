/** @file Long work between frames: a slice, then whatever the page has waiting, then the next. */
import type { Steps } from '../../core/document/index.ts';

/** Half a frame. */
const SLICE_MS = 8;

/** Calls back when the page has had time to draw. */
export type Later = (callback: () => void) => void;

const afterTasks: Later = (callback) => void setTimeout(callback, 0);

/** A page that is not drawn, such as that of another tab, is not waited for longer. */
const MOST_MS = 100;
const MOST_IDLE_MS = 250;

/** When the frame that is due has been drawn: what the user has just done is seen before any of the work that follows from it. */
const afterFrame: Later = (callback) => {
  if (typeof requestAnimationFrame === 'undefined') return afterTasks(callback);
  let isWaiting = true;
  const go = (): void => {
    if (isWaiting) callback();
    isWaiting = false;
  };
  requestAnimationFrame(() => afterTasks(go));
  setTimeout(go, MOST_MS);
};

/** When the page has nothing else to do; in the end also when it has: for what nobody waits for. */
export const whenIdle: Later = (callback) => {
  if (typeof requestIdleCallback === 'undefined') afterTasks(callback);
  else requestIdleCallback(callback, { timeout: MOST_IDLE_MS });
};

export interface SliceOptions<Told> {
  /** Hears what the steps tell of on the way. */
  readonly tell?: (value: Told) => void;
  /** When a slice is due, if not soon. */
  readonly later?: Later | undefined;
}

/** Goes on with the steps until `done` has their answer. Gives back what gives up. */
export function inSlices<T, Told>(steps: Steps<T, Told>, done: (answer: T) => void, { tell, later }: SliceOptions<Told> = {}): () => void {
  const next = later ?? afterTasks;
  let isWanted = true;
  const go = (): void => {
    if (!isWanted) return;
    const until = performance.now() + SLICE_MS;
    let step = steps.next();
    while (!step.done && !step.value && performance.now() < until) step = steps.next();
    if (!step.done) {
      if (step.value) tell?.(step.value);
      return next(go);
    }
    // What is done with the answer is work of its own.
    const { value } = step;
    next(() => isWanted && done(value));
  };
  (later ?? afterFrame)(go);
  return () => {
    isWanted = false;
  };
}
