/** @file Describing a model draws no numbers: how much longer 84 million parameters take than 0.1 million in as many Modules. */
import type { ModelDocument } from '../document/schema.ts';
import { describeModules } from '../run/describe.ts';
import { Skeleton } from '../run/skeleton.ts';
import { mlp } from './documents.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';

const LAYERS = 20;
const widths = (width: number): number[] => Array.from({ length: LAYERS + 1 }, () => width);
/** As many descriptions as fill some milliseconds. */
const REPEATS = 20;

/** From nothing, as for a document that was just opened. */
function describe(document: ModelDocument): number {
  const skeleton = new Skeleton();
  try {
    return describeModules(skeleton.of(document).model).at(-1)?.paramCount ?? 0;
  } finally {
    skeleton.dispose();
  }
}

export async function benchDescribe(backend: string): Promise<Benchmark> {
  const large = mlp(widths(2048), 1);
  const small = mlp(widths(70), 1);
  const often = (document: ModelDocument) => () => {
    for (let i = 0; i < REPEATS; i++) describe(document);
  };
  const { firstMs, secondMs, ratio } = await compare({ name: 'large', run: often(large) }, { name: 'small', run: often(small) }, 15);
  const millions = (document: ModelDocument) => `${(describe(document) / 1e6).toPrecision(3)} million`;
  const detail = `${millions(large)} in ${milliseconds(firstMs / REPEATS)} against ${millions(small)} in ${milliseconds(secondMs / REPEATS)}`;
  return result('describe 84 million parameters over 0.1 million', backend, ratio, 'at most', 2, detail);
}
