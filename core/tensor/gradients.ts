/** @file Reverse-mode gradients over TensorFlow.js's tape, with JAX's zeros for what does not matter. */
import { hiddenEngine } from './engine.ts';
import { tf } from './tf.ts';

/** What a function to differentiate may do while it runs. */
export interface Tape {
  /**
   * Returns the same value as a new tensor whose gradient will be reported too: the gradient of all that is computed from the
   * result, and only that. This costs no copy and no second pass.
   */
  readonly watch: (x: tf.Tensor) => tf.Tensor;
  /** Lets a tensor made by the function live on after it, as the value does: it then belongs to whoever asked for the gradients. */
  readonly keep: <T extends tf.Tensor>(x: T) => T;
}

/** A value and its gradients. The caller disposes all of them. */
export interface ValueAndGradients {
  readonly value: tf.Tensor;
  /** The gradient of the value with respect to each x, of its shape. Zeros where it does not matter. */
  readonly grads: tf.Tensor[];
  /** The gradients of the watched tensors, in the order of the calls of `watch`. */
  readonly watchedGrads: tf.Tensor[];
}

/**
 * Runs `f` once and differentiates its result with respect to `xs` and to every tensor that it watches. If the result is no
 * scalar, its sum is differentiated, unless `dy` gives a weight for each of its numbers. The value is a tensor of its own even where `f`
 * returns one that it did not make.
 *
 * The engine looks at the list of xs only after `f` has run, so tensors made by `f` can join that list: that is how watching works.
 * Gradients of integer tensors are not defined, and are zeros. If `f` throws, nothing of the pass stays behind.
 */
export function valueAndGradients(f: (tape: Tape) => tf.Tensor, xs: readonly tf.Tensor[], dy?: tf.Tensor): ValueAndGradients {
  const engine = hiddenEngine();
  const firstScope = engine.state.nextScopeId;
  const watched: tf.Tensor[] = [];
  const kept: tf.Tensor[] = [];
  // The engine refuses an empty list, even where something will be watched.
  const placeholder = xs.length === 0 ? tf.scalar(0) : undefined;
  const all = placeholder ? [placeholder] : [...xs];
  const first = all.length;

  const watch = (x: tf.Tensor) => {
    const copy = tf.clone(x);
    watched.push(copy);
    all.push(copy);
    return copy;
  };
  const keep = <T extends tf.Tensor>(x: T) => {
    // What was made before the pass, or is kept already, has an owner.
    const scopeId: number = x.scopeId;
    if (!x.kept && scopeId >= firstScope) kept.push(tf.keep(x));
    return x;
  };

  let done = false;
  let made: tf.Tensor | undefined;
  const run = () => {
    const value = f({ watch, keep });
    // What the function did not make itself has an owner, who would lose it with the value.
    const isOwn = value.scopeId >= firstScope && (!value.kept || kept.includes(value));
    made = isOwn ? value : tf.clone(value);
    return made;
  };
  try {
    const { value, grads } = tf.engine().gradients(run, all, dy as never, true);
    const complete = withZeros(all, grads);
    done = true;
    return { value, grads: complete.slice(placeholder ? first : 0, first), watchedGrads: complete.slice(first) };
  } finally {
    placeholder?.dispose();
    for (const tensor of kept) {
      tensor.kept = false;
      if (!done) tensor.dispose();
      else engine.track(tensor);
    }
    if (!done) {
      // The way back may fail after the value is there.
      if (made && !made.isDisposed) made.dispose();
      disposeTape();
    }
  }
}

/** The gradients of `f()` with respect to `xs`, zeros where an x does not matter. The caller disposes them. See `valueAndGradients`. */
export function gradients(f: () => tf.Tensor, xs: readonly tf.Tensor[], dy?: tf.Tensor): tf.Tensor[] {
  const { value, grads } = valueAndGradients(f, xs, dy);
  value.dispose();
  return grads;
}

/** One tensor of its own for each x: the engine leaves out what does not matter, and may give the same tensor twice. */
function withZeros(xs: readonly tf.Tensor[], grads: readonly (tf.Tensor | null | undefined)[]): tf.Tensor[] {
  const seen = new Set<tf.Tensor>();
  return xs.map((x, i) => {
    const grad = grads[i];
    if (!grad) return tf.zeros(x.shape);
    if (seen.has(grad)) return tf.clone(grad);
    seen.add(grad);
    return grad;
  });
}

/** Disposes what the tape saved. The engine does so only when a pass succeeds; after an error it would leak. */
function disposeTape(): void {
  const { state } = hiddenEngine();
  if (state.gradientDepth > 0 || !state.activeTape) return;
  for (const node of state.activeTape) for (const tensor of node.saved ?? []) tensor.dispose();
  state.activeTape = null;
}
