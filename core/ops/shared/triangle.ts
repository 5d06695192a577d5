/** @file Triangles of matrices, for tril and triu. */
import { defineElementwiseOp } from './elementwise.ts';
import type { OpDescriptor } from '../../spec/define.ts';
import { p } from '../../spec/params.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import { tf } from '../../tensor/tf.ts';
import { requireRank } from './ports.ts';
import type { KerasOp } from '../../spec/emit-keras.ts';

/** The numbers of the last two axes for which `isKept(row, column)`, and 0 elsewhere. */
export function keepTriangle(x: tf.Tensor, isKept: (row: number, column: number) => boolean): tf.Tensor {
  const [rows = 0, columns = 0] = x.shape.slice(-2);
  return tf.tidy(() => {
    const mask = Uint8Array.from({ length: rows * columns }, (_, i) => Number(isKept(Math.floor(i / columns), i % columns)));
    // Not a product: 0 · NaN would be NaN.
    return tf.where(tf.tensor(mask, [rows, columns], 'bool'), x, tf.zerosLike(x));
  });
}

interface Triangle {
  readonly type: string;
  readonly doc: string;
  readonly keywords: readonly string[];
  readonly apply: (x: tf.Tensor, options: { readonly k: number }) => tf.Tensor;
  readonly flax: string;
  readonly onnx?: OnnxEntry;
  readonly keras: KerasOp;
}

/** An op of one input, `x`, and a diagonal `k`. */
export function defineTriangleOp(op: Triangle): OpDescriptor {
  return defineElementwiseOp({
    ...op,
    family: 'shape',
    dtypes: ['float32', 'int32', 'bool'],
    pytorch: { write: ({ x }, { option }) => `torch.${op.type}(${x}${option('diagonal', 'k', 0)})` },
    params: { k: p.int({ default: 0, doc: 'The diagonal; 0 is the main one, positive ones lie above it.' }) },
    check: (x) => requireRank(x, 'x', 2),
    examples: [{ inputs: { x: { shape: [3, 3] } } }, { args: { k: -1 }, inputs: { x: { shape: [2, 3, 4] } } }],
  });
}
