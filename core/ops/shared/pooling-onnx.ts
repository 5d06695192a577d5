/** @file Pooling as nodes of ONNX, which wants the features before the spatial axes. */
import { canonicalPadding, perAxis } from '../../layers/shared/windows.ts';
import { slideOnnx } from '../../layers/shared/slide-onnx.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import type { PaddingValue } from '../../spec/params.ts';

export function onnxPool(type: 'AveragePool' | 'MaxPool'): OnnxEntry {
  return ({ x }, context) => {
    const { args, node } = context;
    const window = [args['window'] as number | number[]].flat();
    const strides = perAxis('strides', args['strides'] as number | readonly number[] | null, window.length);
    const padding = canonicalPadding(args['padding'] as PaddingValue, window.length);
    return slideOnnx(x!, { reach: window, strides, padding }, context, (given, pads) => {
      if (pads.some(([low, high], i) => Math.max(low, high) >= window[i]!))
        context.refuse('Its padding is as wide as the window: ONNX Runtime does not take that.');
      const counted: Record<string, number> = type === 'AveragePool' ? { count_include_pad: args['countIncludePad'] === true ? 1 : 0 } : {};
      const sides = [...pads.map(([low]) => low), ...pads.map(([, high]) => high)];
      return node(type, [given], { kernel_shape: window, strides, pads: sides, ...counted });
    });
  };
}
