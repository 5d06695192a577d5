import { showPanel } from '../../state/session/workspaces.ts';
import type { CommandContext } from '../command.ts';

/** After a run that failed: the list that says why, and what to do. */
export function showProblemsOnFailure({ runs, session }: Pick<CommandContext, 'runs' | 'session'>): void {
  if (runs.getState().status === 'failed') session.set(showPanel(session.getState(), 'problems'));
}
