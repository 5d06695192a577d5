/** @file Wires without a pointer: the selected nodes one after the other, in the order in which they were selected. */
import { nodePorts, type Scope } from '../../core/check/index.ts';
import { connect, EditError, type ModelDocument, type NodeId } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import type { Command } from './command.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

export const connectSelectedCommand: Command = {
  id: 'connect-selected',
  title: 'Connect Selected Nodes',
  group: 'edit',
  section: 1,
  order: 80,
  keys: ['C'],
  when: (context) => selectedNodes(context, 2) !== undefined,
  run(context) {
    const selected = selectedNodes(context, 2);
    if (!selected) return;
    const { openClass, open, nodes } = selected;
    const scope = context.check.getState().check.instanceAt(openClass.id, open.at(-1)?.instance)?.scope;
    editOrTell(context, 'Connect', (document) =>
      nodes.slice(1).reduce((wired, node, i) => connectNodes(wired, openClass.id, nodes[i]!, node, scope), document),
    );
  },
};

/** From the first output of one node to the first input of the other that no wire ends in; to its only input in any case. */
function connectNodes(document: ModelDocument, classId: string, from: NodeId, to: NodeId, scope: Scope | undefined): ModelDocument {
  const modelClass = document.classes[classId]!;
  const [output] = Object.keys(nodePorts(document, classId, from, scope)?.outputs ?? {});
  const inputs = Object.keys(nodePorts(document, classId, to, scope)?.inputs ?? {});
  const free = inputs.filter((port) => !graphOf(modelClass).wireInto({ node: to, port }));
  const input = inputs.length === 1 ? inputs[0] : free[0];
  if (output === undefined) throw new EditError('a node with an output', 'one without', 'Select first the node that the value comes from.');
  if (input === undefined) {
    const got = inputs.length === 0 ? 'one without inputs' : 'one whose inputs are all wired';
    throw new EditError('a node with a free input', got, 'Delete a wire that ends in it first, or select another node second.');
  }
  return connect(document, classId, { node: from, port: output }, { node: to, port: input });
}
