/** @file Wires without a pointer: the selected nodes one after the other, in the order in which they were selected; of one, the port is chosen. */
import { nodePorts, type Scope } from '../../core/check/index.ts';
import { connect, EditError, type ModelDocument, type NodeId } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { focusedItem } from '../state/derived/focused-item.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

export const connectSelectedCommand: Command = {
  id: 'connect-selected',
  title: 'Connect Selected Nodes',
  group: 'edit',
  section: 2,
  order: 80,
  keys: ['C'],
  titleNow: (context) => (selectedNodes(context, 2) ? 'Connect Selected Nodes' : 'Wire from the Node…'),
  when: (context) => selectedNodes(context, 2) !== undefined || nodeHere(context) !== undefined,
  needs: 'Select the nodes first that are to be wired, in their order.',
  run(context) {
    const selected = selectedNodes(context, 2);
    if (!selected) {
      startWire(context, 'out');
      return;
    }
    const { openClass, open, nodes } = selected;
    const scope = context.check.getState().check.instanceAt(openClass.id, open.at(-1)?.instance)?.scope;
    editOrTell(context, 'Connect', (document) =>
      nodes.slice(1).reduce((wired, node, i) => connectNodes(wired, openClass.id, nodes[i]!, node, scope), document),
    );
  },
};

/** The same the other way round: what shall feed the node is chosen. */
export const connectIntoCommand: Command = {
  id: 'connect-into',
  title: 'Wire into the Node…',
  group: 'edit',
  section: 2,
  order: 81,
  keys: ['Shift+C'],
  when: (context) => nodeHere(context) !== undefined,
  needs: 'Select a node first.',
  run(context) {
    startWire(context, 'in');
  },
};

/** The node that has the keyboard, or the one that is selected. */
function nodeHere({ document, session }: Pick<CommandContext, 'document' | 'session'>): NodeId | undefined {
  const state = session.getState();
  const focused = state.lens === 'flow' ? focusedItem(document.getState().document, state) : undefined;
  return focused?.kind === 'node' && state.selection.nodes.length < 2 ? focused.id : undefined;
}

function startWire(context: CommandContext, side: 'in' | 'out'): void {
  const node = nodeHere(context);
  if (node !== undefined) context.canvas.startWire(node, side);
}

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
