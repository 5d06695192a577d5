import { showPanel } from '../state/session/workspaces.ts';
import { isBusy } from '../state/runs/store.ts';
import type { Command, CommandContext } from './command.ts';
import { showProblemsOnFailure } from './shared/show-problems.ts';

async function train(context: CommandContext, continueFrom: 'start' | 'last'): Promise<void> {
  const { client, document, session } = context;
  const { document: model } = document.getState();
  session.set(showPanel(session.getState(), 'training'));
  await client.train(model, model.run.steps, continueFrom);
  showProblemsOnFailure(context);
}

/** Whether the worker has trained values: it goes on from them as long as the architecture is the same, whatever else was edited. */
export function canContinueTraining({ runs }: Pick<CommandContext, 'runs'>): boolean {
  return runs.getState().training?.canContinue === true;
}

/** Goes on from the trained values; the worker starts afresh, and says so, where the model has other weights by now. */
export const trainCommand: Command = {
  id: 'train',
  title: 'Train',
  titleNow: (context) => (canContinueTraining(context) ? 'Continue Training' : 'Train'),
  group: 'run',
  section: 0,
  order: 20,
  keys: ['Mod+Shift+Enter'],
  inTextFields: true,
  when: ({ runs }) => !isBusy(runs.getState()),
  needs: 'Something runs already.',
  run: (context) => train(context, canContinueTraining(context) ? 'last' : 'start'),
};

export const trainAfreshCommand: Command = {
  id: 'train-afresh',
  title: 'Train from the Start',
  group: 'run',
  section: 0,
  order: 30,
  keys: [],
  when: ({ runs }) => !isBusy(runs.getState()),
  run: (context) => train(context, 'start'),
};
