import { EditError } from '../../core/document/index.ts';
import { useServices } from './services.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import type { Recipe } from '../state/document/store.ts';

/** One undoable step; an edit that cannot be done is told in a notice. */
export function useEdit(): (label: string, recipe: Recipe) => boolean {
  const services = useServices();
  return (label, recipe) => editOrTell(services, label, recipe);
}

/** The same for a field: an edit that cannot be done gives the words that say why, to be shown there. */
export function useFieldEdit(): (label: string, recipe: Recipe) => string | undefined {
  const { document } = useServices();
  return (label, recipe) => {
    try {
      document.edit(label, recipe);
      return undefined;
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      return error.message;
    }
  };
}
