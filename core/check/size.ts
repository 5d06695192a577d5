/** @file Models that no machine of ours can hold: said at their place, with the bytes, before anything is built. */
import { setRun } from '../document/edits/run.ts';
import type { Steps } from '../document/steps.ts';
import { problem, type Fix, type Problem } from '../document/problem.ts';
import { graphOf } from '../graph/graph-of.ts';
import { BYTES_OF_FLOAT, formatBytes } from './bytes.ts';
import { costInSteps, costOf, sizesOfBatch } from './cost.ts';
import { countAll, countOwn } from './count.ts';
import { nodeTitle } from '../graph/node-name.ts';
import { evaluateDim } from '../spec/index.ts';
import type { Instance, MaybeSpec } from './instance.ts';
import type { PlacedInstance } from './tree.ts';

/** One array or texture holds no more. */
const MOST_BYTES_OF_ONE = 2 ** 31;
/** All parameters together; training needs them four times, for gradients and the moments of the optimizer. */
const MOST_BYTES = 2 ** 32;
const MANY_BYTES = 2 ** 30;
/** Held while one trains: more than many cards hold, and some do. */
const MANY_BYTES_KEPT = 2 ** 32;
/** Parameters, their gradients, and the two moments that most optimizers keep of them. */
const TRAINED_TIMES = 4;
export const MOST_MODULES = 1_000_000;

/** What is too large in the root or in a use of a class below it, in steps of a few milliseconds. */
export function* findSizeProblems(root: Instance, unique: readonly PlacedInstance[], batch: number): Steps<readonly Problem[]> {
  const found: Problem[] = [];
  for (const { instance } of unique) {
    found.push(...findLargeTensors(instance));
    yield;
  }
  found.push(...findLargeModel(root));
  // What is within a use comes after it.
  for (const { instance } of unique.toReversed()) yield* costInSteps(instance, sizesOfBatch(batch));
  yield;
  found.push(...findLargeValues(root, unique, batch));
  yield;
  return [...found, ...findLargeRun(root, batch)];
}

/** Whether a pass of this batch size keeps more than many devices hold. */
function findLargeRun(root: Instance, batch: number): readonly Problem[] {
  const kept = keptBytes(root, batch);
  const trained = TRAINED_TIMES * countAll(root).parameters * BYTES_OF_FLOAT;
  if (kept + trained <= MANY_BYTES_KEPT) return [];
  const expected = `at most ${formatBytes(MANY_BYTES_KEPT)} to train, more than which many devices do not hold`;
  const words = {
    expected,
    got: `${formatBytes(kept)} of values for a batch of ${batch}, and ${formatBytes(trained)} for parameters, gradients and moments`,
    fix: 'Make the batch smaller, or the layers.',
    fixes: smallerBatch(batch, (size) => keptBytes(root, size) + trained <= MANY_BYTES_KEPT),
  };
  return [{ ...problem('size/activations', { class: root.class.id }, root.class.name, words, 'warning'), scope: 'run' }];
}

function keptBytes(root: Instance, batch: number): number {
  return costOf(root, sizesOfBatch(batch)).activations * BYTES_OF_FLOAT;
}

/** Values that one array does not hold, at the node that gives them. `unique`: each use of a class once. */
function findLargeValues(root: Instance, unique: readonly PlacedInstance[], batch: number): readonly Problem[] {
  // All together are more than any of them.
  if (keptBytes(root, batch) <= MOST_BYTES_OF_ONE) return [];
  return unique.flatMap(({ instance, path }) =>
    [...instance.nodes].flatMap(([id, { outputs }]) => {
      const node = instance.class.nodes[id];
      const largest = Math.max(0, ...Object.values(outputs).map((spec) => bytesOf(spec, batch)));
      if (!node || largest <= MOST_BYTES_OF_ONE) return [];
      const fits = (size: number) => Object.values(outputs).every((spec) => bytesOf(spec, size) <= MOST_BYTES_OF_ONE);
      const words = {
        expected: `at most ${formatBytes(MOST_BYTES_OF_ONE)} for one tensor`,
        got: `${formatBytes(largest)} for a batch of ${batch}`,
        fix: 'Make the batch smaller, or the layers in front.',
        fixes: smallerBatch(batch, fits),
      };
      const place = { class: instance.class.id, node: id, ...(path.length > 0 ? { instance: path } : {}) };
      return [{ ...problem('size/value', place, nodeTitle(instance.class, node), words), scope: 'run' as const }];
    }),
  );
}

/** 0 where a length is not known. */
function bytesOf(spec: MaybeSpec, batch: number): number {
  const lengths = spec?.shape.map((dim) => evaluateDim(dim, sizesOfBatch(batch)) ?? 0) ?? [0];
  return lengths.reduce((product, length) => product * length, BYTES_OF_FLOAT);
}

/** The largest power of two of examples that fits. */
function smallerBatch(batch: number, fits: (size: number) => boolean): readonly Fix[] {
  for (let size = 2 ** Math.floor(Math.log2(batch)); size >= 1; size /= 2) {
    if (size === batch || !fits(size)) continue;
    return [{ label: `Set the batch size to ${size}`, edit: (model) => setRun(model, { batchSize: size }) }];
  }
  return [];
}

function findLargeTensors(instance: Instance): readonly Problem[] {
  return countOwn(instance).large.flatMap(({ member, elements }) => {
    if (elements * BYTES_OF_FLOAT <= MOST_BYTES_OF_ONE) return [];
    const graph = graphOf(instance.class);
    const [node] = graph.callsOf(member);
    const place = { class: instance.class.id, member, ...(node ? { node: node.id } : {}) };
    const expected = `at most ${formatBytes(MOST_BYTES_OF_ONE)} for one tensor`;
    const words = { expected, got: formatBytes(elements * BYTES_OF_FLOAT), fix: 'Make the layer smaller.' };
    return [problem('size/tensor', place, graph.memberOf(member)?.name ?? member, words)];
  });
}

function findLargeModel(root: Instance): readonly Problem[] {
  const { modules, parameters } = countAll(root);
  const problems: Problem[] = [];
  const report = (code: string, expected: string, got: string, fix: string, severity?: Problem['severity']) =>
    problems.push(problem(code, { class: root.class.id }, root.class.name, { expected, got, fix }, severity));
  const size = parameters * BYTES_OF_FLOAT;
  if (size > MOST_BYTES)
    report('size/parameters', `parameters of at most ${formatBytes(MOST_BYTES)}`, formatBytes(size), 'Make its layers smaller, or fewer.');
  else if (size > MANY_BYTES) {
    const expected = `parameters of at most ${formatBytes(MANY_BYTES)}`;
    report('size/parameters', expected, formatBytes(size), 'Training needs four times as much.', 'warning');
  }
  if (modules > MOST_MODULES) {
    const fix = 'Use fewer repeats, or classes less deep in each other.';
    report('size/modules', `at most ${MOST_MODULES} Modules`, `${modules}`, fix);
  }
  return problems;
}
