/** @file A forward graph as a list of steps over numbered slots: what is decided once is not decided at every call. */
import type { Instance, NodePorts } from '../check/instance.ts';
import { descriptorPorts, portsOf } from '../check/ports.ts';
import { findClass } from '../document/find.ts';
import { forwardFields } from '../document/forward-fields.ts';
import type { CallNode, ConstantNode, Field, GraphNode, ModelClass, ModelDocument, OpNode, Path, Probe } from '../document/schema.ts';
import { graphOf, type GraphIndex } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { LayerDescriptor, OpDescriptor } from '../spec/index.ts';

export interface Slot {
  readonly port: string;
  readonly index: number;
}

interface StepBase {
  readonly node: GraphNode;
  /** Wired inputs in port order. */
  readonly inputs: readonly Slot[];
  /** In port order, with the probes on each. */
  readonly outputs: readonly (Slot & { readonly probes: readonly Probe[] })[];
}

export type Step = StepBase &
  (
    | { readonly kind: 'input'; readonly position: number }
    | { readonly kind: 'constant'; readonly node: ConstantNode }
    | { readonly kind: 'op'; readonly node: OpNode; readonly descriptor: OpDescriptor; readonly usesFields: boolean }
    | {
        readonly kind: 'call';
        readonly node: CallNode;
        readonly attribute: string;
        readonly isList: boolean;
        /** Undefined for a class of the document. */
        readonly descriptor: LayerDescriptor | undefined;
        readonly memberId: string;
      }
  );

export interface Program {
  readonly path: Path;
  readonly instance: Instance;
  readonly modelClass: ModelClass;
  readonly steps: readonly Step[];
  readonly slots: number;
  readonly inputNames: readonly string[];
  /** -1 where nothing is wired. */
  readonly outputs: readonly number[];
  /** Fields that are attributes of the Module, as ops need them when they are called. */
  readonly fields: readonly Field[];
  /** Nodes that cannot run; none in a sound graph. */
  readonly left: readonly GraphNode[];
}

/**
 * Compiles the graph of an instance. Of a graph that is not sound the steps that can run are kept, and `left` says what is left out: the
 * code of a model is wanted while one designs.
 */
export function compileGraph(document: ModelDocument, instance: Instance, path: Path): Program {
  return new Compilation(document, instance).compile(path);
}

class Compilation {
  private readonly slots = new Map<string, number>();
  private readonly ready = new Set<number>();
  private readonly left: GraphNode[] = [];
  private readonly modelClass: ModelClass;
  private readonly graph: GraphIndex;
  private readonly inputs: ReadonlyMap<GraphNode, number>;

  constructor(
    private readonly document: ModelDocument,
    private readonly instance: Instance,
  ) {
    // The remembered instance may hold the class from before its latest probes.
    this.modelClass = findClass(document, instance.class.id) ?? instance.class;
    this.graph = graphOf(this.modelClass);
    this.inputs = new Map(this.graph.inputs.map((node, i) => [node, i]));
  }

  compile(path: Path): Program {
    const { modelClass, instance, graph } = this;
    const { nodes, stuck } = graph.order;
    const steps = nodes.flatMap((node) => this.step(node));
    const outputs = graph.outputs.map((node) => this.source(node.id, 'in') ?? -1);
    const left = [...this.left, ...stuck.map((id) => modelClass.nodes[id]!)];
    const inputNames = graph.inputs.map((node) => node.name);
    return { path, instance, modelClass, steps, inputNames, outputs, slots: this.slots.size, fields: forwardFields(modelClass), left };
  }

  /** The slot of the value that a wire brings to a port; undefined where there is none, or nothing that makes it. */
  private source(node: string, port: string): number | undefined {
    const wire = this.graph.wireInto({ node, port });
    const index = wire && this.slots.get(keyOf(wire.from.node, wire.from.port));
    return index !== undefined && this.ready.has(index) ? index : undefined;
  }

  private step(node: GraphNode): readonly Step[] {
    if (node.kind === 'output') return [];
    const ports = this.portsOf(node);
    const inputs: Slot[] = [];
    for (const [port, { optional }] of Object.entries(ports?.inputs ?? {})) {
      const index = this.source(node.id, port);
      if (index !== undefined) inputs.push({ port, index });
      else if (!optional || this.graph.wireInto({ node: node.id, port })) {
        this.left.push(node);
        return [];
      }
    }
    const outputs = Object.keys(ports?.outputs ?? {}).map((port) => this.output(node.id, port));
    const step = this.make(node, { node, inputs, outputs });
    if (!step || !ports) {
      this.left.push(node);
      return [];
    }
    for (const { index } of outputs) this.ready.add(index);
    return [step];
  }

  private output(node: string, port: string): Step['outputs'][number] {
    const key = keyOf(node, port);
    const index = this.slots.get(key) ?? this.slots.size;
    this.slots.set(key, index);
    return { port, index, probes: this.graph.probesAt({ node, port }) };
  }

  private make(node: GraphNode, base: StepBase): Step | undefined {
    const { modelClass, instance } = this;
    switch (node.kind) {
      case 'output':
        return undefined;
      case 'input':
        return { ...base, kind: 'input', position: this.inputs.get(node)! };
      case 'constant':
        return { ...base, kind: 'constant', node };
      case 'op': {
        const descriptor = findDescriptor(node.op);
        if (descriptor?.kind !== 'op') return undefined;
        const usesFields = forwardFields({ fields: modelClass.fields, nodes: { [node.id]: node } }).length > 0;
        return { ...base, kind: 'op', node, descriptor, usesFields };
      }
      case 'call': {
        const attribute = this.graph.memberOf(node.member)?.name;
        const target = this.graph.behind(node.member);
        const memberId = target?.id;
        const result = memberId === undefined ? undefined : instance.members.get(memberId);
        if (attribute === undefined || memberId === undefined || !result) return undefined;
        const descriptor = findDescriptor(result.type);
        const isList = target?.repeat !== undefined;
        return {
          ...base,
          kind: 'call',
          node,
          attribute,
          memberId,
          isList,
          descriptor: descriptor?.kind === 'layer' ? descriptor : undefined,
        };
      }
    }
  }

  /** Ports under the arguments that were inferred, which the document may lack. */
  private portsOf(node: GraphNode): NodePorts | undefined {
    const { document, modelClass, instance } = this;
    const member = node.kind === 'call' ? this.graph.behind(node.member) : undefined;
    const args =
      node.kind === 'op'
        ? instance.nodes.get(node.id)?.args
        : node.kind === 'call'
          ? instance.members.get(member?.id ?? '')?.args
          : undefined;
    const type = node.kind === 'op' ? node.op : member?.type;
    const descriptor = type === undefined ? undefined : findDescriptor(type);
    return descriptor && args && descriptor.kind === (node.kind === 'op' ? 'op' : 'layer')
      ? descriptorPorts(descriptor, args)
      : portsOf(document, modelClass, node, instance.scope);
  }
}

function keyOf(node: string, port: string): string {
  return JSON.stringify([node, port]);
}
