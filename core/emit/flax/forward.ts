/** @file The forward pass of a class as `__call__`. */
import { isExpression } from '../../document/arguments.ts';
import type { JsonValue, Probe } from '../../document/schema.ts';
import { nodeName } from '../../graph/node-name.ts';
import type { ClassProgram } from '../../program/class-program.ts';
import type { CallStep, Program, Step } from '../../program/compile-graph.ts';
import { nameValues, type NamedStep } from '../../program/value-names.ts';
import { writeFloat, writePlain } from '../python/literal.ts';
import { identifier, pythonName } from '../python/names.ts';
import { writeText } from '../python/text.ts';
import type { PythonWriter } from '../python/writer.ts';
import { JNP } from './argument.ts';
import { makeContext } from './context.ts';
import type { FlaxModel, Use } from './flax-model.ts';

/** The function that the code of a model with probes defines: whether a capture runs. */
export const CAPTURING = 'capturing';

/** Writes `def __call__(self, x): …`. */
export function writeForward(writer: PythonWriter, model: FlaxModel, program: ClassProgram, use: Use): void {
  new ForwardWriter(writer, model, program.forward, use).write();
}

const selfField = (name: string): string => `self.${pythonName(name)}`;

class ForwardWriter {
  private readonly names: ReadonlyMap<string, string>;
  private readonly inputNames: readonly string[];
  /** What an element of a list is called in a loop: no name of a value. */
  private readonly elementName: string;
  constructor(
    private readonly writer: PythonWriter,
    private readonly model: FlaxModel,
    private readonly program: Program,
    private readonly use: Use,
  ) {
    this.inputNames = program.inputNames.map(pythonName);
    const fixed = new Map<string, string>();
    const steps: NamedStep[] = [];
    for (const step of program.steps) {
      if (step.kind === 'input') {
        fixed.set(String(step.outputs[0]!.index), this.inputNames[step.position]!);
        continue;
      }
      const reads = step.inputs.map(({ index }) => String(index));
      const writes = step.outputs.map(({ port, index }) => ({ key: String(index), wish: wishFor(step, port) }));
      steps.push({ node: step.node.id, reads, writes });
      // A probe reads the value, too: it needs a name even where nothing else does.
      const probed = step.outputs.filter(({ probes }) => probes.length > 0).map(({ index }) => String(index));
      if (probed.length > 0) steps.push({ node: step.node.id, reads: probed, writes: [] });
    }
    this.names = nameValues(
      steps,
      fixed,
      program.outputs.map(({ index }) => String(index)),
    );
    const taken = new Set(this.names.values());
    this.elementName = ['layer', 'element', 'each', 'module'].find((each) => !taken.has(each)) ?? 'layer_';
  }

  write(): void {
    const { writer, program } = this;
    writer.line(`def __call__(${['self', ...this.inputNames].join(', ')}):`);
    writer.indented(() => {
      for (const step of program.steps) {
        this.writeStep(step);
        for (const { index, probes } of step.outputs) this.writeProbes(this.nameOf(index), probes);
      }
      for (const { node, reason } of program.left)
        writer.leftOut(nodeName(program.modelClass, node), reason ?? 'What comes in is left out.');
      const results = program.outputs.map(({ index }) => (index < 0 ? 'None' : this.nameOf(index)));
      writer.line(`return ${results.length === 0 ? 'None' : results.join(', ')}`);
    });
  }

  private nameOf(index: number): string {
    return this.names.get(String(index)) ?? '_';
  }

  private writeStep(step: Step): void {
    switch (step.kind) {
      case 'input':
        return;
      case 'constant':
        return this.assign(step, writeConstant(step.node.value, step.node.dtype, this.use));
      case 'op': {
        const { descriptor, args, node } = step;
        const { params } = descriptor;
        const context = makeContext({ params, args, given: node.args, usesRngs: false, use: this.use, field: selfField });
        return this.assign(step, descriptor.emit.flax(this.inputsOf(step), context));
      }
      case 'call':
        return step.isList
          ? this.writeLoop(step)
          : this.assign(step, this.callSource(step, `self.${pythonName(step.attribute)}`, this.inputsOf(step)));
    }
  }

