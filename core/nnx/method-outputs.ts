/**
 * @file Recording what methods return, while a capture runs. Each instance in the captured graph gets wrappers of its own:
 * Flax wraps classes, which breaks other instances and undoes nested captures (BUG-10).
 */
import type { CaptureContext } from './capture-context.ts';
import { type Module, iterModules } from './module.ts';
import { pytreeClass } from './pytree.ts';
import type { VariableType } from './variable-names.ts';

type Method = (...args: unknown[]) => unknown;

/** Runs `f` with the public methods of every Module's own class recording their results under `type`; restores them afterwards. */
export function withRecordedMethods(root: unknown, type: VariableType, context: CaptureContext, f: () => void): void {
  const undo: (() => void)[] = [];
  try {
    for (const [, module] of iterModules(root)) for (const name of recordedNames(module)) undo.push(install(module, name, type, context));
    f();
  } finally {
    for (const restore of undo.reverse()) restore();
  }
}

/** Methods written in the class itself: not inherited ones, accessors, static methods, or names that start with an underscore. */
function recordedNames(module: Module): string[] {
  const type = pytreeClass(module);
  if (Object.hasOwn(type, 'recordsMethods') && !type.recordsMethods) return [];
  const prototype = Object.getPrototypeOf(module) as object;
  return Object.getOwnPropertyNames(prototype).filter((name) => {
    if (name === 'constructor' || name.startsWith('_')) return false;
    return typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function';
  });
}

function install(module: Module, name: string, type: VariableType, context: CaptureContext): () => void {
  const target = module as unknown as Record<string, Method>;
  const before = Object.getOwnPropertyDescriptor(module, name);
  const original = target[name]!;
  const recorded = name === 'call' ? '__call__' : name;
  const wrapper: Method = (...args) => {
    const result = original.apply(module, args);
    context.record(module, type, recorded, result ?? null, {});
    return result;
  };
  // Not enumerable: a wrapper is no attribute, and views made meanwhile must not copy it.
  Object.defineProperty(module, name, { value: wrapper, enumerable: false, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(module, name, before);
    else Reflect.deleteProperty(module, name);
  };
}
