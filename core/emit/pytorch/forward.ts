/** @file The forward pass of a class as `forward`. */
import type { JsonValue, Probe } from '../../document/schema.ts';
import { nodeName } from '../../graph/node-name.ts';
import type { ClassProgram } from '../../program/class-program.ts';
import type { CallStep, ConstantStep, Program, Step } from '../../program/compile-graph.ts';
import { withLiveSteps } from '../../program/live-steps.ts';
import { nameProgram } from '../../program/name-program.ts';
import type { TorchContext, TorchLayer, TorchLayout } from '../../spec/emit-pytorch.ts';
import type { TensorSpec } from '../../spec/index.ts';
import { findDescriptor } from '../../registry.gen.ts';
import { freeName } from '../code-model.ts';
import { markInputs, markOutputs, markSteps } from '../marks.ts';
import { inlineConstants, writeNumber } from '../python/inline-constants.ts';
import { writePlain } from '../python/literal.ts';
import { pythonName } from '../python/names.ts';
import type { PythonWriter } from '../python/writer.ts';
import { makeContext, makePlace, TorchRefusal, type PlaceParts } from './context.ts';
import type { TorchFile } from './file.ts';
import { layOut, type LaidOut } from './layout.ts';
import { specsInto } from './member-specs.ts';

/** Writes `def forward(self, x): …`; `probes` are the attributes of the probes. Gives the fields that it reads from the Module. */
export function writeForward(
  writer: PythonWriter,
  file: TorchFile,
  program: ClassProgram,
  probes: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const forward = new ForwardWriter(writer, file, withLiveSteps(program.forward), probes);
  forward.write();
  return forward.fields;
}

const TENSOR = 'torch.Tensor';
/** Ops that take a number beside a tensor, which then keeps its type as it would beside a tensor of one number. */
const TAKES_NUMBERS = new Set('add subtract multiply divide power equal notEqual less lessEqual greater greaterEqual where'.split(' '));

/** Names that the code or Python uses. */
const RESERVED = new Set(
  `self nn F torch math copy model load_file abs all any bool dict filter float int iter len list map max min next object pow print range
  repr round set slice sorted str sum super tuple type vars zip`.split(/\s+/),
);

class ForwardWriter {
  private readonly program: Program;
  private readonly layouts: ReadonlyMap<number, number>;
  private readonly names: ReadonlyMap<number, string>;
  /** Values that are written where they are used. */
  private readonly numbers: ReadonlyMap<number, string>;
  private readonly inputNames: readonly string[];
  /** What an element of a list is called in a loop: no name of a value. */
  private readonly elementName: string;
  private readonly specs = new Map<number, TensorSpec | undefined>();
  private readonly classId: string;
  readonly fields = new Set<string>();
  private readonly field = (name: string): string => {
    this.fields.add(name);
    return `self.${pythonName(name)}`;
  };

  constructor(
    private readonly writer: PythonWriter,
    private readonly file: TorchFile,
    private readonly source: Program,
    private readonly probes: ReadonlyMap<string, string>,
  ) {
    this.classId = source.modelClass.id;
    this.noteSpecs(source);
    ({ program: this.program, layouts: this.layouts } = this.layOut(source));
    this.specs.clear();
    this.noteSpecs(this.program);
    this.inputNames = source.inputs.map(({ name }) => pythonName(name));
    this.numbers = new Map([...inlineConstants(this.program, TAKES_NUMBERS), ...inlineReads(this.program)]);
    const reserved = new Set([...RESERVED, ...this.file.classNames]);
    this.names = nameProgram(this.program, { inline: this.numbers, spell: pythonName, reserved });
    this.elementName = freeName(['layer', 'element', 'each', 'module'], new Set(this.names.values()));
  }

  write(): void {
    const { writer, program, inputNames } = this;
    const results = program.outputs.map(({ index }) => (index < 0 ? 'None' : this.nameOf(index)));
    const head = ['self', ...inputNames.map((name) => `${name}: ${TENSOR}`)].join(', ');
    writer.marked(markInputs(program), () => writer.line(`def forward(${head})${this.resultType()}:`));
    const markOf = markSteps(program, this.numbers);
    writer.indented(() => {
      for (const step of program.steps)
        writer.marked(markOf(step), () => {
          this.orRefused(step, () => this.writeStep(step));
          for (const { index, probes } of step.outputs) this.writeProbes(this.nameOf(index), probes);
        });
      for (const { node, reason } of program.left)
        writer.marked({ class: program.modelClass.id, nodes: [node.id] }, () =>
          writer.leftOut(nodeName(program.modelClass, node), reason ?? 'What comes in is left out.'),
        );
      writer.marked(markOutputs(program), () => writer.line(`return ${results.length === 0 ? 'None' : results.join(', ')}`));
    });
  }

