/** @file Classes of a document, and which of them is built. */
import { classIdOf, findClassByName } from '../find.ts';
import { nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import type { Arguments, ClassId, FilterSpec, ModelClass, ModelDocument } from '../schema.ts';
import { emptyClass } from '../new-document.ts';
import { changeClass, checkName, getClass, without } from './change.ts';
import { EditError } from './edit-error.ts';
import { dropDeadReferences } from './references.ts';

/** Adds a class with one input that is handed on. */
export function addClass(
  document: ModelDocument,
  given: { readonly name?: string } = {},
): { readonly document: ModelDocument; readonly class: ClassId } {
  const id = nextId('c', Object.keys(document.classes));
  const name = uniqueName(given.name ?? 'Block', classNames(document));
  checkName(name, 'class', []);
  return { class: id, document: { ...document, classes: { ...document.classes, [id]: emptyClass(id, name) } } };
}

/** Renames a class, and the filters that name it. */
export function renameClass(document: ModelDocument, classId: ClassId, name: string): ModelDocument {
  const before = getClass(document, classId).name;
  if (before === name) return document;
  checkName(name, 'class', classNames(document));
  const renamed = changeClass(document, classId, (modelClass) => ({ ...modelClass, name }));
  if (findClassByName(renamed, before)) return renamed;
  return mapFilters(renamed, (filter) => (filter.kind === 'type' && filter.type === before ? { kind: 'type', type: name } : filter));
}

/** Changes the doc text, which becomes the docstring of the class in code. */
export function setClassDoc(document: ModelDocument, classId: ClassId, doc: string): ModelDocument {
  return changeClass(document, classId, (modelClass) => (modelClass.doc === doc ? modelClass : { ...modelClass, doc }));
}

/** Removes a class that nothing uses. */
export function removeClass(document: ModelDocument, classId: ClassId): ModelDocument {
  const { name } = getClass(document, classId);
  if (document.root.class === classId) {
    throw new EditError('a class that is not the root', name, 'Make another class the root first.');
  }
  const user = Object.values(document.classes).find((each) => each.members.some((member) => classIdOf(member.type) === classId));
  if (user) throw new EditError('a class that nothing uses', `${name}, used by ${user.name}`, `Remove it from ${user.name} first.`);
  return dropDeadReferences({ ...document, classes: without(document.classes, [classId]) });
}

/** Chooses the class that is built, with its arguments. */
export function setRoot(document: ModelDocument, classId: ClassId, args: Arguments = {}): ModelDocument {
  getClass(document, classId);
  return dropDeadReferences({ ...document, root: { ...document.root, class: classId, args } });
}

/** Sets arguments of the root; undefined clears one. */
export function setRootArgs(document: ModelDocument, values: Readonly<Record<string, Arguments[string] | undefined>>): ModelDocument {
  const args = Object.fromEntries(Object.entries({ ...document.root.args, ...values }).filter(([, value]) => value !== undefined));
  return { ...document, root: { ...document.root, args: args as Arguments } };
}

function classNames(document: ModelDocument): readonly string[] {
  return Object.values(document.classes).map((modelClass: ModelClass) => modelClass.name);
}

/** The document with every filter, and every filter inside one, changed. */
function mapFilters(document: ModelDocument, change: (filter: FilterSpec) => FilterSpec): ModelDocument {
  const walk = (filter: FilterSpec): FilterSpec => {
    if (filter.kind === 'any' || filter.kind === 'all') return { ...filter, of: filter.of.map(walk) };
    return filter.kind === 'not' ? { ...filter, of: walk(filter.of) } : change(filter);
  };
  return {
    ...document,
    settings: document.settings.map((setting) => (setting.kind === 'set' ? { ...setting, only: walk(setting.only) } : setting)),
    views: document.views.map((view) => ({ ...view, only: walk(view.only) })),
  };
}
