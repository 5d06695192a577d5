/**
 * @file What the data-flow lens draws, kept from one change to the next: a node or a wire is a new object only where what it shows has changed,
 * so that React draws that again and nothing else. Without React; one store for one canvas.
 */
import { meansTheSame, type Check } from '../../../core/check/index.ts';
import {
  currentMode,
  keysOf,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type Path,
  type Point,
  type WireId,
} from '../../../core/document/index.ts';
import type { GraphParts } from '../../../core/graph/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { type Found, type FoundInRun, NOTHING_FOUND } from '../../state/runs/found-in-run.ts';
import { modesShown, modedMembers, type TrainOrEval } from '../../state/runs/modes.ts';
import type { Selection } from '../../state/session/store.ts';
import type { Direction } from '../../state/layout/graph.ts';
import { readingOrder } from '../../state/walking/reading-order.ts';
import { graphFacts } from './facts.ts';
import type { Room } from './expansion/room.ts';
import type { Site } from './expansion/site.ts';
import { DrawnPlaces, NO_PLACES, type Places } from './places.ts';
import { heightOfRow, toFlowNode, toFlowWire } from './flow-adapter.ts';
import { FlowRows, keepOnly, type FlowNodeRow } from './flow-model.ts';
import type { FlowNode } from './node-view.tsx';
import type { FlowWire } from './wire-view.tsx';

/** All that the drawing follows from. */
export interface FlowSources {
  readonly document: ModelDocument;
  readonly check: Check;
  readonly modelClass: ModelClass;
  readonly instance: Path;
  readonly site: Site;
  /** Where the graph is drawn, and what makes room in it. */
  readonly room: Room;
  readonly selection: Selection;
  /** The node that Tab leads to, if it is of this graph. */
  readonly tabStop: NodeId | undefined;
  readonly modules: readonly ModuleInfo[];
  /** What the diagnoses found in the run; nothing unless given. */
  readonly found?: FoundInRun;
  readonly direction: Direction;
  /** Where nodes are that are dragged now, by their ids on the canvas. */
  readonly dragged: Readonly<Record<string, Point>>;
}

type Facts = Pick<FlowSources, 'document' | 'check' | 'modelClass' | 'instance' | 'modules' | 'direction'>;

/**
 * What is drawn, each node and wire made when it is asked for. Answers from the latest sources: one of before knows no more what was drawn then,
 * but for the lists that it has given.
 */
export interface Drawing {
  /** How many nodes there are. */
  readonly size: number;
  /** All that can be asked for, by id. */
  readonly graph: GraphParts;
  readonly byId: Pick<ReadonlyMap<NodeId, FlowNode>, 'get'>;
  /** The same object for as long as no node lies elsewhere. */
  readonly places: Places;
  wire(id: WireId): FlowWire | undefined;
  /** Everything, in the order of the document: of a large graph for the far view alone. Lists are new only where one of their items is. */
  readonly nodes: FlowNode[];
  readonly wires: FlowWire[];
}

export const NOTHING_DRAWN: Drawing = {
  size: 0,
  graph: { nodes: {}, wires: {}, members: [], probes: [] },
  byId: new Map(),
  places: NO_PLACES,
  wire: () => undefined,
  nodes: [],
  wires: [],
};

export class FlowStore {
  private readonly rows = new FlowRows();
  /** Changed in place: ten thousand nodes are not entered anew for one that moves. */
  private readonly nodes = new Map<NodeId, FlowNode>();
  private readonly wires = new Map<WireId, FlowWire>();
  private readonly lists: { nodes: FlowNode[]; wires: FlowWire[] } = { nodes: [], wires: [] };
  private places: DrawnPlaces | undefined;
  /** Attribute names of what shows modes: its calls have a row of badges. */
  private moded: ReadonlySet<string> = new Set();
  private mode: TrainOrEval = 'train';
  private chosen = { nodes: new Set<NodeId>(), wires: new Set<WireId>() };
  private direction: Direction = 'right';
  private shown: Pick<FlowSources, 'room' | 'site' | 'tabStop' | 'modelClass' | 'found'> | undefined;
  private learned: Facts | undefined;
  private before: FlowSources | undefined;
  private drawing = NOTHING_DRAWN;

  /** The drawing for these sources: another object where anything has changed. */
  draw(sources: FlowSources): Drawing {
    const { before } = this;
    this.before = sources;
    if (before && isSame(before, sources)) return this.drawing;
    const { modelClass, selection } = sources;
    this.learn(sources);
    if (!before || !this.liesTheSame(before, sources)) this.places = new DrawnPlaces(sources);
    if (before?.selection !== selection) this.chosen = { nodes: new Set(selection.nodes), wires: new Set(selection.wires) };
    this.shown = sources;
    return (this.drawing = this.drawingOf(modelClass));
  }

  /** What can be known before it is known where the graph is drawn: the sizes of its nodes follow from it. */
  learn(facts: Facts): void {
    const { learned: before } = this;
    const { modelClass, document, check, instance, modules } = facts;
    // After a move both the check and what the document means are what they were.
    const areRowsSame =
      before?.check === check &&
      before.modelClass.id === modelClass.id &&
      before.instance === instance &&
      meansTheSame(before.document, document);
    if (!areRowsSame) {
      this.rows.update(document, modelClass, check, instance, graphFacts(document, check, modelClass, instance));
      keepOnly(this.nodes, modelClass.nodes);
      keepOnly(this.wires, modelClass.wires);
    }
    const mode = currentMode(document);
    if (before?.modules !== modules || before.instance !== instance || mode !== this.mode)
      this.moded = modedMembers(modules, instance, mode);
    this.mode = mode;
    this.direction = facts.direction;
    this.learned = facts;
  }

