import { isReplaceable } from '../../core/check/index.ts';
import type { Command, CommandContext } from './command.ts';
import { openQuickAdd } from './quick-add/open-quick-add.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** Of what is selected what can become something else. */
function replaceableNodes(context: CommandContext): readonly string[] {
  const selected = selectedNodes(context);
  return selected?.nodes.filter((id) => selected.openClass.nodes[id] && isReplaceable(selected.openClass.nodes[id])) ?? [];
}

/** Another type in the same place, with the wires and the arguments that it has as well. */
export const replaceCommand: Command = {
  id: 'replace',
  title: 'Replace by…',
  group: 'edit',
  section: 2,
  order: 45,
  keys: ['Shift+S'],
  when: (context) => replaceableNodes(context).length > 0,
  needs: 'Select a layer or an op first.',
  run: (context) => openQuickAdd(context, { replace: replaceableNodes(context) }),
};