  private noteSpecs({ steps, modelClass }: Program): void {
    for (const { node, outputs } of steps)
      for (const { index, port, spec } of outputs)
        this.specs.set(index, modelClass.nodes[node.id] ? this.file.uses.specOf(modelClass.id, node.id, port) : spec);
  }

  private layOut(source: Program): LaidOut {
    return layOut(source, {
      specOf: (slot) => this.specs.get(slot),
      // What is refused here is refused again where it is written.
      layoutOf: (step) => this.layoutOf(step),
    });
  }

  private layoutOf(step: Step): TorchLayout {
    if (step.kind !== 'op' && step.kind !== 'call') return 0;
    if (step.kind === 'call' && (step.node.method !== undefined || step.node.variable !== undefined || (step.list ?? 'chain') !== 'chain'))
      return 0;
    return this.layoutFor(step);
  }

  private layoutFor(step: Step): TorchLayout {
    const layout = step.kind === 'op' || step.kind === 'call' ? step.descriptor?.emit.pytorch?.layout : undefined;
    if (typeof layout !== 'function') return layout ?? 0;
    try {
      return layout(makePlace(this.placeOf(step)));
    } catch (error) {
      if (!(error instanceof TorchRefusal)) throw error;
      return 0;
    }
  }

  private orRefused(step: Step, write: () => void): void {
    const { modelClass } = this.program;
    this.file.orRefused({ class: modelClass.id, node: step.node.id }, nodeName(modelClass, step.node), write);
  }

  private resultType(): string {
    const { outputs } = this.program;
    if (outputs.length === 0 || outputs.some(({ index }) => index < 0)) return '';
    return ` -> ${outputs.length === 1 ? TENSOR : `tuple[${outputs.map(() => TENSOR).join(', ')}]`}`;
  }

  private nameOf(index: number): string {
    return this.numbers.get(index) ?? this.names.get(index) ?? '_';
  }

  private writeStep(step: Step): void {
    switch (step.kind) {
      case 'input':
        return;
      case 'constant':
        if (!this.numbers.has(step.outputs[0]!.index)) this.assign(step, this.constantSource(step));
        return;
      case 'op': {
        const torch = step.descriptor.emit.pytorch;
        if (!torch) throw new TorchRefusal(`There is no ${step.node.op} for PyTorch.`);
        return this.assign(step, torch.write(this.inputsOf(step), this.contextOf(step)));
      }
      case 'call':
        if (this.numbers.has(step.outputs[0]?.index ?? -1)) return;
        if (step.list === 'chain') return this.writeLoop(step);
        if (step.list !== null) return this.assign(step, this.collectSource(step, step.list));
        return this.assign(step, this.callSource(step, memberSource(step), this.inputsOf(step)));
    }
  }

