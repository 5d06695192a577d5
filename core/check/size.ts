/** @file Models that no machine of ours can hold: said at their place, with the bytes, before anything is built. */
import { problem, type Problem } from '../document/problem.ts';
import { graphOf } from '../graph/graph-of.ts';
import { countAll, countOwn } from './count.ts';
import type { Instance } from './instance.ts';
import type { PlacedInstance } from './tree.ts';

const BYTES = 4; // float32
/** One array or texture holds no more. */
const MOST_BYTES_OF_ONE = 2 ** 31;
/** All parameters together; training needs them four times, for gradients and the moments of the optimizer. */
const MOST_BYTES = 2 ** 32;
const MANY_BYTES = 2 ** 30;
export const MOST_MODULES = 1_000_000;

/** What is too large in the root or in a use of a class below it. */
export function findSizeProblems(root: Instance, unique: readonly PlacedInstance[]): readonly Problem[] {
  return [...unique.flatMap(({ instance }) => findLargeTensors(instance)), ...findLargeModel(root)];
}

function findLargeTensors(instance: Instance): readonly Problem[] {
  return countOwn(instance).large.flatMap(({ member, elements }) => {
    if (elements * BYTES <= MOST_BYTES_OF_ONE) return [];
    const graph = graphOf(instance.class);
    const [node] = graph.callsOf(member);
    const place = { class: instance.class.id, member, ...(node ? { node: node.id } : {}) };
    const expected = `at most ${bytes(MOST_BYTES_OF_ONE)} for one tensor`;
    const words = { expected, got: bytes(elements * BYTES), fix: 'Make the layer smaller.' };
    return [problem('size/tensor', place, graph.memberOf(member)?.name ?? member, words)];
  });
}

function findLargeModel(root: Instance): readonly Problem[] {
  const { modules, parameters } = countAll(root);
  const problems: Problem[] = [];
  const report = (code: string, expected: string, got: string, fix: string, severity?: Problem['severity']) =>
    problems.push(problem(code, { class: root.class.id }, root.class.name, { expected, got, fix }, severity));
  const size = parameters * BYTES;
  if (size > MOST_BYTES)
    report('size/parameters', `parameters of at most ${bytes(MOST_BYTES)}`, bytes(size), 'Make its layers smaller, or fewer.');
  else if (size > MANY_BYTES) {
    const expected = `parameters of at most ${bytes(MANY_BYTES)}`;
    report('size/parameters', expected, bytes(size), 'Training needs four times as much.', 'warning');
  }
  if (modules > MOST_MODULES) {
    const fix = 'Use fewer repeats, or classes less deep in each other.';
    report('size/modules', `at most ${MOST_MODULES} Modules`, `${modules}`, fix);
  }
  return problems;
}

function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let [value, unit] = [count, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${Number(value.toPrecision(4))} ${units[unit]!}`;
}