  /** Of a node that is not expanded; 0 where there is none. */
  heightOf(id: NodeId): number {
    const row = this.rows.node(id);
    return row ? heightOfRow(row, this.modeOf(row) !== '', this.direction) : 0;
  }

  /** Its modes in words, for which it has a row of badges; empty where it has none. */
  private modeOf({ member }: FlowNodeRow): string {
    const { learned } = this;
    if (!learned || member?.length !== 1 || !this.moded.has(member[0] as string)) return '';
    return modesShown(learned.modules, [...learned.instance, ...member], this.mode)
      .map(({ word }) => word)
      .join(' ');
  }

  private drawingOf(modelClass: ModelClass): Drawing {
    const { lists, places = NO_PLACES } = this;
    const byId = { get: (id: NodeId) => this.node(id, places) };
    const wire = (id: WireId) => this.wire(id);
    let nodes: FlowNode[] | undefined;
    let wires: FlowWire[] | undefined;
    return {
      size: keysOf(modelClass.nodes).length,
      graph: modelClass,
      byId,
      places,
      wire,
      get nodes() {
        return (nodes ??= lists.nodes = listOf(modelClass.nodes, byId.get, lists.nodes));
      },
      get wires() {
        return (wires ??= lists.wires = listOf(modelClass.wires, wire, lists.wires));
      },
    };
  }

  /** Whether all nodes lie where they did. */
  private liesTheSame(a: FlowSources, b: FlowSources): boolean {
    const [before, now] = [a.modelClass, b.modelClass];
    if (a.dragged !== b.dragged || a.room !== b.room || before.layout !== now.layout || before.nodes !== now.nodes) return false;
    return before.wires === now.wires || !this.places?.hasUnplaced;
  }

  private node(id: NodeId, places: Places): FlowNode | undefined {
    const row = this.rows.node(id);
    const at = row && places.get(id);
    if (!at || !this.shown) return undefined;
    const { site, room } = this.shown;
    const frame = room.frames.get(id);
    const known = this.nodes.get(id);
    const isSelected = this.chosen.nodes.has(id);
    const modes = this.modeOf(row);
    const tabStop = this.saidOfTabStop(id);
    const found = this.foundAt(row);
    const isSameNode =
      known !== undefined &&
      known.data.row === row &&
      known.position.x === at.x &&
      known.position.y === at.y &&
      known.selected === isSelected &&
      known.data.modes === modes &&
      known.data.tabStop === tabStop &&
      isSameFound(known.data.found, found) &&
      known.data.direction === this.direction &&
      known.data.site === site &&
      known.data.frame === frame;
    if (isSameNode) return known;
    const node = toFlowNode(row, at, { site, isSelected, modes, direction: this.direction, frame, tabStop, found });
    this.nodes.set(id, node);
    return node;
  }

  private foundAt({ id, member }: FlowNodeRow): Found | undefined {
    const { found = NOTHING_FOUND, site } = this.shown!;
    return found === NOTHING_FOUND ? undefined : found.atNode(site.instance, id, member && [...site.instance, ...member]);
  }

  /** What is said of the node that Tab leads to: what it gives, and where it comes in the order of reading. */
  private saidOfTabStop(id: NodeId): string | undefined {
    if (!this.shown || this.shown.tabStop !== id) return undefined;
    const { nodes } = readingOrder(this.shown.modelClass);
    const place = `${Math.max(0, nodes.indexOf(id)) + 1} of ${nodes.length}`;
    return [this.rows.givenBy(id), place].filter((part) => part !== '').join(', ');
  }

  private wire(id: WireId): FlowWire | undefined {
    const row = this.rows.wire(id);
    if (!row || !this.shown) return undefined;
    const { site } = this.shown;
    const known = this.wires.get(id);
    const isSelected = this.chosen.wires.has(id);
    const isBeside = this.chosen.nodes.has(row.from.node) || this.chosen.nodes.has(row.to.node);
    if (
      known?.data?.row === row &&
      known.data.site === site &&
      known.selected === isSelected &&
      (known.className !== undefined) === isBeside
    )
      return known;
    const wire = toFlowWire(row, site, isSelected, isBeside);
    this.wires.set(id, wire);
    return wire;
  }
}

/** The items of all keys; the list of before if it has the same ones. */
function listOf<T>(record: Readonly<Record<string, unknown>>, get: (id: string) => T | undefined, before: T[]): T[] {
  const items: T[] = [];
  for (const id of keysOf(record)) {
    const item = get(id);
    if (item !== undefined) items.push(item);
  }
  return items.length === before.length && items.every((item, i) => item === before[i]) ? before : items;
}

function isSameFound(a: Found | undefined, b: Found | undefined): boolean {
  return a === b || (a?.kind === b?.kind && a?.texts.join('\n') === b?.texts.join('\n'));
}

function isSame(a: FlowSources, b: FlowSources): boolean {
  return (Object.keys(a) as (keyof FlowSources)[]).every((key) => a[key] === b[key]);
}
