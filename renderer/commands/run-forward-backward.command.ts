import { showPanel } from '../state/session/workspaces.ts';
import { isBusy } from '../state/runs/store.ts';
import type { Command } from './command.ts';
import { showProblemsOnFailure } from './shared/show-problems.ts';

/** One pass forward and back over a batch. What is wrong with the model or the data is shown instead of a result. */
export const runCommand: Command = {
  id: 'run',
  title: 'Run',
  group: 'run',
  section: 0,
  order: 10,
  keys: ['Mod+Enter'],
  inTextFields: true,
  when: ({ runs }) => !isBusy(runs.getState()),
  needs: 'Something runs already.',
  async run(context) {
    const { client, document, session } = context;
    session.set(showPanel(session.getState(), 'results'));
    await client.run(document.getState().document);
    showProblemsOnFailure(context);
  },
};
