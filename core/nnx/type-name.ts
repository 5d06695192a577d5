/** @file Names of classes that survive minification: a class may state its own in a static `typeName`. */

/** Any class, abstract ones included, as filters and registries take them. */
export type Class<T = unknown> = abstract new (...args: never[]) => T;

/**
 * Whether a value is a class rather than a plain function: only a class's `prototype` cannot be replaced. Classes that were
 * compiled to functions, as those of TensorFlow.js in Node, are known by the methods that they have.
 */
export function isClass(value: unknown): value is Class {
  if (typeof value !== 'function') return false;
  const descriptor = Object.getOwnPropertyDescriptor(value, 'prototype');
  if (descriptor === undefined) return false;
  return descriptor.writable === false || Object.getOwnPropertyNames(descriptor.value).length > 1;
}

/** The name of a class: its own static `typeName`, else the name it was declared under. Not inherited. */
export function className(type: Class): string {
  const stated: unknown = Object.hasOwn(type, 'typeName') ? (type as { typeName?: unknown }).typeName : undefined;
  return typeof stated === 'string' ? stated : type.name;
}

/** The class that an object was made by; read past the object, which may have an attribute called `constructor`. */
export function classOf(value: object): Class | null {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null;
  return typeof prototype?.constructor === 'function' ? (prototype.constructor as Class) : null;
}

/** The name of a value's type, for messages: `Linear`, `number`, `null`. */
export function typeNameOf(value: unknown): string {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value === null ? 'null' : typeof value;
  if (isClass(value)) return `class ${className(value)}`;
  const type = classOf(value);
  return type ? className(type) : typeof value;
}
