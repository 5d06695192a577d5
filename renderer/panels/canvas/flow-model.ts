/**
 * @file The graph of one class as the data-flow lens draws it: plain rows, made from the document and what `check`
 * knows, without React Flow.
 */
import { findDescriptor } from '../../../core/index.ts';
import type { Check } from '../../../core/check/index.ts';
import { classIdOf, findClass } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { ClassId, GraphNode, ModelClass, ModelDocument, NodeId, Path, PortRef, Probe, WireId } from '../../../core/document/index.ts';
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
  const graph = graphOf(modelClass);
  const named = graph.memberOf(node.member);
  const member = graph.behind(node.member);
  if (!named || !member) return { ...plain, title: 'missing member', type: 'unknown', family: 'unknown' };
  const enters = classIdOf(member.type) ?? null;
  return {
    ...base,
    title: named.name,
    type: enters === null ? member.type : (findClass(document, enters)?.name ?? 'missing class'),
    family: enters === null ? (findDescriptor(member.type)?.family ?? 'unknown') : 'class',
    enters,
    member: [member.name],
    isShared: graph.callsOf(member.id).length > 1,
    repeat: member.repeat === undefined ? null : `×${typeof member.repeat === 'number' ? member.repeat : 'n'}`,
  };
}

/** What the row of a node follows from: the same parts, the same row. */
type Parts = readonly unknown[];

/** Rows of one graph after the other: a row is a new object only where what it follows from has changed. */
export class FlowRows {
  nodes: readonly FlowNodeRow[] = [];
  wires: readonly FlowWireRow[] = [];
  private nodeParts = new Map<NodeId, { readonly parts: Parts; readonly row: FlowNodeRow }>();
  private wireParts = new Map<WireId, { readonly parts: Parts; readonly row: FlowWireRow }>();

  /** Rows in a stable order: nodes as the document keeps them, wires likewise. */
  update(document: ModelDocument, modelClass: ModelClass, check: Check, instance: Path, facts: GraphFacts): void {
    // By value: an equal scope is made anew with every check.
    const scope = JSON.stringify(check.instanceAt(modelClass.id, instance)?.scope);
    const graph = graphOf(modelClass);
    const nodes = new Map<NodeId, { readonly parts: Parts; readonly row: FlowNodeRow }>();
    for (const node of Object.values(modelClass.nodes)) {
      const member = node.kind === 'call' ? graph.behind(node.member) : undefined;
      const used = member && classIdOf(member.type);
      const parts: Parts = [
        node,
        node.kind === 'call' ? graph.memberOf(node.member) : undefined,
        member,
        member !== undefined && graph.callsOf(member.id).length > 1,
        used === undefined ? undefined : findClass(document, used),
        scope,
        // Problems of one node are one list for as long as they are the same.
        ...facts.problemsOf(node.id),
      ];
      const before = this.nodeParts.get(node.id);
      const isSame = before !== undefined && isSameParts(before.parts, parts);
      nodes.set(node.id, isSame ? before : { parts, row: nodeRow(document, modelClass, node, facts) });
    }
    this.nodeParts = nodes;
    this.nodes = Array.from(nodes.values(), ({ row }) => row);
    this.wires = this.updateWires(modelClass, facts);
  }

  private updateWires(modelClass: ModelClass, facts: GraphFacts): readonly FlowWireRow[] {
    const graph = graphOf(modelClass);
    const probed = new Set<string>();
    const wires = new Map<WireId, { readonly parts: Parts; readonly row: FlowWireRow }>();
    for (const wire of Object.values(modelClass.wires)) {
      const key = `${wire.from.node} ${wire.from.port}`;
      const probes = probed.has(key) ? [] : graph.probesAt(wire.from);
      if (probes.length > 0) probed.add(key);
      const spec = facts.specAt(wire.from);
      const shape = spec ? formatShape(spec.shape) : null;
      const dtype = spec?.dtype ?? null;
      const parts: Parts = [wire, shape, dtype, ...probes];
      const before = this.wireParts.get(wire.id);
      wires.set(
        wire.id,
        before && isSameParts(before.parts, parts)
          ? before
          : { parts, row: { id: wire.id, from: wire.from, to: wire.to, shape, dtype, probes } },
      );
    }
    this.wireParts = wires;
    return Array.from(wires.values(), ({ row }) => row);
  }
}

function isSameParts(a: Parts, b: Parts): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
