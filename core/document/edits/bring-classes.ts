/**
 * @file Classes that come along with what is pasted. Ids mean something in their own document only: a class that is there with the same
 * content is used, any other comes as a class of its own, under an id and a name that nobody has.
 */
import { classesUsedBy, classIdOf, findClass, typeOfClass } from '../find.ts';
import { nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import type { ClassId, Member, ModelClass, ModelDocument } from '../schema.ts';

/** The classes that members need, and those that they need in turn. */
export function classesBehind(document: ModelDocument, members: readonly Member[]): readonly ModelClass[] {
  const found = new Map<ClassId, ModelClass>();
  const visit = (ids: readonly ClassId[]): void => {
    for (const id of ids) {
      const modelClass = findClass(document, id);
      if (!modelClass || found.has(id)) continue;
      found.set(id, modelClass);
      visit(classesUsedBy(modelClass));
    }
  };
  visit(members.flatMap(({ type }) => classIdOf(type) ?? []));
  return [...found.values()];
}

export interface Brought {
  readonly document: ModelDocument;
  /** What a member's type is called in the document. */
  typeIn(type: string): string;
}

/** `isOwn`: what is pasted was copied from this very document, whose classes it means as they are by now. */
export function bringClasses(document: ModelDocument, classes: readonly ModelClass[], isOwn: boolean): Brought {
  let present = document;
  const ids = new Map<ClassId, ClassId>();
  const typeIn = (type: string): string => {
    const id = classIdOf(type);
    return id === undefined ? type : typeOfClass(bring(id));
  };
  const bring = (id: ClassId): ClassId => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const isThere = findClass(present, id) !== undefined;
    const came = classes.find((each) => each.id === id);
    if (isOwn && isThere) return id;
    ids.set(id, id); // a class that contains itself ends here
    const mapped = came && { ...came, members: came.members.map((member) => ({ ...member, type: typeIn(member.type) })) };
    const same = mapped && Object.values(present.classes).find((each) => isSameContent(each, mapped));
    const into = same?.id ?? (isThere ? nextId('c', [...Object.keys(present.classes), ...classes.map((each) => each.id)]) : id);
    ids.set(id, into);
    if (mapped && !same) {
      const names = Object.values(present.classes).map((each) => each.name);
      const added = { ...mapped, id: into, name: uniqueName(mapped.name, names) };
      present = { ...present, classes: { ...present.classes, [into]: added } };
    }
    return into;
  };
  for (const { id } of classes) bring(id);
  return {
    get document() {
      return present;
    },
    typeIn,
  };
}

/** Whether two classes do the same under the same name, or under the one that the second got where its own was taken. */
function isSameContent(present: ModelClass, came: ModelClass): boolean {
  const isNamed = present.name.startsWith(came.name) && /^\d*$/.test(present.name.slice(came.name.length));
  return isNamed && meaningOf(present) === meaningOf(came);
}

function meaningOf({ fields, members, nodes, wires, probes }: ModelClass): string {
  return JSON.stringify([fields, members, nodes, wires, probes], (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
