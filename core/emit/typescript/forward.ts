/** @file The forward pass of a class as `call`. */
import { isExpression } from '../../document/arguments.ts';
import type { Arguments, Probe } from '../../document/schema.ts';
import { nodeName } from '../../graph/node-name.ts';
import type { ClassProgram } from '../../program/class-program.ts';
import type { CallStep, ConstantStep, Program, Step } from '../../program/compile-graph.ts';
import { withLiveSteps } from '../../program/live-steps.ts';
import { nameProgram } from '../../program/name-program.ts';
import type { Args, ParamSpecs, TypeScriptContext } from '../../spec/index.ts';
import { freeName, type CodeModel } from '../code-model.ts';
import { markInputs, markOutputs, markSteps } from '../marks.ts';
import { identifier } from '../identifier.ts';
import { makeContext } from './context.ts';
import type { Imports } from './imports.ts';
import { writeText, writeValue } from './literal.ts';
import type { TypeScriptWriter } from './writer.ts';
import { writeOp } from './op.ts';

/** Writes `call(x: tf.Tensor): tf.Tensor { … }`. What the caller does not get is freed. */
export function writeForward(writer: TypeScriptWriter, model: CodeModel, program: ClassProgram, imports: Imports): void {
  new ForwardWriter(writer, model, withLiveSteps(program.forward), imports).write();
}

class ForwardWriter {
  private readonly names: ReadonlyMap<number, string>;
  /** Values that are written where they are used. */
  private readonly inline: ReadonlyMap<number, string>;
  private readonly elementName: string;
  private readonly captureName: string;
  private readonly unusedName: string;
  /** Names that are there already, and those that are given a value more than once. */
  private readonly declared: Set<string>;
  private readonly changed: ReadonlySet<string>;

  constructor(
    private readonly writer: TypeScriptWriter,
    private readonly model: CodeModel,
    private readonly program: Program,
    private readonly imports: Imports,
  ) {
    this.inline = inlineValues(program, imports);
    this.names = nameProgram(program, { inline: this.inline, spell: identifier, reserved: RESERVED });
    const taken = new Set(this.names.values());
    this.captureName = freeName(['captured', 'captureRuns'], taken);
    this.unusedName = freeName(['unused'], taken);
    this.elementName = freeName(['layer', 'element', 'each', 'module'], taken);
    this.declared = new Set(program.inputs.map(({ name }) => name));
    this.changed = this.namesChanged();
  }

  write(): void {
    const { writer, program, imports } = this;
    const tensor = `${imports.useType('tf')}.Tensor`;
    const isWhole = program.outputs.every(({ index }) => index >= 0);
    const count = program.outputs.length;
    const type = count === 1 ? tensor : `[${program.outputs.map(() => tensor).join(', ')}]`;
    const results = program.outputs.map(({ index }) => (index < 0 ? 'null' : this.resultOf(index)));
    const result = count === 1 ? results[0]! : `[${results.join(', ')}]`;
    const inputs = program.inputs.map(({ name }) => `${identifier(name)}: ${tensor}`);
    const parts = this.steps();
    const head = `call(${inputs.join(', ')})${isWhole ? `: ${type}` : ''} {`;
    const giveBack = () => writer.marked(markOutputs(program), () => writer.line(`return ${result};`));
    writer.marked(markInputs(program), () => writer.line(head));
    writer.further(() => {
      // Nothing is made: nothing is to be freed.
      if (parts.length === 0) return giveBack();
      const tidy = `return ${imports.use('tf')}.tidy(()${count === 1 || !isWhole ? '' : `: ${type}`} => {`;
      writer.block(
        tidy,
        () => {
          for (const part of parts) part();
          giveBack();
        },
        '});',
      );
    });
    writer.line('}');
  }

  /** What is written, in order; the head of a capture first, where one is asked for. */
  private steps(): readonly (() => void)[] {
    const { writer, program } = this;
    const parts: (() => void)[] = [];
    const markOf = markSteps(program, this.inline);
    if (this.asksForCapture()) {
      const isCaptured = this.imports.use('isCaptured');
      parts.push(() => writer.line(`const ${this.captureName} = ${isCaptured}(this);`));
    }
    for (const step of program.steps) {
      if (step.kind === 'input' || (step.outputs.every(({ index }) => this.inline.has(index)) && step.outputs.length > 0)) continue;
      parts.push(() => writer.marked(markOf(step), () => this.writeStep(step)));
    }
    for (const step of program.steps)
      if (step.kind === 'input')
        for (const { index, probes } of step.outputs)
          if (probes.length > 0)
            parts.splice(this.asksForCapture() ? 1 : 0, 0, () =>
              writer.marked(markOf(step), () => this.writeProbes(this.nameOf(index), probes)),
            );
    for (const { node, reason } of program.left)
      parts.push(() =>
        writer.marked({ class: program.modelClass.id, nodes: [node.id] }, () =>
          writer.leftOut(nodeName(program.modelClass, node), reason ?? 'What comes in is left out.'),
        ),
      );
    return parts;
  }

