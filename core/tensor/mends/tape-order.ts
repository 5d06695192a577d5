/**
 * @file Second-order gradients through ops that save their result: exp, tanh, sigmoid, softmax … TensorFlow.js records the copy of the
 * result before the op that made it, so that its walk along the tape does not see that the copy depends on anything, and leaves out what
 * flows back through it: wrong numbers without a word.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { hiddenEngine } from '../engine.ts';

/** Puts an op in front of the copies of its results. */
export function mendTapeOrder(): void {
  const engine = hiddenEngine();
  const original = engine.addTapeNode;
  engine.addTapeNode = function (this: typeof engine, ...node) {
    original.apply(this, node);
    const [, , outputs, , saved] = node;
    const tape = this.state.activeTape;
    if (!tape) return;
    const isCopy = ({ inputs }: { readonly inputs: Readonly<Record<string, tf.Tensor>> }) => outputs.includes(inputs['x']!);
    const last = tape.length - 1;
    for (let i = last - saved.length; i < last; i += 1) {
      if (!isCopy(tape[i]!)) continue;
      tape.splice(i, 0, tape.pop()!);
      return;
    }
  };
}
