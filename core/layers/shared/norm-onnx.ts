/** @file The layers that normalize as nodes of ONNX. */
import { normalizeOnnx, transposeOnnx, type OnnxContext, type OnnxValue } from '../../spec/onnx.ts';
import { countAxes } from './normalize.ts';

/** By the statistics that were stored: BatchNormalization, which wants the features on axis 1. */
export function batchNormOnnx(x: OnnxValue, context: OnnxContext): string {
  const { args, node, cast, weight, constant, ints } = context;
  const { length: rank } = x.shape;
  const [feature] = countAxes(Number(args['axis']), rank) as [number];
  const count = Number(args['numFeatures']);
  const one = (value: number) => constant(Array.from({ length: count }, () => value));
  const scale = args['useScale'] === false ? one(1) : weight('scale');
  const bias = args['useBias'] === false ? one(0) : weight('bias');
  const order = [0, feature, ...Array.from({ length: rank - 1 }, (_, i) => i + 1).filter((axis) => axis !== feature)];
  // A single axis, or features in place of the batch: there is no axis 1 to turn to.
  const isTurned = rank > 1 && feature > 0;
  const given = cast(x, 'float32');
  const first = isTurned ? transposeOnnx(given, order, context) : node('Reshape', [given, ints(rank === 1 ? [1, count] : [1, count, -1])]);
  const attributes = { epsilon: { float: Number(args['epsilon']) } };
  const y = node('BatchNormalization', [first, scale, bias, weight('mean'), weight('var')], attributes);
  if (!isTurned) return context.reshape(y, [1, count, 'rest'], x.shape);
  return transposeOnnx(
    y,
    order.map((_, axis) => order.indexOf(axis)),
    context,
  );
}

/** Over the reduction axes, with scale and bias along the feature axes; `useMean` is false for the root mean square. */
export function layerNormOnnx(x: OnnxValue, context: OnnxContext, useMean = true): string {
  const { args, cast } = context;
  const { length: rank } = x.shape;
  const axes = countAxes(args['reductionAxes'] as number | number[], rank);
  const features = countAxes(args['featureAxes'] as number | number[], rank);
  const lengths = x.shape.map((dim, axis) => (features.includes(axis) && typeof dim === 'number' ? dim : 1));
  const y = normalizeOnnx(cast(x, 'float32'), axes, Number(args['epsilon']), context, useMean);
  return scaled(y, lengths, context);
}

/** Groups of features as two axes, normalized over the last and those between. */
export function groupNormOnnx(x: OnnxValue, groups: readonly [number, number], context: OnnxContext): string {
  const { args, cast, reshape } = context;
  const { length: rank } = x.shape;
  const given = args['reductionAxes'] as number | number[] | null;
  const axes = countAxes(given ?? x.shape.slice(1).map((_, i) => i + 1), rank).filter((axis) => axis !== rank - 1);
  const split = [...x.shape.slice(0, -1), ...groups];
  const y = normalizeOnnx(reshape(cast(x, 'float32'), x.shape, split), [...axes, rank], Number(args['epsilon']), context);
  return reshape(scaled(y, groups, context), split, x.shape);
}

function scaled(y: string, shape: readonly number[], { args, node, weight }: OnnxContext): string {
  const factor = args['useScale'] === false ? y : node('Mul', [y, weight('scale', { shape })]);
  return args['useBias'] === false || args['useBias'] === undefined ? factor : node('Add', [factor, weight('bias', { shape })]);
}
