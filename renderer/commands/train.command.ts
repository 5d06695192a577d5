import { isBusy } from '../state/runs/store.ts';
import type { Command, CommandContext } from './command.ts';
import { trainWatched } from './shared/train-watched.ts';

const train = (context: CommandContext, continueFrom: 'start' | 'last'): Promise<void> =>
  trainWatched(context, context.document.getState().document.run.steps, continueFrom);

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
