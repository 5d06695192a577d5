/** @file What argmax and argmin share. */
import { defineOp, type OpDescriptor } from '../../spec/define.ts';
import { p } from '../../spec/params.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import { port } from '../../spec/ports.ts';
import { tf } from '../../tensor/tf.ts';
import { resolveAxes, resolveAxis } from './axes.ts';
import { read, requireEntries } from './ports.ts';
import { emitCall, operand } from './python.ts';
import { emitKeras } from './keras.ts';
import type { KerasOp } from '../../spec/emit-keras.ts';

/** `axis`: the axis that is searched, or `null` for all of them as one, read row by row. */
export interface IndexOptions {
  readonly axis?: number | null;
}

/** The index along the axis, or among all numbers; that of the first NaN, if there is one. */
export function indexAlong(x: tf.Tensor, { axis = null }: IndexOptions, find: (x: tf.Tensor, axis: number) => tf.Tensor): tf.Tensor {
  const at = axis === null ? 0 : resolveAxis(axis, x.shape);
  return tf.tidy(() => {
    const given = axis === null ? tf.reshape(x, [-1]) : x;
    const found = find(given, at);
    if (given.dtype !== 'float32') return found;
    // TensorFlow.js passes NaN over.
    const isNaN = tf.isNaN(given);
    return tf.where(tf.any(isNaN, at), tf.argMax(tf.cast(isNaN, 'int32'), at), found);
  });
}

interface IndexReduction {
  readonly type: string;
  readonly doc: string;
  readonly keywords: readonly string[];
  readonly apply: (x: tf.Tensor, options: IndexOptions) => tf.Tensor;
  readonly flax: string;
  readonly onnx?: OnnxEntry;
  /** The name of the function of `keras.ops`, or an entry. */
  readonly keras: string | KerasOp;
}

/** An op of one input, `x`, that gives integers and has no gradient. */
export function defineIndexReductionOp(op: IndexReduction): OpDescriptor {
  return defineOp({
    type: op.type,
    family: 'reduction',
    doc: op.doc,
    keywords: op.keywords,
    params: { axis: p.int.nullable({ doc: 'The axis that is searched; none given means all numbers, read row by row.' }) },
    inputs: { x: port() },
    outputs: { y: port({ dtype: 'int32' }) },
    infer: (inputs, { axis }) => {
      const x = read(inputs, 'x');
      const { shape } = x;
      requireEntries(x, resolveAxes(axis, shape));
      return { y: { shape: axis === null ? [] : shape.toSpliced(resolveAxis(axis, shape), 1), dtype: 'int32' } };
    },
    apply: (inputs, args) => op.apply(read(inputs, 'x'), args),
    emit: {
      keras: typeof op.keras === 'string' ? emitKeras(op.keras, { axis: 'axis' }) : op.keras,
      flax: emitCall(op.flax),
      pytorch: {
        write: ({ x }, { args, source, spec }) => {
          const numbers = spec('x')?.dtype === 'bool' ? `${operand(x!)}.int()` : operand(x!);
          return `${numbers}.${op.type}(${args['axis'] === null ? '' : `dim=${source('axis')}`})`;
        },
      },
    },
    ...(op.onnx === undefined ? {} : { onnx: op.onnx }),
    examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: -1 }, inputs: { x: { shape: [2, 3] } } }],
  });
}
