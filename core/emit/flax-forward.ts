/** @file The forward pass of a class as `__call__`. */
import type { Step, Program } from '../program/compile-graph.ts';
import { isExpression } from '../document/arguments.ts';
import type { JsonValue, Probe } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { findDescriptor } from '../registry.gen.ts';
import { makeContext } from './emit-context.ts';
import { nameValues, type NamedStep } from '../program/value-names.ts';
import { JNP, writeFloat, writePlain, writeText } from './python-literal.ts';
import type { PythonWriter } from './python-writer.ts';
import { codeNameFault, commentText } from './sound.ts';

type Use = (line: string) => void;

/** The function that the code of a model with probes defines: whether a capture runs. */
export const CAPTURING = 'capturing';

/** Writes `def __call__(self, x): …`. */
export function writeForward(writer: PythonWriter, program: Program, use: Use): void {
  new ForwardWriter(writer, program, use).write();
}

class ForwardWriter {
  private readonly names: ReadonlyMap<string, string>;
  private readonly inputNames: readonly string[];
  /** What an element of a list is called in a loop: no name of a value. */
  private readonly elementName: string;
  constructor(
    private readonly writer: PythonWriter,
    private readonly program: Program,
    private readonly use: Use,
  ) {
    this.inputNames = program.inputNames.map(toSnakeCase);
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
    this.names = nameValues(steps, fixed, program.outputs.map(String));
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
      for (const node of program.left) writer.line(`# left out: ${commentText(nodeName(program.modelClass, node))}`);
      const results = program.outputs.map((index) => (index < 0 ? 'None' : this.nameOf(index)));
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
        const args = this.program.instance.nodes.get(step.node.id)?.args ?? {};
        const { params } = step.descriptor;
        const context = makeContext({
          params,
          args,
          given: step.node.args,
          usesRngs: false,
          use: this.use,
          fields: this.program.modelClass.fields,
          field: (name) => `self.${toSnakeCase(name)}`,
        });
        return this.assign(step, step.descriptor.emit.flax(this.inputsOf(step), context));
      }
      case 'call':
        return step.isList
          ? this.writeLoop(step)
          : this.assign(step, this.callSource(step, `self.${toSnakeCase(step.attribute)}`, this.inputsOf(step)));
    }
  }

  private inputsOf(step: Step): Readonly<Record<string, string>> {
    return Object.fromEntries(step.inputs.map(({ port, index }) => [port, this.nameOf(index)]));
  }

  /** A call of a member; `member` is the expression that gives it. */
  private callSource(step: Extract<Step, { kind: 'call' }>, member: string, inputs: Readonly<Record<string, string>>): string {
    const call = step.descriptor?.emit.flax.call;
    if (!step.descriptor || !call) return `${member}(${Object.values(inputs).join(', ')})`;
    const document = graphOf(this.program.modelClass).memberOf(step.memberId)!;
    const context = makeContext({
      params: step.descriptor.params,
      args: this.program.instance.members.get(step.memberId)!.args,
      given: Object.fromEntries(Object.entries(document.args).filter(([, value]) => !isExpression(value))),
      usesRngs: false,
      use: this.use,
      fields: this.program.modelClass.fields,
      field: (name) => `self.${toSnakeCase(name)}`,
    });
    return call(member, inputs, context);
  }

  /** The elements of a list one after the other. */
  private writeLoop(step: Extract<Step, { kind: 'call' }>): void {
    const [input] = step.inputs;
    const [output] = step.outputs;
    const source = this.nameOf(input!.index);
    const name = this.names.get(String(output!.index)) ?? 'unused';
    if (name !== source) this.writer.line(`${name} = ${source}`);
    const element = this.elementName;
    this.writer.line(`for ${element} in self.${toSnakeCase(step.attribute)}:`);
    this.writer.indented(() => this.writer.line(`${name} = ${this.callSource(step, element, { [input!.port]: name })}`));
  }

  private assign(step: Step, source: string): void {
    const targets = step.outputs.map(({ index }) => this.nameOf(index));
    if (targets.every((name) => name === '_')) this.writer.line(source);
    else this.writer.line(`${targets.join(', ')} = ${source}`);
  }

  /** Probes act only inside `nnx.capture`, as in the live model. */
  private writeProbes(name: string, probes: readonly Probe[]): void {
    if (probes.length === 0) return;
    this.writer.line(`if ${CAPTURING}(self):`);
    this.writer.indented(() => {
      for (const probe of probes) this.writer.line(probeSource(name, probe));
    });
  }
}

function probeSource(name: string, { kind, name: label, variableType }: Probe): string {
  const text = writeText(toSnakeCase(label));
  if (kind === 'sow') return `self.sow(${writeType(variableType)}, ${text}, ${name})`;
  const type = variableType === 'Perturbation' ? '' : `, ${writeType(variableType)}`;
  return `${name} = self.perturb(${text}, ${name}${type})`;
}

/** Flax's own types by class, others by name: Flax makes a type of an unknown name. */
function writeType(name: string): string {
  return name === 'Intermediate' || name === 'Perturbation' ? `nnx.${name}` : writeText(name);
}

/** What a value is called after the step that makes it. */
function wishFor(step: Step, port: string): string {
  if (step.outputs.length > 1) return codeNameFault(port, 'input') === undefined ? toSnakeCase(port) : 'value';
  if (step.kind === 'call') return toSnakeCase(step.attribute);
  if (step.kind === 'op') return toSnakeCase(step.node.op);
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

/** Whether building a layer of this type draws random numbers. */
export function drawsRandom(type: string): boolean {
  const descriptor = findDescriptor(type);
  return descriptor?.kind === 'layer' && descriptor.usesRngs;
}
