/** @file MultiHeadAttention as nodes of ONNX. */
import { attentionOnnx } from '../../ops/shared/attention-onnx.ts';
import type { OnnxContext, OnnxValue } from '../../spec/onnx.ts';
import { linearGeneralOnnx } from './linear-onnx.ts';
import { layerNormOnnx } from './norm-onnx.ts';

export function multiHeadOnnx(q: OnnxValue, k: OnnxValue, v: OnnxValue, mask: OnnxValue | undefined, context: OnnxContext): string {
  const { args, within } = context;
  if (args['decode'] === true) context.refuse('It decodes with a cache that changes at every call: a graph of ONNX keeps nothing.');
  const { useBias } = args;
  const number = (name: string, otherwise: unknown) => Number(args[name] ?? otherwise);
  const [heads, inFeatures] = [number('numHeads', 1), number('inFeatures', 1)];
  const depth = number('qkvFeatures', inFeatures) / heads;
  const project = (name: string, x: OnnxValue, of: number): OnnxValue => {
    const given = { inFeatures: Number(x.shape.at(-1)), outFeatures: [of, depth], axis: -1, useBias };
    return { name: linearGeneralOnnx(x, within(name, given as never)), shape: [...x.shape.slice(0, -1), of, depth], dtype: 'float32' };
  };
  const normed = (name: string, x: OnnxValue): OnnxValue => {
    if (args['normalizeQk'] !== true) return x;
    const given = { reductionAxes: -1, featureAxes: -1, epsilon: 1e-6, useScale: true, useBias: false };
    return { ...x, name: layerNormOnnx(x, within(name, given)) };
  };
  const others = number('numKvHeads', heads);
  const query = normed('query_ln', project('query', q, heads));
  const key = normed('key_ln', project('key', k, others));
  const value = project('value', v, others);
  const mixed: OnnxValue = {
    name: attentionOnnx({ query, key, value }, { mask, isCausal: args['isCausal'] === true }, context),
    shape: query.shape,
    dtype: 'float32',
  };
  const given = { inFeatures: [heads, depth], outFeatures: number('outFeatures', inFeatures), axis: [-2, -1], useBias };
  return linearGeneralOnnx(mixed, within('out', given as never));
}
