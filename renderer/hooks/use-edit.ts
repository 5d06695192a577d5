import { useServices } from './services.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import type { Recipe } from '../state/document/store.ts';

/** One undoable step; an edit that cannot be done is told in a notice. */
export function useEdit(): (label: string, recipe: Recipe) => boolean {
  const services = useServices();
  return (label, recipe) => editOrTell(services, label, recipe);
}
