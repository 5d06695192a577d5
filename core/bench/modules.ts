/** @file Walking over 100,000 Modules: how the time grows with their number, and against Flax where Python is there. */
import { iterModules, Module } from '../nnx/module.ts';
import { List } from '../nnx/list.ts';
import { All, Not, PathContains } from '../nnx/filter.ts';
import { type Benchmark, compare, median, milliseconds, nowMs, result } from './measure.ts';

/** What core/fixtures/time_flax.py prints for the same tree. */
export interface FlaxTimes {
  readonly modules: number;
  readonly iterModulesMs: number;
  readonly setAttributesMs: number;
}

export const BLOCKS = 10_000;

class Leaf extends Module {
  deterministic = false;
  rate = 0.5;
}

class Block extends Module {
  a = new Leaf();
  b = new Leaf();
  c = new Leaf();
  d = new Leaf();
  e = new Leaf();
  f = new Leaf();
  g = new Leaf();
  h = new Leaf();
  i = new Leaf();
}

class Tree extends Module {
  blocks: List<Block>;
  constructor(blocks: number) {
    super();
    this.blocks = new List(Array.from({ length: blocks }, () => new Block()));
  }
}

const only = new All(Leaf, new Not(new PathContains('i')));

function iterate(tree: Tree): number {
  let count = 0;
  for (const _ of iterModules(tree)) count++;
  return count;
}

const WALKS = {
  iterModules: (tree: Tree) => iterate(tree),
  'setAttributes with a compound filter': (tree: Tree) => tree.setAttributes({ deterministic: true }, { only }),
};

function medianMs(run: () => unknown, repetitions: number): number {
  run();
  return median(
    Array.from({ length: repetitions }, () => {
      const startedMs = nowMs();
      run();
      return nowMs() - startedMs;
    }),
  );
}

/** Time per Module at 100,000 over that at 10,000: 1 if the walk is linear. */
export async function benchGrowth(backend: string): Promise<Benchmark[]> {
  const large = new Tree(BLOCKS);
  const small = new Tree(BLOCKS / 10);
  const results: Benchmark[] = [];
  for (const [name, walk] of Object.entries(WALKS)) {
    const tenTimes = { name: 'small', run: () => Array.from({ length: 10 }, () => walk(small)) };
    const { firstMs, secondMs, ratio } = await compare({ name: 'large', run: () => walk(large) }, tenTimes, 9);
    const detail = `100,000 Modules ${milliseconds(firstMs)}, ten times 10,000 ${milliseconds(secondMs)}`;
    results.push(result(`${name}: growth from 10,000 to 100,000 Modules`, backend, ratio, 'at most', 2, detail));
  }
  return results;
}

/** Flax's time over ours on the same tree. */
export function compareWithFlax(flax: FlaxTimes): Benchmark[] {
  const tree = new Tree(BLOCKS);
  if (iterate(tree) !== flax.modules)
    throw new Error(`Flax walks over ${flax.modules} Modules, core over ${iterate(tree)}: not the same tree.`);
  const theirs = [flax.iterModulesMs, flax.setAttributesMs];
  return Object.entries(WALKS).map(([name, walk], i) => {
    const ms = medianMs(() => walk(tree), 9);
    const flaxMs = theirs[i] ?? NaN;
    return result(
      `${name}: times as fast as Flax`,
      'cpu',
      flaxMs / ms,
      'at least',
      20,
      `${milliseconds(ms)} against ${milliseconds(flaxMs)}`,
    );
  });
}
