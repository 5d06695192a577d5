/** @file Everything that is known about a document before it is built: problems, shapes, arguments. */
import { findClass } from '../document/find.ts';
import { setRootArgs } from '../document/edits/classes.ts';
import { problem, type Fix, type Problem } from '../document/problem.ts';
import type { ModelDocument } from '../document/schema.ts';
import { findStructureProblems } from '../document/structure.ts';
import { graphOf } from '../graph/graph-of.ts';
import { answersOf, type Check } from './answers.ts';
import { collectProblems } from './collect.ts';
import { countAll } from './count.ts';
import { findDataProblems, type DataFiles } from './data.ts';
import { inferInstance, inferInSteps } from './infer.ts';
import type { Instance } from './instance.ts';
import { touch } from './memo.ts';
import { withWires } from './loose-ends.ts';
import { keepMeaning, recallMeaning } from './meaning.ts';
import { findPythonNameProblems } from './python-names.ts';
import { defaultScope, evaluateFields } from './scope.ts';
import { findSettingProblems } from './settings.ts';
import { findSizeProblems } from './size.ts';
import { drain, type Steps } from '../document/steps.ts';
import { instancesByClass, MAX_MODULES, planModules, uniqueInstances } from './tree.ts';
import { findTypeClashes, findUnheardProbes, findUsageProblems, findVaryingArguments } from './usage.ts';

export interface CheckOptions {
  /** Texts of data files by name, so that their columns can be compared with the inputs. */
  readonly files?: DataFiles;
}

const checks = new WeakMap<ModelDocument, WeakMap<DataFiles, Check>>();
const NO_FILES: DataFiles = {};

/**
 * Checks a document. Never throws; remembered by what the document means, so that a moved node checks nothing, and of classes that did change
 * only what hangs on the change is inferred again.
 */
export function checkDocument(document: ModelDocument, options: CheckOptions = {}): Check {
  return drain(checkInSteps(document, options));
}

/**
 * The same in steps of a few milliseconds, so that who checks a large document can draw in between. On the way it may tell of the root as far as
 * it has been inferred: see `withRoot`.
 */
export function* checkInSteps(document: ModelDocument, { files = NO_FILES }: CheckOptions = {}): Steps<Check, Instance> {
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

function* computeCheck(document: ModelDocument, files: DataFiles): Steps<Check, Instance> {
  yield;
  // Each of these is asked for below; here they are made one by one. Shapes first: they are what one waits for.
  for (const modelClass of Object.values(document.classes)) {
    const graph = graphOf(modelClass);
    yield;
    void graph.order;
    yield;
  }
  const rootFaults: Problem[] = [];
  const root = yield* inferRoot(document, rootFaults);
  yield;
  for (const modelClass of Object.values(document.classes)) {
    void graphOf(modelClass).usefulNodes;
    yield;
  }
  const found: Problem[] = [...findStructureProblems(document)];
  yield;
  found.push(...findTypeClashes(document), ...findPythonNameProblems(document), ...rootFaults);
  yield;
  const unique = root ? uniqueInstances(root) : [];
  const byClass = new Map(instancesByClass(unique));
  yield;
  const { modules, parameters } = root ? countAll(root) : { modules: 0, parameters: 0 };
  for (const modelClass of Object.values(document.classes)) {
    yield;
    let uses = byClass.get(modelClass.id);
    if (!uses) {
      uses = [{ path: [], instance: inferInstance(document, modelClass, { scope: defaultScope(modelClass.fields), inputs: null }) }];
      byClass.set(modelClass.id, uses);
      found.push(...findUnheardProbes(modelClass));
    }
    found.push(...withWires(document, uses, findUsageProblems(modelClass)), ...findVaryingArguments(uses));
  }
  yield;
  for (const uses of byClass.values()) found.push(...withWires(document, uses, collectProblems(uses)));
  yield;
  if (root) found.push(...(yield* findSizeProblems(root, unique, document.run.batchSize)));
  // Of more Modules than can be listed nobody says that a filter finds none.
  if (root && modules <= MAX_MODULES && document.settings.length + document.views.length > 0)
    found.push(...findSettingProblems(document, planModules(root)));
  if (root) found.push(...findDataProblems(document, root, files));
  yield;
  const problems = sortProblems(found);
  return answersOf({ problems, root, modules, parameters, byClass });
}

function* inferRoot(document: ModelDocument, problems: Problem[]): Steps<Instance | undefined, Instance> {
  const modelClass = findClass(document, document.root.class);
  if (!modelClass) return undefined;
  const { scope, problems: faults } = evaluateFields(modelClass.fields, document.root.args, { scope: {}, fields: [] });
  for (const { code, expected, got, fix, param, mends = [] } of faults) {
    const fixes = mends.flatMap((mend): readonly Fix[] =>
      mend.kind === 'set' ? [{ label: mend.label, edit: (model) => setRootArgs(model, mend.args) }] : [],
    );
    problems.push(
      problem(code, { class: modelClass.id, ...(param === undefined ? {} : { field: param }) }, `root ${modelClass.name}`, {
        expected,
        got,
        fix,
        fixes,
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
