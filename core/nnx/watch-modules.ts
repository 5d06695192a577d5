/**
 * @file Looking into Modules while they run: what each call of each Module returns, and what a Module shows of its own inside, such as
 * the weights of attention. Nothing is kept here, and nothing is changed but what the watcher gives back.
 */
import { tf } from '../tensor/tf.ts';
import { iterModules, type Module } from './module.ts';
import { wrapMethod } from './wrap-method.ts';

/** Sees a value of a Module; the Module goes on with what it returns, which must be equal in shape and type. */
export type SeeInside = (module: object, name: string, value: tf.Tensor) => tf.Tensor;

export interface ModuleWatcher {
  /** A call of a Module has ended, whatever it returned. */
  readonly called: (module: object) => void;
  /** `output` is what a call returned, where that is one tensor; other names are those of `show`. */
  readonly see: SeeInside;
}

let seeing: SeeInside | null = null;

/** Runs `f` while a watcher looks into every Module at or below `root` that can be called. */
export function watchModules<T>(root: Module, watcher: ModuleWatcher, f: () => T): T {
  const undo: (() => void)[] = [];
  const before = seeing;
  try {
    for (const [, module] of iterModules(root)) {
      if (typeof (module as { call?: unknown }).call !== 'function') continue;
      const see = (result: unknown): unknown => {
        watcher.called(module);
        return result instanceof tf.Tensor ? watcher.see(module, 'output', result) : result;
      };
      undo.push(wrapMethod(module, 'call', see));
    }
    seeing = watcher.see;
    return f();
  } finally {
    seeing = before;
    for (const restore of undo.reverse()) restore();
  }
}

/** Shows a value within a call under a name. Returns what to go on with: the value itself where nobody watches. */
export function show(module: object, name: string, value: tf.Tensor): tf.Tensor {
  return seeing ? seeing(module, name, value) : value;
}
