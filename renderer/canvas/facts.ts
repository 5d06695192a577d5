/** @file What `check` knows about the open graph, in the words of the canvas. */
import { useMemo } from 'react';
import { canConnect, nodePorts, type Check } from '../../core/check/index.ts';
import type { ModelClass, ModelDocument, Path, PortRef, Problem } from '../../core/document/index.ts';
import { useCheck } from '../derived/hooks.ts';
import { useDocument } from '../document/hooks.ts';
import { useSession } from '../session/hooks.ts';
import type { GraphFacts } from './flow-model.ts';

const ROOT: Path = [];
const KNOWS_NOTHING: GraphFacts = { inputsOf: () => [], outputsOf: () => [], specAt: () => undefined, problemsOf: () => [] };

export function graphFacts(document: ModelDocument, check: Check, modelClass: ModelClass, instance: Path): GraphFacts {
  const problems = new Map<string | undefined, Problem[]>();
  for (const problem of check.problems) {
    const { class: place, node } = problem.place;
    if (place === modelClass.id && problem.severity === 'error') problems.set(node, [...(problems.get(node) ?? []), problem]);
  }
  return {
    inputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node)?.inputs ?? {}),
    outputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node)?.outputs ?? {}),
    specAt: ({ node, port }) => check.shapeOf(modelClass.id, node, port, instance),
    problemsOf: (node) => (problems.get(node) ?? []).map(({ expected, got, fix }) => `Expected ${expected}, got ${got}. ${fix}`),
  };
}

export function useGraphFacts(modelClass: ModelClass | undefined): GraphFacts {
  const document = useDocument((doc) => doc);
  const check = useCheck();
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  return useMemo(
    () => (modelClass ? graphFacts(document, check, modelClass, instance) : KNOWS_NOTHING),
    [document, check, modelClass, instance],
  );
}

/** Why a wire is refused while it is dragged; a shape that does not fit is not refused but shown on the node. */
export function whyNotWire(document: ModelDocument, modelClass: ModelClass, from: PortRef, to: PortRef): string | undefined {
  const answer = canConnect(document, modelClass.id, from, to);
  return answer.kind === 'impossible' ? `Expected ${answer.expected}, got ${answer.got}. ${answer.fix}` : undefined;
}
