/** @file The ways to a Module: by ids of members in the document, by names in Flax, in text and in filters that a person typed. */
import { classIdOf, findClass } from './find.ts';
import type { ClassId, FilterSpec, Member, ModelClass, ModelDocument, ModuleRef, Path, PathFilter, PathPart } from './schema.ts';

/** The reference that a path of names stands for; undefined where it leads to no member. What lies inside a layer is taken by name. */
export function resolvePath(document: ModelDocument, path: Path): ModuleRef | undefined {
  const ref: ModuleRef[number][] = [];
  let modelClass = findClass(document, document.root.class);
  let member: Member | undefined;
  let wantsIndex = false;
  for (const part of path) {
    if (wantsIndex && typeof part === 'number') {
      ref.push(part);
      wantsIndex = false;
    } else if (modelClass) {
      member = behindName(modelClass, part);
      if (!member) return undefined;
      ref.push(member.id);
      wantsIndex = member.repeat !== undefined;
      const used = classIdOf(member.type);
      modelClass = used === undefined ? undefined : findClass(document, used);
    } else ref.push({ attribute: String(part) });
  }
  return ref;
}

/** The path of names that a reference stands for; undefined where a member is not there any more. */
export function pathOf(document: ModelDocument, ref: ModuleRef): Path | undefined {
  const path: PathPart[] = [];
  let modelClass = findClass(document, document.root.class);
  for (const part of ref) {
    if (typeof part === 'number') path.push(part);
    else if (typeof part === 'object') path.push(/^\d+$/.test(part.attribute) ? Number(part.attribute) : part.attribute);
    else {
      const member: Member | undefined = modelClass?.members.find((each) => each.id === part);
      if (!member) return undefined;
      path.push(member.name);
      const used = classIdOf(member.type);
      modelClass = used === undefined ? undefined : findClass(document, used);
    }
  }
  return path;
}

/** The filter with references as paths, as Flax and text know them; a reference to nothing is left out. */
export function filterByPath(document: ModelDocument, filter: FilterSpec): PathFilter {
  switch (filter.kind) {
    case 'modules':
      return { kind: 'pathIn', paths: filter.at.flatMap((ref) => [pathOf(document, ref)].filter((path) => path !== undefined)) };
    case 'any':
    case 'all':
      return { ...filter, of: filter.of.map((each) => filterByPath(document, each)) };
    case 'not':
      return { ...filter, of: filterByPath(document, filter.of) };
    case 'everything':
    case 'nothing':
    case 'type':
    case 'tag':
    case 'path':
    case 'pathIn':
      return filter;
  }
}

/** The class in which a reference stands behind its first parts; undefined where that is no class. */
export function classesAlong(document: ModelDocument, ref: ModuleRef): readonly (ClassId | undefined)[] {
  const classes: (ClassId | undefined)[] = [];
  let at: ClassId | undefined = document.root.class;
  for (const part of ref) {
    classes.push(at);
    if (typeof part === 'number') continue;
    const member: Member | undefined =
      typeof part === 'string' && at !== undefined ? findClass(document, at)?.members.find((each) => each.id === part) : undefined;
    at = member && classIdOf(member.type);
  }
  return classes;
}

/** The member of a name, behind aliases: a shared Module is placed where it is constructed. */
function behindName(modelClass: ModelClass, name: PathPart): Member | undefined {
  let member = modelClass.members.find((each) => each.name === name);
  for (let hops = 0; member?.aliasOf !== undefined && hops < modelClass.members.length; hops++) {
    const { aliasOf } = member;
    member = modelClass.members.find((each) => each.id === aliasOf);
  }
  return member?.aliasOf === undefined ? member : undefined;
}
