import { isBypassed, mayBypass, type NodeId } from '../../core/document/index.ts';
import type { Command, CommandContext } from './command.ts';
import { bypassNodes } from './shared/bypass-nodes.ts';
import { selectedNodes, type SelectedNodes } from './shared/selected-nodes.ts';

function findAble(context: CommandContext): (SelectedNodes & { readonly able: readonly NodeId[]; readonly isOn: boolean }) | undefined {
  const selected = selectedNodes(context);
  const nodes = selected?.nodes.flatMap((id) => selected.openClass.nodes[id] ?? []).filter(mayBypass) ?? [];
  if (!selected || nodes.length === 0) return undefined;
  return { ...selected, able: nodes.map(({ id }) => id), isOn: nodes.every(isBypassed) };
}

/** What comes in goes on, as if the node were not there: it keeps its place, its wires and its weights. */
export const bypassCommand: Command = {
  id: 'bypass',
  title: 'Bypass',
  titleNow: (context) => (findAble(context)?.isOn === true ? 'Stop Bypassing' : 'Bypass'),
  group: 'edit',
  section: 2,
  order: 47,
  keys: ['B'],
  when: (context) => findAble(context) !== undefined,
  needs: 'Select a node first whose input and output can be one.',
  run(context) {
    const found = findAble(context);
    if (found) bypassNodes(context, found.openClass, found.able, !found.isOn);
  },
};