  private inputsOf(step: Step): Readonly<Record<string, string>> {
    return Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.nameOf(index)]));
  }

  /** A call of a member; `member` is the expression that gives it. */
  private callSource({ descriptor, args, given }: CallStep, member: string, inputs: Readonly<Record<string, string>>): string {
    const call = descriptor?.emit.flax.call;
    if (!descriptor || !call) return `${member}(${Object.values(inputs).join(', ')})`;
    const context = makeContext({
      params: descriptor.params,
      args,
      given: Object.fromEntries(Object.entries(given).filter(([, value]) => !isExpression(value))),
      usesRngs: false,
      use: this.use,
      field: selfField,
    });
    return call(member, inputs, context);
  }

  /** The elements of a list one after the other. */
  private writeLoop(step: CallStep): void {
    const [input] = step.inputs;
    const [output] = step.outputs;
    const source = this.nameOf(input!.index);
    const name = this.names.get(String(output!.index)) ?? 'unused';
    if (name !== source) this.writer.line(`${name} = ${source}`);
    const element = this.elementName;
    this.writer.line(`for ${element} in self.${pythonName(step.attribute)}:`);
    this.writer.indented(() => this.writer.line(`${name} = ${this.callSource(step, element, { [input!.port]: name })}`));
  }

  private assign(step: Step, source: string): void {
    const targets = step.outputs.map(({ index }) => this.nameOf(index));
    if (targets.every((name) => name === '_')) this.writer.line(source);
    else this.writer.line(`${targets.join(', ')} = ${source}`);
  }

  /** Probes act only inside `nnx.capture`, as in the live model. */
  private writeProbes(name: string, probes: readonly Probe[]): void {
    const { writer, model, program } = this;
    const faults = probes.map((probe) => model.faults.ofProbe(program.modelClass.id, probe.id));
    for (const [i, fault] of faults.entries()) if (fault !== undefined) writer.leftOut(`${probes[i]!.kind} ${probes[i]!.name}`, fault);
    const sound = probes.filter((_, i) => faults[i] === undefined);
    if (sound.length === 0) return;
    writer.line(`if ${CAPTURING}(self):`);
    writer.indented(() => {
      for (const probe of sound) writer.line(probeSource(name, probe));
    });
  }
}

function probeSource(name: string, { kind, name: label, variableType }: Probe): string {
  const text = writeText(pythonName(label));
  if (kind === 'sow') return `self.sow(${writeType(variableType)}, ${text}, ${name})`;
  const type = variableType === 'Perturbation' ? '' : `, ${writeType(variableType)}`;
  return `${name} = self.perturb(${text}, ${name}${type})`;
}

/** Flax's own types by class, others by name: Flax makes a type of an unknown name. */
function writeType(name: string): string {
  return name === 'Intermediate' || name === 'Perturbation' ? `nnx.${name}` : writeText(identifier(name));
}

/** What a value is called after the step that makes it. */
function wishFor(step: Step, port: string): string {
  if (step.outputs.length > 1) return pythonName(port);
  if (step.kind === 'call') return pythonName(step.attribute);
  if (step.kind === 'op') return pythonName(step.node.op);
  return step.kind === 'constant' ? 'constant' : port;
}

function writeConstant(value: JsonValue, dtype: 'float32' | 'int32' | 'bool', use: Use): string {
  use(JNP);
  const write = (item: JsonValue): string => {
    if (Array.isArray(item)) return `[${item.map((each: JsonValue) => write(each)).join(', ')}]`;
    return dtype === 'float32' && typeof item === 'number' ? writeFloat(item) : writePlain(item as never);
  };
  return `jnp.array(${write(value)}, dtype=jnp.${dtype === 'bool' ? 'bool_' : dtype})`;
}
