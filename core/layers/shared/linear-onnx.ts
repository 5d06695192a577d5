/** @file The layers of one product as nodes of ONNX. */
import type { OnnxContext, OnnxValue } from '../../spec/onnx.ts';
import { transposeOnnx } from '../../spec/onnx.ts';
import { countAxes } from './normalize.ts';

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** x · kernel + bias. */
export function linearOnnx(x: OnnxValue, { args, node, cast, weight }: OnnxContext): string {
  const y = node('MatMul', [cast(x, 'float32'), weight('kernel')]);
  return args['useBias'] === false ? y : node('Add', [y, weight('bias')]);
}

/** x · a · b. */
export function loraOnnx(x: OnnxValue, { node, cast, weight }: OnnxContext): string {
  return node('MatMul', [node('MatMul', [cast(x, 'float32'), weight('lora_a')]), weight('lora_b')]);
}

/** The contracted axes as one, the last; then one product, and its last axis taken apart. */
export function linearGeneralOnnx(x: OnnxValue, context: OnnxContext): string {
  const { args, node, cast, weight, reshape } = context;
  const [inFeatures, outFeatures] = [[args['inFeatures'] as number | number[]].flat(), [args['outFeatures'] as number | number[]].flat()];
  const contracted = countAxes(args['axis'] as number | number[], x.shape.length).sort((a, b) => a - b);
  const free = [...x.shape.keys()].filter((axis) => !contracted.includes(axis));
  const order = [...free, ...contracted];
  const ordered = transposeOnnx(cast(x, 'float32'), order, context);
  const [inputs, outputs] = [product(inFeatures), product(outFeatures)];
  const lengths = free.map((axis) => x.shape[axis]!);
  const rows =
    contracted.length === 1
      ? ordered
      : reshape(
          ordered,
          order.map((axis) => x.shape[axis]!),
          [...lengths, inputs],
        );
  let y = node('MatMul', [rows, weight('kernel', { shape: [inputs, outputs] })]);
  if (args['useBias'] !== false) y = node('Add', [y, weight('bias', { shape: [outputs] })]);
  return outFeatures.length === 1 ? y : reshape(y, [...lengths, outputs], [...lengths, ...outFeatures]);
}
