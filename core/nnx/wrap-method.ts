/** @file A method of one Module wrapped for a while: what it returns passes through a function. Other instances of the class stay as they are. */
import type { Module } from './module.ts';

type Method = (...args: unknown[]) => unknown;

/** Wraps until the function that it returns is called. */
export function wrapMethod(module: Module, name: string, after: (result: unknown) => unknown): () => void {
  const target = module as unknown as Record<string, Method>;
  const before = Object.getOwnPropertyDescriptor(module, name);
  const original = target[name]!;
  const wrapper: Method = (...args) => after(original.apply(module, args));
  // Not enumerable: a wrapper is no attribute, and views made meanwhile must not copy it.
  Object.defineProperty(module, name, { value: wrapper, enumerable: false, configurable: true, writable: true });
  return () => {
    const now = Object.getOwnPropertyDescriptor(module, name);
    // Assigned to while it was wrapped: from now on it is an attribute like any other.
    if (now && now.value !== wrapper) Object.defineProperty(module, name, { ...now, enumerable: true });
    else if (before) Object.defineProperty(module, name, before);
    else Reflect.deleteProperty(module, name);
  };
}
