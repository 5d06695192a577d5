/** @file One step of a training at a time, forth and back, and a look at what the next one will see. */
import { isBusy } from '../state/runs/store.ts';
import { showPanel } from '../state/session/workspaces.ts';
import type { Command, CommandContext } from './command.ts';
import { showProblemsOnFailure } from './shared/show-problems.ts';
import { trainWatched } from './shared/train-watched.ts';
import { canContinueTraining } from './train.command.ts';

const isFree = ({ runs }: Pick<CommandContext, 'runs'>): boolean => !isBusy(runs.getState());

export const stepOnceCommand: Command = {
  id: 'training-step',
  title: 'Train One Step',
  group: 'run',
  submenu: 'Steps of the Training',
  section: 0,
  order: 34,
  keys: [],
  when: isFree,
  run: (context) => trainWatched(context, 1, canContinueTraining(context) ? 'last' : 'start'),
};

/** From the last checkpoint before it, by the same steps as the first time. */
export const stepBackCommand: Command = {
  id: 'training-step-back',
  title: 'Go Back One Step',
  group: 'run',
  submenu: 'Steps of the Training',
  section: 0,
  order: 35,
  keys: [],
  when: (context) => isFree(context) && canContinueTraining(context) && stepsBefore(context),
  async run({ client, runs, session }) {
    session.set(showPanel(session.getState(), 'training'));
    await client.seek(runs.getState().training!.step - 1);
  },
};

function stepsBefore({ runs }: Pick<CommandContext, 'runs'>): boolean {
  const { training } = runs.getState();
  const first = training?.kept.steps[0];
  return training !== null && first !== undefined && first < training.step;
}

/** Forward and backward on the rows, weights and random streams of the next step: nothing is changed by it. */
export const traceStepCommand: Command = {
  id: 'trace-step',
  title: 'Run What the Next Step Sees',
  group: 'run',
  submenu: 'Steps of the Training',
  section: 0,
  order: 36,
  keys: [],
  when: (context) => isFree(context) && canContinueTraining(context),
  async run(context) {
    const { client, document, session } = context;
    session.set(showPanel(session.getState(), 'results'));
    await client.run(document.getState().document, { asNextStep: true });
    showProblemsOnFailure(context);
  },
};
