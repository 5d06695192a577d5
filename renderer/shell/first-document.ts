/** @file What the window shows first: a file that it was started with, unsaved work from a crash, or the first example. */
import { openExampleFile } from '../commands/shared/open-document.ts';
import { messageOf } from '../state/or-tell.ts';
import type { Services } from '../state/services.ts';
import { offerLeftWork } from './left-work.ts';

const FIRST_EXAMPLE = 'digits.espalier';

/** The example only stands in: whatever was opened before it was read stays, and what comes later takes its place. */
export async function showFirstDocument(services: Services): Promise<void> {
  const left = await services.platform.recovery.left().catch((error: unknown) => {
    services.dialogs.tell(`Whether unsaved work was left could not be read: ${messageOf(error)}`, 'error');
    return [];
  });
  await openExampleFile(services, FIRST_EXAMPLE, { unlessOpened: true });
  await offerLeftWork(services, left);
}
