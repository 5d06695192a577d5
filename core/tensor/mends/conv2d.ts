/**
 * @file Gradients of dilated convolutions, which TensorFlow.js refuses. A dilated kernel is a larger one with zeros between its
 * numbers, so the library's own gradient of that one is taken, and the zeros are left out again.
 */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { padInterior } from './place-strided.ts';

interface Convolution {
  readonly strides: number | [number, number];
  readonly pad: tf.backend_util.ExplicitPadding | number | 'same' | 'valid';
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dilations: number | [number, number];
}

type Filter = tf.Tensor4D;

function pairOf(value: number | readonly number[]): [number, number] {
  return typeof value === 'number' ? [value, value] : [value[0]!, value[1]!];
}

/** The kernel with zeros between its numbers. */
function spread(filter: tf.Tensor, [height, width]: readonly [number, number]): Filter {
  if (height === 1 && width === 1) return filter as Filter;
  return padInterior(filter, [
    [0, 0, height - 1],
    [0, 0, width - 1],
    [0, 0, 0],
    [0, 0, 0],
  ]) as Filter;
}

/** The numbers of a spread kernel without the zeros between them. */
function gatherSpread(spread: tf.Tensor, [height, width]: readonly [number, number]): tf.Tensor {
  return height === 1 && width === 1 ? spread : tf.stridedSlice(spread, [0, 0, 0, 0], spread.shape, [height, width, 1, 1]);
}

function spreadShape(filter: tf.Tensor, [height, width]: readonly [number, number]): [number, number, number, number] {
  const [rows, columns, ...channels] = filter.shape as [number, number, number, number];
  return [(rows - 1) * height + 1, (columns - 1) * width + 1, ...channels];
}

export const conv2dGradient = defineGradient<Convolution>({
  kernel: 'Conv2D',
  inputs: ['x', 'filter'],
  gradient: (dy, [x, filter], { strides, pad, dataFormat, dilations }) => {
    const by = pairOf(dilations);
    const attributes = { strides: pairOf(strides), pad, dataFormat, dimRoundingMode: undefined };
    return {
      x: () => runKernel('Conv2DBackpropInput', { dy, filter: spread(filter!, by) }, { ...attributes, inputShape: x!.shape }),
      filter: () => {
        const whole = runKernel('Conv2DBackpropFilter', { x: x!, dy }, { ...attributes, filterShape: spreadShape(filter!, by) });
        return gatherSpread(whole, by);
      },
    };
  },
});

export const depthwiseConv2dGradient = defineGradient<Convolution>({
  kernel: 'DepthwiseConv2dNative',
  inputs: ['x', 'filter'],
  gradient: (dy, [x, filter], { strides, pad, dilations }) => {
    const by = pairOf(dilations ?? 1);
    const attributes = { strides: pairOf(strides), pad, dimRoundingMode: undefined, dilations: [1, 1] };
    return {
      x: () =>
        runKernel('DepthwiseConv2dNativeBackpropInput', { dy, filter: spread(filter!, by) }, { ...attributes, inputShape: x!.shape }),
      filter: () => {
        const shape = spreadShape(filter!, by);
        const whole = runKernel('DepthwiseConv2dNativeBackpropFilter', { x: x!, dy }, { ...attributes, filterShape: shape });
        return gatherSpread(whole, by);
      },
    };
  },
});

function runKernel(name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);
}
