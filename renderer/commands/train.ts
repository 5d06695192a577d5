import { isBusy } from '../runs/store.ts';
import type { Command, CommandContext } from './command.ts';
import { showProblemsOnFailure } from './shared/show-problems.ts';

async function train(context: CommandContext, continueFrom: 'start' | 'last'): Promise<void> {
  const { client, document, session } = context;
  const { document: model } = document.getState();
  session.set({ bottomOpen: true, bottomTab: 'training' });
  await client.train(model, model.run.steps, continueFrom);
  showProblemsOnFailure(context);
}

/** Whether the trained values in the worker belong to the present document. */
export function canContinueTraining({ derived, document, runs }: Pick<CommandContext, 'derived' | 'document' | 'runs'>): boolean {
  const { training } = runs.getState();
  return training !== null && training.canContinue && training.hash === derived.hash(document.getState().document);
}

/** Goes on from the trained values while they belong to this document; starts afresh otherwise. */
export const trainCommand: Command = {
  id: 'train',
  title: 'Train',
  titleNow: (context) => (canContinueTraining(context) ? 'Continue Training' : 'Train'),
  group: 'run',
  section: 0,
  keys: ['Mod+Shift+Enter'],
  inTextFields: true,
  when: ({ runs }) => !isBusy(runs.getState()),
  run: (context) => train(context, canContinueTraining(context) ? 'last' : 'start'),
};

export const trainAfreshCommand: Command = {
  id: 'train-afresh',
  title: 'Train from the Start',
  group: 'run',
  section: 0,
  keys: [],
  when: ({ runs }) => !isBusy(runs.getState()),
  run: (context) => train(context, 'start'),
};
