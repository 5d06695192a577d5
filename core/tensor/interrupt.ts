/** @file Ending a long stretch of ops from within: while it lasts no message can come in, but something can be asked between two ops. */
import { hiddenEngine } from './engine.ts';
import { tf } from './tf.ts';

/** So often something is asked. */
const ASK_MS = 16;

/**
 * Runs `f`, and calls `check` before an op every now and then: what it throws ends `f` as a fault of that op would. Not before an op within
 * another one, which holds tensors that nobody else knows of.
 */
export function interruptible<T>(check: (() => void) | undefined, f: () => T, everyMs = ASK_MS): T {
  if (!check) return f();
  const engine = hiddenEngine();
  const before = Object.getOwnPropertyDescriptor(engine, 'runKernelFunc');
  const run = engine.runKernelFunc.bind(engine);
  let askedMs = tf.util.now();
  engine.runKernelFunc = (op) => {
    if (engine.state.kernelDepth === 0) {
      const nowMs = tf.util.now();
      if (nowMs - askedMs >= everyMs) {
        askedMs = nowMs;
        check();
      }
    }
    return run(op);
  };
  try {
    return f();
  } finally {
    if (before) Object.defineProperty(engine, 'runKernelFunc', before);
    else Reflect.deleteProperty(engine, 'runKernelFunc');
  }
}
