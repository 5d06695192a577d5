/** @file What the window shows first: unsaved work from a crash if there is some, else the first example. */
import { parseDocument } from '../../core/document/index.ts';
import { openExampleFile, showDocument } from '../commands/shared/open-document.ts';
import type { Services } from '../state/services.ts';

const FIRST_EXAMPLE = 'digits.espalier';

export async function showFirstDocument(services: Services): Promise<void> {
  const text = await services.platform.readRecovery();
  const recovered = text === undefined ? undefined : parseDocument(text);
  await openExampleFile(services, FIRST_EXAMPLE);
  if (recovered?.ok !== true) return;
  const answer = await services.dialogs.ask('recover', { name: recovered.document.name });
  if (answer === 'restore') showDocument(services, recovered.document, null, { saved: false });
  else await services.platform.clearRecovery();
}
