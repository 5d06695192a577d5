/**
 * @file Recording what methods return, while a capture runs. Each instance in the captured graph gets wrappers of its own:
 * Flax wraps classes, which breaks other instances and undoes nested captures (BUG-10).
 */
import type { CaptureContext } from './capture-context.ts';
import { type Module, iterModules } from './module.ts';
import { pytreeClass } from './pytree.ts';
import type { VariableType } from './variable-names.ts';
import { wrapMethod } from './wrap-method.ts';

/**
 * Runs `f` with the public methods of every Module's own class recording their results under `type`; restores them afterwards.
 * Views that are made meanwhile record as their originals do.
 */
export function withRecordedMethods(root: unknown, type: VariableType, context: CaptureContext, f: () => void): void {
  const undo: (() => void)[] = [];
  const record = (original: Module, target: Module): void => {
    for (const name of recordedNames(original)) {
      const recorded = name === 'call' ? '__call__' : name;
      const after = (result: unknown): unknown => {
        context.record(target, type, recorded, result ?? null, {});
        return result;
      };
      undo.push(wrapMethod(target, name, after));
    }
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
