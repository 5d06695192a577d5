import type { ModelClass, NodeId } from '../../../core/document/index.ts';
import { findOpenClass } from '../../state/derived/open-class.ts';
import type { OpenStep } from '../../state/session/store.ts';
import type { CommandContext } from '../command.ts';

export interface SelectedNodes {
  readonly openClass: ModelClass;
  /** The way to it, which stays as it is. */
  readonly open: readonly OpenStep[];
  /** In the order in which they were selected. */
  readonly nodes: readonly NodeId[];
}

/** What a command on nodes works on; undefined where it is not possible: in the other lens, or with fewer than `least` of them. */
export function selectedNodes({ document, session }: Pick<CommandContext, 'document' | 'session'>, least = 1): SelectedNodes | undefined {
  const { lens, open, selection } = session.getState();
  const openClass = findOpenClass(document.getState().document, open);
  return lens === 'flow' && openClass && selection.nodes.length >= least ? { openClass, open, nodes: selection.nodes } : undefined;
}

/** The same with notes and frames; undefined where neither is selected. */
export function selectedItems(
  context: Pick<CommandContext, 'document' | 'session'>,
): (SelectedNodes & { readonly annotations: readonly string[] }) | undefined {
  const { annotations } = context.session.getState().selection;
  const selected = selectedNodes(context, annotations.length > 0 ? 0 : 1);
  return selected && { ...selected, annotations };
}
