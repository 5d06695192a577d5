import { orTell } from '../state/or-tell.ts';
import type { CommandContext } from './command.ts';

/** Goes to a step of the training; what fails is told. */
export function goToStep({ client, dialogs }: Pick<CommandContext, 'client' | 'dialogs'>, step: number): void {
  orTell(dialogs, 'That step could not be gone to', client.seek(step));
}
