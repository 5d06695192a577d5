/** @file The model of a document as one graph of ONNX, in the mode for use: its classes written where they are called, its weights by name. */
import { collectingOf } from '../../check/list-use.ts';
import { declaredSpec } from '../../check/declared.ts';
import { typeText, type Refusal } from '../refusal.ts';
import { nodeName } from '../../graph/node-name.ts';
import { toSnakeCase } from '../../nnx/names.ts';
import type { ClassProgram, MemberPlan, MadeMember } from '../../program/class-program.ts';
import type { CallStep, OpStep, Step } from '../../program/compile-graph.ts';
import { withLiveSteps } from '../../program/live-steps.ts';
import type { ModelProgram, SettingPlan } from '../../program/model-program.ts';
import { writeOnnx, type OnnxValue } from '../../spec/onnx.ts';
import type { TensorSpec } from '../../spec/shape.ts';
import { GraphBuilder, makeContext, readBy, Uncovered, type Constant, type GraphNode, type Place, type WeightUse } from './graph.ts';

export interface OnnxModel {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: ReadonlyMap<string, Constant | WeightUse>;
  /** What is not in the graph, which then is not whole. */
  readonly refused: readonly Refusal[];
}

/** Attributes that say whether one trains: a graph is for use, whatever they say. */
const MODES = new Set(['deterministic', 'useRunningAverage']);
/** Those that count only while one trains. */
const OF_TRAINING = new Set(['rate', 'dropoutRate', 'broadcastDropout', 'momentum']);

/** Never throws for what ONNX lacks: that is in `refused`, by node. */
export function describeOnnx(program: ModelProgram): OnnxModel {
  const { root, document } = program;
  const graph = new GraphBuilder();
  const writer = new ModelWriter(graph);
  const refused = [...problemsOf(program), ...settingsOf(program)];
  const empty = { name: document.name, nodes: [], inputs: [], outputs: [], initializers: new Map() };
  if (!root || refused.length > 0) return { ...empty, refused };
  const { program: rootProgram } = root;
  const inputs = rootProgram.forward.inputs.map((node): OnnxValue => {
    const spec = declaredSpec(rootProgram.class, node, rootProgram.instance.scope).spec ?? { shape: [], dtype: node.dtype };
    return { name: graph.freeName(node.name), shape: spec.shape, dtype: spec.dtype };
  });
  const values = writer.call(rootProgram, { label: '', paths: [''] }, inputs);
  const outputs = rootProgram.forward.outputs.map(({ name }, i): OnnxValue => {
    const value = values[i];
    // An output has a name of its own, also where it is an input, or another output.
    const [named] = value ? graph.add('Identity', [value.name], 1, name) : [name];
    return { name: named!, shape: value?.shape ?? [], dtype: value?.dtype ?? 'float32' };
  });
  const nodes = graph.nodesFor(outputs.map(({ name }) => name));
  const read = readBy(nodes);
  const initializers = new Map([...graph.initializers].filter(([name]) => read.has(name)));
  return { name: document.name, nodes, inputs, outputs, initializers, refused: writer.refused };
}

function problemsOf({ check, root }: ModelProgram): readonly Refusal[] {
  const errors = check.problems.filter(({ severity, scope }) => severity === 'error' && scope !== 'run');
  if (errors.length > 0) return errors.map(({ place, message }) => ({ place, subject: 'The model is not sound', reason: message }));
  return root ? [] : [{ place: {}, subject: 'The model', reason: 'No class is the root.' }];
}

/** What a setting does to the forward pass of a model in use must be written: modes and what counts in training do nothing. */
function settingsOf({ settings }: ModelProgram): readonly Refusal[] {
  return settings.flatMap((setting: SettingPlan) => {
    if (setting.kind !== 'set') return [];
    const others = Object.keys(setting.attributes).filter((name) => !MODES.has(name) && !OF_TRAINING.has(name));
    if (others.length === 0) return [];
    const reason = `A graph of ONNX is made of the arguments: set ${others.join(', ')} there.`;
    return [{ place: { setting: setting.id }, subject: 'A setting', reason }];
  });
}

class ModelWriter {
  readonly refused: Refusal[] = [];

  constructor(private readonly graph: GraphBuilder) {}

  /** The values of the outputs; undefined for what hangs on something that is refused. */
  call(program: ClassProgram, place: Place, inputs: readonly (OnnxValue | undefined)[]): readonly (OnnxValue | undefined)[] {
    const { steps, outputs } = withLiveSteps(program.forward);
    const members = new Map(program.members.map((plan) => [plan.id, plan]));
    const values: (OnnxValue | undefined)[] = [];
    for (const step of steps) {
      for (const [i, value] of this.attempt(program, place, members, step, inputs, values).entries())
        values[step.outputs[i]!.index] = value;
    }
    return outputs.map(({ index }) => values[index]);
  }

  /** A step that is refused gives nothing, and what comes after it is not looked at: one reason is enough. */
  private attempt(
    program: ClassProgram,
    place: Place,
    members: ReadonlyMap<string, MemberPlan>,
    step: Step,
    inputs: readonly (OnnxValue | undefined)[],
    values: readonly (OnnxValue | undefined)[],
  ): readonly (OnnxValue | undefined)[] {
    if (step.kind === 'input') return [inputs[step.position]];
    const given = step.inputs.map(({ port, index }): readonly [string, OnnxValue | undefined] => [port, values[index]]);
    if (given.some(([, value]) => value === undefined)) return [];
    try {
      return this.write(program, place, members, step, given as readonly (readonly [string, OnnxValue])[]);
    } catch (error) {
      if (!(error instanceof Uncovered)) throw error;
      const subject = `${nodeName(program.class, step.node)} of ${program.name}${typeText(step)}`;
      const refusal = { place: { class: program.id, node: step.node.id }, subject, reason: error.message };
      // A class that is used twice is refused once.
      if (
        !this.refused.some((each) => each.place.node === step.node.id && each.place.class === program.id && each.reason === error.message)
      )
        this.refused.push(refusal);
      return [];
    }
  }

