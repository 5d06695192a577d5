import { showPanel } from '../state/session/workspaces.ts';
import { isBusy } from '../state/runs/store.ts';
import type { Command, CommandContext } from './command.ts';
import { canContinueTraining } from './train.command.ts';

const HOW = { diagnose: true };

function showFound({ session }: Pick<CommandContext, 'session'>): void {
  session.set(showPanel(session.getState(), 'problems'));
}

/** A run that every diagnosis looks at: what is wrong is told under Problems, with its place. */
export const diagnoseRunCommand: Command = {
  id: 'diagnose-run',
  title: 'Run and Diagnose',
  group: 'run',
  section: 0,
  order: 12,
  keys: ['Mod+Shift+D'],
  inTextFields: true,
  when: ({ runs }) => !isBusy(runs.getState()),
  needs: 'Something runs already.',
  async run(context) {
    await context.client.run(context.document.getState().document, HOW);
    showFound(context);
  },
};

/** A training whose course is looked at, too. */
export const diagnoseTrainingCommand: Command = {
  id: 'diagnose-training',
  title: 'Train and Diagnose',
  group: 'run',
  section: 0,
  order: 32,
  keys: [],
  when: ({ runs }) => !isBusy(runs.getState()),
  async run(context) {
    const { document } = context.document.getState();
    context.session.set(showPanel(context.session.getState(), 'training'));
    await context.client.train(document, document.run.steps, canContinueTraining(context) ? 'last' : 'start', HOW);
    showFound(context);
  },
};
