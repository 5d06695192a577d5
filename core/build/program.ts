/** @file A forward graph as a list of steps over numbered slots: what is decided once is not decided at every call. */
import type { Instance } from '../check/instance.ts';
import { findMember } from '../document/find.ts';
import { compareIds } from '../document/ids.ts';
import { inputNodes, orderNodes, outputNodes } from '../document/order.ts';
import { forwardFields } from '../document/forward-fields.ts';
import type { CallNode, ConstantNode, Field, GraphNode, ModelClass, OpNode, Path, Probe } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { LayerDescriptor, OpDescriptor } from '../spec/index.ts';
import { descriptorPorts, portsOf } from '../check/ports.ts';
import type { ModelDocument } from '../document/schema.ts';

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
  readonly outputs: readonly number[];
  /** Fields that are attributes of the Module, as ops need them when they are called. */
  readonly fields: readonly Field[];
}

/** Compiles the graph of an instance. The graph must be sound: see `Check.isSound`. */
export function compileGraph(document: ModelDocument, instance: Instance, path: Path): Program {
  const modelClass = instance.class;
  const slots = new Map<string, number>();
  const slotOf = (node: string, port: string): number => {
    const key = JSON.stringify([node, port]);
    const known = slots.get(key);
    if (known !== undefined) return known;
    slots.set(key, slots.size);
    return slots.size - 1;
  };
  const wires = Object.values(modelClass.wires).sort((a, b) => compareIds(a.id, b.id));
  const incoming = (node: string, port: string) => wires.find((wire) => wire.to.node === node && wire.to.port === port);
  const fields = forwardFields(modelClass);
  const inputs = inputNodes(modelClass);

  const steps = orderNodes(modelClass).nodes.flatMap((node): Step[] => {
    if (node.kind === 'output') return [];
    const ports = node.kind === 'call' || node.kind === 'op' ? nodePortsOf(node) : { inputs: {}, outputs: { out: {} } };
    const base: StepBase = {
      node,
      inputs: Object.keys(ports.inputs).flatMap((port) => {
        const wire = incoming(node.id, port);
        return wire ? [{ port, index: slotOf(wire.from.node, wire.from.port) }] : [];
      }),
      outputs: Object.keys(ports.outputs).map((port) => ({
        port,
        index: slotOf(node.id, port),
        probes: probesAt(modelClass, node.id, port),
      })),
    };
    if (node.kind === 'input') return [{ ...base, kind: 'input', position: inputs.indexOf(node) }];
    if (node.kind === 'constant') return [{ ...base, kind: 'constant', node }];
    if (node.kind === 'op') {
      const descriptor = findDescriptor(node.op) as OpDescriptor;
      return [
        { ...base, kind: 'op', node, descriptor, usesFields: forwardFields({ ...modelClass, nodes: { [node.id]: node } }).length > 0 },
      ];
    }
    const member = findMember(modelClass, node.member)!;
    const memberId = member.aliasOf === undefined ? member.id : targetOf(modelClass, member.aliasOf);
    const result = instance.members.get(memberId)!;
    const descriptor = findDescriptor(result.type);
    const layer = descriptor?.kind === 'layer' ? descriptor : undefined;
    return [{ ...base, kind: 'call', node, attribute: member.name, isList: result.repeat !== null, descriptor: layer, memberId }];
  });

  /** Ports under the arguments that were inferred, which the document may lack. */
  function nodePortsOf(node: CallNode | OpNode) {
    const known = portsOf(document, modelClass, node, instance.scope)!;
    if (node.kind === 'op') return descriptorPorts(findDescriptor(node.op)!, instance.nodes.get(node.id)?.args ?? {});
    const member = findMember(modelClass, node.member)!;
    const result = instance.members.get(member.aliasOf === undefined ? member.id : targetOf(modelClass, member.aliasOf));
    const descriptor = result && findDescriptor(result.type);
    return descriptor ? descriptorPorts(descriptor, result.args) : known;
  }

  return {
    path,
    instance,
    modelClass,
    steps,
    inputNames: inputs.map((node) => node.name),
    outputs: outputNodes(modelClass).map((node) => {
      const wire = incoming(node.id, 'in');
      return wire ? slotOf(wire.from.node, wire.from.port) : -1;
    }),
    slots: slots.size,
    fields,
  };
}

/** Aliases of aliases lead to the member that is built. */
function targetOf(modelClass: ModelClass, id: string): string {
  const member = findMember(modelClass, id)!;
  return member.aliasOf === undefined ? member.id : targetOf(modelClass, member.aliasOf);
}

/** Perturbations before sows, so that what is sown is what goes on. */
function probesAt(modelClass: ModelClass, node: string, port: string): readonly Probe[] {
  const probes = modelClass.probes.filter((probe) => probe.at.node === node && probe.at.port === port);
  return [...probes.filter((probe) => probe.kind === 'perturb'), ...probes.filter((probe) => probe.kind === 'sow')];
}
