/** @file A whole document brought into another one as a class: what a template or a block of the library adds. */
import { classIdOf, findClass, typeOfClass, usesClass } from '../find.ts';
import { uniqueName } from '../names.ts';
import type { Arguments, ClassId, ModelClass, ModelDocument } from '../schema.ts';
import { bringClasses, classesBehind } from './bring-classes.ts';

export interface BroughtDocument {
  readonly document: ModelDocument;
  /** What its root class is called as a type of a member: `class:c3`. */
  readonly type: string;
  /** The arguments of the root. */
  readonly args: Arguments;
}

/**
 * The document with the classes of another one: under its own names where they are free, and none twice. `into` is the class that will hold
 * a member of it: where that is one of them itself, they come as classes apart, as nothing may contain itself.
 */
export function bringDocument(document: ModelDocument, other: ModelDocument, into: ClassId): BroughtDocument {
  const type = typeOfClass(other.root.class);
  const classes = classesBehind(other, [{ id: '', name: '', type, args: {} }]);
  const brought = bringClasses(document, classes, false);
  const root = classIdOf(brought.typeIn(type))!;
  const { args } = other.root;
  if (!usesClass(brought.document, root, into)) return { document: brought.document, type: typeOfClass(root), args };
  const apart = bringClasses(document, renamed(document, classes), false);
  return { document: apart.document, type: apart.typeIn(type), args };
}

/** Under names that are nobody's, classes of the same content are no longer taken for those that are there. */
function renamed(document: ModelDocument, classes: readonly ModelClass[]): readonly ModelClass[] {
  const names = Object.values(document.classes).map(({ name }) => name);
  return classes.map((each) => {
    const name = uniqueName(each.name, names);
    names.push(name);
    return { ...each, name };
  });
}

/** A class as a document of its own, with the classes that it needs: what a library keeps. Run settings are those of the document it is from. */
export function documentOfClass(document: ModelDocument, id: ClassId): ModelDocument {
  const root = findClass(document, id);
  if (!root) return document;
  const classes = classesBehind(document, [{ id: '', name: '', type: typeOfClass(id), args: {} }]);
  const { bookmarks: _bookmarks, ...rest } = document;
  return {
    ...rest,
    name: root.name,
    classes: Object.fromEntries(classes.map((each) => [each.id, each])),
    root: { class: id, args: document.root.class === id ? document.root.args : {} },
    settings: [],
    views: [],
  };
}
