/** @file Freeing everything that a Module or State holds. Flax leaves this to Python's reference counts. */
import { tf } from '../tensor/tf.ts';
import { isContainer, isPytree } from './pytree.ts';
import { State } from './state.ts';
import { Variable } from './variable.ts';
import { Walk } from './walk.ts';

/**
 * Frees the tensors of all Variables, and all raw tensors, in a Module, State, Variable, tensor, or arrays and objects of
 * these. Views share Variables: dispose a model once, when no view of it is needed any more.
 */
export function dispose(root: unknown): void {
  if (root instanceof Variable || root instanceof tf.Tensor || root instanceof State) root.dispose();
  else if (isPytree(root) || isContainer(root)) {
    const walk = new Walk(root, { graph: true, visit: 'data', functionName: 'dispose' });
    while (walk.step()) if (walk.node instanceof Variable || walk.node instanceof tf.Tensor) walk.node.dispose();
  }
}
