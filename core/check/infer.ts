/**
 * @file Shapes over a graph, through nested classes, lists, aliases and repeated calls. Nothing is computed and nothing thrown: what
 * is wrong becomes a problem at its node, and everything that does not depend on it is still known.
 */
import { findMember, resolveMember } from '../document/find.ts';
import { compareIds } from '../document/ids.ts';
import { orderNodes, outputNodes } from '../document/order.ts';
import { messageOf, problem, type Place, type Problem } from '../document/problem.ts';
import type { GraphNode, MemberId, ModelClass, ModelDocument, NodeId, OpNode, Wire } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import { RejectionError, type Args, type ArgsOf, type Descriptor, type Dim, type ParamSpecs, type Rejection } from '../spec/index.ts';
import { constantSpec } from './constant.ts';
import { compareInput, declaredSpec } from './declared.ts';
import { inferCall, resolveMembers, type OpenMember } from './infer-member.ts';
import type { Inferring, Use } from './inferring.ts';
import { knownOnly, missingFiltered, unknownType } from './rejections.ts';
import type { Instance, MaybeSpec, MaybeSpecs, MemberResult, NodeResult } from './instance.ts';
import { remember } from './memo.ts';
import { descriptorPorts, portsOf } from './ports.ts';
import { evaluateArgs, scopeArgs } from './scope.ts';

/**
 * What is known about a use of a class. `built` is given for a second call of the same Module: arguments that were inferred
 * from the first call's inputs stay.
 */
export function inferInstance(document: ModelDocument, modelClass: ModelClass, use: Use, built?: Instance): Instance {
  if (built) return new Inference(document, modelClass, use, built).run();
  const key = JSON.stringify([scopeArgs(use.scope), use.inputs]);
  return remember(document, modelClass, key, () => new Inference(document, modelClass, use).run());
}

/** One pass over one graph. */
class Inference implements Inferring {
  readonly problems: Problem[] = [];
  readonly inputFaults: Rejection[] = [];
  private readonly nodes = new Map<NodeId, NodeResult>();
  private readonly members: ReadonlyMap<MemberId, OpenMember>;
  private readonly incoming: ReadonlyMap<NodeId, readonly Wire[]>;
  private readonly bound = new Map<string, Dim>();

  constructor(
    readonly document: ModelDocument,
    readonly modelClass: ModelClass,
    readonly use: Use,
    readonly built?: Instance,
  ) {
    this.members = resolveMembers(this);
    const incoming = new Map<NodeId, Wire[]>();
    for (const wire of Object.values(modelClass.wires).sort((a, b) => compareIds(a.id, b.id))) {
      incoming.set(wire.to.node, [...(incoming.get(wire.to.node) ?? []), wire]);
    }
    this.incoming = incoming;
  }

  run(): Instance {
    for (const node of orderNodes(this.modelClass).nodes) this.nodes.set(node.id, this.attempt(node));
    const members = new Map<MemberId, MemberResult>();
    for (const [id, member] of this.members) members.set(id, member.finish());
    const outputs = outputNodes(this.modelClass).map((node) => [node.name, this.nodes.get(node.id)?.inputs['in']] as const);
    return {
      class: this.modelClass,
      scope: this.use.scope,
      nodes: this.nodes,
      members,
      outputs: Object.fromEntries(outputs),
      problems: this.problems,
      inputFaults: this.inputFaults,
    };
  }

  inferNested(used: ModelClass, use: Use, built?: Instance): Instance {
    return inferInstance(this.document, used, use, built);
  }

  report(rejection: Rejection, place: Place, subject: string): void {
    const { code, expected, got, fix, port, param } = rejection;
    const where = {
      class: this.modelClass.id,
      ...place,
      ...(port === undefined ? {} : { port }),
      ...(param === undefined ? {} : { param }),
    };
    this.problems.push(problem(code, where, subject, { expected, got, fix }));
  }

  private attempt(node: GraphNode): NodeResult {
    const inputs = this.gather(node);
    try {
      return this.infer(node, inputs);
    } catch (error) {
      this.report(toRejection(error), this.placeOf(node), this.subjectOf(node));
      return { inputs, outputs: {}, elements: [] };
    }
  }

  private infer(node: GraphNode, inputs: MaybeSpecs): NodeResult {
    switch (node.kind) {
      case 'input':
        return { inputs, outputs: { out: this.inferInput(node) }, elements: [] };
      case 'constant':
        return { inputs, outputs: { out: constantSpec(node.value, node.dtype) }, elements: [] };
      case 'output':
        this.requireWires(node, { in: {} });
        return { inputs, outputs: {}, elements: [] };
      case 'op':
        return this.inferOp(node, inputs);
      case 'call': {
        const target = resolveMember(this.modelClass, node.member);
        const member = target && this.members.get(target.id);
        return member ? inferCall(this, member, node, inputs) : { inputs, outputs: {}, elements: [] };
      }
    }
  }

