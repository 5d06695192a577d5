/** @file What `check` knows about the open graph, in the words of the canvas. */
import { nodePorts, whyNotCarry, whyNotWire as whyNot, type Check } from '../../../core/check/index.ts';
import {
  classIdOf,
  kindOfProblem,
  problemText,
  usesClass,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type Path,
  type PortRef,
  type Problem,
} from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { GraphFacts } from './flow-model.ts';

const NONE: readonly Problem[] = [];
const RANKS = { unfinished: 0, warning: 1, error: 2 } as const;

export function graphFacts(document: ModelDocument, check: Check, modelClass: ModelClass, instance: Path): GraphFacts {
  const known = check.instanceAt(modelClass.id, instance);
  const scope = known?.scope;
  const elsewhere = check.problems.filter((each) => kindOfProblem(each) === 'error' && each.place.class !== modelClass.id);
  return {
    inputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node, scope)?.inputs ?? {}),
    outputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node, scope)?.outputs ?? {}),
    resultOf: (node) => known?.nodes.get(node),
    troubleOf(node) {
      // What leads nowhere yet is seen to.
      const own = check.problemsAt(modelClass.id, instance, node).filter(({ code }) => code !== 'node/unused');
      const found = own.length === 0 ? NONE : own.toSorted((a, b) => RANKS[kindOfProblem(b)] - RANKS[kindOfProblem(a)]);
      if (found.length > 0) return { kind: kindOfProblem(found[0]!), texts: found.map(problemText) };
      const within = elsewhere.length === 0 ? NONE : elsewhere.filter((each) => isWithin(document, modelClass, instance, node, each));
      return within.length > 0 ? { kind: 'within', texts: within.map(({ message, fix }) => `Inside, ${message} ${fix}`) } : undefined;
    },
  };
}

/** Whether a problem of another class arises inside of what a node calls. */
function isWithin(document: ModelDocument, modelClass: ModelClass, instance: Path, id: NodeId, { place }: Problem): boolean {
  const node = modelClass.nodes[id];
  const graph = graphOf(modelClass);
  const member = node?.kind === 'call' ? graph.behind(node.member) : undefined;
  const used = member && classIdOf(member.type);
  if (!member || used === undefined || place.class === undefined) return false;
  if (used !== place.class && !usesClass(document, used, place.class)) return false;
  const path = [...instance, member.name];
  return !place.instance || path.every((part, at) => place.instance![at] === part);
}

/** Why a wire is refused while it is dragged: where it cannot be, or carries another kind of numbers. Other shapes are shown on the node. */
export function whyNotWire(
  document: ModelDocument,
  check: Check,
  modelClass: ModelClass,
  instance: Path,
  from: PortRef,
  to: PortRef,
): string | undefined {
  const known = check.instanceAt(modelClass.id, instance);
  return whyNot(document, modelClass.id, from, to, known?.scope)?.message ?? (known && whyNotCarry(known, from, to));
}
