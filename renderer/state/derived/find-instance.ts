/** @file Where a class of the document lives in the built model. */
import { classIdOf, findClass, type ClassId, type ModelDocument, type Path } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { OpenStep } from '../session/store.ts';

/** The shortest way from the root to an instance of a class, for the breadcrumb; undefined if the model does not use it. */
export function findInstance(document: ModelDocument, wanted: ClassId): readonly OpenStep[] | undefined {
  if (document.root.class === wanted) return [];
  const seen = new Set<ClassId>([document.root.class]);
  let ways: readonly { readonly id: ClassId; readonly steps: readonly OpenStep[] }[] = [{ id: document.root.class, steps: [] }];
  while (ways.length > 0) {
    const next: { readonly id: ClassId; readonly steps: readonly OpenStep[] }[] = [];
    for (const { id, steps } of ways) {
      for (const member of findClass(document, id)?.members ?? []) {
        const used = member.aliasOf === undefined ? classIdOf(member.type) : undefined;
        if (used === undefined || seen.has(used)) continue;
        seen.add(used);
        const base = steps.at(-1)?.instance ?? [];
        const instance = [...base, member.name, ...(member.repeat === undefined ? [] : [0])];
        const way = { id: used, steps: [...steps, { class: used, instance }] };
        if (used === wanted) return way.steps;
        next.push(way);
      }
    }
    ways = next;
  }
  return undefined;
}

/** The member at a path, and the breadcrumb of the class that holds it; undefined for the root and for paths to nowhere. */
export function findMemberAt(
  document: ModelDocument,
  path: readonly (string | number)[],
): { readonly open: readonly OpenStep[]; readonly class: ClassId; readonly member: string } | undefined {
  let classId: ClassId = document.root.class;
  let open: readonly OpenStep[] = [];
  for (let at = 0; at < path.length; at++) {
    const member = findClass(document, classId)?.members.find((each) => each.name === path[at]);
    if (!member) return undefined;
    if (typeof path[at + 1] === 'number') at++;
    if (at >= path.length - 1) return { open, class: classId, member: member.id };
    const used = classIdOf(member.type);
    if (used === undefined) return undefined;
    classId = used;
    open = [...open, { class: used, instance: path.slice(0, at + 1) }];
  }
  return undefined;
}

/** The class whose instance lives at a path, with its breadcrumb; undefined where none does. */
export function findClassAt(
  document: ModelDocument,
  path: Path,
): { readonly open: readonly OpenStep[]; readonly class: ClassId } | undefined {
  if (path.length === 0) return { open: [], class: document.root.class };
  const found = findMemberAt(document, path);
  const holder = found && findClass(document, found.class);
  const member = holder && graphOf(holder).behind(found.member);
  const used = member && classIdOf(member.type);
  return used === undefined ? undefined : { open: [...found!.open, { class: used, instance: path }], class: used };
}
