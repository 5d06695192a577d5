/** @file Taking nodes out of a graph so that what came in goes on: of several inputs the one whose shape agrees with what went on. */
import { getClass, getNode } from '../document/edits/change.ts';
import { removeNodes } from '../document/edits/nodes.ts';
import { bridgeNodes } from '../document/edits/wires.ts';
import type { ClassId, ModelDocument, NodeId, PortRef } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import { inputLike } from './bypass.ts';
import type { Instance } from './instance.ts';

export interface Reconnected {
  readonly document: ModelDocument;
  /** Which of several inputs went on, in words for the user: one sentence for each node that left a choice. */
  readonly said: readonly string[];
}

/** Removes nodes, and leads what came into them on. `known`: the shapes before. Wires that no input agrees with end. */
export function removeAndReconnect(document: ModelDocument, classId: ClassId, ids: readonly NodeId[], known?: Instance): Reconnected {
  const before = getClass(document, classId);
  const said: string[] = [];
  const choose = ({ node, port }: PortRef): string | undefined => {
    const result = known?.nodes.get(node);
    const output = result?.outputs[port];
    const wired = new Set(
      graphOf(before)
        .incoming(node)
        .map(({ to }) => to.port),
    );
    const inputs = Object.fromEntries(Object.entries(result?.inputs ?? {}).filter(([name]) => wired.has(name)));
    const found = output && inputLike(inputs, port, output);
    const name = nodeName(before, getNode(before, node));
    said.push(
      found === undefined
        ? `No input of ${name} agrees with what went on from it, so those wires end.`
        : `Of the inputs of ${name}, ${found} goes on: its shape agrees.`,
    );
    return found;
  };
  const bridged = bridgeNodes(document, classId, ids, choose);
  return { document: removeNodes(bridged, classId, ids), said: [...new Set(said)] };
}
