/** @file What `check` knows about the open graph, in the words of the canvas. */
import { nodePorts, whyNotCarry, whyNotWire as whyNot, type Check } from '../../../core/check/index.ts';
import { problemText, type ModelClass, type ModelDocument, type Path, type PortRef } from '../../../core/document/index.ts';
import type { GraphFacts } from './flow-model.ts';

const NONE: readonly string[] = [];

export function graphFacts(document: ModelDocument, check: Check, modelClass: ModelClass, instance: Path): GraphFacts {
  const known = check.instanceAt(modelClass.id, instance);
  const scope = known?.scope;
  const errorsOf = (node: string) => check.problemsAt(modelClass.id, instance, node).filter(({ severity }) => severity === 'error');
  return {
    inputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node, scope)?.inputs ?? {}),
    outputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node, scope)?.outputs ?? {}),
    resultOf: (node) => known?.nodes.get(node),
    problemsOf(node) {
      const problems = errorsOf(node);
      return problems.length === 0 ? NONE : problems.map(problemText);
    },
    isUnfinished(node) {
      const problems = errorsOf(node);
      return problems.length > 0 && problems.every(({ code }) => code === 'input/unconnected');
    },
  };
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
