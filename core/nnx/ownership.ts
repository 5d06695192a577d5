/**
 * @file Who frees which tensor. A Variable keeps its tensors alive through every tidy and gradient scope, and frees
 * them itself. No tensor has two owners: a second one gets its own handle on the same data (no copy of the numbers).
 */
import { tf } from '../tensor/tf.ts';

const owners = new WeakMap<tf.Tensor, object>();

/** A value that may hold tensors in arrays and plain objects; other objects are opaque. */
export function isPlainContainer(value: unknown): value is readonly unknown[] | Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Calls `visit` with every tensor in `value`, arrays, plain objects and Maps included. */
export function visitTensors(value: unknown, visit: (tensor: tf.Tensor) => void): void {
  if (value instanceof tf.Tensor) visit(value);
  else if (value instanceof Map) for (const part of value.values()) visitTensors(part, visit);
  else if (isPlainContainer(value)) for (const part of Object.values(value)) visitTensors(part, visit);
}

/** All tensors in `value`, arrays, plain objects and Maps included. */
export function tensorsIn(value: unknown): tf.Tensor[] {
  if (value instanceof tf.Tensor) return [value];
  const tensors: tf.Tensor[] = [];
  visitTensors(value, (tensor) => tensors.push(tensor));
  return tensors;
}

/** The same structure with every tensor replaced. */
export function mapTensors<T>(value: T, replace: (tensor: tf.Tensor) => tf.Tensor): T;
export function mapTensors(value: unknown, replace: (tensor: tf.Tensor) => tf.Tensor): unknown {
  if (value instanceof tf.Tensor) return replace(value);
  if (Array.isArray(value)) return value.map((part: unknown) => mapTensors(part, replace));
  if (value instanceof Map) return new Map(Array.from(value, ([key, part]: [unknown, unknown]) => [key, mapTensors(part, replace)]));
  if (!isPlainContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapTensors(part, replace)]));
}

/** Makes `owner` the owner of every tensor in `value`; those that another owns are replaced by handles of its own. */
export function own<T>(owner: object, value: T): T {
  if (value instanceof tf.Tensor) return ownTensor(owner, value) as T & tf.Tensor;
  return isPlainContainer(value) || value instanceof Map ? mapTensors(value, (tensor) => ownTensor(owner, tensor)) : value;
}

/** Whether a Variable owns a tensor. */
export function isOwned(tensor: tf.Tensor): boolean {
  return owners.has(tensor);
}

function ownTensor(owner: object, tensor: tf.Tensor): tf.Tensor {
  const present = owners.get(tensor);
  if (present === owner) return tensor;
  const mine = present === undefined ? tensor : tf.clone(tensor);
  owners.set(mine, owner);
  return tf.keep(mine);
}

/** Frees the tensors of `value` that `owner` owns, except those that `kept` holds too. */
export function disown(owner: object, value: unknown, kept?: unknown): void {
  const stay = new Set(tensorsIn(kept));
  visitTensors(value, (tensor) => {
    if (owners.get(tensor) !== owner || stay.has(tensor)) return;
    owners.delete(tensor);
    release(tensor);
  });
}

/** Gives `value`'s tensors away without freeing them: they become ordinary tensors of the surrounding scope. */
export function giveAway(owner: object, value: unknown): void {
  visitTensors(value, (tensor) => {
    if (owners.get(tensor) !== owner) return;
    owners.delete(tensor);
    toScope(tensor);
  });
}

/**
 * Frees a tensor: at once, or at the end of the surrounding tidy or gradient scope if there is one. A layer may still
 * be reading the statistics that it has just replaced.
 */
export function release(tensor: tf.Tensor): void {
  if (tf.engine().state.activeScope) toScope(tensor);
  else tensor.dispose();
}

/** Hands a kept tensor back to the surrounding scope; outside every scope it is the caller's to dispose. */
export function toScope(tensor: tf.Tensor): void {
  if (tensor.isDisposed) return;
  tensor.kept = false;
  // Public in the JavaScript, private in the types: what tidy itself calls for the tensors it returns.
  (tf.engine() as unknown as { track(tensor: tf.Tensor): tf.Tensor }).track(tensor);
}
