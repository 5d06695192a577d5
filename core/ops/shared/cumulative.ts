/** @file What cumsum and cumprod share. */
import type { OpDescriptor } from '../../spec/define.ts';
import { p } from '../../spec/params.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import type { tf } from '../../tensor/tf.ts';
import { resolveAxis } from './axes.ts';
import { defineElementwiseOp } from './elementwise.ts';
import { read } from './ports.ts';
import { JNP, pythonCall } from './python.ts';
import { kerasOps } from './keras.ts';

/** `axis`: along which to go on; `reverse`: from the end. */
export interface CumulativeOptions {
  readonly axis?: number;
  readonly reverse?: boolean;
}

interface Cumulative {
  readonly type: string;
  readonly doc: string;
  readonly keywords: readonly string[];
  readonly apply: (x: tf.Tensor, options: CumulativeOptions) => tf.Tensor;
  readonly flax: string;
  readonly onnx?: OnnxEntry;
  /** The name of the function of `keras.ops`. */
  readonly keras: string;
}

/** An op of one input, `x`, that goes along an axis. */
export function defineCumulativeOp({ flax, keras, ...op }: Cumulative): OpDescriptor {
  return defineElementwiseOp({
    ...op,
    family: 'reduction',
    dtypes: ['float32', 'int32'],
    params: {
      axis: p.int({ default: -1, doc: 'The axis along which it goes; -1 is the last.' }),
      reverse: p.bool({ default: false, doc: 'Go from the end to the start.' }),
    },
    check: (x, { axis }) => void resolveAxis(axis, x.shape),
    pytorch: {
      write: ({ x }, { args, source, spec }) => {
        const type = spec('x')?.dtype === 'int32' ? ', dtype=torch.int32' : '';
        const call = (of: string) => `torch.${op.type}(${of}, dim=${source('axis')}${type})`;
        const dims = `dims=(${source('axis')},)`;
        return args['reverse'] === true ? `torch.flip(${call(`torch.flip(${x}, ${dims})`)}, ${dims})` : call(x!);
      },
    },
    flax: (inputs, context) => {
      context.use(JNP);
      const axis = `axis=${context.source('axis')}`;
      const x = read(inputs, 'x');
      if (context.args['reverse'] !== true) return pythonCall(flax, x, axis);
      return pythonCall('jnp.flip', pythonCall(flax, pythonCall('jnp.flip', x, axis), axis), axis);
    },
    keras: (inputs, context) => {
      const axis = `axis=${context.source('axis')}`;
      const x = read(inputs, 'x');
      if (context.args['reverse'] !== true) return kerasOps(context, keras, x, axis);
      return kerasOps(context, 'flip', kerasOps(context, keras, kerasOps(context, 'flip', x, axis), axis), axis);
    },
    examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: 0, reverse: true }, inputs: { x: { shape: [3, 2] } } }],
  });
}