  private placeOf(step: Step): PlaceParts {
    const { classId } = this;
    const specs = Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.specs.get(index)]));
    if (step.kind === 'op') return { args: step.args, varying: this.file.uses.varyingOfNode(classId, step.node.id), specs };
    if (step.kind === 'call') {
      // A member is what all of its calls make it, also where one of them could say more.
      const inAllCalls = step.descriptor && step.node.method === undefined ? specsInto(this.file, this.source, step.memberId) : specs;
      return { args: step.args, varying: this.file.uses.varyingOfMember(classId, step.memberId), specs: inAllCalls };
    }
    return { args: {}, varying: new Set(), specs };
  }

  private contextOf(step: Step): TorchContext {
    const params = step.kind === 'op' || step.kind === 'call' ? (step.descriptor?.params ?? {}) : {};
    const given = step.kind === 'op' ? step.node.args : step.kind === 'call' ? step.given : {};
    const layouts = Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.layouts.get(index) ?? 0]));
    const { use, define } = this.file;
    return makeContext({ ...this.placeOf(step), params, given, layouts, field: this.field, use, define });
  }

  private inputsOf(step: Step): Readonly<Record<string, string>> {
    return Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.nameOf(index)]));
  }

  /** A call of a member; `member` is the expression that gives it. */
  private callSource(step: CallStep, member: string, inputs: Readonly<Record<string, string>>): string {
    const { node, descriptor } = step;
    const values = Object.values(inputs);
    if (descriptor?.isVariable) return member;
    const torch = descriptor?.emit.pytorch;
    if (node.variable !== undefined) return readSource(step, member);
    if (node.method !== undefined) {
      const method = descriptor && this.methodOf(step);
      return method ? method(member, values) : `${member}.${pythonName(node.method)}(${values.join(', ')})`;
    }
    if (!torch?.call) return `${member}(${values.join(', ')})`;
    return torch.call(member, inputs, this.contextOf(step));
  }

  private methodOf({ node, descriptor }: CallStep) {
    const method = node.method === undefined ? undefined : layerOf(descriptor?.type ?? '')?.methods?.[node.method];
    if (!method) throw new TorchRefusal(`There is no ${String(node.method)} for PyTorch.`);
    return method;
  }

  /** All elements with the same inputs, their outputs together. */
  private collectSource(step: CallStep, collect: 'stack' | 'concatenate'): string {
    const inner = this.layoutFor(step);
    if (typeof inner === 'number' && inner > 0) throw new TorchRefusal('Its items want channels in front, and are called all at once.');
    const each = this.callSource(step, this.elementName, this.inputsOf(step));
    const all = `[${each} for ${this.elementName} in ${memberSource(step)}]`;
    return collect === 'stack' ? `torch.stack(${all})` : `torch.cat(${all}, dim=-1)`;
  }

  /** The elements of a list one after the other. */
  private writeLoop(step: CallStep): void {
    const [input] = step.inputs;
    const [output] = step.outputs;
    const source = this.nameOf(input!.index);
    const name = this.names.get(output!.index) ?? 'unused';
    const element = this.elementName;
    const call = this.callSource(step, element, { ...this.inputsOf(step), [input!.port]: name });
    if (name !== source) this.writer.line(`${name} = ${source}`);
    this.writer.line(`for ${element} in ${memberSource(step)}:`);
    this.writer.indented(() => this.writer.line(`${name} = ${call}`));
  }

  private assign(step: Step, source: string): void {
    const targets = step.outputs.map(({ index }) => this.nameOf(index));
    if (targets.every((name) => name === '_')) this.writer.line(source);
    else if (targets.length > 1 || targets[0] !== source) {
      const own =
        step.kind === 'call' && step.node.method === undefined ? step.descriptor?.emit.pytorch?.targets?.(targets, step.args) : undefined;
      this.writer.line(`${own ?? targets.join(', ')} = ${source}`);
    }
  }

  /** An array in a forward pass stands where the inputs are. */
  private constantSource({ node: { value, dtype } }: ConstantStep): string {
    const write = (item: JsonValue): string => {
      if (Array.isArray(item)) return `[${item.map((each: JsonValue) => write(each)).join(', ')}]`;
      return typeof item === 'number' ? writeNumber(item, dtype) : writePlain(item as never);
    };
    const type = dtype === 'int32' || JSON.stringify(value).includes('[]') ? `, dtype=torch.${dtype}` : '';
    const [first] = this.inputNames;
    const isSingle = !Array.isArray(value);
    return `torch.tensor(${write(value)}${type}${first === undefined || isSingle ? '' : `, device=${first}.device`})`;
  }

  private writeProbes(name: string, probes: readonly Probe[]): void {
    for (const { id, kind, name: label } of probes) {
      const attribute = this.probes.get(id);
      if (attribute !== undefined) this.writer.line(`${name} = self.${attribute}(${name})`);
      else this.writer.leftOut(`${kind} ${label}`, this.file.model.faults.ofProbe(this.program.modelClass.id, id) ?? '');
    }
  }
}

/** A member, or one item of it. */
function memberSource({ attribute, node: { item } }: CallStep): string {
  return `self.${pythonName(attribute)}${item === undefined ? '' : `[${item}]`}`;
}

/** What a type says of PyTorch: the descriptor of a method or of a tensor does not. */
function layerOf(type: string): TorchLayer | undefined {
  const found = findDescriptor(type);
  return found?.kind === 'layer' ? found.emit.pytorch : undefined;
}

/** A tensor of a member, in Flax's form. */
function readSource({ node, descriptor, args }: CallStep, member: string): string {
  const variable = pythonName(node.variable!);
  if (!descriptor) return `${member}.${variable}`;
  const torch = layerOf(descriptor.type);
  const place = makePlace({ args, varying: new Set(), specs: {} });
  const weights = typeof torch?.weights === 'function' ? torch.weights(place) : (torch?.weights ?? []);
  const found = weights.flatMap(({ tensors }) => Object.entries(tensors)).find(([, { flax }]) => flax === variable);
  if (!found) return `${member}.${variable}`;
  const [own, { axes, flipped = [] }] = found;
  if (!axes) return `${member}.${own}`;
  const flip = flipped.length > 0 ? `.flip(${flipped.join(', ')})` : '';
  const back = axes.map((_, axis) => axes.indexOf(axis));
  return axes.length === 2 ? `${member}.${own}${flip}.T` : `${member}.${own}${flip}.permute(${back.join(', ')})`;
}

/** Params that are read are written where they are used: nothing changes them within a call. */
function inlineReads({ steps }: Program): ReadonlyMap<number, string> {
  const reads = new Map<number, string>();
  for (const step of steps) {
    if (step.kind !== 'call' || (step.node.variable === undefined && !step.descriptor?.isVariable)) continue;
    const { index, probes } = step.outputs[0]!;
    const member = memberSource(step);
    if (probes.length === 0 && step.list === null) reads.set(index, step.descriptor?.isVariable ? member : readSource(step, member));
  }
  return reads;
}
