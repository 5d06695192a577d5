import { visitBeside } from '../state/session/visits.ts';
import type { Command, CommandContext } from './command.ts';

function beside({ document, session }: CommandContext, by: 1 | -1) {
  return visitBeside(session.getState().visits, by, document.getState().document);
}

/** Through classes, selections and places that were jumped to; never an edit. */
function goCommand(by: 1 | -1, id: string, title: string, key: string): Command {
  return {
    id,
    title,
    group: 'view',
    section: 0,
    order: by < 0 ? 50 : 51,
    keys: [`Mod+${key}`],
    when: (context) => beside(context, by) !== undefined,
    needs: by < 0 ? 'You were nowhere else before.' : 'You went back from nowhere.',
    run(context) {
      const { canvas, session } = context;
      const visits = beside(context, by);
      const look = visits?.looks[visits.at];
      if (!visits || !look) return;
      session.set({ ...look, visits, hover: null });
      const [node] = look.selection.nodes;
      if (look.lens === 'flow' && node !== undefined) canvas.revealNode(node);
    },
  };
}

export const goBackCommand = goCommand(-1, 'go-back', 'Go Back to Where You Were', '[');
export const goForwardCommand = goCommand(1, 'go-forward', 'Go Forward Again', ']');
