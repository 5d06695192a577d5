/** @file Layers around another whose kernel they change, as nodes of ONNX. */
import type { OnnxContext, OnnxValue } from '../../spec/onnx.ts';
import { convOnnx } from './conv-onnx.ts';

/** The layer inside with the kernel that `change` makes of its own, in Flax's layout and shape. */
export function wrappedOnnx(x: OnnxValue, context: OnnxContext, change: (kernel: string, shape: readonly number[]) => string): string {
  const { args, node, cast, within, outputs } = context;
  const { layer, inFeatures, outFeatures, useBias, kernelSize, strides, padding } = args;
  const isConv = layer === 'Conv';
  const given = {
    inFeatures,
    outFeatures,
    useBias,
    kernelSize,
    strides,
    padding,
    kernelDilation: 1,
    inputDilation: 1,
    featureGroupCount: 1,
  };
  const inner: OnnxContext = { ...within('layer_instance', given as never), outputs };
  const shape = [...(isConv ? [kernelSize as number | number[]].flat() : []), Number(inFeatures), Number(outFeatures)];
  const kernel = change(inner.weight('kernel'), shape);
  if (isConv) return convOnnx(x, inner, kernel);
  const y = node('MatMul', [cast(x, 'float32'), kernel]);
  return useBias === false ? y : node('Add', [y, inner.weight('bias')]);
}
