import { useServices } from '../app/services.ts';
import { editOrTell } from '../commands/shared/report.ts';
import type { Recipe } from '../document/store.ts';

/** One undoable step; an edit that cannot be done is told in a notice. */
export function useEdit(): (label: string, recipe: Recipe) => boolean {
  const services = useServices();
  return (label, recipe) => editOrTell(services, label, recipe);
}
