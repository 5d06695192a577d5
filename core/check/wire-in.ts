/**
 * @file Adding wires itself: a new node is laid behind what was selected, or into a wire, by the first ports that fit, and placed in reading
 * order. One edit, without inference: the shapes that are known come from the check of the document before.
 */
import { changeClass, getClass, getNode } from '../document/edits/change.ts';
import { EditError } from '../document/edits/edit-error.ts';
import { setParam } from '../document/edits/params.ts';
import { freeBelow, makeRoomAround, placeBehind } from '../document/edits/place.ts';
import { connectInClass } from '../document/edits/wires.ts';
import { changeRecord } from '../document/records.ts';
import type { ClassId, ModelClass, ModelDocument, NodeId, PortRef, WireId } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName } from '../graph/node-name.ts';
import type { PortSpecs, TensorSpec } from '../spec/index.ts';
import { inWiringOrder, takes } from './fitting.ts';
import type { Instance } from './instance.ts';
import { nodePorts } from './ports.ts';

export interface WireTarget {
  /** Nodes whose first outputs become the inputs, in order. */
  readonly behind?: readonly NodeId[];
  /** A port that the node feeds or is fed by: the wire that was dropped. */
  readonly port?: PortRef & { readonly side: 'input' | 'output' };
  /** The wire that the node is put into. */
  readonly wire?: WireId;
  /** It lies where it was put already: only the others make room. */
  readonly isPlaced?: boolean;
}

export interface WiredIn {
  readonly document: ModelDocument;
  /** Where typing goes on: the new node, or the one that it feeds. */
  readonly end: NodeId;
}

/** Wires a node that has just been added and puts it in its place. Where nothing fits it stays as it is. */
export function wireIn(document: ModelDocument, classId: ClassId, node: NodeId, target: WireTarget, known?: Instance): WiredIn {
  return new WiringIn(document, classId, node, known).into(target);
}

class WiringIn {
  private modelClass: ModelClass;

  constructor(
    private document: ModelDocument,
    private readonly classId: ClassId,
    private readonly node: NodeId,
    private readonly known: Instance | undefined,
  ) {
    this.modelClass = getClass(document, classId);
  }

  into({ behind = [], port, wire, isPlaced = false }: WireTarget): WiredIn {
    if (wire !== undefined) return this.intoWire(wire, isPlaced);
    if (port?.side === 'input') return this.before(port);
    if (port) return this.after([port]);
    const sink = behind.length === 1 ? this.sinkOf(behind[0]!) : undefined;
    if (sink) return sink.wire === undefined ? this.before(sink.port) : this.intoWire(sink.wire);
    const fed = behind.length === 1 ? this.freePortOf(behind[0]!) : undefined;
    if (fed && Object.keys(this.ports(this.node).inputs).length === 0) return this.before(fed, behind[0]);
    return this.after(behind.flatMap((id) => this.outputOf(id) ?? []));
  }

  /** What is added behind an output of the class goes before it. */
  private sinkOf(id: NodeId): { readonly port: PortRef; readonly wire: WireId | undefined } | undefined {
    if (getNode(this.modelClass, id).kind !== 'output' || Object.keys(this.ports(this.node).outputs).length === 0) return undefined;
    const port = { node: id, port: 'in' };
    return { port, wire: graphOf(this.modelClass).wireInto(port)?.id };
  }

  private after(sources: readonly PortRef[]): WiredIn {
    this.countInputs(sources.length);
    const { inputs } = this.ports(this.node);
    const free = [...inWiringOrder(inputs)];
    if (sources.length > free.length && sources.length > 1)
      throw new EditError(
        `at most ${free.length} selected for ${this.name}`,
        `${sources.length}`,
        'Select fewer nodes, or join them with concatenate first.',
      );
    for (const source of sources) {
      const at = free.findIndex((name) => takes(inputs[name]!, this.specOf(source)));
      if (at >= 0) this.lay(source, { node: this.node, port: free.splice(at, 1)[0]! });
    }
    const isWired = graphOf(this.modelClass).incoming(this.node).length > 0;
    const moved = isWired && this.takeOutputsOver(sources);
    this.place(
      sources.map((source) => source.node),
      moved,
    );
    return this.done(this.node);
  }

