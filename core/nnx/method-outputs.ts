/**
 * @file Recording what methods return, while a capture runs. Each instance in the captured graph gets wrappers of its own:
 * Flax wraps classes, which breaks other instances and undoes nested captures (BUG-10).
 */
import type { CaptureContext } from './capture-context.ts';
import { type Module, iterModules } from './module.ts';
import { pytreeClass } from './pytree.ts';
import type { VariableType } from './variable-names.ts';

type Method = (...args: unknown[]) => unknown;

/**
 * Runs `f` with the public methods of every Module's own class recording their results under `type`; restores them afterwards.
 * Views that are made meanwhile record as their originals do.
 */
export function withRecordedMethods(root: unknown, type: VariableType, context: CaptureContext, f: () => void): void {
  const undo: (() => void)[] = [];
  const record = (original: Module, target: Module): void => {
    for (const name of recordedNames(original)) undo.push(install(target, name, type, context));
  };
  try {
    for (const [, module] of iterModules(root)) record(module, module);
    context.onCopy = (original, copy) => record(original as Module, copy as Module);
    f();
  } finally {
    context.onCopy = null;
    for (const restore of undo.reverse()) restore();
  }
}

/** Methods written in the class itself: not inherited ones, accessors, static methods, hidden ones, or names that start with an underscore. */
function recordedNames(module: Module): string[] {
  const type = pytreeClass(module);
  if (Object.hasOwn(type, 'recordsMethods') && !type.recordsMethods) return [];
  const prototype = Object.getPrototypeOf(module) as object;
  return Object.getOwnPropertyNames(prototype).filter((name) => {
    if (name === 'constructor' || name.startsWith('_')) return false;
    // An attribute of that name hides the method. What is not enumerable is the wrapper of an outer capture.
    if (Object.prototype.propertyIsEnumerable.call(module, name)) return false;
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
    const now = Object.getOwnPropertyDescriptor(module, name);
    // Assigned to while the capture ran: from now on it is an attribute like any other.
    if (now && now.value !== wrapper) Object.defineProperty(module, name, { ...now, enumerable: true });
    else if (before) Object.defineProperty(module, name, before);
    else Reflect.deleteProperty(module, name);
  };
}
