/** @file Products of two tensors summed over shared axes: what einsum and dotGeneral come down to, as one matrix product. */
import { tf } from './tf.ts';

/** A tensor whose axes have names; each name once. */
export interface Labelled {
  readonly x: tf.Tensor;
  readonly labels: readonly string[];
}

/** Sums out the axes whose names are not in `keep`. */
export function sumOut({ x, labels }: Labelled, keep: ReadonlySet<string>): Labelled {
  const axes = labels.flatMap((label, axis) => (keep.has(label) ? [] : [axis]));
  if (axes.length === 0) return { x, labels };
  return { x: tf.sum(x, axes), labels: labels.filter((label) => keep.has(label)) };
}

/** Puts the axes in this order. */
export function order({ x, labels }: Labelled, wanted: readonly string[]): tf.Tensor {
  if (wanted.every((label, i) => label === labels[i])) return x;
  return tf.transpose(
    x,
    wanted.map((label) => labels.indexOf(label)),
  );
}

/**
 * The product of two tensors, summed over the names that both have and `keep` has not. The result has the names that both have
 * and keep, then those of `a`, then those of `b`. A shared axis of size 1 in one of them is broadcast.
 */
export function contract(a: Labelled, b: Labelled, keep: ReadonlySet<string>): Labelled {
  const [left, right] = [dropOnes(a, b), dropOnes(b, a)];
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => keep.has(label));
  const summed = shared.filter((label) => !keep.has(label));
  const one = sumOut(left, new Set([...keep, ...shared]));
  const two = sumOut(right, new Set([...keep, ...shared]));
  const rows = one.labels.filter((label) => !shared.includes(label));
  const columns = two.labels.filter((label) => !shared.includes(label));
  const sizes = new Map([
    ...one.labels.map((label, i) => [label, one.x.shape[i]!] as const),
    ...two.labels.map((label, i) => [label, two.x.shape[i]!] as const),
  ]);
  const count = (labels: readonly string[]) => labels.reduce((n, label) => n * sizes.get(label)!, 1);

  // If the summed axes come first in a tensor as it lies, the product transposes it for nothing.
  const flipA = rows.length > 0 && summed.length > 0 && isOrder(one, [...batch, ...summed, ...rows]);
  const flipB = columns.length > 0 && summed.length > 0 && isOrder(two, [...batch, ...columns, ...summed]);
  const [m, k, n] = [count(rows), count(summed), count(columns)];
  const head = batch.length > 0 ? [count(batch)] : [];
  const matrixA = tf.reshape(order(one, flipA ? [...batch, ...summed, ...rows] : [...batch, ...rows, ...summed]), [
    ...head,
    ...(flipA ? [k, m] : [m, k]),
  ]);
  const matrixB = tf.reshape(order(two, flipB ? [...batch, ...columns, ...summed] : [...batch, ...summed, ...columns]), [
    ...head,
    ...(flipB ? [n, k] : [k, n]),
  ]);
  const product = tf.matMul(matrixA, matrixB, flipA, flipB);
  const labels = [...batch, ...rows, ...columns];
  return {
    x: tf.reshape(
      product,
      labels.map((label) => sizes.get(label)!),
    ),
    labels,
  };
}

function isOrder({ labels }: Labelled, wanted: readonly string[]): boolean {
  return labels.length === wanted.length && wanted.every((label, i) => label === labels[i]);
}

/** Without the axes of size 1 that the other tensor has larger. */
function dropOnes({ x, labels }: Labelled, other: Labelled): Labelled {
  const isDropped = labels.map((label, axis) => {
    const there = other.labels.indexOf(label);
    return x.shape[axis] === 1 && there >= 0 && other.x.shape[there] !== 1;
  });
  if (!isDropped.includes(true)) return { x, labels };
  return {
    x: tf.reshape(
      x,
      x.shape.filter((_, axis) => !isDropped[axis]),
    ),
    labels: labels.filter((_, axis) => !isDropped[axis]),
  };
}
