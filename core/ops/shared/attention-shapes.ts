/** @file Which shapes of query, key and value fit each other. */
import { ValueError } from '../../nnx/errors.ts';
import { broadcastShapes, formatShape, sameShape, type Dim, type Shape, type TensorSpec } from '../../spec/shape.ts';
import { reject } from '../../spec/reject.ts';
import { read, requireFloat, requireRank } from './ports.ts';

export type AttentionShapes = readonly number[];

/** What is wrong, in Flax's words, or undefined. Lengths are compared as they are, names with names. */
function findMismatch(query: Shape, key: Shape, value?: Shape): string | undefined {
  const all = value ? [query, key, value] : [query, key];
  const names = value ? 'q, k, v' : 'q, k';
  if (query.length < 3) return `${names} must have at least 3 axes, but q has ${query.length}.`;
  if (all.some(({ length }) => length !== query.length)) {
    return `${names} must have same rank, but got ${all.map(({ length }) => length).join(', ')}.`;
  }
  const batch = (shape: Shape) => formatShape(shape.slice(0, -3));
  if (all.some((shape) => batch(shape) !== batch(query))) {
    return `${names} batch dims must match, but got shapes ${all.map(formatShape).join(', ')}.`;
  }
  if (value && key.at(-3) !== value.at(-3)) return `k, v lengths must match, but got ${key.at(-3)} and ${value.at(-3)}.`;
  if (query.at(-1) !== key.at(-1)) return `q, k depths must match, but got ${query.at(-1)} and ${key.at(-1)}.`;
  const [heads, keyHeads, valueHeads] = [query.at(-2)!, key.at(-2)!, value?.at(-2)];
  if (!isMultiple(heads, keyHeads))
    return `Query heads (${heads}) must be multiple of Key heads (${keyHeads}) for Grouped Query Attention.`;
  if (valueHeads !== undefined && !isMultiple(heads, valueHeads))
    return `Query heads (${heads}) must be multiple of Value heads (${valueHeads}).`;
  return undefined;
}

function isMultiple(heads: Dim, keyHeads: Dim): boolean {
  return heads === keyHeads || (typeof heads === 'number' && typeof keyHeads === 'number' && heads % keyHeads === 0);
}

/** @throws ValueError for shapes that do not fit each other. */
export function checkAttention(query: AttentionShapes, key: AttentionShapes, value?: AttentionShapes): void {
  const mismatch = findMismatch(query, key, value);
  if (mismatch !== undefined) throw new ValueError(`${mismatch} Shapes are [batch…, length, heads, depth].`);
}

/** Whether a bias or mask broadcasts to the logits without making them larger. */
export function fitsLogits(shape: Shape, logits: Shape): boolean {
  const together = broadcastShapes(logits, shape);
  return together !== undefined && sameShape(together, logits);
}

/** @throws ValueError for a bias or mask that does not broadcast to the logits, [batch…, heads, queries, keys]. */
export function checkAgainstLogits(name: 'bias' | 'mask', shape: AttentionShapes, logits: AttentionShapes): void {
  if (fitsLogits(shape, logits)) return;
  throw new ValueError(
    `The ${name} of attention must broadcast to [batch…, heads, queries, keys], ${formatShape(logits)}, but got ${formatShape(shape)}. ` +
      'Give it these axes; a length of 1 stretches.',
  );
}

/**
 * The shape of the output of the op. Stricter than the function on values: without dropout Flax takes only those of the shape of the keys,
 * and the emitted code must run.
 */
export function inferAttention(inputs: Readonly<Record<string, TensorSpec>>): Readonly<Record<string, TensorSpec>> {
  const [query, key, value] = ['query', 'key', 'value'].map((port) => {
    const spec = read(inputs, port);
    requireFloat(spec, port);
    requireRank(spec, port, 3);
    return spec.shape;
  }) as [Shape, Shape, Shape];
  const mismatch =
    findMismatch(query, key, value) ??
    (sameShape(key, value) ? undefined : `Flax takes values of the shape of the keys only, ${formatShape(key)}.`);
  if (mismatch !== undefined) {
    reject({
      code: 'shape/attention',
      port: 'key',
      expected: 'query [batch…, queries, heads, depth] with key and value [batch…, keys, heads, depth]',
      got: [query, key, value].map(formatShape).join(', '),
      fix: mismatch,
    });
  }
  const logits = [...query.slice(0, -3), query.at(-2)!, query.at(-3)!, key.at(-3)!];
  for (const port of ['bias', 'mask']) {
    const shape = inputs[port]?.shape;
    if (!shape || fitsLogits(shape, logits)) continue;
    reject({
      code: 'shape/broadcast',
      port,
      expected: `a shape that broadcasts to ${formatShape(logits)} on ${port}`,
      got: formatShape(shape),
      fix: 'Its axes are batch, heads, queries, keys; a length of 1 stretches.',
    });
  }
  return { y: { shape: [...query.slice(0, -1), value.at(-1)!], dtype: 'float32' } };
}
