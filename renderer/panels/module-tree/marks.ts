/** @file What is wrong, by Module: in the instance in which it arises, and in all that holds it. */
import type { Check } from '../../../core/check/index.ts';
import {
  findClass,
  kindOfProblem,
  problemText,
  type ClassId,
  type ModelDocument,
  type Path,
  type Problem,
  type ProblemKind,
} from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { pathKey } from '../../state/paths.ts';

export interface Mark {
  /** Its own problems, in words. */
  readonly texts: readonly string[];
  /** The worst of them; `none` where only something within has one. */
  readonly kind: ProblemKind | 'none';
  /** How many Modules within have errors. */
  readonly within: number;
}

/** Of a class that is used more often, the first uses are marked. */
const MOST_USES = 1000;
const KINDS = ['none', 'unfinished', 'warning', 'error'] as const;

/** By the keys of paths; what is in order has no mark. */
export function marksOf(document: ModelDocument, check: Check): ReadonlyMap<string, Mark> {
  const marks = new Map<string, { texts: string[]; kind: Mark['kind']; within: number }>();
  const at = (path: Path) => {
    const key = pathKey(path);
    let mark = marks.get(key);
    if (!mark) marks.set(key, (mark = { texts: [], kind: 'none', within: 0 }));
    return mark;
  };
  const classes = new Set(check.problems.flatMap(({ place }) => place.class ?? []));
  for (const classId of classes) {
    for (const instance of usesOf(document, check, classId)) {
      const faulty = new Set<string>();
      for (const problem of check.problemsAt(classId, instance)) {
        const path = [...instance, ...memberOf(document, classId, problem)];
        const mark = at(path);
        const kind = kindOfProblem(problem);
        mark.texts.push(problemText(problem));
        if (KINDS.indexOf(kind) > KINDS.indexOf(mark.kind)) mark.kind = kind;
        if (kind === 'error') faulty.add(JSON.stringify(path));
      }
      for (const key of faulty) {
        const path = JSON.parse(key) as Path;
        for (let depth = 0; depth < path.length; depth++) at(path.slice(0, depth)).within++;
      }
    }
  }
  return marks;
}

function usesOf(document: ModelDocument, check: Check, classId: ClassId): readonly Path[] {
  if (classId === document.root.class) return [[]];
  return check
    .instancesOf(classId)
    .filter(({ path }) => path.length > 0)
    .slice(0, MOST_USES)
    .map(({ path }) => path);
}

/** The attribute whose problem it is; none where it is one of the class's own graph, as that of an op. */
function memberOf(document: ModelDocument, classId: ClassId, { place }: Problem): Path {
  const modelClass = findClass(document, classId);
  if (!modelClass) return [];
  const node = place.node === undefined ? undefined : modelClass.nodes[place.node];
  const id = place.member ?? (node?.kind === 'call' ? node.member : undefined);
  const member = id === undefined ? undefined : graphOf(modelClass).behind(id);
  return member ? [member.name] : [];
}
