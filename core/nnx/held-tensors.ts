/** @file What a captured function hands to its caller, so that the surrounding tidy lets it live. */
import { tf } from '../tensor/tf.ts';
import { isOwned, mapTensors, tensorsIn } from './ownership.ts';
import { State } from './state.ts';

/**
 * Every tensor in a value, whatever the class of the objects that hold it, raw ones in Modules included: tidy by itself looks
 * into no Map, Set or State. Variables are no matter here, they keep their tensors alive themselves.
 */
export function heldTensors(value: unknown, seen: Set<object> = new Set()): tf.Tensor[] {
  if (value instanceof tf.Tensor) return [value];
  if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) return [];
  seen.add(value);
  const parts: Iterable<unknown> =
    value instanceof Map || value instanceof Set || value instanceof State ? value.values() : Object.values(value);
  return Array.from(parts).flatMap((part) => heldTensors(part, seen));
}

/** A result that its receiver may dispose: a tensor that a Variable owns is replaced by a second handle on the same numbers. */
export function disposable<T>(result: T): T {
  return tensorsIn(result).some(isOwned) ? mapTensors(result, (tensor) => (isOwned(tensor) ? tf.clone(tensor) : tensor)) : result;
}
