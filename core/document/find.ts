/** @file Looking things up in a document. Records are plain objects, so only their own keys count. */
import type { ClassId, GraphNode, Member, MemberId, ModelClass, ModelDocument, NodeId, Path, PortRef } from './schema.ts';

/** The value of an own key: `constructor` and its like are not found. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

export function findClass(document: ModelDocument, id: ClassId): ModelClass | undefined {
  return own(document.classes, id);
}

/** The first class of a name. A sound document has each name once. */
export function findClassByName(document: ModelDocument, name: string): ModelClass | undefined {
  return Object.values(document.classes).find((each) => each.name === name);
}

export function findNode(modelClass: Pick<ModelClass, 'nodes'>, id: NodeId): GraphNode | undefined {
  return own(modelClass.nodes, id);
}

export function findMember(modelClass: ModelClass, id: MemberId): Member | undefined {
  return modelClass.members.find((member) => member.id === id);
}

/** The member behind a chain of aliases; undefined if the chain leads nowhere or round in a circle. */
export function resolveMember(modelClass: ModelClass, id: MemberId): Member | undefined {
  const seen = new Set<MemberId>();
  for (let member = findMember(modelClass, id); member; member = findMember(modelClass, member.aliasOf)) {
    if (member.aliasOf === undefined) return member;
    if (seen.has(member.id)) return undefined;
    seen.add(member.id);
  }
  return undefined;
}

const CLASS_PREFIX = 'class:';

/** The class that a member type such as `class:c2` names; undefined for a layer type. */
export function classIdOf(type: string): ClassId | undefined {
  return type.startsWith(CLASS_PREFIX) ? type.slice(CLASS_PREFIX.length) : undefined;
}

/** The member type of a class. */
export function typeOfClass(id: ClassId): string {
  return CLASS_PREFIX + id;
}

export function isSamePort(a: PortRef, b: PortRef): boolean {
  return a.node === b.node && a.port === b.port;
}

/** Part by part: 0 and '0' differ. */
export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** The classes that a class uses as members, without repeats, in member order. */
export function classesUsedBy(modelClass: ModelClass): readonly ClassId[] {
  const ids = new Set<ClassId>();
  for (const { aliasOf, type } of modelClass.members) {
    const id = aliasOf === undefined ? classIdOf(type) : undefined;
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}

/** Whether building `start` would build `target`, at any depth. */
export function usesClass(document: ModelDocument, start: ClassId, target: ClassId): boolean {
  const seen = new Set<ClassId>();
  const visit = (id: ClassId): boolean => {
    if (id === target) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    const modelClass = findClass(document, id);
    return modelClass !== undefined && classesUsedBy(modelClass).some(visit);
  };
  return visit(start);
}

/** The root and all that it is made of. */
export function usedClasses(document: ModelDocument): ReadonlySet<ClassId> {
  const used = new Set<ClassId>();
  const visit = (id: ClassId): void => {
    const modelClass = findClass(document, id);
    if (!modelClass || used.has(id)) return;
    used.add(id);
    classesUsedBy(modelClass).forEach(visit);
  };
  visit(document.root.class);
  return used;
}