  /** What the class gave from these sources it now gives from the end of the chain. */
  private takeOutputsOver(sources: readonly PortRef[]): boolean {
    const from = this.outputOf(this.node);
    if (!from) return false;
    const graph = graphOf(this.modelClass);
    const last = sources.flatMap(({ node, port }) =>
      graph.outgoing(node).filter((wire) => wire.from.port === port && graph.node(wire.to.node)?.kind === 'output'),
    );
    for (const wire of last) this.lay(from, wire.to);
    return last.length > 0;
  }

  private intoWire(id: WireId, isPlaced = false): WiredIn {
    const wire = Object.hasOwn(this.modelClass.wires, id) ? this.modelClass.wires[id] : undefined;
    if (!wire) throw new EditError('a wire of the class', `"${id}"`, 'Select a wire that exists.');
    const { inputs } = this.ports(this.node);
    const spec = this.specOf(wire.from);
    const input = inWiringOrder(inputs).find((name) => takes(inputs[name]!, spec));
    const output = this.outputOf(this.node);
    if (input === undefined || !output)
      throw new EditError(
        'a node that takes what the wire carries and gives a result',
        this.name,
        'Choose another type, or clear the selection and wire it yourself.',
      );
    this.lay(wire.from, { node: this.node, port: input });
    this.lay(output, wire.to);
    if (isPlaced) this.modelClass = makeRoomAround(this.modelClass, this.node);
    else this.place([wire.from.node], true);
    return this.done(this.node);
  }

  /** In front of a port. `end`: where typing goes on. */
  private before(port: PortRef, end = this.node): WiredIn {
    const output = this.outputOf(this.node);
    if (output) this.lay(output, port);
    const { layout } = this.modelClass;
    const target = layout[port.node];
    if (target) this.moveTo(freeBelow(this.modelClass, { x: target.x - 240, y: target.y }, new Set([this.node])));
    return this.done(end);
  }

  private place(sources: readonly NodeId[], between: boolean): void {
    const next = between
      ? graphOf(this.modelClass)
          .outgoing(this.node)
          .map(({ to }) => to.node)
      : [];
    const at = placeBehind(this.modelClass, sources, this.node, new Set(next));
    if (!at) return;
    this.moveTo(at);
    if (between) this.modelClass = makeRoomAround(this.modelClass, this.node);
  }

  private moveTo(at: { readonly x: number; readonly y: number }): void {
    this.modelClass = { ...this.modelClass, layout: changeRecord(this.modelClass.layout, [], { [this.node]: at }) };
  }

  private lay(from: PortRef, to: PortRef): void {
    this.modelClass = connectInClass(this.modelClass, from, to);
  }

  /** An op with as many inputs as a parameter says gets one for each source. */
  private countInputs(count: number): void {
    const node = getNode(this.modelClass, this.node);
    if (node.kind !== 'op' || count < 2 || count === Object.keys(this.ports(this.node).inputs).length) return;
    if (!('x0' in this.ports(this.node).inputs)) return;
    this.document = setParam(this.commit(), this.classId, { node: this.node }, 'inputs', count);
    this.modelClass = getClass(this.document, this.classId);
  }

  private get name(): string {
    return nodeName(this.modelClass, getNode(this.modelClass, this.node));
  }

  private specOf({ node, port }: PortRef): TensorSpec | undefined {
    return this.known?.nodes.get(node)?.outputs[port];
  }

  private ports(id: NodeId): { readonly inputs: PortSpecs; readonly outputs: PortSpecs } {
    return nodePorts(this.commit(), this.classId, id, this.known?.scope) ?? { inputs: {}, outputs: {} };
  }

  private outputOf(id: NodeId): PortRef | undefined {
    const [port] = inWiringOrder(this.ports(id).outputs);
    return port === undefined ? undefined : { node: id, port };
  }

  /** The first input that needs a wire and has none. */
  private freePortOf(id: NodeId): PortRef | undefined {
    const graph = graphOf(this.modelClass);
    const { inputs } = this.ports(id);
    const port = inWiringOrder(inputs).find((name) => !inputs[name]!.optional && !graph.wireInto({ node: id, port: name }));
    return port === undefined ? undefined : { node: id, port };
  }

  private commit(): ModelDocument {
    return (this.document = changeClass(this.document, this.classId, () => this.modelClass));
  }

  private done(end: NodeId): WiredIn {
    return { document: this.commit(), end };
  }
}
