import { isBusy } from '../state/runs/store.ts';
import { showPanel } from '../state/session/workspaces.ts';
import type { Command } from './command.ts';
import { selectedNodes } from './shared/selected-nodes.ts';
import { showProblemsOnFailure } from './shared/show-problems.ts';

/** Forward up to the selected node, and no further: what lies behind it may be unfinished. */
export const runToHereCommand: Command = {
  id: 'run-to-here',
  title: 'Run to Here',
  group: 'run',
  section: 0,
  order: 14,
  keys: ['Shift+Enter'],
  keysOn: 'canvas',
  needs: 'Select a node first, while nothing runs.',
  when: (context) => !isBusy(context.runs.getState()) && selectedNodes(context)?.nodes.length === 1,
  async run(context) {
    const { client, document, session } = context;
    const selected = selectedNodes(context);
    const [node] = selected?.nodes ?? [];
    if (node === undefined) return;
    session.set(showPanel(session.getState(), 'results'));
    await client.run(document.getState().document, { upTo: { instance: selected!.open.at(-1)?.instance ?? [], node } });
    showProblemsOnFailure(context);
  },
};
