/** @file Everything that is known about a document before it is built: problems, shapes, arguments. */
import { findClass, own } from '../document/find.ts';
import { problem, type Problem } from '../document/problem.ts';
import type { ClassId, MemberId, ModelDocument, NodeId, Path } from '../document/schema.ts';
import { findStructureProblems } from '../document/structure.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { Args } from '../spec/index.ts';
import { collectProblems } from './collect.ts';
import { countAll } from './count.ts';
import { findDataProblems, type DataFiles } from './data.ts';
import { inferInstance, inferInSteps } from './infer.ts';
import type { Instance, MaybeSpec, MemberResult } from './instance.ts';
import { touch } from './memo.ts';
import { keepMeaning, recallMeaning } from './meaning.ts';
import { findPythonNameProblems } from './python-names.ts';
import { defaultScope, evaluateFields } from './scope.ts';
import { findSettingProblems } from './settings.ts';
import { findSizeProblems } from './size.ts';
import { drain, type Steps } from '../document/steps.ts';
import { instancesByClass, MAX_MODULES, placeInstances, planModules, uniqueInstances, type PlacedInstance } from './tree.ts';
import { findTypeClashes, findUnheardProbes, findUsageProblems, findVaryingArguments } from './usage.ts';

export interface CheckOptions {
  /** Texts of data files by name, so that their columns can be compared with the inputs. */
  readonly files?: DataFiles;
}

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

const checks = new WeakMap<ModelDocument, WeakMap<DataFiles, Check>>();
const NO_FILES: DataFiles = {};
const NO_PROBLEMS: readonly Problem[] = [];

/**
 * Checks a document. Never throws; remembered by what the document means, so that a moved node checks nothing, and of classes that did change
 * only what hangs on the change is inferred again.
 */
export function checkDocument(document: ModelDocument, options: CheckOptions = {}): Check {
  return drain(checkInSteps(document, options));
}

/** The same in steps of a few milliseconds, so that who checks a large document can draw in between. */
export function* checkInSteps(document: ModelDocument, { files = NO_FILES }: CheckOptions = {}): Steps<Check> {
  let known = checks.get(document);
  if (!known) checks.set(document, (known = new WeakMap()));
  let check = known.get(files) ?? recallMeaning<Check>(document, files);
  if (check?.root) touch(check.root);
  if (!check) {
    check = yield* computeCheck(document, files);
    keepMeaning(document, files, check);
  }
  known.set(files, check);
  return check;
}

function* computeCheck(document: ModelDocument, files: DataFiles): Steps<Check> {
  yield;
  // Each of these is asked for below; here they are made one by one.
  for (const modelClass of Object.values(document.classes)) {
    const graph = graphOf(modelClass);
    yield;
    void graph.order;
    yield;
    void graph.usefulNodes;
    yield;
  }
  const found: Problem[] = [...findStructureProblems(document)];
  yield;
  found.push(...findTypeClashes(document), ...findPythonNameProblems(document));
  yield;
  const root = yield* inferRoot(document, found);
  const unique = root ? uniqueInstances(root) : [];
  const byClass = new Map(instancesByClass(unique));
  yield;
  const { modules, parameters } = root ? countAll(root) : { modules: 0, parameters: 0 };
  for (const modelClass of Object.values(document.classes)) {
    yield;
    found.push(...findUsageProblems(modelClass), ...findVaryingArguments(byClass.get(modelClass.id) ?? []));
    if (byClass.has(modelClass.id)) continue;
    const instance = inferInstance(document, modelClass, { scope: defaultScope(modelClass.fields), inputs: null });
    found.push(...findUnheardProbes(modelClass));
    byClass.set(modelClass.id, [{ path: [], instance }]);
  }
  yield;
  for (const uses of byClass.values()) found.push(...collectProblems(uses));
  yield;
  if (root) found.push(...findSizeProblems(root, unique));
  // Of more Modules than can be listed nobody says that a filter finds none.
  if (root && modules <= MAX_MODULES && document.settings.length + document.views.length > 0)
    found.push(...findSettingProblems(document, planModules(root)));
  if (root) found.push(...findDataProblems(document, root, files));
  yield;
  const problems = sortProblems(found);

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

function* inferRoot(document: ModelDocument, problems: Problem[]): Steps<Instance | undefined> {
  const modelClass = findClass(document, document.root.class);
  if (!modelClass) return undefined;
  const { scope, problems: faults } = evaluateFields(modelClass.fields, document.root.args, { scope: {}, fields: [] });
  for (const { code, expected, got, fix, param } of faults) {
    problems.push(
      problem(code, { class: modelClass.id, ...(param === undefined ? {} : { field: param }) }, `root ${modelClass.name}`, {
        expected,
        got,
        fix,
      }),
    );
  }
  return yield* inferInSteps(document, modelClass, { scope, inputs: null });
}

/** Each problem once, errors first. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((each) => [JSON.stringify([each.code, each.place, each.message]), each]));
  return [...unique.values()].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