  private write(
    program: ClassProgram,
    place: Place,
    members: ReadonlyMap<string, MemberPlan>,
    step: Exclude<Step, { kind: 'input' }>,
    given: readonly (readonly [string, OnnxValue])[],
  ): readonly (OnnxValue | undefined)[] {
    const name = nodeName(program.class, step.node);
    if (step.kind === 'constant') {
      const { shape, dtype } = knownSpec(step, 0);
      const numbers = [step.node.value as never].flat(Infinity).map(Number);
      return [{ name: this.graph.constant({ dtype, shape: shape as readonly number[], numbers }), shape, dtype }];
    }
    const label = place.label === '' ? name : `${place.label}/${name}`;
    if (step.kind === 'op') return this.entry(step, step.descriptor.onnx, given, { label, paths: place.paths });
    return this.callMember(members, step, given, { label, paths: place.paths });
  }

  /** The nodes of an op, or of a layer at its place. */
  private entry(
    step: OpStep | CallStep,
    entry: NonNullable<OpStep['descriptor']>['onnx'],
    given: readonly (readonly [string, OnnxValue])[],
    place: Place,
    specs: readonly TensorSpec[] = step.outputs.map((_, i) => knownSpec(step, i)),
    args = step.args,
  ): readonly OnnxValue[] {
    const outputs = Object.fromEntries(step.outputs.map(({ port }, i) => [port, specs[i]!]));
    for (const [port, { shape }] of [...given, ...Object.entries(outputs)])
      if (shape.includes(0)) throw new Uncovered(`${port} has an axis of length 0: such tensors are not written for ONNX.`);
    // Of a cast it is what it is for.
    for (const name of step.kind === 'call' ? ['dtype', 'paramDtype'] : [])
      if (typeof args[name] === 'string' && args[name] !== 'float32')
        throw new Uncovered(`It is set to ${args[name]}: a graph of ONNX is written in float32.`);
    if (entry === undefined) throw new Uncovered('ONNX has nothing for it.');
    const context = makeContext({ graph: this.graph, place, args, outputs });
    const written = writeOnnx(entry, Object.fromEntries(given), context);
    return step.outputs.map(({ port }, i) => ({ ...specs[i]!, name: typeof written === 'string' ? written : written[port]! }));
  }

  private callMember(
    members: ReadonlyMap<string, MemberPlan>,
    step: CallStep,
    given: readonly (readonly [string, OnnxValue])[],
    place: Place,
  ): readonly (OnnxValue | undefined)[] {
    const plan = members.get(step.memberId) as MadeMember;
    const names = [plan, ...[...members.values()].filter((each) => each.kind === 'alias' && each.target === plan)].map(
      ({ attribute }) => attribute,
    );
    const at = (item?: number): Place => ({
      label: item === undefined ? place.label : `${place.label}.${item}`,
      paths: place.paths.flatMap((path) =>
        names.map((name) => [path, toSnakeCase(name), item].filter((part) => part !== '' && part !== undefined).join('.')),
      ),
    });
    const { item } = step.node;
    if (step.list === null) return this.callOne(plan, step, given, at(item), item ?? 0);
    const count = plan.repeat?.count ?? 0;
    const [[port, first], ...others] = given as [readonly [string, OnnxValue], ...(readonly [string, OnnxValue])[]];
    let carried: OnnxValue | undefined = first;
    const each: (OnnxValue | undefined)[] = [];
    for (let i = 0; i < count; i++) {
      if (!carried) return [];
      [carried] = this.callOne(plan, step, [[port, step.list === 'chain' ? carried : first], ...others], at(i), i);
      each.push(carried);
    }
    if (step.list === 'chain') return [carried];
    if (each.includes(undefined)) return [];
    const { descriptor, args } = collectingOf(step.list, count);
    const parts = (each as OnnxValue[]).map((value, i): readonly [string, OnnxValue] => [`x${i}`, value]);
    return this.entry(step, descriptor.onnx, parts, place, undefined, args);
  }

  private callOne(
    plan: MadeMember,
    step: CallStep,
    given: readonly (readonly [string, OnnxValue])[],
    place: Place,
    item: number,
  ): readonly (OnnxValue | undefined)[] {
    if (plan.kind === 'class') {
      if (step.node.method !== undefined || step.node.variable !== undefined)
        throw new Uncovered('Only calls of a class are written for ONNX.');
      const element = plan.elements[item];
      if (!element) throw new Uncovered('Its shapes are known only in a run.');
      const inputs = element.forward.inputs.map(({ name }) => given.find(([port]) => port === name)?.[1]);
      return this.call(element, place, inputs);
    }
    const { variable } = step.node;
    if (variable !== undefined || step.descriptor?.isVariable === true) {
      const spec = knownSpec(step, 0);
      const names = place.paths.map((path) => (variable === undefined ? path : `${path}.${toSnakeCase(variable)}`));
      return [{ ...spec, name: this.graph.weight(names, {}) }];
    }
    const { descriptor } = step;
    if (!descriptor) throw new Uncovered('Its type is not known.');
    const specs = step.list === null ? undefined : Object.values(descriptor.infer(Object.fromEntries(given), step.args as never));
    return this.entry(step, descriptor.onnx, given, place, specs);
  }
}

function knownSpec(step: Step, i: number): TensorSpec {
  const spec = step.outputs[i]?.spec;
  if (!spec) throw new Uncovered('Its shape is known only in a run.');
  return spec;
}
