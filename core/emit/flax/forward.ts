/** @file The forward pass of a class as `__call__`. */
import { isExpression } from '../../document/arguments.ts';
import type { Arguments, Probe } from '../../document/schema.ts';
import { nodeName } from '../../graph/node-name.ts';
import type { ClassProgram } from '../../program/class-program.ts';
import type { CallStep, Program, Step } from '../../program/compile-graph.ts';
import { withLiveSteps } from '../../program/live-steps.ts';
import { nameProgram } from '../../program/name-program.ts';
import type { Args, EmitContext, ParamSpecs } from '../../spec/index.ts';
import { identifier } from '../identifier.ts';
import { inlineConstants } from '../python/inline-constants.ts';
import { pythonName } from '../python/names.ts';
import { writeText } from '../python/text.ts';
import type { PythonWriter } from '../python/writer.ts';
import { CAPTURING, variableTypeSource } from './capturing.ts';
import { TAKES_NUMBERS, writeConstant } from './constant.ts';
import { makeContext } from './context.ts';
import { freeName, type CodeModel, type Use } from '../code-model.ts';
import { markInputs, markOutputs, markSteps } from '../marks.ts';

/** Writes `def __call__(self, x): …`. */
export function writeForward(writer: PythonWriter, model: CodeModel, program: ClassProgram, use: Use): void {
  new ForwardWriter(writer, model, withLiveSteps(program.forward), use).write();
}

const selfField = (name: string): string => `self.${pythonName(name)}`;
const ARRAY = 'jax.Array';

/** Names that the code or Python uses. */
const RESERVED = new Set(
  `self nnx jnp jax optax rngs capturing captured model abs all any bool dict filter float int iter len list map max min next object pow print range
  repr round set slice sorted str sum super tuple type vars zip`.split(/\s+/),
);

class ForwardWriter {
  private readonly names: ReadonlyMap<number, string>;
  /** Values that are written where they are used. */
  private readonly numbers: ReadonlyMap<number, string>;
  private readonly inputNames: readonly string[];
  /** What an element of a list is called in a loop: no name of a value. */
  private readonly elementName: string;
  /** What says whether a capture runs. */
  private readonly captureName: string;
  private asksForCapture = false;

  constructor(
    private readonly writer: PythonWriter,
    private readonly model: CodeModel,
    private readonly program: Program,
    private readonly use: Use,
  ) {
    this.inputNames = program.inputs.map(({ name }) => pythonName(name));
    this.numbers = new Map([...inlineConstants(program, TAKES_NUMBERS), ...inlineReads(program)]);
    this.names = nameProgram(program, { inline: this.numbers, spell: pythonName, reserved: RESERVED });
    const taken = new Set(this.names.values());
    this.captureName = freeName(['captured', 'capture_runs'], taken);
    this.elementName = freeName(['layer', 'element', 'each', 'module'], taken);
  }

  write(): void {
    const { writer, program, inputNames } = this;
    this.use('import jax');
    const results = program.outputs.map(({ index }) => (index < 0 ? 'None' : this.nameOf(index)));
    const head = ['self', ...inputNames.map((name) => `${name}: ${ARRAY}`)].join(', ');
    writer.marked(markInputs(program), () => writer.line(`def __call__(${head})${this.resultType()}:`));
    const markOf = markSteps(program, this.numbers);
    writer.indented(() => {
      const start = writer.position;
      for (const step of program.steps)
        writer.marked(markOf(step), () => {
          this.writeStep(step);
          for (const { index, probes } of step.outputs) this.writeProbes(this.nameOf(index), probes);
        });
      for (const { node, reason } of program.left)
        writer.marked({ class: program.modelClass.id, nodes: [node.id] }, () =>
          writer.leftOut(nodeName(program.modelClass, node), reason ?? 'What comes in is left out.'),
        );
      writer.marked(markOutputs(program), () => writer.line(`return ${results.length === 0 ? 'None' : results.join(', ')}`));
      if (this.asksForCapture) writer.insert(start, `${this.captureName} = ${CAPTURING}(${['self', ...this.captured()].join(', ')})`);
    });
  }

  private resultType(): string {
    const { outputs } = this.program;
    if (outputs.length === 0 || outputs.some(({ index }) => index < 0)) return '';
    return ` -> ${outputs.length === 1 ? ARRAY : `tuple[${outputs.map(() => ARRAY).join(', ')}]`}`;
  }

  private nameOf(index: number): string {
    return this.numbers.get(index) ?? this.names.get(index) ?? '_';
  }

  private writeStep(step: Step): void {
    switch (step.kind) {
      case 'input':
        return;
      case 'constant':
        if (!this.numbers.has(step.outputs[0]!.index)) this.assign(step, writeConstant(step, this.use));
        return;
      case 'op':
        return this.assign(
          step,
          step.descriptor.emit.flax(this.inputsOf(step), this.contextOf(step.descriptor.params, step.args, step.node.args)),
        );
      case 'call':
        if (this.numbers.has(step.outputs[0]?.index ?? -1)) return;
        if (step.list === 'chain') return this.writeLoop(step);
        if (step.list !== null) return this.assign(step, this.collectSource(step, step.list));
        return this.assign(step, this.callSource(step, memberSource(step), this.inputsOf(step)));
    }
  }

