/**
 * @file The graph of one class as the data-flow lens draws it: plain rows, made from the document and what `check`
 * knows, without React Flow.
 */
import { findDescriptor } from '../../../core/index.ts';
import type { Check, NodeResult } from '../../../core/check/index.ts';
import { classIdOf, findClass, findNode, isBypassed } from '../../../core/document/index.ts';
import { graphOf, nodeName, type GraphIndex } from '../../../core/graph/index.ts';
import type {
  ClassId,
  CallNode,
  GraphNode,
  Member,
  ModelClass,
  ModelDocument,
  NodeId,
  Path,
  PortRef,
  ProblemKind,
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
  /** What is wrong with the node; undefined where nothing is. */
  troubleOf(node: NodeId): Trouble | undefined;
}

/** In words for the user, the worst first. `within`: nothing with the node itself, but with what is inside of it. */
export interface Trouble {
  readonly kind: ProblemKind | 'within';
  readonly texts: readonly string[];
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
  readonly trouble: Trouble | undefined;
  /** What comes in goes on. */
  readonly isBypassed: boolean;
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
    trouble: facts.troubleOf(node.id),
    isBypassed: isBypassed(node),
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
    title: nodeName(modelClass, node),
    type: enters === null ? member.type : (findClass(document, enters)?.name ?? 'missing class'),
    family: enters === null ? (findDescriptor(member.type)?.family ?? 'unknown') : 'class',
    enters,
    member: [member.name],
    isShared: graph.callsOf(member.id).length > 1,
    repeat: repeatText(member, node),
  };
}

/** How often a list is called, and how; one item says so by its name. */
function repeatText({ repeat }: Member, { collect, item }: CallNode): string | null {
  if (repeat === undefined || item !== undefined) return null;
  const count = `×${typeof repeat === 'number' ? repeat : 'n'}`;
  return collect === undefined ? count : `${count} ${collect === 'stack' ? 'stacked' : 'joined'}`;
}

/** A row with what it follows from: the same, the same row. */
interface NodeCell {
  readonly row: FlowNodeRow;
  readonly node: GraphNode;
  readonly named: Member | undefined;
  readonly member: Member | undefined;
  readonly isShared: boolean;
  readonly used: ModelClass | undefined;
}

interface WireCell {
  readonly row: FlowWireRow;
  readonly wire: Wire;
}

interface RowSources {
  readonly document: ModelDocument;
  readonly modelClass: ModelClass;
  readonly facts: GraphFacts;
}

const NO_PROBES: readonly Probe[] = [];

/**
 * Rows of one graph after the other, each made when it is asked for: of a large graph a few are drawn. A row is a new object only where what it
 * follows from has changed.
 */
export class FlowRows {
  private now: RowSources | undefined;
  /** Changed in place: an edit of one node makes no new maps of ten thousand. */
  private readonly nodeCells = new Map<NodeId, NodeCell>();
  private readonly wireCells = new Map<WireId, WireCell>();
  private scope: string | undefined;

  /** From now on rows are those of this graph. */
  update(document: ModelDocument, modelClass: ModelClass, check: Check, instance: Path, facts: GraphFacts): void {
    // By value: an equal scope is made anew with every check. Ports hang on it.
    const scope = JSON.stringify(check.instanceAt(modelClass.id, instance)?.scope);
    if (scope !== this.scope) this.nodeCells.clear();
    this.scope = scope;
    this.now = { document, modelClass, facts };
    keepOnly(this.nodeCells, modelClass.nodes);
    keepOnly(this.wireCells, modelClass.wires);
  }

  node(id: NodeId): FlowNodeRow | undefined {
    const { now } = this;
    const node = now && findNode(now.modelClass, id);
    if (!node) return undefined;
    const { document, modelClass, facts } = now;
    const graph = graphOf(modelClass);
    const isCall = node.kind === 'call';
    const named = isCall ? graph.memberOf(node.member) : undefined;
    const member = isCall ? graph.behind(node.member) : undefined;
    const isShared = member !== undefined && graph.callsOf(member.id).length > 1;
    const classId = member && classIdOf(member.type);
    const used = classId === undefined ? undefined : findClass(document, classId);
    const trouble = facts.troubleOf(id);
    const before = this.nodeCells.get(id);
    const isSame =
      before !== undefined &&
      before.node === node &&
      before.named === named &&
      before.member === member &&
      before.isShared === isShared &&
      before.used === used &&
      before.row.trouble?.kind === trouble?.kind &&
      isSameList(before.row.trouble?.texts ?? NO_TEXTS, trouble?.texts ?? NO_TEXTS);
    if (isSame) return before.row;
    const row = nodeRow(document, modelClass, node, facts);
    this.nodeCells.set(id, { row, node, named, member, isShared, used });
    return row;
  }

  /** Shape and dtype of what a node gives, in words; empty where they are unknown. No part of its row: an edit of one may change those of thousands. */
  givenBy(id: NodeId): string {
    return givesOf(this.now?.facts.resultOf(id));
  }

  wire(id: WireId): FlowWireRow | undefined {
    const { now } = this;
    if (!now || !Object.hasOwn(now.modelClass.wires, id)) return undefined;
    const { modelClass, facts } = now;
    const wire = modelClass.wires[id]!;
    const probes = probesOn(graphOf(modelClass), wire);
    const result = facts.resultOf(wire.from.node);
    const before = this.wireCells.get(id);
    const title = `${this.titleOf(wire.from)} to ${this.titleOf(wire.to)}`;
    const spec = specOf(wire, result);
    const shape = spec ? formatShape(spec.shape) : null;
    const dtype = spec?.dtype ?? null;
    const isSame =
      before !== undefined &&
      before.wire === wire &&
      before.row.title === title &&
      before.row.shape === shape &&
      before.row.dtype === dtype &&
      isSameList(before.row.probes, probes);
    if (isSame) return before.row;
    const row = { id, from: wire.from, to: wire.to, title, shape, dtype, probes };
    this.wireCells.set(id, { row, wire });
    return row;
  }

  private titleOf({ node }: PortRef): string {
    return this.node(node)?.title ?? 'nowhere';
  }
}

/** Drops what is no key of a record. */
export function keepOnly(map: Map<string, unknown>, record: Readonly<Record<string, unknown>>): void {
  for (const id of map.keys()) if (!Object.hasOwn(record, id)) map.delete(id);
}

function specOf({ from }: Wire, result: NodeResult | undefined): TensorSpec | undefined {
  return result && Object.hasOwn(result.outputs, from.port) ? result.outputs[from.port] : undefined;
}

/** `(batch, 64) float32`; of several outputs each by its name. */
function givesOf(result: NodeResult | undefined): string {
  const known = Object.entries(result?.outputs ?? {}).flatMap(([port, spec]) => (spec ? [[port, spec] as const] : []));
  return known.map(([port, { shape, dtype }]) => `${known.length > 1 ? `${port} ` : ''}${formatShape(shape)} ${dtype}`).join(', ');
}

/** The probes of a port are shown on the first of its wires. */
function probesOn(graph: GraphIndex, { id, from }: Wire): readonly Probe[] {
  const probes = graph.probesAt(from);
  if (probes.length === 0) return NO_PROBES;
  const first = graph.outgoing(from.node).find((wire) => wire.from.port === from.port);
  return first?.id === id ? probes : NO_PROBES;
}

const NO_TEXTS: readonly string[] = [];

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((part, i) => part === b[i]));
}
