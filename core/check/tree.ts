/** @file The Modules that a document will make, with their paths, before any is made. */
import { classIdOf } from '../document/find.ts';
import type { ClassId, Member, Path } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { Instance, MemberResult } from './instance.ts';

/** A use of a class with its place in the tree. */
export interface PlacedInstance {
  readonly path: Path;
  readonly instance: Instance;
}

export interface PlannedModule {
  readonly path: Path;
  /** A layer type, the name of a class, or 'List'. */
  readonly type: string;
  /** Names that `setAttributes` finds. */
  readonly attributes: readonly string[];
  /** A layer that may be made of Modules, or be a subtype of another layer, of which nothing is known here. */
  readonly isOpaque: boolean;
}

const MAX_INSTANCES = 10_000; // a list in a list in a list: enough to look at, not enough to hang

/** Every use of a class below the root, parents first. A shared Module is placed where it is constructed. */
export function placeInstances(root: Instance): readonly PlacedInstance[] {
  const placed: PlacedInstance[] = [];
  const visit = (instance: Instance, path: Path) => {
    if (placed.length >= MAX_INSTANCES) return;
    placed.push({ path, instance });
    for (const [member, result] of memberResults(instance)) {
      for (const [i, element] of result.elements.entries()) visit(element, [...path, member.name, ...(result.repeat === null ? [] : [i])]);
    }
  };
  visit(root, []);
  return placed;
}

/** Members that are no aliases, in the order of construction, with what is known about them. */
export function memberResults(instance: Instance): readonly (readonly [Member, MemberResult])[] {
  return instance.class.members.flatMap((member) => {
    const result = instance.members.get(member.id);
    return result ? [[member, result] as const] : [];
  });
}

/** The Modules below the root with what `setAttributes` would find on each. */
export function planModules(root: Instance): readonly PlannedModule[] {
  return placeInstances(root).flatMap(({ path, instance }) => {
    const own: PlannedModule = {
      path,
      type: instance.class.name,
      attributes: [...Object.keys(instance.scope), ...instance.class.members.map((member) => member.name)],
      isOpaque: false,
    };
    const layers = memberResults(instance).flatMap(([member, result]): PlannedModule[] => {
      const at = [...path, member.name];
      const list = result.repeat === null ? [] : [{ path: at, type: 'List', attributes: [], isOpaque: false }];
      if (classIdOf(result.type) !== undefined) return list;
      const descriptor = findDescriptor(result.type);
      const attributes = Object.keys(descriptor?.params ?? {});
      const isOpaque = descriptor?.kind !== 'layer' || descriptor.isComposed === true;
      const paths = result.repeat === null ? [at] : Array.from({ length: result.repeat }, (_, i) => [...at, i]);
      return [...list, ...paths.map((each) => ({ path: each, type: result.type, attributes, isOpaque }))];
    });
    return [own, ...layers];
  });
}

/** The uses of each class by its id, in the order of the tree. */
export function instancesByClass(placed: readonly PlacedInstance[]): ReadonlyMap<ClassId, readonly PlacedInstance[]> {
  const groups = new Map<ClassId, PlacedInstance[]>();
  for (const use of placed) {
    const uses = groups.get(use.instance.class.id);
    if (uses) uses.push(use);
    else groups.set(use.instance.class.id, [use]);
  }
  return groups;
}
