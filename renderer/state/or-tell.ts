/** @file Where work ends that nobody waits for: what fails is told to the user, never dropped. */
import type { Dialogs } from './questions.ts';

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `failed` begins the notice: "The preferences could not be kept". */
export function orTell(dialogs: Pick<Dialogs, 'tell'>, failed: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => dialogs.tell(`${failed}: ${messageOf(error)}`, 'error'));
}

/** Faults that came past everything else, of the page or of what it runs. Gives back what ends it. */
export function tellStrayFaults(
  dialogs: Pick<Dialogs, 'tell'>,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): () => void {
  const onRejection = (event: PromiseRejectionEvent): void => {
    dialogs.tell(`Something went wrong: ${messageOf(event.reason)} Your model is still open; save it to be sure.`, 'error');
  };
  page.addEventListener('unhandledrejection', onRejection);
  return () => page.removeEventListener('unhandledrejection', onRejection);
}
