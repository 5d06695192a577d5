/** @file Attention as nodes of ONNX: softmax(q · k / √depth) · v, heads before positions while it is computed. */
import { knownLength, type OnnxContext, type OnnxValue } from '../../spec/onnx.ts';
import { onnxCausal } from './onnx.ts';

/** The most negative float32, as in `dotProductAttention`. */
const MASKED = -3.4028234663852886e38;

interface Attended {
  readonly query: OnnxValue;
  readonly key: OnnxValue;
  readonly value: OnnxValue;
}
interface AttentionParts {
  readonly bias?: OnnxValue | undefined;
  readonly mask?: OnnxValue | undefined;
  readonly isCausal: boolean;
}

/** All [batch…, length, heads, depth]; keys and values may have fewer heads, each shared by several of the queries. */
export function attentionOnnx({ query, key, value }: Attended, { bias, mask, isCausal }: AttentionParts, context: OnnxContext): string {
  const { node, cast, constant } = context;
  const rank = query.shape.length;
  const [heads, depth] = [knownLength(query, -2, context), knownLength(query, -1, context)];
  const headsFirst = [...query.shape.keys()].map((axis) => (axis === rank - 3 ? rank - 2 : axis === rank - 2 ? rank - 3 : axis));
  const turned = (name: string) => node('Transpose', [name], { perm: headsFirst });
  const shared = (of: OnnxValue): string => {
    const own = knownLength(of, -2, context);
    const places = Array.from({ length: heads }, (_, head) => Math.floor((head * own) / heads));
    return own === heads ? turned(of.name) : node('Gather', [turned(of.name), context.ints(places)], { axis: rank - 3 });
  };
  const queries = node('Div', [turned(query.name), constant(Math.fround(Math.sqrt(depth)))]);
  const columns = [...query.shape.keys()].map((axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis));
  let logits = node('MatMul', [queries, node('Transpose', [shared(key)], { perm: columns })]);
  if (bias) logits = node('Add', [logits, cast(bias, 'float32')]);
  if (mask) logits = node('Where', [cast(mask, 'bool'), logits, constant(MASKED)]);
  if (isCausal) {
    const triangle = onnxCausal(knownLength(query, -3, context), knownLength(key, -3, context), context);
    logits = node('Where', [triangle, logits, constant(MASKED)]);
  }
  return turned(node('MatMul', [node('Softmax', [logits], { axis: -1 }), shared(value)]));
}
