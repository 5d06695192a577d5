/** @file Whether a wire can be laid, asked while it is dragged: a walk along the wires and a look at two nodes, no inference. */
import { EditError } from '../document/edits/edit-error.ts';
import { whyNotConnect } from '../document/edits/wires.ts';
import { findClass } from '../document/find.ts';
import { problemText } from '../document/problem.ts';
import type { ClassId, ModelDocument, PortRef } from '../document/schema.ts';
import { RejectionError, type Args, type ArgsOf, type Descriptor, type ParamSpecs } from '../spec/index.ts';
import { graphOf } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { Instance, Scope } from './instance.ts';
import { usedLayer } from './member-use.ts';
import { descriptorPorts, nodePorts } from './ports.ts';
import { knownOnly } from './rejections.ts';

/** Why a wire between two ports cannot be laid, in words for the user; undefined if it can. Shapes are not looked at. Never throws. */
export function whyNotWire(document: ModelDocument, classId: ClassId, from: PortRef, to: PortRef, scope?: Scope): EditError | undefined {
  const modelClass = findClass(document, classId);
  if (!modelClass) return new EditError('a class of the document', `"${classId}"`, 'Open a class that exists.');
  try {
    const reason = whyNotConnect(modelClass, from, to);
    return reason ?? missingPort(document, classId, from, 'outputs', scope) ?? missingPort(document, classId, to, 'inputs', scope);
  } catch (error) {
    if (error instanceof EditError) return error;
    throw error;
  }
}

function missingPort(
  document: ModelDocument,
  classId: ClassId,
  ref: PortRef,
  side: 'inputs' | 'outputs',
  scope: Scope | undefined,
): EditError | undefined {
  const ports = nodePorts(document, classId, ref.node, scope);
  if (!ports || Object.hasOwn(ports[side], ref.port)) return undefined;
  const names = Object.keys(ports[side]);
  return new EditError(names.length === 0 ? `no ${side}` : `a port among ${names.join(', ')}`, `"${ref.port}"`, 'Choose another port.');
}

/**
 * Why a port does not take the kind of numbers that another gives, as far as that is known: integers for an Embed, say. Other shapes may still
 * become right once the wire is there, a type of number does not. Asked for every port in sight of a wire in the hand.
 */
export function whyNotCarry(known: Instance, from: PortRef, to: PortRef): string | undefined {
  const spec = known.nodes.get(from.node)?.outputs[from.port];
  const target = spec && targetOf(known, to.node);
  if (!spec || !target) return undefined;
  const { descriptor, args } = target;
  const ports = descriptorPorts(descriptor, args).inputs;
  const wanted = ports[to.port]?.dtype;
  if (wanted !== undefined && wanted !== spec.dtype)
    return problemText({
      expected: `${wanted} on ${to.port}`,
      got: spec.dtype,
      fix: `Wire an input of type ${wanted}, or convert it with Cast.`,
    });
  try {
    descriptor.infer({ ...knownOnly(known.nodes.get(to.node)?.inputs ?? {}), [to.port]: spec }, args as ArgsOf<ParamSpecs>);
  } catch (error) {
    // What else is missing or wrong is said on the node once the wire is laid.
    if (error instanceof RejectionError && error.rejection.code === 'dtype' && error.rejection.port === to.port)
      return problemText(error.rejection);
  }
  return undefined;
}

/** What a node is, with its arguments as far as they are known; undefined for what takes anything. */
function targetOf(known: Instance, id: string): { readonly descriptor: Descriptor; readonly args: Args } | undefined {
  const node = known.class.nodes[id];
  if (node?.kind === 'op') {
    const [descriptor, args] = [findDescriptor(node.op), known.nodes.get(id)?.args];
    return descriptor && args ? { descriptor, args } : undefined;
  }
  const member = node?.kind === 'call' ? known.members.get(graphOf(known.class).behind(node.member)?.id ?? '') : undefined;
  const layer = member && findDescriptor(member.type);
  const descriptor = layer?.kind === 'layer' && node?.kind === 'call' ? usedLayer(layer, node) : undefined;
  return descriptor && member ? { descriptor, args: member.args } : undefined;
}
