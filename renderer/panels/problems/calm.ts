/**
 * @file One entry for each part of a graph that is unfinished, however many of its nodes say so: where it is to be gone on, how much waits for
 * it, and what leads nowhere yet. What is wrong stays as it is, one by one.
 */
import type { Check } from '../../../core/check/index.ts';
import { removeNodes, type Fix, type ModelClass, type NodeId, type Problem } from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import { formatPlural } from '../../ui/format.ts';

const OPEN = 'input/unconnected';
const IDLE = 'node/unused';

/** The problems of a check in their order, those of one unfinished part as the first of them. */
export function calm(check: Check): readonly Problem[] {
  let known = calmed.get(check);
  if (!known) calmed.set(check, (known = compute(check)));
  return known;
}

const calmed = new WeakMap<Check, readonly Problem[]>();

function compute(check: Check): readonly Problem[] {
  const { problems } = check;
  const groups = new Map<string, Problem[]>();
  for (const each of problems) {
    if (!isUnfinished(each)) continue;
    const key = JSON.stringify([each.place.class, each.place.instance ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  if (groups.size === 0) return problems;
  const said = new Map<Problem, Problem | undefined>();
  for (const group of groups.values()) {
    const [{ place }] = group as [Problem];
    // The class as it was checked: the document may have gone on.
    const modelClass = check.instanceAt(place.class!, place.instance)?.class;
    if (!modelClass) continue;
    for (const part of partsOf(modelClass, group, waitingIn(modelClass, check, place))) {
      const [first, ...others] = part.problems as [Problem, ...Problem[]];
      said.set(first, others.length + part.waiting === 0 ? first : asOne(modelClass, part));
      for (const each of others) said.set(each, undefined);
    }
  }
  return problems.flatMap((each) => (said.has(each) ? (said.get(each) ?? []) : [each]));
}

function isUnfinished({ code, place }: Problem): boolean {
  return (code === OPEN || code === IDLE) && place.class !== undefined && place.node !== undefined;
}

/** The nodes of which nothing is known, as what they need does not come. */
function waitingIn(modelClass: ModelClass, check: Check, { instance }: Problem['place']): ReadonlySet<NodeId> {
  const known = check.instanceAt(modelClass.id, instance)?.nodes;
  const waiting = Object.values(modelClass.nodes).filter((node) => {
    const result = known?.get(node.id);
    if (!result || result.problems.length > 0) return false;
    const specs = Object.values(node.kind === 'output' ? result.inputs : result.outputs);
    return graphOf(modelClass).incoming(node.id).length > 0 && specs.every((spec) => spec === undefined);
  });
  return new Set(waiting.map(({ id }) => id));
}

interface Part {
  /** Errors first, as they came. */
  readonly problems: readonly Problem[];
  readonly waiting: number;
}

/** What hangs together by wires. */
function partsOf(modelClass: ModelClass, problems: readonly Problem[], waiting: ReadonlySet<NodeId>): readonly Part[] {
  const graph = graphOf(modelClass);
  const byNode = new Map<NodeId, Problem[]>();
  for (const each of problems) byNode.set(each.place.node!, [...(byNode.get(each.place.node!) ?? []), each]);
  const seen = new Set<NodeId>();
  const parts: Part[] = [];
  for (const start of byNode.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const reached: NodeId[] = [start];
    for (const id of reached) {
      const near = [...graph.outgoing(id).map(({ to }) => to.node), ...graph.incoming(id).map(({ from }) => from.node)];
      for (const next of near) {
        if (seen.has(next) || (!byNode.has(next) && !waiting.has(next))) continue;
        seen.add(next);
        reached.push(next);
      }
    }
    const found = new Set(reached.flatMap((id) => byNode.get(id) ?? []));
    parts.push({ problems: problems.filter((each) => found.has(each)), waiting: reached.filter((id) => !byNode.has(id)).length });
  }
  return parts;
}

function asOne(modelClass: ModelClass, { problems, waiting }: Part): Problem {
  const [first] = problems as [Problem];
  const open = problems.filter(({ code }) => code === OPEN);
  const idle = problems.filter(({ code }) => code === IDLE);
  const name = ({ place }: Problem) => nodeName(modelClass, modelClass.nodes[place.node!]!);
  const sentences = [
    open.length === 1 ? `${name(open[0]!)}: expected a wire into "${open[0]!.place.port}", got none.` : '',
    open.length > 1
      ? `${formatPlural(open.length, 'input')} without a wire: ${listed(open.map((each) => `${each.place.port} of ${name(each)}`))}.`
      : '',
    waiting > 0 ? `${formatPlural(waiting, 'node')} ${waiting === 1 ? 'waits' : 'wait'} for ${open.length > 1 ? 'them' : 'it'}.` : '',
    idle.length > 0 ? `${listed(idle.map(name))} ${idle.length === 1 ? 'leads' : 'lead'} to no output.` : '',
  ];
  const fixes = [...(open.length === 1 ? (open[0]!.fixes ?? []) : []), ...(waiting === 0 ? waysAndRemoval(modelClass, idle) : [])];
  const { fixes: _fixes, ...rest } = first;
  return { ...rest, message: sentences.filter(Boolean).join(' '), ...(fixes.length > 0 ? { fixes } : {}) };
}

function waysAndRemoval({ id }: ModelClass, idle: readonly Problem[]): readonly Fix[] {
  const nodes = new Set(idle.map(({ place }) => place.node!));
  if (nodes.size === 0) return [];
  if (nodes.size === 1) return idle[0]!.fixes ?? [];
  // The last fix of each is that it goes; what comes before leads it on, of a row its end.
  const ways = idle.flatMap(({ fixes = [] }) => fixes.slice(0, -1));
  return [...ways, { label: `Remove the ${formatPlural(nodes.size, 'node')}`, edit: (model) => removeNodes(model, id, nodes) }];
}

/** `a, b and c`; of many the first and how many more. */
function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