  private inferInput(node: Extract<GraphNode, { kind: 'input' }>): MaybeSpec {
    const declared = declaredSpec(this.modelClass, node, this.use.scope);
    for (const fault of declared.problems) this.report(fault, { node: node.id }, `input ${node.name}`);
    if (!this.use.inputs) return declared.spec;
    const came = this.use.inputs[node.name];
    if (!came) return declared.spec;
    const fault = declared.spec && compareInput(node.name, declared.spec, came, this.bound);
    if (!fault) return came;
    this.inputFaults.push(fault);
    // The class is right in itself: what is inside is shown as it would be with a fitting value.
    return declared.spec;
  }

  private inferOp(node: OpNode, inputs: MaybeSpecs): NodeResult {
    const descriptor = findDescriptor(node.op);
    if (descriptor?.kind !== 'op') {
      this.report(unknownType('op', node.op), { node: node.id }, node.op);
      return { inputs, outputs: {}, elements: [] };
    }
    const given = evaluateArgs(node.args, descriptor.params, this.use.scope, this.modelClass.fields);
    const validated = validateArgs(descriptor.params, given.args, knownOnly(inputs));
    const faults = [
      ...given.problems,
      ...missingFiltered(validated.problems, [...given.unknown, ...given.problems.map((each) => each.param)]),
    ];
    for (const fault of faults) this.report(fault, { node: node.id }, node.op);
    this.requireWires(node, descriptorPorts(descriptor, validated.args).inputs);
    const isComplete = faults.length === 0 && given.unknown.length === 0;
    const outputs = isComplete ? this.inferOutputs(descriptor, inputs, validated.args) : {};
    return { inputs, outputs, elements: [], args: validated.args };
  }

  inferOutputs(descriptor: Descriptor, inputs: MaybeSpecs, args: Args): MaybeSpecs {
    const ports = descriptorPorts(descriptor, args);
    const isReady = Object.entries(ports.inputs).every(
      ([name, port]) => inputs[name] !== undefined || (port.optional && !(name in inputs)),
    );
    return isReady ? descriptor.infer(knownOnly(inputs), args as ArgsOf<ParamSpecs>) : {};
  }

  /** What the wires into a node carry. */
  private gather(node: GraphNode): MaybeSpecs {
    const inputs: Record<string, MaybeSpec> = {};
    for (const wire of this.incoming.get(node.id) ?? []) {
      if (wire.to.port in inputs) continue;
      inputs[wire.to.port] = this.nodes.get(wire.from.node)?.outputs[wire.from.port];
      this.checkSource(wire);
    }
    return inputs;
  }

  /** A wire from a port that its node does not have. */
  private checkSource(wire: Wire): void {
    const source = this.modelClass.nodes[wire.from.node];
    if (source?.kind !== 'call' && source?.kind !== 'op') return;
    const ports = portsOf(this.document, this.modelClass, source, this.use.scope);
    if (!ports || Object.hasOwn(ports.outputs, wire.from.port)) return;
    this.report(
      nowhere(wire.from.port, Object.keys(ports.outputs)),
      { node: source.id, wire: wire.id },
      `wire from ${this.subjectOf(source)}`,
    );
  }

  requireWires(node: GraphNode, ports: Readonly<Record<string, { readonly optional?: boolean }>>): void {
    const wires = this.incoming.get(node.id) ?? [];
    for (const [name, port] of Object.entries(ports)) {
      if (port.optional || wires.some((wire) => wire.to.port === name)) continue;
      const words = {
        code: 'input/unconnected',
        port: name,
        expected: `a wire into "${name}"`,
        got: 'none',
        fix: `Wire a value into "${name}".`,
      };
      this.report(words, this.placeOf(node), this.subjectOf(node));
    }
    if (node.kind === 'output') return; // its one port is checked with the structure
    for (const wire of wires) {
      if (Object.hasOwn(ports, wire.to.port)) continue;
      const place = { ...this.placeOf(node), wire: wire.id };
      this.report(nowhere(wire.to.port, Object.keys(ports)), place, `wire into ${this.subjectOf(node)}`);
    }
  }

  placeOf(node: GraphNode): Place {
    return node.kind === 'call' ? { node: node.id, member: node.member } : { node: node.id };
  }

  subjectOf(node: GraphNode): string {
    if (node.kind === 'call') return findMember(this.modelClass, node.member)?.name ?? node.member;
    if (node.kind === 'op') return node.op;
    return node.kind === 'constant' ? 'constant' : `${node.kind} ${node.name}`;
  }
}

function nowhere(port: string, ports: readonly string[]): Rejection {
  const expected = ports.length === 0 ? 'no wire here' : `a port among ${ports.join(', ')}`;
  return { code: 'wire/nowhere', expected, got: `"${port}", which is not there`, fix: 'Remove the wire, or lay it anew.' };
}

function toRejection(error: unknown): Rejection {
  if (error instanceof RejectionError) return error.rejection;
  // A descriptor that throws something else has a fault of its own; the document must still be shown.
  const got = messageOf(error);
  return { code: 'internal/infer', expected: 'shapes', got: `an internal error: ${got}`, fix: 'Change the arguments, and report this.' };
}
