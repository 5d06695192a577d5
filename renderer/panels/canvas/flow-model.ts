/**
 * @file The graph of one class as the data-flow lens draws it: plain rows, made from the document and what `check`
 * knows, without React Flow.
 */
import { findDescriptor } from '../../../core/index.ts';
import type { Check, NodeResult } from '../../../core/check/index.ts';
import { classIdOf, findClass } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
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
  Wire,
  WireId,
} from '../../../core/document/index.ts';
import { formatShape, type Family, type TensorSpec } from '../../../core/spec/index.ts';

/** What `check` found out about the graph. */
export interface GraphFacts {
  inputsOf(node: NodeId): readonly string[];
  outputsOf(node: NodeId): readonly string[];
  /** The same object for as long as nothing about the node is known anew. */
  resultOf(node: NodeId): NodeResult | undefined;
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
  /** What its ends are called: `linear1 to relu`. */
  readonly title: string;
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

/** A row with what it follows from: the same, the same row. */
interface NodeCell {
  readonly row: FlowNodeRow;
  readonly node: GraphNode;
  readonly named: Member | undefined;
  readonly member: Member | undefined;
  readonly isShared: boolean;
  readonly used: ModelClass | undefined;
  readonly problems: readonly string[];
}

interface WireCell {
  readonly row: FlowWireRow;
  readonly wire: Wire;
  /** What is known of the node that it comes from. */
  readonly result: NodeResult | undefined;
}

const NO_PROBES: readonly Probe[] = [];

/** Rows of one graph after the other: a row is a new object only where what it follows from has changed. */
export class FlowRows {
  nodes: readonly FlowNodeRow[] = [];
  wires: readonly FlowWireRow[] = [];
  /** Changed in place: an edit of one node makes no new maps of ten thousand. */
  private readonly nodeCells = new Map<NodeId, NodeCell>();
  private readonly wireCells = new Map<WireId, WireCell>();
  private scope: string | undefined;

  /** Rows in a stable order: nodes as the document keeps them, wires likewise. */
  update(document: ModelDocument, modelClass: ModelClass, check: Check, instance: Path, facts: GraphFacts): void {
    // By value: an equal scope is made anew with every check. Ports hang on it.
    const scope = JSON.stringify(check.instanceAt(modelClass.id, instance)?.scope);
    if (scope !== this.scope) this.nodeCells.clear();
    this.scope = scope;
    const graph = graphOf(modelClass);
    const shared = new Set(graph.sharedMembers);
    const rows: FlowNodeRow[] = [];
    for (const id in modelClass.nodes) {
      const node = modelClass.nodes[id]!;
      const isCall = node.kind === 'call';
      const named = isCall ? graph.memberOf(node.member) : undefined;
      const member = isCall ? graph.behind(node.member) : undefined;
      const isShared = member !== undefined && shared.has(member.id);
      const classId = member && classIdOf(member.type);
      const used = classId === undefined ? undefined : findClass(document, classId);
      const problems = facts.problemsOf(id);
      const before = this.nodeCells.get(id);
      const isSame =
        before !== undefined &&
        before.node === node &&
        before.named === named &&
        before.member === member &&
        before.isShared === isShared &&
        before.used === used &&
        isSameList(before.problems, problems);
      const row = isSame ? before.row : nodeRow(document, modelClass, node, facts);
      if (!isSame) this.nodeCells.set(id, { row, node, named, member, isShared, used, problems });
      rows.push(row);
    }
    keepOnly(this.nodeCells, modelClass.nodes, rows.length);
    this.nodes = rows;
    this.wires = this.updateWires(modelClass, facts);
  }

  private titleOf({ node }: PortRef): string {
    return this.nodeCells.get(node)?.row.title ?? 'nowhere';
  }

  private updateWires(modelClass: ModelClass, facts: GraphFacts): readonly FlowWireRow[] {
    const graph = graphOf(modelClass);
    const probed = new Set<string>();
    const hasProbes = modelClass.probes.length > 0;
    const rows: FlowWireRow[] = [];
    for (const id in modelClass.wires) {
      const wire = modelClass.wires[id]!;
      const probes = hasProbes ? probesOn(graph, wire, probed) : NO_PROBES;
      const result = facts.resultOf(wire.from.node);
      const before = this.wireCells.get(id);
      const title = `${this.titleOf(wire.from)} to ${this.titleOf(wire.to)}`;
      const isSame =
        before !== undefined &&
        before.wire === wire &&
        before.row.title === title &&
        isSameList(before.row.probes, probes) &&
        (before.result === result || isSameSpec(specOf(wire, before.result), specOf(wire, result)));
      const row = isSame ? before.row : wireRow(wire, title, specOf(wire, result), probes);
      if (!isSame || before.result !== result) this.wireCells.set(id, { row, wire, result });
      rows.push(row);
    }
    keepOnly(this.wireCells, modelClass.wires, rows.length);
    return rows;
  }
}

/** Drops what is no key of a record that has so many. */
export function keepOnly(map: Map<string, unknown>, record: Readonly<Record<string, unknown>>, count: number): void {
  if (map.size <= count) return;
  for (const id of map.keys()) if (!Object.hasOwn(record, id)) map.delete(id);
}

function specOf({ from }: Wire, result: NodeResult | undefined): TensorSpec | undefined {
  return result && Object.hasOwn(result.outputs, from.port) ? result.outputs[from.port] : undefined;
}

function wireRow({ id, from, to }: Wire, title: string, spec: TensorSpec | undefined, probes: readonly Probe[]): FlowWireRow {
  return { id, from, to, title, shape: spec ? formatShape(spec.shape) : null, dtype: spec?.dtype ?? null, probes };
}

/** The probes of a port are shown on the first of its wires. */
function probesOn(graph: ReturnType<typeof graphOf>, { from }: Wire, shown: Set<string>): readonly Probe[] {
  const probes = graph.probesAt(from);
  if (probes.length === 0) return NO_PROBES;
  const key = `${from.node} ${from.port}`;
  if (shown.has(key)) return NO_PROBES;
  shown.add(key);
  return probes;
}

function isSameSpec(a: TensorSpec | undefined, b: TensorSpec | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.dtype === b.dtype && isSameList(a.shape, b.shape));
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((part, i) => part === b[i]));
}
