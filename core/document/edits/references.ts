/**
 * @file Keeps references right under every edit: what settings, views and bookmarks name by ids follows a Module that is moved, and goes with one
 * that is deleted. All edits that move or delete Modules end here.
 */
import { mapBookmarks } from './bookmarks.ts';
import { setTrained } from './run.ts';
import { classesAlong, pathOf, resolvePath } from '../references.ts';
import type { ClassId, FilterSpec, MemberId, ModelDocument, ModuleRef, Setting, View } from '../schema.ts';

/** What a reference becomes: none where its Module is gone. */
export type ReferenceChange = (ref: ModuleRef) => readonly ModuleRef[];

/** The document with every reference changed. A setting or view of which nothing is left goes, too; what is not touched stays the same object. */
export function mapReferences(document: ModelDocument, change: ReferenceChange): ModelDocument {
  return mapBookmarks(
    changeFilters(document, (filter) => mapFilter(filter, change)),
    change,
  );
}

/** The references of the document that name no Module any more are dropped. */
export function dropDeadReferences(document: ModelDocument): ModelDocument {
  return mapReferences(document, (ref) => (pathOf(document, ref) === undefined ? [] : [ref]));
}

/** After members of a class have moved into another one that `through` now holds. */
export function moveReferences(
  before: ModelDocument,
  after: ModelDocument,
  moved: { readonly from: ClassId; readonly members: ReadonlySet<MemberId>; readonly through: MemberId },
): ModelDocument {
  return mapReferences(after, (ref) => {
    const classes = classesAlong(before, ref);
    const changed = ref.flatMap((part, i) => {
      const isMoved = typeof part === 'string' && classes[i] === moved.from && moved.members.has(part);
      return isMoved ? [moved.through, part] : [part];
    });
    return [changed.length === ref.length ? ref : changed];
  });
}

/** After a member has become a list of so many, or a single Module again. What was set on it is set on each of its elements. */
export function repeatReferences(
  before: ModelDocument,
  after: ModelDocument,
  changed: { readonly class: ClassId; readonly member: MemberId; readonly was: number | undefined; readonly now: number | undefined },
): ModelDocument {
  return mapReferences(after, (ref) => {
    const at = classesAlong(before, ref).findIndex((id, i) => id === changed.class && ref[i] === changed.member);
    if (at < 0) return [ref];
    const [head, rest] = [ref.slice(0, at + 1), ref.slice(at + 1)];
    const index = typeof rest[0] === 'number' ? rest[0] : undefined;
    const inside = index === undefined ? rest : rest.slice(1);
    if (changed.now === undefined) return index === undefined || index === 0 ? [[...head, ...inside]] : [];
    if (index !== undefined) return index < changed.now ? [ref] : [];
    if (changed.was !== undefined) return [ref]; // the list itself
    return Array.from({ length: changed.now }, (_, i) => [...head, i, ...inside]);
  });
}

/** After a member has another name: filters by names that a person typed say the new one. */
export function renameReferences(before: ModelDocument, after: ModelDocument, was: string, now: string): ModelDocument {
  const isLeft = Object.values(after.classes).some(({ members }) => members.some(({ name }) => name === was));
  const rename = (filter: FilterSpec): FilterSpec => {
    switch (filter.kind) {
      case 'path': {
        if (!filter.exact || filter.contains !== was) return filter;
        const renamed: FilterSpec = { ...filter, contains: now };
        return isLeft ? { kind: 'any', of: [filter, renamed] } : renamed;
      }
      case 'pathIn': {
        const paths = filter.paths.map((path) => {
          const ref = path.includes(was) ? resolvePath(before, path) : undefined;
          return (ref && pathOf(after, ref)) ?? path;
        });
        return paths.every((path, i) => path === filter.paths[i]) ? filter : { ...filter, paths };
      }
      case 'any':
      case 'all': {
        const of = filter.of.map(rename);
        return of.every((each, i) => each === filter.of[i]) ? filter : { ...filter, of };
      }
      case 'not': {
        const of = rename(filter.of);
        return of === filter.of ? filter : { ...filter, of };
      }
      default:
        return filter;
    }
  };
  return changeFilters(after, rename);
}

/** The document with every filter of its settings, views and training changed; undefined: the setting or view goes. */
function changeFilters(document: ModelDocument, change: (filter: FilterSpec) => FilterSpec | undefined): ModelDocument {
  const settings = mapItems<Setting>(document.settings, change);
  const views = mapItems<View>(document.views, change);
  const trained = document.run.trained && change(document.run.trained);
  const changed = settings === document.settings && views === document.views ? document : { ...document, settings, views };
  // A training of nothing that is left is one of everything again.
  return trained === document.run.trained ? changed : setTrained(changed, trained);
}

function mapItems<T extends Setting | View>(items: readonly T[], change: (filter: FilterSpec) => FilterSpec | undefined): readonly T[] {
  const mapped = items.flatMap((item): T[] => {
    if (!('only' in item)) return [item];
    const only = change(item.only);
    return only === undefined ? [] : only === item.only ? [item] : [{ ...item, only }];
  });
  return mapped.length === items.length && mapped.every((item, i) => item === items[i]) ? items : mapped;
}

/** Undefined where nothing is left of it. */
function mapFilter(filter: FilterSpec, change: ReferenceChange): FilterSpec | undefined {
  if (filter.kind === 'modules') {
    const at = filter.at.flatMap(change);
    if (at.length === filter.at.length && at.every((ref, i) => ref === filter.at[i])) return filter;
    return at.length === 0 && filter.at.length > 0 ? undefined : { ...filter, at };
  }
  if (filter.kind === 'not') {
    const of = mapFilter(filter.of, change);
    return of === filter.of ? filter : of && { ...filter, of };
  }
  if (filter.kind !== 'any' && filter.kind !== 'all') return filter;
  const of = filter.of.map((each) => mapFilter(each, change));
  if (of.every((each, i) => each === filter.of[i])) return filter;
  const left = of.filter((each) => each !== undefined);
  // All of a Module that is gone and another is none.
  if (left.length === 0 || (filter.kind === 'all' && left.length < of.length)) return undefined;
  return { ...filter, of: left };
}