  private asksForCapture(): boolean {
    return this.program.steps.some((step) => {
      const sows = step.kind === 'call' && step.args['sowWeights'] === true;
      return sows || step.outputs.some(({ probes }) => probes.some((probe) => this.faultOf(probe) === undefined));
    });
  }

  private writeStep(step: Step): void {
    if (step.kind === 'call' && step.list === 'chain') this.writeLoop(step);
    else this.assign(step, this.sourceOf(step));
    for (const { index, probes } of step.outputs) this.writeProbes(this.nameOf(index), probes);
  }

  private sourceOf(step: Step): string {
    switch (step.kind) {
      case 'op':
        return writeOp(step, this.inputsOf(step), this.contextOf(step.descriptor.params, step.args, step.node.args));
      case 'constant':
        return writeConstant(step, this.imports);
      case 'call':
        if (step.list === 'stack' || step.list === 'concatenate') return this.collectSource(step, step.list);
        return this.callSource(step, memberSource(step), this.inputsOf(step));
      case 'input':
        throw new Error('internal: an input is no statement');
    }
  }

  private contextOf(params: ParamSpecs, args: Args, given: Arguments): TypeScriptContext {
    const field = (name: string) => `this.${identifier(name)}`;
    const use = (name: string) => this.imports.use(name);
    return makeContext({ params, args, given, usesRngs: false, use, field, captured: () => this.captureName });
  }

  private inputsOf(step: Step): Readonly<Record<string, string>> {
    return Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.nameOf(index)]));
  }

  private callSource({ node, descriptor, args, given }: CallStep, member: string, inputs: Readonly<Record<string, string>>): string {
    if (node.variable !== undefined || descriptor?.isVariable)
      return this.imports.use('tf') + `.clone(${readSource(member, node.variable)})`;
    if (node.method !== undefined) return `${member}.${identifier(node.method)}(${Object.values(inputs).join(', ')})`;
    const call = descriptor?.emit.typescript?.call;
    if (!descriptor || !call) return `${member}.call(${Object.values(inputs).join(', ')})`;
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => !isExpression(value)));
    return call(member, inputs, this.contextOf(descriptor.params, args, values));
  }

  /** All elements with the same inputs; the expression that puts their outputs together. */
  private collectSource(step: CallStep, collect: 'stack' | 'concatenate'): string {
    const tf = this.imports.use('tf');
    const taken = new Set([...this.names.values(), ...this.declared]);
    const all = freeName(['parts', 'results', 'all'], taken);
    this.declared.add(all);
    this.writer.line(`const ${all}: ${tf}.Tensor[] = [];`);
    this.writer.block(`for (const ${this.elementName} of ${memberSource(step)}) {`, () =>
      this.writer.line(`${all}.push(${this.callSource(step, this.elementName, this.inputsOf(step))});`),
    );
    return collect === 'stack' ? `${tf}.stack(${all})` : `${tf}.concat(${all}, -1)`;
  }

  /** The elements of a list one after the other. */
  private writeLoop(step: CallStep): void {
    const [input] = step.inputs;
    const [output] = step.outputs;
    const source = this.nameOf(input!.index);
    const name = this.names.get(output!.index) ?? this.unusedName;
    if (name !== source) {
      this.writer.line(this.declared.has(name) ? `${name} = ${source};` : `let ${name} = ${source};`);
      this.declared.add(name);
    }
    const element = this.elementName;
    this.writer.block(`for (const ${element} of ${memberSource(step)}) {`, () =>
      this.writer.line(`${name} = ${this.callSource(step, element, { ...this.inputsOf(step), [input!.port]: name })};`),
    );
  }

  private assign(step: Step, source: string): void {
    const { writer, declared } = this;
    const names = step.outputs.map(({ index }) => this.names.get(index) ?? '');
    const used = names.filter((name) => name !== '');
    if (used.length === 0) return writer.line(`${source};`);
    if (names.length === 1 && names[0] === source) return;
    const fresh = used.filter((name) => !declared.has(name));
    const targets = step.kind === 'call' && step.descriptor?.emit.typescript?.targets?.(names, step.args);
    const left = names.length === 1 ? names[0]! : targets || `[${names.join(', ')}]`;
    const isMixed = fresh.length > 0 && fresh.length < used.length;
    if (isMixed) for (const name of fresh) writer.line(`let ${name}: ${this.imports.useType('tf')}.Tensor;`);
    const isConstant = fresh.every((name) => !this.changed.has(name));
    const word = fresh.length === 0 || isMixed ? '' : isConstant ? 'const ' : 'let ';
    writer.line(`${word}${left} = ${source};`);
    for (const name of fresh) declared.add(name);
  }

  /** Probes act only inside `capture`, as in the live model. */
  private writeProbes(name: string, probes: readonly Probe[]): void {
    const { writer } = this;
    for (const probe of probes) {
      const fault = this.faultOf(probe);
      if (fault !== undefined) writer.leftOut(`${probe.kind} ${probe.name}`, fault);
    }
    const sound = probes.filter((probe) => this.faultOf(probe) === undefined);
    if (sound.length === 0) return;
    writer.block(`if (${this.captureName}) {`, () => {
      for (const probe of sound) writer.line(this.probeSource(name, probe));
    });
  }

  private probeSource(name: string, { kind, name: label, variableType }: Probe): string {
    const isKnown = variableType === 'Intermediate' || variableType === 'Perturbation';
    const type = () => (isKnown ? this.imports.use(variableType) : writeText(identifier(variableType)));
    if (kind === 'sow') return `this.sow(${type()}, ${writeText(label)}, ${name});`;
    return `${name} = this.perturb(${writeText(label)}, ${name}${variableType === 'Perturbation' ? '' : `, ${type()}`});`;
  }

  private faultOf(probe: Probe): string | undefined {
    return this.model.faults.ofProbe(this.program.modelClass.id, probe.id);
  }

  private nameOf(index: number): string {
    return this.inline.get(index) ?? this.names.get(index) ?? '';
  }

  /** A weight that leaves is a copy, for whoever gets it frees it. */
  private resultOf(index: number): string {
    const inline = this.inline.get(index);
    return inline?.endsWith('.value') ? `${this.imports.use('tf')}.clone(${inline})` : (inline ?? this.nameOf(index));
  }

  private namesChanged(): ReadonlySet<string> {
    const { program } = this;
    const counts = new Map<string, number>(program.inputs.map(({ name }) => [name, 1]));
    const count = (name: string | undefined) => name !== undefined && counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const step of program.steps)
      for (const { index, probes } of step.outputs) {
        const name = this.names.get(index);
        if (step.kind !== 'input' && !this.inline.has(index)) count(name);
        if (step.kind === 'call' && step.list === 'chain') count(name ?? this.unusedName);
        if (probes.some((probe) => probe.kind === 'perturb' && this.faultOf(probe) === undefined)) count(name);
      }
    return new Set([...counts].flatMap(([name, times]) => (times > 1 ? [name] : [])));
  }
}

