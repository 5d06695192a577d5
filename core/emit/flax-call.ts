/** @file The `__call__` of a class: one line per node, in the order in which they run. */
import type { Instance } from '../check/index.ts';
import { classIdOf, findMember, resolveMember } from '../document/find.ts';
import { inputNodes, orderNodes, outputNodes } from '../document/order.ts';
import type { CallNode, GraphNode, Member, ModelClass, NodeId, OpNode, PortRef } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { findDescriptor } from '../registry.gen.ts';
import { nodePorts } from '../check/index.ts';
import type { ModelDocument } from '../document/schema.ts';
import { pythonContext } from './context.ts';
import { PYTHON_NAMES } from './names.ts';
import { pythonArgument, pythonText, type Writing } from './python.ts';

const INDENT = '        ';
const JNP = 'import jax.numpy as jnp';
/** Variable types that `nnx` names; others are named by text, which Flax registers. */
const VARIABLE_TYPES = new Set(['Intermediate', 'Perturbation', 'Param', 'BatchStat', 'Cache']);

const keyOf = ({ node, port }: PortRef): string => JSON.stringify([node, port]);

/** Writes the body for one use of the class: arguments that were inferred there are filled in. */
export function flaxCall(document: ModelDocument, instance: Instance, use: (line: string) => void): readonly string[] {
  return new CallWriter(document, instance, { use, fieldPrefix: 'self.' }).write();
}

class CallWriter {
  private readonly modelClass: ModelClass;
  private readonly lines: string[] = [];
  /** The variable that holds what left a port. */
  private readonly values = new Map<string, string>();
  private readonly taken = new Set<string>(PYTHON_NAMES);
  private readonly uses = new Map<string, number>();

  constructor(
    private readonly document: ModelDocument,
    private readonly instance: Instance,
    private readonly writing: Writing,
  ) {
    this.modelClass = instance.class;
    for (const wire of Object.values(this.modelClass.wires)) this.uses.set(keyOf(wire.from), (this.uses.get(keyOf(wire.from)) ?? 0) + 1);
  }

  write(): readonly string[] {
    const inputs = inputNodes(this.modelClass);
    for (const node of inputs) this.values.set(keyOf({ node: node.id, port: 'out' }), this.fresh(node.name));
    const header = `    def __call__(${['self', ...inputs.map((node) => this.values.get(keyOf({ node: node.id, port: 'out' }))!)].join(', ')}):`;
    for (const node of orderNodes(this.modelClass).nodes) this.writeNode(node);
    const results = outputNodes(this.modelClass).map((node) => this.inputsOf(node.id)['in'] ?? 'None');
    const body = results.length === 0 ? [...this.lines, `${INDENT}return None`] : [...this.lines, `${INDENT}return ${results.join(', ')}`];
    return [header, ...body];
  }

  private writeNode(node: GraphNode): void {
    if (node.kind === 'output') return;
    if (node.kind === 'constant') {
      this.writing.use(JNP);
      const value = pythonArgument(node.value, node.dtype === 'float32' ? 'float' : undefined, this.writing);
      this.assign(node, ['out'], `jnp.asarray(${value}, dtype=${pythonArgument(node.dtype, 'dtype', this.writing)})`, 'constant');
    } else if (node.kind === 'op') this.writeOp(node);
    else if (node.kind === 'call') this.writeCall(node);
    this.writeProbes(node.id);
  }

  private writeOp(node: OpNode): void {
    const descriptor = findDescriptor(node.op);
    const outputs = this.outputsOf(node);
    if (descriptor?.kind !== 'op') {
      this.assign(node, outputs, `None  # there is no op ${node.op}`, node.op);
      return;
    }
    const args = this.instance.nodes.get(node.id)?.args ?? {};
    const context = pythonContext({ params: descriptor.params, given: node.args, args, usesRngs: false }, this.writing);
    this.assign(node, outputs, descriptor.emit.flax(this.inputsOf(node.id), context), node.op);
  }