  private contextOf(params: ParamSpecs, args: Args, given: Arguments): EmitContext {
    const captured = () => {
      this.asksForCapture = true;
      return this.captureName;
    };
    return makeContext({ params, args, given, usesRngs: false, use: this.use, field: selfField, captured });
  }

  private inputsOf(step: Step): Readonly<Record<string, string>> {
    return Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.nameOf(index)]));
  }

  /** A call of a member; `member` is the expression that gives it. */
  private callSource({ node, descriptor, args, given }: CallStep, member: string, inputs: Readonly<Record<string, string>>): string {
    if (node.variable !== undefined || descriptor?.isVariable) return readSource(member, node.variable);
    if (node.method !== undefined) return `${member}.${pythonName(node.method)}(${Object.values(inputs).join(', ')})`;
    const call = descriptor?.emit.flax.call;
    if (!descriptor || !call) return `${member}(${Object.values(inputs).join(', ')})`;
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => !isExpression(value)));
    return call(member, inputs, this.contextOf(descriptor.params, args, values));
  }

  /** All elements with the same inputs, their outputs together. */
  private collectSource(step: CallStep, collect: 'stack' | 'concatenate'): string {
    this.use('import jax.numpy as jnp');
    const each = this.callSource(step, this.elementName, this.inputsOf(step));
    const all = `[${each} for ${this.elementName} in ${memberSource(step)}]`;
    return collect === 'stack' ? `jnp.stack(${all})` : `jnp.concatenate(${all}, axis=-1)`;
  }

  /** The elements of a list one after the other. */
  private writeLoop(step: CallStep): void {
    const [input] = step.inputs;
    const [output] = step.outputs;
    const source = this.nameOf(input!.index);
    const name = this.names.get(output!.index) ?? 'unused';
    if (name !== source) this.writer.line(`${name} = ${source}`);
    const element = this.elementName;
    this.writer.line(`for ${element} in ${memberSource(step)}:`);
    this.writer.indented(() =>
      this.writer.line(`${name} = ${this.callSource(step, element, { ...this.inputsOf(step), [input!.port]: name })}`),
    );
  }

  private assign(step: Step, source: string): void {
    const targets = step.outputs.map(({ index }) => this.nameOf(index));
    if (targets.every((name) => name === '_')) this.writer.line(source);
    else if (targets.length > 1 || targets[0] !== source) {
      const own =
        step.kind === 'call' && step.node.method === undefined ? step.descriptor?.emit.flax.targets?.(targets, step.args) : undefined;
      this.writer.line(`${own ?? targets.join(', ')} = ${source}`);
    }
  }

  /** Probes act only inside `nnx.capture`, as in the live model. */
  private writeProbes(name: string, probes: readonly Probe[]): void {
    const { writer } = this;
    for (const probe of probes) {
      const fault = this.faultOf(probe);
      if (fault !== undefined) writer.leftOut(`${probe.kind} ${probe.name}`, fault);
    }
    const sound = probes.filter((probe) => this.faultOf(probe) === undefined);
    if (sound.length === 0) return;
    this.asksForCapture = true;
    writer.line(`if ${this.captureName}:`);
    writer.indented(() => {
      for (const probe of sound) writer.line(probeSource(name, probe));
    });
  }

  private faultOf(probe: Probe): string | undefined {
    return this.model.faults.ofProbe(this.program.modelClass.id, probe.id);
  }

  /** The kinds of values that this class may leave to a capture. */
  private captured(): readonly string[] {
    const sown = this.program.modelClass.probes.filter((probe) => this.faultOf(probe) === undefined);
    const types = new Set(sown.map(({ variableType }) => variableTypeSource(variableType)));
    return types.size === 0 ? ['nnx.Intermediate'] : [...types].sort();
  }
}

function probeSource(name: string, { kind, name: label, variableType }: Probe): string {
  const text = writeText(pythonName(label));
  // Flax makes a type of a name that it does not know.
  const isFlax = variableType === 'Intermediate' || variableType === 'Perturbation';
  const type = isFlax ? variableTypeSource(variableType) : writeText(identifier(variableType));
  if (kind === 'sow') return `self.sow(${type}, ${text}, ${name})`;
  return `${name} = self.perturb(${text}, ${name}${variableType === 'Perturbation' ? '' : `, ${type}`})`;
}

/** A member, or one item of it. */
function memberSource({ attribute, node: { item } }: CallStep): string {
  return `self.${pythonName(attribute)}${item === undefined ? '' : `[${item}]`}`;
}

/** The array in a Variable. */
function readSource(member: string, variable: string | undefined): string {
  return `${variable === undefined ? member : `${member}.${pythonName(variable)}`}[...]`;
}

/** Params that are read are written where they are used: nothing changes them within a call. */
function inlineReads({ steps }: Program): ReadonlyMap<number, string> {
  const reads = new Map<number, string>();
  for (const step of steps) {
    if (step.kind !== 'call' || (step.node.variable === undefined && !step.descriptor?.isVariable)) continue;
    const { index, probes } = step.outputs[0]!;
    if (probes.length === 0) reads.set(index, readSource(memberSource(step), step.node.variable));
  }
  return reads;
}
