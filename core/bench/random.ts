/** @file Threefry's normal numbers against TensorFlow.js's own generator. */
import { key } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { tf } from '../tensor/tf.ts';
import { type Benchmark, compare, result } from './measure.ts';

const COUNT = 1_000_000;

export async function benchNormal(backend: string): Promise<Benchmark> {
  const { firstMs, secondMs, ratio } = await compare(
    { name: 'tf.randomNormal', run: () => tf.randomNormal([COUNT], 0, 1, 'float32', 1).dispose() },
    { name: 'normal', run: () => normal(key(1), [COUNT]) },
    9,
  );
  const rate = (ms: number) => `${(COUNT / ms / 1000).toPrecision(3)} M/s`;
  const detail = `${rate(secondMs)} against ${rate(firstMs)}`;
  return result('normal numbers: rate of threefry over tf.randomNormal', backend, ratio, 'at least', 3, detail);
}
