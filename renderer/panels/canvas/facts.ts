/** @file What `check` knows about the open graph, in the words of the canvas. */
import { useMemo } from 'react';
import { nodePorts, whyNotWire as whyNot, type Check } from '../../../core/check/index.ts';
import type { ModelClass, ModelDocument, Path, PortRef } from '../../../core/document/index.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSession } from '../../hooks/session.ts';
import type { GraphFacts } from './flow-model.ts';

const ROOT: Path = [];
const KNOWS_NOTHING: GraphFacts = { inputsOf: () => [], outputsOf: () => [], specAt: () => undefined, problemsOf: () => [] };

export function graphFacts(document: ModelDocument, check: Check, modelClass: ModelClass, instance: Path): GraphFacts {
  const scope = check.instanceAt(modelClass.id, instance)?.scope;
  return {
    inputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node, scope)?.inputs ?? {}),
    outputsOf: (node) => Object.keys(nodePorts(document, modelClass.id, node, scope)?.outputs ?? {}),
    specAt: ({ node, port }) => check.shapeOf(modelClass.id, node, port, instance),
    problemsOf: (node) =>
      check
        .problemsAt(modelClass.id, instance, node)
        .filter((problem) => problem.severity === 'error')
        .map(({ expected, got, fix }) => `Expected ${expected}, got ${got}. ${fix}`),
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
  return whyNot(document, modelClass.id, from, to)?.message;
}
