/** @file A forward graph as a list of steps over numbered slots: what is decided once is not decided at every call. */
import type { Instance, NodePorts } from '../check/instance.ts';
import { descriptorPorts, portsOf } from '../check/ports.ts';
import { findClass, findMember, resolveMember } from '../document/find.ts';
import { forwardFields } from '../document/forward-fields.ts';
import { compareIds } from '../document/ids.ts';
import { inputNodes, orderNodes, outputNodes } from '../document/order.ts';
import type { CallNode, ConstantNode, Field, GraphNode, ModelClass, ModelDocument, OpNode, Path, Probe, Wire } from '../document/schema.ts';
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
  private readonly incoming = new Map<string, Wire>();
  private readonly left: GraphNode[] = [];
  private readonly modelClass: ModelClass;

  constructor(
    private readonly document: ModelDocument,
    private readonly instance: Instance,
  ) {
    // The remembered instance may hold the class from before its latest probes.
    this.modelClass = findClass(document, instance.class.id) ?? instance.class;
    // Where two wires end in one port (a damaged file), the first counts.
    for (const wire of Object.values(this.modelClass.wires).sort((a, b) => compareIds(b.id, a.id))) {
      this.incoming.set(keyOf(wire.to.node, wire.to.port), wire);
    }
  }

  compile(path: Path): Program {
    const { modelClass, instance } = this;
    const { nodes, stuck } = orderNodes(modelClass);
    const steps = nodes.flatMap((node) => this.step(node));
    const outputs = outputNodes(modelClass).map((node) => this.source(node.id, 'in') ?? -1);
    const left = [...this.left, ...stuck.map((id) => modelClass.nodes[id]!)];
    const inputNames = inputNodes(modelClass).map((node) => node.name);
    return { path, instance, modelClass, steps, inputNames, outputs, slots: this.slots.size, fields: forwardFields(modelClass), left };
  }

  /** The slot of the value that a wire brings to a port; undefined where there is none, or nothing that makes it. */
  private source(node: string, port: string): number | undefined {
    const wire = this.incoming.get(keyOf(node, port));
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
      else if (!optional || this.incoming.has(keyOf(node.id, port))) {
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
    return { port, index, probes: probesAt(this.modelClass, node, port) };
  }

  private make(node: GraphNode, base: StepBase): Step | undefined {
    const { modelClass, instance } = this;
    switch (node.kind) {
      case 'output':
        return undefined;
      case 'input':
        return { ...base, kind: 'input', position: inputNodes(modelClass).indexOf(node) };
      case 'constant':
        return { ...base, kind: 'constant', node };
      case 'op': {
        const descriptor = findDescriptor(node.op);
        if (descriptor?.kind !== 'op') return undefined;
        const usesFields = forwardFields({ fields: modelClass.fields, nodes: { [node.id]: node } }).length > 0;
        return { ...base, kind: 'op', node, descriptor, usesFields };
      }
      case 'call': {
        const attribute = findMember(modelClass, node.member)?.name;
        const memberId = resolveMember(modelClass, node.member)?.id;
        const result = memberId === undefined ? undefined : instance.members.get(memberId);
        if (attribute === undefined || memberId === undefined || !result) return undefined;
        const descriptor = findDescriptor(result.type);
        const isList = modelClass.members.find((member) => member.id === memberId)?.repeat !== undefined;
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
    const args =
      node.kind === 'op'
        ? instance.nodes.get(node.id)?.args
        : node.kind === 'call'
          ? instance.members.get(resolveMember(modelClass, node.member)?.id ?? '')?.args
          : undefined;
    const type = node.kind === 'op' ? node.op : node.kind === 'call' ? resolveMember(modelClass, node.member)?.type : undefined;
    const descriptor = type === undefined ? undefined : findDescriptor(type);
    return descriptor && args && descriptor.kind === (node.kind === 'op' ? 'op' : 'layer')
      ? descriptorPorts(descriptor, args)
      : portsOf(document, modelClass, node, instance.scope);
  }
}

function keyOf(node: string, port: string): string {
  return JSON.stringify([node, port]);
}

/** Perturbations before sows, so that what is sown is what goes on. */
function probesAt(modelClass: ModelClass, node: string, port: string): readonly Probe[] {
  const probes = modelClass.probes.filter((probe) => probe.at.node === node && probe.at.port === port);
  return [...probes.filter((probe) => probe.kind === 'perturb'), ...probes.filter((probe) => probe.kind === 'sow')];
}
