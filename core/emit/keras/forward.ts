/** @file The forward pass of a class as `call`. */
import { isExpression } from '../../document/arguments.ts';
import type { Arguments } from '../../document/schema.ts';
import { nodeName } from '../../graph/node-name.ts';
import type { ClassProgram, LayerPlan, MemberPlan } from '../../program/class-program.ts';
import type { CallStep, ConstantStep, Program, Step } from '../../program/compile-graph.ts';
import { withLiveSteps } from '../../program/live-steps.ts';
import { nameProgram } from '../../program/name-program.ts';
import { KerasGap, kerasGap, type Args, type KerasContext, type ParamSpecs, type TensorSpec } from '../../spec/index.ts';
import { freeName } from '../code-model.ts';
import { markInputs, markOutputs, markSteps } from '../marks.ts';
import { inlineConstants, writeNumber } from '../python/inline-constants.ts';
import { writePlain } from '../python/literal.ts';
import type { PythonWriter } from '../python/writer.ts';
import { makeContext } from './context.ts';
import type { KerasModel } from './keras-model.ts';
import { argumentName, attributeName, RESERVED } from './names.ts';
import { pythonName } from '../python/names.ts';
import { writeText } from '../python/text.ts';

/** Writes `def call(self, x): …`. */
export function writeForward(writer: PythonWriter, model: KerasModel, program: ClassProgram): void {
  new ForwardWriter(writer, model, program).write();
}

const selfField = (name: string): string => `self.${attributeName(name)}`;

/** Ops that take a number beside a tensor, which then keeps its type as it would beside an array of one number. */
const TAKES_NUMBERS = new Set(
  'add subtract multiply divide maximum minimum power equal notEqual less lessEqual greater greaterEqual where'.split(' '),
);

class ForwardWriter {
  private readonly program: Program;
  private readonly plans: ReadonlyMap<string, MemberPlan>;
  private readonly names: ReadonlyMap<number, string>;
  /** Values that are written where they are used. */
  private readonly inline: ReadonlyMap<number, string>;
  private readonly specs = new Map<number, TensorSpec | undefined>();
  private readonly elementName: string;

  constructor(
    private readonly writer: PythonWriter,
    private readonly model: KerasModel,
    private readonly classProgram: ClassProgram,
  ) {
    this.program = withLiveSteps(classProgram.forward);
    this.plans = new Map(classProgram.members.map((plan) => [plan.id, plan]));
    const known = model.shapesOf(classProgram.id);
    for (const { node, outputs } of this.program.steps)
      for (const { port, index } of outputs) this.specs.set(index, known.get(`${node.id} ${port}`));
    this.inline = new Map([...inlineConstants(this.program, TAKES_NUMBERS), ...this.inlineReads()]);
    this.names = nameProgram(this.program, { inline: this.inline, spell: argumentName, reserved: RESERVED });
    this.elementName = freeName(['layer', 'element', 'each', 'module'], new Set(this.names.values()));
  }

  write(): void {
    const { writer, program, model, classProgram } = this;
    const inputs = program.inputs.map(({ name }) => argumentName(name));
    const results = program.outputs.map(({ index }) => (index < 0 ? 'None' : this.nameOf(index)));
    const mode = model.modes.follows(classProgram.id) ? ['training=False'] : [];
    writer.marked(markInputs(program), () => writer.line(`def call(${['self', ...inputs, ...mode].join(', ')}):`));
    const markOf = markSteps(program, this.inline);
    writer.indented(() => {
      for (const step of program.steps) writer.marked(markOf(step), () => this.tryStep(step));
      for (const { node, reason } of program.left)
        writer.marked({ class: program.modelClass.id, nodes: [node.id] }, () =>
          writer.leftOut(nodeName(program.modelClass, node), reason ?? 'What comes in is left out.'),
        );
      writer.marked(markOutputs(program), () => writer.line(`return ${results.length === 0 ? 'None' : results.join(', ')}`));
    });
  }

  private tryStep(step: Step): void {
    try {
      this.writeStep(step);
    } catch (error) {
      if (!(error instanceof KerasGap)) throw error;
      const { modelClass } = this.program;
      const subject = nodeName(modelClass, step.node);
      this.model.refuse({ class: modelClass.id, node: step.node.id }, subject, error.message);
      this.writer.leftOut(subject, error.message);
    }
  }

  private nameOf(index: number): string {
    return this.inline.get(index) ?? this.names.get(index) ?? '_';
  }

  private writeStep(step: Step): void {
    switch (step.kind) {
      case 'input':
        return;
      case 'constant':
        if (!this.inline.has(step.outputs[0]!.index)) this.assign(step, this.constantSource(step));
        return;
      case 'op': {
        const { descriptor, args, node } = step;
        const entry = descriptor.emit.keras ?? kerasGap(`There is no ${descriptor.type} for Keras here.`);
        return this.assign(step, entry(this.inputsOf(step), this.contextOf(step, descriptor.params, args, node.args, 'training')));
      }
      case 'call':
        if (this.inline.has(step.outputs[0]?.index ?? -1)) return;
        if (step.list === 'chain') return this.writeLoop(step);
        if (step.list !== null) return this.assign(step, this.collectSource(step, step.list));
        return this.assign(step, this.callSource(step, memberSource(step), this.inputsOf(step)));
    }
  }

