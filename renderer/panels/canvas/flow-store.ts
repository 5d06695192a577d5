/**
 * @file What the data-flow lens draws, kept from one change to the next: a node or a wire is a new object only where what it shows has changed,
 * so that React draws that again and nothing else. Without React; one store for one canvas.
 */
import type { Check } from '../../../core/check/index.ts';
import type { ModelClass, ModelDocument, NodeId, Path, Point, WireId } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { modulesByPath } from '../../state/runs/lookup.ts';
import { pathKey } from '../../state/paths.ts';
import type { Selection } from '../../state/session/store.ts';
import { graphFacts } from './facts.ts';
import { placeNodes, toFlowNode, toFlowWire } from './flow-adapter.ts';
import { FlowRows } from './flow-model.ts';
import { modesOf } from './modes.tsx';
import type { FlowNode } from './node-view.tsx';
import type { FlowWire } from './wire-view.tsx';

/** All that the drawing follows from. */
export interface FlowSources {
  readonly document: ModelDocument;
  readonly check: Check;
  readonly modelClass: ModelClass;
  readonly instance: Path;
  readonly selection: Selection;
  readonly modules: readonly ModuleInfo[];
  /** Where nodes are that are dragged now. */
  readonly dragged: Readonly<Record<NodeId, Point>>;
}

export interface Drawing {
  readonly nodes: FlowNode[];
  readonly wires: FlowWire[];
}

const NOTHING: Drawing = { nodes: [], wires: [] };

export class FlowStore {
  private readonly rows = new FlowRows();
  private nodes = new Map<NodeId, FlowNode>();
  private wires = new Map<WireId, FlowWire>();
  private places: ReadonlyMap<NodeId, Point> = new Map();
  /** The calls of Modules that have modes: they show a row of badges. */
  private moded: ReadonlySet<NodeId> = new Set();
  private before: FlowSources | undefined;
  private drawing = NOTHING;

  /** The drawing for these sources. Arrays are new only where one of their items is. */
  draw(sources: FlowSources): Drawing {
    const { before } = this;
    this.before = sources;
    if (before && isSame(before, sources)) return this.drawing;
    const { modelClass, document, check, instance } = sources;
    // A check is one for documents that mean the same: after a move it is what it was.
    const areRowsSame = before?.check === check && before.modelClass.id === modelClass.id && before.instance === instance;
    if (!areRowsSame) this.rows.update(document, modelClass, check, instance, graphFacts(document, check, modelClass, instance));
    if (!areRowsSame || before.modelClass.layout !== modelClass.layout) this.places = placeNodes(this.rows, modelClass.layout);
    if (!areRowsSame || before.modules !== sources.modules) this.moded = this.findModes(sources);
    this.drawing = { nodes: this.drawNodes(sources), wires: this.drawWires(sources) };
    return this.drawing;
  }

  private findModes({ modules, instance }: FlowSources): ReadonlySet<NodeId> {
    if (modules.length === 0) return new Set();
    const index = modulesByPath(modules);
    const withModes = this.rows.nodes.filter(
      ({ member }) => member !== null && modesOf(index.get(pathKey([...instance, ...member]))).length > 0,
    );
    return new Set(withModes.map(({ id }) => id));
  }

  private drawNodes({ selection, dragged }: FlowSources): FlowNode[] {
    const chosen = new Set(selection.nodes);
    const nodes = new Map<NodeId, FlowNode>();
    let isSameList = this.rows.nodes.length === this.nodes.size;
    for (const row of this.rows.nodes) {
      const known = this.nodes.get(row.id);
      const at = dragged[row.id] ?? this.places.get(row.id)!;
      const isSelected = chosen.has(row.id);
      const hasModes = this.moded.has(row.id);
      const isSameNode =
        known?.data.row === row &&
        known.position.x === at.x &&
        known.position.y === at.y &&
        known.selected === isSelected &&
        known.data.hasModes === hasModes;
      const node = isSameNode ? known : toFlowNode(row, at, isSelected, hasModes);
      if (node !== known) isSameList = false;
      nodes.set(row.id, node);
    }
    if (isSameList) return this.drawing.nodes;
    this.nodes = nodes;
    return [...nodes.values()];
  }

  private drawWires({ selection }: FlowSources): FlowWire[] {
    const chosen = new Set(selection.wires);
    const wires = new Map<WireId, FlowWire>();
    let isSameList = this.rows.wires.length === this.wires.size;
    for (const row of this.rows.wires) {
      const known = this.wires.get(row.id);
      const isSelected = chosen.has(row.id);
      const wire = known?.data?.row === row && known.selected === isSelected ? known : toFlowWire(row, isSelected);
      if (wire !== known) isSameList = false;
      wires.set(row.id, wire);
    }
    if (isSameList) return this.drawing.wires;
    this.wires = wires;
    return [...wires.values()];
  }
}

function isSame(a: FlowSources, b: FlowSources): boolean {
  return (Object.keys(a) as (keyof FlowSources)[]).every((key) => a[key] === b[key]);
}
