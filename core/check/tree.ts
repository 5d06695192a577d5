/** @file The Modules that a document will make, with their paths, before any is made. */
import { classIdOf } from '../document/find.ts';
import type { ClassId, Member, Path } from '../document/schema.ts';
import { graphOf, groupBy } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import { isVariableType } from './count.ts';
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

/** More Modules than this are counted, but not listed one by one. */
export const MAX_MODULES = 200_000;

/**
 * Every different use of a class below the root once, at the first path where it stands, parents first. Equal uses are one object, so that a
 * tree of a million Modules may be a few instances.
 */
export function uniqueInstances(root: Instance): readonly PlacedInstance[] {
  const placed: PlacedInstance[] = [];
  const seen = new Set<Instance>();
  const visit = (instance: Instance, path: Path) => {
    if (seen.has(instance)) return;
    seen.add(instance);
    placed.push({ path, instance });
    if (instance.uses.size === 0) return;
    for (const [member, result] of memberResults(instance)) {
      for (const [i, element] of result.elements.entries()) visit(element, elementPath(path, member, result, i));
    }
    // A second call of the same Module may see other shapes than the first.
    for (const [id, { elements }] of instance.nodes) {
      if (elements.every((element) => seen.has(element))) continue;
      const node = instance.class.nodes[id];
      const member = node?.kind === 'call' ? graphOf(instance.class).behind(node.member) : undefined;
      const result = member && instance.members.get(member.id);
      const first = node?.kind === 'call' ? (node.item ?? 0) : 0;
      if (member && result) for (const [i, element] of elements.entries()) visit(element, elementPath(path, member, result, first + i));
      else for (const element of elements) visit(element, path);
    }
  };
  visit(root, []);
  return placed;
}

function elementPath(path: Path, member: Member, result: MemberResult, i: number): Path {
  return [...path, member.name, ...(result.repeat === null ? [] : [i])];
}

/** Every use of a class below the root, parents first. A shared Module is placed where it is constructed. */
export function placeInstances(root: Instance): readonly PlacedInstance[] {
  const placed: PlacedInstance[] = [];
  const visit = (instance: Instance, path: Path) => {
    placed.push({ path, instance });
    for (const [member, result] of memberResults(instance)) {
      for (const [i, element] of result.elements.entries()) visit(element, elementPath(path, member, result, i));
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
      if (isVariableType(result.type)) return [];
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
  return groupBy(
    placed,
    (use) => use.instance.class.id,
    (use) => use,
  );
}
