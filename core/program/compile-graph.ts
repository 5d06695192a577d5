/** @file A forward graph as a list of steps over numbered slots: what is decided once is not decided at every call. */
import type { Instance, NodePorts } from '../check/instance.ts';
import { usedLayer } from '../check/member-use.ts';
import { descriptorPorts, portsOf } from '../check/ports.ts';
import { isBypassed } from '../document/edits/bypass.ts';
import { own } from '../document/find.ts';
import { forwardFields } from '../document/forward-fields.ts';
import type {
  Arguments,
  CallNode,
  ConstantNode,
  Field,
  GraphNode,
  InputNode,
  MemberId,
  ModelClass,
  ModelDocument,
  OpNode,
  Probe,
} from '../document/schema.ts';
import { graphOf, type GraphIndex } from '../graph/graph-of.ts';
import { identityOp } from '../ops/identity.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { Args, LayerDescriptor, OpDescriptor, TensorSpec } from '../spec/index.ts';

export interface Slot {
  readonly port: string;
  readonly index: number;
}

export interface OutputSlot extends Slot {
  /** What leaves the port, where it is known. */
  readonly spec: TensorSpec | undefined;
  readonly probes: readonly Probe[];
}

interface StepBase {
  readonly node: GraphNode;
  /** Wired inputs in port order. */
  readonly inputs: readonly Slot[];
  /** In port order, with the probes on each. */
  readonly outputs: readonly OutputSlot[];
}

export type InputStep = StepBase & { readonly kind: 'input'; readonly position: number };
export type ConstantStep = StepBase & { readonly kind: 'constant'; readonly node: ConstantNode };
export type OpStep = StepBase & {
  readonly kind: 'op';
  /** Of a node that is bypassed: nothing is computed, the one input goes on. */
  readonly isPass?: true;
  readonly node: OpNode;
  readonly descriptor: OpDescriptor;
  /** Evaluated, defaults filled in. */
  readonly args: Args;
  readonly usesFields: boolean;
};
export type CallStep = StepBase & {
  readonly kind: 'call';
  readonly node: CallNode;
  /** Behind aliases. */
  readonly memberId: MemberId;
  readonly attribute: string;
  /** How the items of a list are used; null: it is a single Module, or one item. */
  readonly list: 'chain' | 'stack' | 'concatenate' | null;
  /** Of what the node does with the member; undefined for a class of the document. */
  readonly descriptor: LayerDescriptor | undefined;
  /** Of the member, evaluated, with defaults and what was inferred. */
  readonly args: Args;
  readonly given: Arguments;
};
export type Step = InputStep | ConstantStep | OpStep | CallStep;

/** A node that cannot run. */
export interface LeftNode {
  readonly node: GraphNode;
  /** Absent where only what comes before it is missing. */
  readonly reason?: string;
}

export interface Program {
  readonly modelClass: ModelClass;
  readonly scope: Instance['scope'];
  readonly steps: readonly Step[];
  /** In the order of arguments. */
  readonly inputs: readonly InputNode[];
  readonly outputs: readonly { readonly name: string; /** -1 where nothing is wired. */ readonly index: number }[];
  /** Fields that are attributes of the Module, as ops need them when they are called. */
  readonly fields: readonly Field[];
  /** None in a sound graph. */
  readonly left: readonly LeftNode[];
}

/**
 * Compiles the graph of an instance; `modelClass` is its class as it is now, which may have other probes than when it was inferred. Of a graph
 * that is not sound the steps that can run are kept, and `left` says what is left out: the code of a model is wanted while one designs.
 * `faultOf` says why a member is not there to be called.
 */
export function compileGraph(
  document: ModelDocument,
  modelClass: ModelClass,
  instance: Instance,
  faultOf: (member: MemberId) => string | undefined = () => undefined,
): Program {
  return new Compilation(document, modelClass, instance, faultOf).compile();
}

class Compilation {
  private readonly slots = new Map<string, Map<string, number>>();
  private count = 0;
  private readonly ready = new Set<number>();
  private readonly left: LeftNode[] = [];
  private readonly graph: GraphIndex;
  private readonly positions: ReadonlyMap<GraphNode, number>;
  private readonly fields: readonly Field[];

  constructor(
    private readonly document: ModelDocument,
    private readonly modelClass: ModelClass,
    private readonly instance: Instance,
    private readonly faultOf: (member: MemberId) => string | undefined,
  ) {
    this.graph = graphOf(modelClass);
    this.positions = new Map(this.graph.inputs.map((node, i) => [node, i]));
    this.fields = forwardFields(modelClass);
  }

  compile(): Program {
    const { modelClass, instance, graph, fields } = this;
    const { nodes, stuck } = graph.order;
    const steps = nodes.flatMap((node) => this.step(node));
    return {
      modelClass,
      scope: instance.scope,
      steps,
      inputs: graph.inputs,
      outputs: graph.outputs.map((node) => ({ name: node.name, index: this.source(node.id, 'in') ?? -1 })),
      fields,
      left: [...this.left, ...stuck.map((id) => ({ node: modelClass.nodes[id]! }))],
    };
  }

  /** The slot of the value that a wire brings to a port; undefined where there is none, or nothing that makes it. */
  private source(node: string, port: string): number | undefined {
    const wire = this.graph.wireInto({ node, port });
    const index = wire && this.slots.get(wire.from.node)?.get(wire.from.port);
    return index !== undefined && this.ready.has(index) ? index : undefined;
  }

