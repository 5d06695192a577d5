import { addCall, type ModelDocument, type NodeId } from '../../core/document/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command, CommandContext } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

const BELOW = 96;

function findCalls(context: CommandContext) {
  const selected = selectedNodes(context);
  const calls = selected?.nodes.flatMap((id) => {
    const node = selected.openClass.nodes[id];
    return node?.kind === 'call' ? [node] : [];
  });
  return selected && calls && calls.length > 0 ? { ...selected, calls } : undefined;
}

/** The same modules a second time: one object with several places, whose gradients add up. For weights of their own, duplicate instead. */
export const callAgainCommand: Command = {
  id: 'call-again',
  title: 'Call Again (Share Weights)',
  group: 'edit',
  section: 1,
  order: 55,
  keys: ['Alt+D'],
  when: (context) => findCalls(context) !== undefined,
  needs: 'Select a node first that calls a module.',
  run(context) {
    const found = findCalls(context);
    if (!found) return;
    const { openClass, open, calls } = found;
    editWithIds(
      context,
      `Call ${formatPlural(calls.length, 'module')} again`,
      (document) => {
        const nodes: NodeId[] = [];
        const changed = calls.reduce((present: ModelDocument, call) => {
          const at = openClass.layout[call.id] ?? { x: 0, y: 0 };
          const added = addCall(present, openClass.id, call.member, { x: at.x, y: at.y + BELOW }, call);
          nodes.push(added.node);
          return added.document;
        }, document);
        return { document: changed, nodes };
      },
      ({ nodes }) => ({ open, selection: { ...NOTHING_SELECTED, nodes } }),
    );
  },
};
