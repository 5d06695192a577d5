/** @file Who owns which tensor: counting, disposing, and scopes. */
import { tf } from './tf.ts';

/** Tensors in arrays and objects, to any depth. Other values are passed over. */
export type Nested = unknown;

/** The number of live tensors. Tests compare it before and after. */
export function countTensors(): number {
  return tf.memory().numTensors;
}

/** Disposes every tensor in `values`. Those disposed before are passed over. */
export function dispose(...values: Nested[]): void {
  for (const tensor of tensorsIn(values)) if (!tensor.isDisposed) tensor.dispose();
}

/**
 * Runs `fn` and disposes every tensor that it made, but for those in what it returns and those kept by `tf.keep`. As `tf.tidy`,
 * which it is, but refuses a function that returns a promise: its tensors would be disposed before it has done its work.
 * Inside a gradient it is safe, because the tape keeps what it needs by itself.
 * @throws TypeError if `fn` returns a promise.
 */
export function scope<T>(fn: () => T): T {
  let result: T;
  tf.tidy(() => {
    result = fn();
    if (result instanceof Promise) throw new TypeError('scope() cannot wait for a promise. Await first, then compute in a scope.');
    return tensorsIn([result]);
  });
  return result!;
}

/** Every tensor in nested arrays, maps and objects, each once. */
export function tensorsIn(value: Nested): tf.Tensor[] {
  const found = new Set<tf.Tensor>();
  const seen = new Set<unknown>();
  const visit = (item: unknown): void => {
    if (typeof item !== 'object' || item === null || seen.has(item)) return;
    if (item instanceof tf.Tensor) {
      found.add(item);
      return;
    }
    seen.add(item);
    if (ArrayBuffer.isView(item)) return;
    for (const part of item instanceof Map ? item.values() : item instanceof Set ? item : Object.values(item)) visit(part);
  };
  visit(value);
  return [...found];
}
