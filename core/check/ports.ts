/** @file The ports of a node, for the canvas and for wires: from its descriptor, or from the inputs and outputs of its class. */
import { classIdOf, findClass, findNode } from '../document/find.ts';
import type { ClassId, GraphNode, MemberUse, ModelClass, ModelDocument, NodeId } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import { inputPorts, outputPorts, port, type Args, type ArgsOf, type Descriptor, type ParamSpecs, type PortSpecs } from '../spec/index.ts';
import { fillDefaults, validateArgs } from '../spec/args.ts';
import type { NodePorts, Scope } from './instance.ts';
import { usedLayer } from './member-use.ts';
import { defaultScope, evaluateArgs } from './scope.ts';

const SOURCE: NodePorts = { inputs: {}, outputs: { out: port() } };
const SINK: NodePorts = { inputs: { in: port() }, outputs: {} };

/**
 * The ports of a node under the field values of an instance, or under the fields' defaults; undefined if its type is not known. Arguments
 * that ports depend on are taken with their defaults where they are not known.
 */
export function nodePorts(document: ModelDocument, classId: ClassId, nodeId: NodeId, scope?: Scope): NodePorts | undefined {
  const modelClass = findClass(document, classId);
  const node = modelClass && findNode(modelClass, nodeId);
  return node && portsOf(document, modelClass, node, scope ?? defaultScope(modelClass.fields));
}

/** The same for a node at hand, under the field values of an instance. */
export function portsOf(document: ModelDocument, modelClass: ModelClass, node: GraphNode, scope: Scope): NodePorts | undefined {
  switch (node.kind) {
    case 'input':
    case 'constant':
      return SOURCE;
    case 'output':
      return SINK;
    case 'call': {
      const member = graphOf(modelClass).behind(node.member);
      if (!member) return undefined;
      const usedClass = classIdOf(member.type);
      if (usedClass !== undefined) return isPlainCall(node) ? classPorts(document, usedClass) : undefined;
      const layer = findDescriptor(member.type);
      return typePorts(
        layer?.kind === 'layer' ? usedLayer(layer, node) : layer,
        'layer',
        () => evaluateArgs(member.args, {}, scope, modelClass.fields).args,
      );
    }
    case 'op':
      return typePorts(findDescriptor(node.op), 'op', () => evaluateArgs(node.args, {}, scope, modelClass.fields).args);
  }
}

function isPlainCall({ method, variable }: MemberUse): boolean {
  return method === undefined && variable === undefined;
}

function classPorts(document: ModelDocument, id: ClassId): NodePorts | undefined {
  const modelClass = findClass(document, id);
  if (!modelClass) return undefined;
  const named = (nodes: readonly { readonly name: string }[]): PortSpecs => Object.fromEntries(nodes.map(({ name }) => [name, port()]));
  const { inputs, outputs } = graphOf(modelClass);
  return { inputs: named(inputs), outputs: named(outputs) };
}

function typePorts(descriptor: Descriptor | undefined, kind: Descriptor['kind'], args: () => Args): NodePorts | undefined {
  if (descriptor?.kind !== kind) return undefined;
  return (
    fixedPorts(descriptor) ?? descriptorPorts(descriptor, fillDefaults(descriptor.params, validateArgs(descriptor.params, args()).args))
  );
}

const fixed = new WeakMap<Descriptor, NodePorts>();

/** The ports of a type that has the same ones under all arguments, one object; undefined for others. */
export function fixedPorts(descriptor: Descriptor): NodePorts | undefined {
  const { inputs, outputs } = descriptor;
  if (typeof inputs === 'function' || typeof outputs === 'function') return undefined;
  let ports = fixed.get(descriptor);
  if (!ports) fixed.set(descriptor, (ports = { inputs, outputs }));
  return ports;
}

/** The ports of a type under arguments; where the arguments do not even give ports, those under the defaults, or none. */
export function descriptorPorts(descriptor: Descriptor, args: Args): NodePorts {
  const ports = fixedPorts(descriptor);
  if (ports) return ports;
  for (const each of [args, fillDefaults(descriptor.params, {})]) {
    try {
      const complete = each as ArgsOf<ParamSpecs>;
      return { inputs: inputPorts(descriptor, complete), outputs: outputPorts(descriptor, complete) };
    } catch {
      // tried again with the defaults
    }
  }
  return { inputs: {}, outputs: {} };
}