  private writeCall(node: CallNode): void {
    const named = findMember(this.modelClass, node.member);
    const member = resolveMember(this.modelClass, node.member);
    const inputs = this.inputsOf(node.id);
    if (!named || !member) {
      this.assign(node, this.outputsOf(node), 'None  # the member is missing', 'missing');
      return;
    }
    const self = `self.${toSnakeCase(named.name)}`;
    if (member.repeat === undefined) {
      this.assign(node, this.outputsOf(node), this.callOf(member, self, inputs), named.name);
      return;
    }
    // A list is called element after element: its variable carries the value from one to the next.
    const [port, value] = Object.entries(inputs)[0] ?? ['x', 'None'];
    const element = this.fresh('layer');
    const carried = this.assign(node, this.outputsOf(node), value, named.name, true);
    this.lines.push(
      `${INDENT}for ${element} in ${self}:`,
      `${INDENT}    ${carried} = ${this.callOf(member, element, { [port]: carried })}`,
    );
    this.taken.delete(element);
  }

  /** The expression that calls a member. */
  private callOf(member: Member, callee: string, inputs: Readonly<Record<string, string>>): string {
    const descriptor = findDescriptor(member.type);
    if (classIdOf(member.type) === undefined && descriptor?.kind === 'layer' && descriptor.emit.flax.call) {
      const args = this.instance.members.get(member.id)?.args ?? {};
      const context = pythonContext({ params: descriptor.params, given: member.args, args, usesRngs: false }, this.writing);
      return descriptor.emit.flax.call(callee, inputs, context);
    }
    return `${callee}(${Object.values(inputs).join(', ')})`;
  }

  /** Variables by input port, in port order; ports without a wire are missing. */
  private inputsOf(id: NodeId): Readonly<Record<string, string>> {
    const ports = Object.keys(nodePorts(this.document, this.modelClass.id, id)?.inputs ?? {});
    const wires = Object.values(this.modelClass.wires).filter((wire) => wire.to.node === id);
    return Object.fromEntries(
      ports.flatMap((port) => {
        const wire = wires.find((each) => each.to.port === port);
        const value = wire && this.values.get(keyOf(wire.from));
        return value === undefined ? [] : [[port, value]];
      }),
    );
  }

  private outputsOf(node: GraphNode): readonly string[] {
    return Object.keys(nodePorts(this.document, this.modelClass.id, node.id)?.outputs ?? { y: {} });
  }

  /** Writes `variable = expression`, reusing the variable of a value that nothing else needs, and gives the first variable. */
  private assign(node: GraphNode, ports: readonly string[], expression: string, base: string, skipIfSame = false): string {
    const targets = ports.map((port) =>
      ports.length === 1 ? (this.reusable(node.id) ?? this.fresh(base)) : this.fresh(`${base}_${port}`),
    );
    ports.forEach((port, index) => this.values.set(keyOf({ node: node.id, port }), targets[index]!));
    const text = targets.join(', ');
    if (!(skipIfSame && text === expression)) this.lines.push(`${INDENT}${text} = ${expression}`);
    return targets[0] ?? '_';
  }

  /** The variable of the first input, where this node is its only reader. */
  private reusable(id: NodeId): string | undefined {
    const wires = Object.values(this.modelClass.wires).filter((wire) => wire.to.node === id);
    const ports = Object.keys(nodePorts(this.document, this.modelClass.id, id)?.inputs ?? {});
    const first = wires.find((wire) => wire.to.port === ports[0]);
    return first && this.uses.get(keyOf(first.from)) === 1 ? this.values.get(keyOf(first.from)) : undefined;
  }

  private fresh(base: string): string {
    const name = toSnakeCase(base);
    let candidate = name;
    for (let count = 2; this.taken.has(candidate); count++) candidate = `${name}${count}`;
    this.taken.add(candidate);
    return candidate;
  }

  /** Perturb first: what is sowed is what goes on. */
  private writeProbes(id: NodeId): void {
    for (const kind of ['perturb', 'sow'] as const) {
      for (const probe of this.modelClass.probes) {
        const value = this.values.get(keyOf(probe.at));
        if (probe.at.node !== id || probe.kind !== kind || value === undefined) continue;
        const type = VARIABLE_TYPES.has(probe.variableType) ? `nnx.${probe.variableType}` : pythonText(probe.variableType);
        const name = pythonText(toSnakeCase(probe.name));
        if (kind === 'sow') this.lines.push(`${INDENT}self.sow(${type}, ${name}, ${value})`);
        else
          this.lines.push(`${INDENT}${value} = self.perturb(${name}, ${value}${probe.variableType === 'Perturbation' ? '' : `, ${type}`})`);
      }
    }
  }
}
