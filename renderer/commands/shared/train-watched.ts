import { showPanel } from '../../state/session/workspaces.ts';
import type { How } from '../../state/runs/run-client.ts';
import type { CommandContext } from '../command.ts';
import { showProblemsOnFailure } from './show-problems.ts';

/** Trains; where a condition pauses it, what that step sees is run at once, so that everything of it can be looked at. */
export async function trainWatched(context: CommandContext, steps: number, continueFrom: 'start' | 'last', how?: How): Promise<void> {
  const { client, document, runs, session } = context;
  const { document: model } = document.getState();
  session.set(showPanel(session.getState(), 'training'));
  await client.train(model, steps, continueFrom, how);
  showProblemsOnFailure(context);
  const { training, status } = runs.getState();
  if (training?.hit && status === 'idle') await client.run(model, { asNextStep: true });
}
