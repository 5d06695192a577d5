/** @file Seeing what feeds the selected nodes, or what they feed: the rest steps back, and the selection stays what it is. */
import { tracedHere } from '../state/derived/traced.ts';
import { viewportKey } from '../state/session/store.ts';
import type { Command, CommandContext } from './command.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

function highlightAlong(way: 'up' | 'down', title: string, order: number, keys: readonly string[]): Command {
  /** The same again, or with nothing selected: the highlight goes. */
  const ends = (context: CommandContext): boolean => {
    const traced = tracedHere(context.session.getState());
    const selected = selectedNodes(context);
    return traced !== null && (!selected || (traced.way === way && String(traced.from) === String(selected.nodes)));
  };
  return {
    id: `highlight-${way}stream`,
    title,
    titleNow: (context) => (ends(context) ? 'Highlight Nothing' : title),
    group: 'edit',
    section: 3.2,
    submenu: 'Select',
    order,
    keys,
    when: (context) => selectedNodes(context) !== undefined || tracedHere(context.session.getState()) !== null,
    needs: 'Select a node first.',
    run(context) {
      const { session } = context;
      const selected = selectedNodes(context);
      const state = session.getState();
      const traced =
        selected && !ends(context)
          ? { way, from: selected.nodes, class: selected.openClass.id, view: viewportKey(state), inside: state.inside }
          : null;
      session.set({ traced });
    },
  };
}

export const highlightUpstreamCommand = highlightAlong('up', 'Highlight What Feeds It', 36, ['L']);
export const highlightDownstreamCommand = highlightAlong('down', 'Highlight What It Feeds', 38, ['Shift+L']);
