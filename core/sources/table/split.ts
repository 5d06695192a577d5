/**
 * @file The order of rows: JAX's own permutation of a key of the seed, before the split and anew for each epoch. With
 * `key = jax.random.key(seed)`, rows are split in the order `jax.random.permutation(jax.random.fold_in(key, 0), rows)`, and epoch e (from 0)
 * takes the training rows in the order `jax.random.permutation(jax.random.fold_in(key, e + 1), training_rows)`.
 */
import { foldIn, key } from '../../random/key.ts';
import { permutation } from '../../random/permutation.ts';

export interface Split {
  /** Rows of the table, in the shuffled order. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Holds `testRows` of the rows back. With classes (one small whole number per row) each part gets every class in proportion: the first of its
 * rows in the shuffled order are held back, at least one and not all where it has two.
 */
export function splitRows(rows: number, testRows: number, seed: number, classes: ArrayLike<number> | null): Split {
  const order = permutation(foldIn(key(seed), 0), rows);
  const quotas = classes && testRows > 0 ? shareOut(classes, rows, testRows) : undefined;
  if (!quotas) return { test: order.slice(0, testRows), train: order.slice(testRows) };
  const [train, test]: [number[], number[]] = [[], []];
  for (const row of order) {
    const name = classes![row]!;
    const left = quotas.get(name)!;
    if (left > 0) test.push(row);
    else train.push(row);
    quotas.set(name, left - 1);
  }
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

/** How many rows of each class are held back: in proportion, what is left over to the largest remainders, the lower class first. */
function shareOut(classes: ArrayLike<number>, rows: number, testRows: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < rows; i++) counts.set(classes[i]!, (counts.get(classes[i]!) ?? 0) + 1);
  const names = [...counts.keys()].sort((a, b) => a - b);
  const shares = names.map((name) => {
    const count = counts.get(name)!;
    const exact = (testRows * count) / rows;
    // At least one in either part, as far as there are rows.
    const [low, high] = count < 2 ? [0, count] : [1, count - 1];
    return { name, exact, low, high, quota: Math.min(high, Math.max(low, Math.floor(exact))) };
  });
  let rest = testRows - shares.reduce((sum, { quota }) => sum + quota, 0);
  while (rest !== 0) {
    const step = Math.sign(rest);
    const open = shares.filter(({ quota, low, high }) => (step > 0 ? quota < high : quota > low));
    const able = open.length > 0 ? open : shares.filter(({ name, quota }) => (step > 0 ? quota < counts.get(name)! : quota > 0));
    if (able.length === 0) break;
    const next = able.reduce((best, each) => ((each.exact - each.quota) * step > (best.exact - best.quota) * step ? each : best));
    next.quota += step;
    rest -= step;
  }
  return new Map(shares.map(({ name, quota }) => [name, quota]));
}

/** The order of the training rows in an epoch, from 0: positions in the training part. */
export function epochOrder(trainRows: number, seed: number, epoch: number): Int32Array {
  return permutation(foldIn(key(seed), epoch + 1), trainRows);
}
