/** @file The questions that a checked document answers. */
import { own } from '../document/find.ts';
import type { Problem } from '../document/problem.ts';
import type { ClassId, MemberId, ModelDocument, NodeId, Path } from '../document/schema.ts';
import type { Args } from '../spec/index.ts';
import type { Instance, MaybeSpec, MemberResult } from './instance.ts';
import { instancesByClass, MAX_MODULES, placeInstances, uniqueInstances, type PlacedInstance } from './tree.ts';

/** The answers about one document. A `path` chooses among several uses of a class; without it the first counts. */
export interface Check {
  /** Errors first, then warnings; each once. */
  readonly problems: readonly Problem[];
  /** Nothing stops a run. */
  readonly isSound: boolean;
  readonly root: Instance | undefined;
  /** How many Modules the root makes, itself included; 0 without a root. */
  readonly modules: number;
  /** Elements of all Params that the root makes, shared ones once; 0 without a root. */
  readonly parameters: number;
  /** The uses of a class below the root; one with the fields' defaults if there are none. */
  instancesOf(classId: ClassId): readonly PlacedInstance[];
  /** The use of a class at a path; the first use without one, or where the path leads to none. */
  instanceAt(classId: ClassId, path?: Path): Instance | undefined;
  /** What is wrong with a class as it is used at a path: problems of every use, and those of this one. By node where `node` is given. */
  problemsAt(classId: ClassId, path?: Path, node?: NodeId): readonly Problem[];
  /** What leaves a port of a node. */
  shapeOf(classId: ClassId, node: NodeId, port: string, path?: Path): MaybeSpec;
  /** What arrives at a port of a node. */
  inputShapeOf(classId: ClassId, node: NodeId, port: string, path?: Path): MaybeSpec;
  /** What is known about a member: its arguments with defaults and inferred values. */
  memberOf(classId: ClassId, member: MemberId, path?: Path): MemberResult | undefined;
  /** The arguments of an op node. */
  opArgsOf(classId: ClassId, node: NodeId, path?: Path): Args | undefined;
}

/** What was found out. */
export interface Findings extends Pick<Check, 'problems' | 'root' | 'modules' | 'parameters'> {
  /** Each different use of a class once, at its first place. */
  readonly byClass: ReadonlyMap<ClassId, readonly PlacedInstance[]>;
}

const NO_PROBLEMS: readonly Problem[] = [];

export function answersOf({ problems, root, modules, parameters, byClass }: Findings): Check {
  let placed: ReadonlyMap<ClassId, readonly PlacedInstance[]> | undefined;
  const placedOf = (classId: ClassId): readonly PlacedInstance[] => {
    if (modules > MAX_MODULES || !root) return byClass.get(classId) ?? [];
    placed ??= instancesByClass(placeInstances(root));
    return placed.get(classId) ?? byClass.get(classId) ?? [];
  };
  const byPath = new Map<ClassId, ReadonlyMap<string, Instance>>();
  const find = (classId: ClassId, path?: Path): Instance | undefined => {
    const first = byClass.get(classId)?.[0]?.instance;
    if (!path || path.length === 0) return root?.class.id === classId ? root : first;
    let paths = byPath.get(classId);
    if (!paths) byPath.set(classId, (paths = new Map(placedOf(classId).map((use) => [JSON.stringify(use.path), use.instance]))));
    return paths.get(JSON.stringify(path)) ?? first;
  };
  const byPlace = new Map<ClassId, { readonly all: Problem[]; readonly byNode: Map<NodeId, Problem[]> }>();
  for (const each of problems) {
    const { class: classId, node } = each.place;
    if (classId === undefined) continue;
    let ofClass = byPlace.get(classId);
    if (!ofClass) byPlace.set(classId, (ofClass = { all: [], byNode: new Map() }));
    ofClass.all.push(each);
    if (node === undefined) continue;
    const list = ofClass.byNode.get(node);
    if (list) list.push(each);
    else ofClass.byNode.set(node, [each]);
  }
  const instanceAt = (classId: ClassId, path: Path | undefined): Path | undefined => {
    const instance = path && find(classId, path);
    return byClass.get(classId)?.find((use) => use.instance === instance)?.path;
  };
  return {
    problems,
    isSound: problems.every((each) => each.severity !== 'error'),
    root,
    modules,
    parameters,
    instancesOf: placedOf,
    instanceAt: find,
    problemsAt: (classId, path, node) => {
      const ofClass = byPlace.get(classId);
      const all = (node === undefined ? ofClass?.all : ofClass?.byNode.get(node)) ?? NO_PROBLEMS;
      if (all.every((each) => each.place.instance === undefined)) return all;
      const place = JSON.stringify(instanceAt(classId, path) ?? []);
      return all.filter(({ place: { instance } }) => path === undefined || instance === undefined || JSON.stringify(instance) === place);
    },
    shapeOf: (classId, node, port, path) => own(find(classId, path)?.nodes.get(node)?.outputs ?? {}, port),
    inputShapeOf: (classId, node, port, path) => own(find(classId, path)?.nodes.get(node)?.inputs ?? {}, port),
    memberOf: (classId, member, path) => find(classId, path)?.members.get(member),
    opArgsOf: (classId, node, path) => find(classId, path)?.nodes.get(node)?.args,
  };
}

/** The answers of before with a root of which some is known anew: for the moment until all is. */
export function withRoot(before: Check, document: ModelDocument, root: Instance): Check {
  const { problems, modules, parameters } = before;
  const unused = Object.keys(document.classes).map((id) => [id, before.instancesOf(id)] as const);
  return answersOf({ problems, root, modules, parameters, byClass: new Map([...unused, ...instancesByClass(uniqueInstances(root))]) });
}
