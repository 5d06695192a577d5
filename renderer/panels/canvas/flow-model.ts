/**
 * @file The graph of one class as the data-flow lens draws it: plain rows, made from the document and what `check`
 * knows, without React Flow.
 */
import { findDescriptor } from '../../../core/index.ts';
import { classIdOf, findClass, resolveMember } from '../../../core/document/index.ts';
import type {
  ClassId,
  GraphNode,
  Member,
  ModelClass,
  ModelDocument,
  NodeId,
  Path,
  PortRef,
  Probe,
  WireId,
} from '../../../core/document/index.ts';
import { formatShape, type Family, type TensorSpec } from '../../../core/spec/index.ts';

/** What `check` found out about the graph. */
export interface GraphFacts {
  inputsOf(node: NodeId): readonly string[];
  outputsOf(node: NodeId): readonly string[];
  specAt(port: PortRef): TensorSpec | undefined;
  /** Errors of the node, in words for the user. */
  problemsOf(node: NodeId): readonly string[];
}

export interface FlowNodeRow {
  readonly id: NodeId;
  readonly kind: GraphNode['kind'];
  /** The member's name, the op, or the argument's name. */
  readonly title: string;
  /** The layer type, the class, or what kind of node it is. */
  readonly type: string;
  readonly family: Family | 'class' | 'io' | 'unknown';
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly problems: readonly string[];
  /** The class that a double click enters. */
  readonly enters: ClassId | null;
  /** The attribute path of the Module that is called, below the open instance. */
  readonly member: Path | null;
  /** The member is called elsewhere, too: weights are shared. */
  readonly isShared: boolean;
  /** `×3` for a list of members; null for a single one. */
  readonly repeat: string | null;
}

export interface FlowWireRow {
  readonly id: WireId;
  readonly from: PortRef;
  readonly to: PortRef;
  readonly shape: string | null;
  readonly dtype: string | null;
  /** Shown on the first wire that leaves the probed port. */
  readonly probes: readonly Probe[];
}

export interface FlowRows {
  readonly nodes: readonly FlowNodeRow[];
  readonly wires: readonly FlowWireRow[];
}

const PORT_TYPES = { input: 'input', output: 'output', constant: 'constant' } as const;

function nodeRow(document: ModelDocument, modelClass: ModelClass, node: GraphNode, facts: GraphFacts): FlowNodeRow {
  const base = {
    id: node.id,
    kind: node.kind,
    inputs: facts.inputsOf(node.id),
    outputs: facts.outputsOf(node.id),
    problems: facts.problemsOf(node.id),
  };
  const plain = { ...base, enters: null, member: null, isShared: false, repeat: null };
  if (node.kind === 'op') return { ...plain, title: node.op, type: 'op', family: findDescriptor(node.op)?.family ?? 'unknown' };
  if (node.kind !== 'call') {
    const title = node.kind === 'constant' ? JSON.stringify(node.value).slice(0, 24) : node.name;
    return { ...plain, title, type: PORT_TYPES[node.kind], family: 'io' };
  }
  const named = modelClass.members.find((member) => member.id === node.member);
  const member = resolveMember(modelClass, node.member);
  if (!named || !member) return { ...plain, title: 'missing member', type: 'unknown', family: 'unknown' };
  const enters = classIdOf(member.type) ?? null;
  return {
    ...base,
    title: named.name,
    type: enters === null ? member.type : (findClass(document, enters)?.name ?? 'missing class'),
    family: enters === null ? (findDescriptor(member.type)?.family ?? 'unknown') : 'class',
    enters,
    member: [member.name],
    isShared: isSharedMember(modelClass, member),
    repeat: member.repeat === undefined ? null : `×${typeof member.repeat === 'number' ? member.repeat : 'n'}`,
  };
}

function isSharedMember(modelClass: ModelClass, member: Member): boolean {
  const calls = Object.values(modelClass.nodes).filter((node) => node.kind === 'call' && resolveMember(modelClass, node.member) === member);
  return calls.length > 1;
}

/** Rows in a stable order: nodes as the document keeps them, wires likewise. */
export function flowRows(document: ModelDocument, modelClass: ModelClass, facts: GraphFacts): FlowRows {
  const probed = new Set<string>();
  const wires = Object.values(modelClass.wires).map((wire): FlowWireRow => {
    const key = JSON.stringify([wire.from.node, wire.from.port]);
    const probes = probed.has(key)
      ? []
      : modelClass.probes.filter((probe) => probe.at.node === wire.from.node && probe.at.port === wire.from.port);
    probed.add(key);
    const spec = facts.specAt(wire.from);
    return { id: wire.id, from: wire.from, to: wire.to, shape: spec ? formatShape(spec.shape) : null, dtype: spec?.dtype ?? null, probes };
  });
  return { nodes: Object.values(modelClass.nodes).map((node) => nodeRow(document, modelClass, node, facts)), wires };
}