const RESERVED: ReadonlySet<string> = new Set(
  'tf ops rngs captured captureRuns arguments eval let static yield await async of undefined NaN Infinity Math isCaptured'.split(' '),
);

/** A member, or one item of it. */
function memberSource({ attribute, node: { item } }: CallStep): string {
  return `this.${identifier(attribute)}${item === undefined ? '' : `.get(${item})`}`;
}

function readSource(member: string, variable: string | undefined): string {
  if (variable === undefined) return `${member}.value`;
  // Of a layer without one the document would not be sound.
  return `${member}.${identifier(variable)}${variable === 'bias' || variable === 'scale' ? '!' : ''}.value`;
}

/** Numbers are written where they are used, and so are weights, which nothing changes within a call. */
function inlineValues({ steps, outputs }: Program, imports: Imports): ReadonlyMap<number, string> {
  const inline = new Map<number, string>();
  const left = new Set(outputs.map(({ index }) => index));
  for (const step of steps) {
    const [output] = step.outputs;
    if (!output || output.probes.length > 0) continue;
    if (step.kind === 'constant' && !left.has(output.index) && !Array.isArray(step.node.value))
      inline.set(output.index, writeConstant(step, imports));
    if (step.kind === 'call' && step.list === null && (step.node.variable !== undefined || step.descriptor?.isVariable))
      inline.set(output.index, readSource(memberSource(step), step.node.variable));
  }
  return inline;
}

function writeConstant({ node: { value, dtype } }: ConstantStep, imports: Imports): string {
  const tf = imports.use('tf');
  const source = writeValue(value as never, String);
  if (Array.isArray(value)) return `${tf}.tensor(${source}${dtype === 'float32' ? '' : `, undefined, ${writeText(dtype)}`})`;
  return `${tf}.scalar(${source}${dtype === 'int32' ? ', "int32"' : dtype === 'bool' && typeof value !== 'boolean' ? ', "bool"' : ''})`;
}
