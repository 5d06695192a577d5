/** @file Everything that is known about a document before it is built: problems, shapes, arguments. */
import { findClass } from '../document/find.ts';
import { problem, type Problem } from '../document/problem.ts';
import type { ClassId, MemberId, ModelDocument, NodeId, Path } from '../document/schema.ts';
import { findStructureProblems } from '../document/structure.ts';
import type { Args } from '../spec/index.ts';
import { findDataProblems, type DataFiles } from './data.ts';
import { inferInstance } from './infer.ts';
import type { Instance, MaybeSpec, MemberResult } from './instance.ts';
import { defaultScope, evaluateFields } from './scope.ts';
import { findSettingProblems } from './settings.ts';
import { instancesByClass, placeInstances, planModules, type PlacedInstance } from './tree.ts';
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
  /** The uses of a class below the root; one with the fields' defaults if there are none. */
  instancesOf(classId: ClassId): readonly PlacedInstance[];
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

/** Checks a document. Never throws; remembered by the document's identity, and classes that did not change are not inferred again. */
export function checkDocument(document: ModelDocument, { files = NO_FILES }: CheckOptions = {}): Check {
  let known = checks.get(document);
  if (!known) checks.set(document, (known = new WeakMap()));
  let check = known.get(files);
  if (!check) known.set(files, (check = computeCheck(document, files)));
  return check;
}

function computeCheck(document: ModelDocument, files: DataFiles): Check {
  const problems: Problem[] = [...findStructureProblems(document), ...findTypeClashes(document)];
  const root = inferRoot(document, problems);
  const placed = root ? placeInstances(root) : [];
  const byClass = new Map(instancesByClass(placed));
  for (const modelClass of Object.values(document.classes)) {
    problems.push(...findUsageProblems(modelClass), ...findVaryingArguments(byClass.get(modelClass.id) ?? []));
    if (byClass.has(modelClass.id)) continue;
    const instance = inferInstance(document, modelClass, { scope: defaultScope(modelClass.fields), inputs: null });
    problems.push(...instance.problems, ...findUnheardProbes(modelClass));
    byClass.set(modelClass.id, [{ path: [], instance }]);
  }
  if (root) problems.push(...findSettingProblems(document, planModules(root)), ...findDataProblems(document, root, files));
  const sorted = sortProblems(problems);
  const find = (classId: ClassId, path?: Path): Instance | undefined => {
    const uses = byClass.get(classId) ?? [];
    const key = path && JSON.stringify(path);
    return (uses.find((use) => key !== undefined && JSON.stringify(use.path) === key) ?? uses[0])?.instance;
  };
  return {
    problems: sorted,
    isSound: sorted.every((each) => each.severity !== 'error'),
    root,
    instancesOf: (classId) => byClass.get(classId) ?? [],
    shapeOf: (classId, node, port, path) => find(classId, path)?.nodes.get(node)?.outputs[port],
    inputShapeOf: (classId, node, port, path) => find(classId, path)?.nodes.get(node)?.inputs[port],
    memberOf: (classId, member, path) => find(classId, path)?.members.get(member),
    opArgsOf: (classId, node, path) => find(classId, path)?.nodes.get(node)?.args,
  };
}

function inferRoot(document: ModelDocument, problems: Problem[]): Instance | undefined {
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
  const root = inferInstance(document, modelClass, { scope, inputs: null });
  problems.push(...root.problems);
  return root;
}

/** Each problem once (a class that is used twice has each twice), errors first. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((each) => [JSON.stringify([each.code, each.place, each.message]), each]));
  return [...unique.values()].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
