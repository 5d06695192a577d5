/**
 * @file What the data-flow lens draws, kept from one change to the next: a node or a wire is a new object only where what it shows has changed,
 * so that React draws that again and nothing else. Without React; one store for one canvas.
 */
import { meansTheSame, type Check } from '../../../core/check/index.ts';
import type { ModelClass, ModelDocument, NodeId, Path, Point, WireId } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import type { Selection } from '../../state/session/store.ts';
import { graphFacts } from './facts.ts';
import { placeNodes, toFlowNode, toFlowWire } from './flow-adapter.ts';
import { FlowRows, keepOnly } from './flow-model.ts';
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
  readonly byId: ReadonlyMap<NodeId, FlowNode>;
}

export const NOTHING_DRAWN: Drawing = { nodes: [], wires: [], byId: new Map() };

export class FlowStore {
  private readonly rows = new FlowRows();
  /** Changed in place: ten thousand nodes are not entered anew for one that moves. */
  private readonly nodes = new Map<NodeId, FlowNode>();
  private readonly wires = new Map<WireId, FlowWire>();
  /** Where nodes are drawn that the layout does not place. */
  private places: ReadonlyMap<NodeId, Point> = new Map();
  /** Attribute names of Modules that have modes: their calls show a row of badges. */
  private moded: ReadonlySet<string> = new Set();
  private before: FlowSources | undefined;
  private drawing = NOTHING_DRAWN;

  /** The drawing for these sources. Arrays are new only where one of their items is. */
  draw(sources: FlowSources): Drawing {
    const { before } = this;
    this.before = sources;
    if (before && isSame(before, sources)) return this.drawing;
    const { modelClass, document, check, instance } = sources;
    // After a move both the check and what the document means are what they were.
    const areRowsSame =
      before?.check === check &&
      before.modelClass.id === modelClass.id &&
      before.instance === instance &&
      meansTheSame(before.document, document);
    if (!areRowsSame) this.rows.update(document, modelClass, check, instance, graphFacts(document, check, modelClass, instance));
    if (!areRowsSame || before.modelClass.layout !== modelClass.layout) this.places = placeNodes(this.rows, modelClass.layout);
    const isModedSame = areRowsSame && before.modules === sources.modules;
    if (!isModedSame) this.moded = modedMembers(sources.modules, instance);
    const isSameSelection = before?.selection === sources.selection;
    const areNodesSame =
      isModedSame && isSameSelection && before.modelClass.layout === modelClass.layout && before.dragged === sources.dragged;
    const areWiresSame = areRowsSame && isSameSelection;
    this.drawing = {
      nodes: areNodesSame ? this.drawing.nodes : this.drawNodes(sources),
      wires: areWiresSame ? this.drawing.wires : this.drawWires(sources),
      byId: this.nodes,
    };
    return this.drawing;
  }

  private drawNodes({ selection, dragged, modelClass }: FlowSources): FlowNode[] {
    const { layout } = modelClass;
    const chosen = new Set(selection.nodes);
    const { nodes: rows } = this.rows;
    const { nodes: before } = this.drawing;
    const isDragging = Object.keys(dragged).length > 0;
    let isSameList = rows.length === before.length;
    const drawn = rows.map((row, i) => {
      const { id } = row;
      const known = this.nodes.get(id);
      const at = (isDragging ? dragged[id] : undefined) ?? layout[id] ?? this.places.get(id)!;
      const isSelected = chosen.has(id);
      const hasModes = row.member?.length === 1 && this.moded.has(row.member[0] as string);
      const isSameNode =
        known !== undefined &&
        known.data.row === row &&
        known.position.x === at.x &&
        known.position.y === at.y &&
        known.selected === isSelected &&
        known.data.hasModes === hasModes;
      const node = isSameNode ? known : toFlowNode(row, at, isSelected, hasModes);
      if (!isSameNode) this.nodes.set(id, node);
      isSameList &&= before[i] === node;
      return node;
    });
    if (isSameList) return before;
    keepOnly(this.nodes, modelClass.nodes, drawn.length);
    return drawn;
  }

  private drawWires({ selection, modelClass }: FlowSources): FlowWire[] {
    const chosen = new Set(selection.wires);
    const { wires: before } = this.drawing;
    let isSameList = this.rows.wires.length === before.length;
    const drawn = this.rows.wires.map((row, i) => {
      const known = this.wires.get(row.id);
      const isSelected = chosen.has(row.id);
      const isSameWire = known?.data?.row === row && known.selected === isSelected;
      const wire = isSameWire ? known : toFlowWire(row, isSelected);
      if (!isSameWire) this.wires.set(row.id, wire);
      isSameList &&= before[i] === wire;
      return wire;
    });
    if (isSameList) return before;
    keepOnly(this.wires, modelClass.wires, drawn.length);
    return drawn;
  }
}

/** The attributes of an instance that hold Modules with modes. */
function modedMembers(modules: readonly ModuleInfo[], instance: Path): ReadonlySet<string> {
  const isDirect = (path: Path) => path.length === instance.length + 1 && instance.every((part, i) => path[i] === part);
  const names = new Set<string>();
  for (const module of modules) {
    const direct = [module.path, ...module.alsoAt].filter(isDirect);
    if (direct.length > 0 && modesOf(module).length > 0) for (const path of direct) names.add(String(path.at(-1)));
  }
  return names;
}

function isSame(a: FlowSources, b: FlowSources): boolean {
  return (Object.keys(a) as (keyof FlowSources)[]).every((key) => a[key] === b[key]);
}
