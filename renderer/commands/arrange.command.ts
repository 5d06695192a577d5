/** @file The automatic layout. What one has placed oneself stays unless it is asked for. */
import type { Command } from './command.ts';
import { arrangeNodes } from './shared/arrange-nodes.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

export const arrangeAllCommand: Command = {
  id: 'arrange-all',
  title: 'Arrange All',
  group: 'edit',
  section: 3.4,
  submenu: 'Arrange',
  order: 10,
  keys: ['Mod+Shift+L'],
  when: ({ session }) => session.getState().lens === 'flow',
  needs: 'Switch to the data flow first.',
  async run(context) {
    if (await arrangeNodes(context)) fitSoon(context);
  },
};

export const arrangeSelectionCommand: Command = {
  id: 'arrange-selection',
  title: 'Arrange Selection',
  group: 'edit',
  section: 3.4,
  submenu: 'Arrange',
  order: 20,
  keys: ['Alt+L'],
  when: (context) => selectedNodes(context, 2) !== undefined,
  needs: 'Select two nodes or more first.',
  async run(context) {
    const selected = selectedNodes(context, 2);
    if (selected) await arrangeNodes(context, selected.nodes);
  },
};

export const flipDirectionCommand: Command = {
  id: 'flip-direction',
  title: 'Arrange Top to Bottom',
  titleNow: ({ session }) => (session.getState().direction === 'right' ? 'Arrange Top to Bottom' : 'Arrange Left to Right'),
  group: 'edit',
  section: 3.4,
  submenu: 'Arrange',
  order: 30,
  keys: ['Alt+Shift+L'],
  when: ({ session }) => session.getState().lens === 'flow',
  needs: 'Switch to the data flow first.',
  async run(context) {
    const { direction } = context.session.getState();
    context.session.set({ direction: direction === 'right' ? 'down' : 'right' });
    await arrangeNodes(context);
    fitSoon(context);
  },
};

/** The canvas takes new places over in the next frame. */
function fitSoon({ canvas }: Parameters<Command['run']>[0]): void {
  requestAnimationFrame(() => canvas.fit('opening'));
}
