/** @file Views: named filters with attributes that make a second mode of the same weights. */
import { nextId } from '../ids.ts';
import type { FilterSpec, ModelDocument, View } from '../schema.ts';
import { checkName } from './change.ts';
import { EditError } from './edit-error.ts';

/** Adds a view, whose name becomes a variable in code. @throws EditError for a name that is taken or cannot be one. */
export function addView(
  document: ModelDocument,
  given: { readonly name: string; readonly only: FilterSpec; readonly attributes: View['attributes'] },
): { readonly document: ModelDocument; readonly view: string } {
  const id = nextId(
    'v',
    document.views.map((view) => view.id),
  );
  checkName(
    given.name,
    'view',
    document.views.map((view) => view.name),
  );
  return { view: id, document: { ...document, views: [...document.views, { id, ...given }] } };
}

/** Changes the name, the filter or the attributes of a view. */
export function changeView(document: ModelDocument, id: string, change: Partial<Omit<View, 'id'>>): ModelDocument {
  const view = document.views.find((each) => each.id === id);
  if (!view) throw new EditError('a view of the document', `"${id}"`, 'Select a view that exists.');
  if (change.name !== undefined) {
    checkName(
      change.name,
      'view',
      document.views.filter((each) => each !== view).map((each) => each.name),
    );
  }
  return { ...document, views: document.views.map((each) => (each === view ? { ...each, ...change } : each)) };
}

/** Removes a view; the same document if there is none. */
export function removeView(document: ModelDocument, id: string): ModelDocument {
  const views = document.views.filter((view) => view.id !== id);
  return views.length === document.views.length ? document : { ...document, views };
}
