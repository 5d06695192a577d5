/** @file Whether data, loss and optimiser of the run settings fit the root class, as far as that is known without reading all data. */
import { own } from '../document/find.ts';
import { setInput } from '../document/edits/nodes.ts';
import { setRun } from '../document/edits/run.ts';
import { problem, type Fix, type Problem } from '../document/problem.ts';
import type { ClassId, FilterSpec, ModelDocument, NodeId, Typed } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { optimizers } from '../optim/list.ts';
import { findLoss, findSource, LOSSES, SOURCES } from '../registry.gen.ts';
import { BATCH, formatShape, pictureShapes } from '../spec/index.ts';
import type { SourceFault } from '../spec/source.ts';
import { declaredSpec } from './declared.ts';
import type { Instance } from './instance.ts';
import { fixesOf } from './mends.ts';

/** Texts of data files by hash or name, where the caller has them. */
export type DataFiles = Readonly<Record<string, string>>;

/** Problems between run settings and the root. */
export function findDataProblems(document: ModelDocument, root: Instance, files: DataFiles): readonly Problem[] {
  return [
    ...findSourceProblems(document, root, files),
    ...findLossProblems(document, root),
    ...findOptimizerProblems(document),
    ...findTrainedProblems(document),
  ];
}

function unknown(what: string, { type }: Typed, known: readonly string[]): Problem {
  const fix = `Choose another ${what}, or open the document with a newer Espalier. It is kept as it is when you save.`;
  const words = { expected: `a ${what} among ${known.join(', ')}`, got: `"${type.slice(0, 80)}"`, fix };
  return problem(`${what === 'data source' ? 'source' : what}/unknown`, {}, what, words);
}

function findSourceProblems({ run }: ModelDocument, root: Instance, files: DataFiles): readonly Problem[] {
  const descriptor = findSource(run.source.type);
  if (!descriptor) return [unknown('data source', run.source, Object.keys(SOURCES))];
  const inputs = graphOf(root.class).inputs;
  const faults = descriptor.check(run.source.args, {
    inputs: inputs.map((input) => ({
      name: input.name,
      dtype: input.dtype,
      shape: declaredSpec(root.class, input, root.scope).spec?.shape ?? null,
    })),
    batchSize: run.batchSize,
    seed: run.seed,
    readText: (file, asset) => own(files, asset ?? file) ?? own(files, file),
  });
  return faults.flatMap((fault) => {
    const input = inputs.find((each) => each.name === fault.input);
    // A shape that is wrong in itself is said there.
    if (fault.code === 'input/no-shape' && input && input.shape !== null) return [];
    const place = input ? { class: root.class.id, node: input.id } : fault.code === 'data/inputs' ? { class: root.class.id } : {};
    const subject = input ? `input ${input.name}` : descriptor.files(run.source.args)[0]?.file || `data ${descriptor.type}`;
    const fixes = [...shapeFixes(root.class.id, input?.id, fault), ...argumentFixes(fault)];
    return [problem(fault.code, { ...place, ...(fault.param === undefined ? {} : { param: fault.param }) }, subject, { ...fault, fixes })];
  });
}

function shapeFixes(classId: ClassId, input: NodeId | undefined, { shape }: SourceFault): readonly Fix[] {
  if (input === undefined || !shape) return [];
  const [batch, features] = shape;
  const pictures = batch === BATCH && typeof features === 'number' && shape.length === 2 ? pictureShapes(features) : [];
  return [shape, ...pictures.map((each) => [batch!, ...each])].map((each) => ({
    label: `Declare ${formatShape(each)}`,
    edit: (model) => setInput(model, classId, input, { shape: each }),
  }));
}

/** What a source says of mending its own arguments. */
function argumentFixes({ mends = [] }: SourceFault): readonly Fix[] {
  return mends.flatMap((mend) => {
    if (mend.kind !== 'set') return [];
    const edit = (model: ModelDocument): ModelDocument => {
      const args = Object.entries({ ...model.run.source.args, ...mend.args }).filter(([, value]) => value !== undefined);
      return setRun(model, { source: { ...model.run.source, args: Object.fromEntries(args) as Typed['args'] } });
    };
    return [{ label: mend.label, edit }];
  });
}

function findLossProblems({ run }: ModelDocument, root: Instance): readonly Problem[] {
  const { loss, source } = run;
  const descriptor = findLoss(loss.type);
  if (!descriptor) return [unknown('loss', loss, Object.keys(LOSSES))];
  const problems: Problem[] = [];
  const data = findSource(source.type);
  const needsLabels = descriptor.labels === 'classes' || descriptor.labels === 'numbers';
  if (needsLabels && data && !data.hasLabels) {
    const words = {
      expected: 'data with labels',
      got: `the source "${source.type}"`,
      fix: 'Choose a CSV file as the source, or the loss "mean".',
      fixes: [{ label: 'Use the loss mean', edit: (model: ModelDocument) => setRun(model, { loss: { type: 'mean', args: {} } }) }],
    };
    problems.push(problem('loss/labels', {}, `loss ${loss.type}`, words));
  }
  const { inputs, outputs } = graphOf(root.class);
  const fault = descriptor.checkOutputs?.(
    outputs.map(({ name }) => own(root.outputs, name)),
    inputs.map((input) => declaredSpec(root.class, input, root.scope).spec),
  );
  // A model without an output is a problem of its own.
  const output = outputs[fault?.at ?? 0] ?? outputs.at(-1);
  if (fault && output) {
    const place = { class: root.class.id, node: output.id };
    problems.push(problem(fault.code, place, `output ${output.name}`, { ...fault, fixes: fixesOf(fault, place, root) }));
  }
  return problems;
}

function findOptimizerProblems({ run }: ModelDocument): readonly Problem[] {
  const known = Object.keys(optimizers);
  return known.includes(run.optimizer.type) ? [] : [unknown('optimizer', run.optimizer, known)];
}

/** Types of Variables that are trained: what is no Param never is. */
const TRAINED_TYPES = ['Param', 'LoRAParam'];

function findTrainedProblems({ run }: ModelDocument): readonly Problem[] {
  const wrong = run.trained ? typesIn(run.trained).filter((type) => !TRAINED_TYPES.includes(type)) : [];
  if (wrong.length === 0) return [];
  const fix = 'Name a type of Variable, or the Modules by their paths: LoRAParam or path:head.';
  return [problem('trained/type', {}, 'what is trained', { expected: TRAINED_TYPES.join(' or '), got: wrong.join(', '), fix })];
}

function typesIn(filter: FilterSpec): readonly string[] {
  if (filter.kind === 'type') return [filter.type];
  if (filter.kind === 'any' || filter.kind === 'all') return filter.of.flatMap(typesIn);
  return filter.kind === 'not' ? typesIn(filter.of) : [];
}
