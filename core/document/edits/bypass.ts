/** @file Bypassing nodes: they stay in the graph, and what comes in goes on. */
import { nodeTitle } from '../../graph/node-name.ts';
import type { ClassId, GraphNode, ModelDocument, NodeId } from '../schema.ts';
import { changeClass, changeNode } from './change.ts';
import { EditError } from './edit-error.ts';

/** Whether a node can be bypassed at all: something comes in, and something goes on. */
export function mayBypass(node: GraphNode): boolean {
  return node.kind === 'op' || (node.kind === 'call' && node.variable === undefined);
}

export function isBypassed(node: GraphNode): boolean {
  return (node.kind === 'op' || node.kind === 'call') && node.bypass === true;
}

/** Bypasses nodes, or lets them compute again. Whether what comes in fits what would have gone on is checked, and shown on the node. */
export function setBypass(document: ModelDocument, classId: ClassId, ids: Iterable<NodeId>, bypass: boolean): ModelDocument {
  return changeClass(document, classId, (modelClass) =>
    [...ids].reduce(
      (changed, id) =>
        changeNode(changed, id, (node) => {
          if (!mayBypass(node) || (node.kind !== 'op' && node.kind !== 'call'))
            throw new EditError('a layer or an op to bypass', nodeTitle(modelClass, node), 'Select a node that something goes through.');
          if (isBypassed(node) === bypass) return node;
          const { bypass: _before, ...computing } = node;
          return bypass ? { ...computing, bypass } : computing;
        }),
      modelClass,
    ),
  );
}