  private step(node: GraphNode): readonly Step[] {
    if (node.kind === 'output') return [];
    if (isBypassed(node)) return this.pass(node);
    const ports = this.portsOf(node);
    const inputs: Slot[] = [];
    for (const [port, { optional }] of Object.entries(ports?.inputs ?? {})) {
      const index = this.source(node.id, port);
      if (index !== undefined) inputs.push({ port, index });
      else if (!optional || this.graph.wireInto({ node: node.id, port })) return this.leave(node);
    }
    if (this.reasonFor(node) !== undefined) return this.leave(node);
    const outputs = Object.keys(ports?.outputs ?? {}).map((port) => this.output(node.id, port));
    const step = ports && this.make(node, { node, inputs, outputs });
    if (!step) return this.leave(node);
    for (const { index } of outputs) this.ready.add(index);
    return [step];
  }

  /** What comes in goes on: one step for each output. */
  private pass(node: GraphNode): readonly Step[] {
    const passes = Object.entries(this.instance.nodes.get(node.id)?.passes ?? {});
    const sources = passes.map(([, input]) => this.source(node.id, input));
    if (passes.length === 0 || sources.includes(undefined) || this.reasonFor(node) !== undefined) return this.leave(node);
    return passes.map(([port], i) => {
      const output = this.output(node.id, port);
      this.ready.add(output.index);
      return passStep(node, sources[i]!, output);
    });
  }

  private leave(node: GraphNode): readonly Step[] {
    const reason = this.reasonFor(node);
    this.left.push(reason === undefined ? { node } : { node, reason });
    return [];
  }

  /** What is wrong with the node itself, or with what it calls. */
  private reasonFor(node: GraphNode): string | undefined {
    const problem = this.instance.nodes.get(node.id)?.problems.find((each) => each.severity === 'error');
    return problem || node.kind !== 'call' ? problem?.message : this.faultOf(node.member);
  }

  private output(node: string, port: string): OutputSlot {
    const ports = this.slots.get(node) ?? new Map<string, number>();
    this.slots.set(node, ports);
    const index = this.count++;
    ports.set(port, index);
    const spec = own(this.instance.nodes.get(node)?.outputs ?? {}, port);
    return { port, index, spec, probes: this.graph.probesAt({ node, port }) };
  }

  private make(node: GraphNode, base: StepBase): Step | undefined {
    const { modelClass, instance } = this;
    switch (node.kind) {
      case 'output':
        return undefined;
      case 'input':
        return { ...base, kind: 'input', position: this.positions.get(node)! };
      case 'constant':
        return base.outputs[0]?.spec ? { ...base, kind: 'constant', node } : undefined;
      case 'op': {
        const descriptor = findDescriptor(node.op);
        const args = instance.nodes.get(node.id)?.args;
        if (descriptor?.kind !== 'op' || !args) return undefined;
        const usesFields = this.fields.length > 0 && forwardFields({ fields: modelClass.fields, nodes: { [node.id]: node } }).length > 0;
        return { ...base, kind: 'op', node, descriptor, args, usesFields };
      }
      case 'call': {
        const attribute = this.graph.memberOf(node.member)?.name;
        const target = this.graph.behind(node.member);
        const result = target && instance.members.get(target.id);
        if (attribute === undefined || !target || !result) return undefined;
        const found = findDescriptor(result.type);
        const descriptor = found?.kind === 'layer' ? usedLayer(found, node) : undefined;
        if (found && !descriptor) return undefined;
        const isList = target.repeat !== undefined && node.item === undefined;
        // Item after item: what goes in by the first port must come out.
        if (isList && (base.inputs.length === 0 || base.outputs.length !== 1)) return undefined;
        const list = isList ? (node.collect ?? 'chain') : null;
        return { ...base, kind: 'call', node, attribute, memberId: target.id, list, descriptor, args: result.args, given: target.args };
      }
    }
  }

  /** Ports under the arguments that were inferred, which the document may lack. */
  private portsOf(node: GraphNode): NodePorts | undefined {
    const { document, modelClass, instance } = this;
    const member = node.kind === 'call' ? this.graph.behind(node.member) : undefined;
    const args = node.kind === 'op' ? instance.nodes.get(node.id)?.args : member && instance.members.get(member.id)?.args;
    const type = node.kind === 'op' ? node.op : member?.type;
    const found = type === undefined ? undefined : findDescriptor(type);
    const descriptor = node.kind === 'call' && found?.kind === 'layer' ? usedLayer(found, node) : found;
    return descriptor && args && descriptor.kind === (node.kind === 'op' ? 'op' : 'layer')
      ? descriptorPorts(descriptor, args)
      : portsOf(document, modelClass, node, instance.scope);
  }
}

/** Values live and die on their own, so what goes on is a value of its own. */
function passStep(node: GraphNode, source: number, output: OutputSlot): OpStep {
  const { id } = node;
  return {
    kind: 'op',
    isPass: true,
    node: { id, kind: 'op', op: identityOp.type, args: {} },
    inputs: [{ port: 'x', index: source }],
    outputs: [output],
    descriptor: identityOp,
    args: {},
    usesFields: false,
  };
}