  private constantSource({ node: { value, dtype } }: ConstantStep): string {
    this.model.use(OPS);
    const write = (item: unknown): string => {
      if (Array.isArray(item)) return `[${item.map(write).join(', ')}]`;
      return typeof item === 'number' ? writeNumber(item, dtype) : writePlain(item as never);
    };
    return `ops.array(${write(value)}, dtype=${writeText(dtype)})`;
  }

  private contextOf(step: Step, params: ParamSpecs, args: Args, given: Arguments, training: string): KerasContext {
    const inputs = Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.specs.get(index)]));
    const outputs = Object.fromEntries(step.outputs.map(({ port, index }) => [port, this.specs.get(index)]));
    const targets = Object.fromEntries(step.outputs.map(({ port, index }) => [port, this.nameOf(index)]));
    const line = (text: string) => this.writer.line(text);
    return makeContext({ params, args, given, use: this.model.use, field: selfField, inputs, outputs, training, targets, line });
  }

  private inputsOf(step: Step): Readonly<Record<string, string>> {
    return Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.nameOf(index)]));
  }

  /** The member behind a call, where it is a layer. */
  private layerOf({ memberId }: CallStep): LayerPlan | undefined {
    const plan = this.plans.get(memberId);
    return plan?.kind === 'layer' ? plan : undefined;
  }

  /** A call of a member; `member` is the expression that gives it. */
  private callSource(step: CallStep, member: string, inputs: Readonly<Record<string, string>>): string {
    const { node, args, given } = step;
    const { id } = this.classProgram;
    const plan = this.plans.get(step.memberId);
    const values = Object.values(inputs);
    if (plan?.kind === 'class') {
      const mode = this.model.modes.follows(plan.of) ? ['training=training'] : [];
      return `${member}(${[...values, ...mode].join(', ')})`;
    }
    const layer = this.layerOf(step) ?? kerasGap('Its type is not known.');
    const keras = layer.descriptor.emit.keras ?? kerasGap(`There is no ${layer.descriptor.type} for Keras here.`);
    const mode = this.model.modes.of(id, step.memberId);
    if (mode === 'mixed')
      return kerasGap('It is in evaluation in one use of its class and in training in another; Keras has one flag for a whole call.');
    if (this.model.modes.decodes(id, step.memberId)) return kerasGap('Attention of Keras has no cache to decode with.');
    const training = mode === 'evaluation' ? 'False' : 'training';
    const own = Object.fromEntries(Object.entries(given).filter(([, value]) => !isExpression(value)));
    const context = this.contextOf(step, layer.descriptor.params, args, own, training);
    if (node.method !== undefined) {
      const method = keras.methods?.[node.method] ?? kerasGap(`A layer of Keras has no ${node.method}.`);
      return method(member, inputs, context);
    }
    if (keras.call) return keras.call(member, inputs, context);
    return `${member}(${[...values, ...(mode === 'none' ? [] : [`training=${training}`])].join(', ')})`;
  }

  /** All elements with the same inputs, their outputs together. */
  private collectSource(step: CallStep, collect: 'stack' | 'concatenate'): string {
    this.model.use(OPS);
    const each = this.callSource(step, this.elementName, this.inputsOf(step));
    const all = `[${each} for ${this.elementName} in ${memberSource(step)}]`;
    return collect === 'stack' ? `ops.stack(${all})` : `ops.concatenate(${all}, axis=-1)`;
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
    if (source === '') return;
    if (targets.every((name) => name === '_')) this.writer.line(source);
    else if (targets.length > 1 || targets[0] !== source) this.writer.line(`${targets.join(', ')} = ${source}`);
  }

  /** Weights that are read are written where they are used: nothing changes them within a call. */
  private inlineReads(): ReadonlyMap<number, string> {
    const reads = new Map<number, string>();
    for (const step of this.program.steps) {
      if (step.kind !== 'call' || (step.node.variable === undefined && !step.descriptor?.isVariable)) continue;
      const { index } = step.outputs[0]!;
      reads.set(index, this.readSource(step));
    }
    return reads;
  }

  private readSource(step: CallStep): string {
    const member = memberSource(step);
    const { variable } = step.node;
    if (variable === undefined) return member;
    const layer = this.layerOf(step);
    const names = layer?.descriptor.emit.keras?.weights?.(layer.args)[0]?.names ?? {};
    const name = pythonName(variable);
    return `${member}.${names[name] ?? name}`;
  }
}

const OPS = 'from keras import ops';

/** A member, or one item of it. */
function memberSource({ attribute, node: { item } }: CallStep): string {
  return `self.${attributeName(attribute)}${item === undefined ? '' : `[${item}]`}`;
}
