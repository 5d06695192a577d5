/** @file Models that no machine of ours can hold: said at their place, with the bytes, before anything is built. */
import { problem, type Problem } from '../document/problem.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { Instance } from './instance.ts';
import { countParameters } from './parameters.ts';
import type { PlacedInstance } from './tree.ts';

const BYTES = 4; // float32
/** One array or texture holds no more. */
const MOST_BYTES_OF_ONE = 2 ** 31;
/** All parameters together; training needs them four times, for gradients and the moments of the optimizer. */
const MOST_BYTES = 2 ** 32;
const MANY_BYTES = 2 ** 30;
export const MOST_MODULES = 1_000_000;

export interface Sizes {
  /** Parameters of the root, shared ones once. */
  readonly parameters: number;
  readonly problems: readonly Problem[];
}

/** How large the root is, and what is too large. */
export function measureSizes(root: Instance, unique: readonly PlacedInstance[], modules: number): Sizes {
  const problems: Problem[] = [];
  const totals = new Map<Instance, number>();
  const ownTotals = new Map<Instance, number>();
  for (const { instance } of unique) {
    let own = 0;
    for (const [id, member] of instance.members) {
      const { total, largest } = countParameters(member);
      own += total * (member.repeat ?? 1);
      if (largest * BYTES <= MOST_BYTES_OF_ONE) continue;
      const graph = graphOf(instance.class);
      const [node] = graph.callsOf(id);
      const place = { class: instance.class.id, member: id, ...(node ? { node: node.id } : {}) };
      const words = {
        expected: `at most ${bytes(MOST_BYTES_OF_ONE)} for one tensor`,
        got: bytes(largest * BYTES),
        fix: 'Make the layer smaller.',
      };
      problems.push(problem('size/tensor', place, graph.memberOf(id)?.name ?? id, words));
    }
    ownTotals.set(instance, own);
  }
  const parameters = total(root);
  const place = { class: root.class.id };
  if (parameters * BYTES > MOST_BYTES) {
    const words = {
      expected: `parameters of at most ${bytes(MOST_BYTES)}`,
      got: bytes(parameters * BYTES),
      fix: 'Make its layers smaller, or fewer.',
    };
    problems.push(problem('size/parameters', place, root.class.name, words));
  } else if (parameters * BYTES > MANY_BYTES) {
    const words = {
      expected: `parameters of at most ${bytes(MANY_BYTES)}`,
      got: bytes(parameters * BYTES),
      fix: 'Training needs four times as much.',
    };
    problems.push(problem('size/parameters', place, root.class.name, words, 'warning'));
  }
  if (modules > MOST_MODULES) {
    const words = {
      expected: `at most ${MOST_MODULES} Modules`,
      got: `${modules}`,
      fix: 'Use fewer repeats, or classes less deep in each other.',
    };
    problems.push(problem('size/modules', place, root.class.name, words));
  }
  return { parameters, problems };

  function total(instance: Instance): number {
    const known = totals.get(instance);
    if (known !== undefined) return known;
    let sum = ownTotals.get(instance) ?? 0;
    for (const { elements } of instance.members.values()) for (const element of elements) sum += total(element);
    totals.set(instance, sum);
    return sum;
  }
}

function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let [value, unit] = [count, 0];
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${Number(value.toPrecision(4))} ${units[unit]!}`;
}
