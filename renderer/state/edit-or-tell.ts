import { EditError, type ModelDocument } from '../../core/document/index.ts';
import type { EditOptions, Recipe } from './document/store.ts';
import type { Place } from './session/store.ts';
import type { Services } from './services.ts';

/** Shows a failure in a dialog: what happened, the message of the error, and what to do. */
export function reportFailure(context: Services, title: string, error: unknown, hint: string): void {
  const message = error instanceof Error ? error.message : String(error);
  void context.dialogs.ask('error', { title, message, hint });
}

/** One undoable step. An edit that cannot be done is told in a notice, and nothing changes; false then. */
export function editOrTell(
  context: Pick<Services, 'document' | 'dialogs'>,
  label: string,
  recipe: Recipe,
  options?: EditOptions<Place>,
): boolean {
  try {
    context.document.edit(label, recipe, options);
    return true;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    context.dialogs.tell(error.message, 'error');
    return false;
  }
}

/** The same for an edit that also gives ids: `make` runs once, `after` says where the user is then. */
export function editWithIds<T extends { readonly document: ModelDocument }>(
  context: Pick<Services, 'document' | 'dialogs'>,
  label: string,
  make: (document: ModelDocument) => T,
  after: (made: T) => Place | undefined,
): T | undefined {
  let made: T | undefined;
  const { document } = context.document.getState();
  try {
    made = make(document);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    context.dialogs.tell(error.message, 'error');
    return undefined;
  }
  const changed = made.document;
  const place = after(made);
  context.document.edit(label, () => changed, place ? { place } : {});
  return made;
}
