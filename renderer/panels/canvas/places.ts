/** @file Where the nodes of one graph are drawn: as its document has them, moved by the room that is made, and those in the hand where that is. */
import { touchedSince, type ModelClass, type NodeId, type Point } from '../../../core/document/index.ts';
import { keyWithin, splitKey } from '../../state/session/expansion.ts';
import type { Room } from './expansion/room.ts';
import type { Site } from './expansion/site.ts';
import { placeNodes } from './place-nodes.ts';

export interface Places {
  get(id: NodeId): Point | undefined;
  /** All nodes that may lie elsewhere than they did; undefined where any of them may. */
  movedSince(before: Places): readonly NodeId[] | undefined;
}

export const NO_PLACES: Places = { get: () => undefined, movedSince: () => undefined };

export interface PlaceSources {
  readonly modelClass: ModelClass;
  readonly site: Site;
  readonly room: Room;
  /** By their ids on the canvas. */
  readonly dragged: Readonly<Record<string, Point>>;
}

export class DrawnPlaces implements Places {
  /** Some nodes have no place in the document: they lie beside what they are wired to. */
  readonly hasUnplaced: boolean;
  private readonly layout: ModelClass['layout'];
  private readonly unplaced: ReadonlyMap<NodeId, Point>;
  private readonly held: readonly NodeId[];

  constructor(private readonly sources: PlaceSources) {
    const { modelClass, site, dragged } = sources;
    this.layout = modelClass.layout;
    this.unplaced = placeNodes(modelClass);
    this.hasUnplaced = this.unplaced.size > 0;
    this.held = Object.keys(dragged).flatMap((key) => {
      const { inside, id } = splitKey(key);
      return inside === site.key ? [id] : [];
    });
  }

  get(id: NodeId): Point | undefined {
    const { room, site, dragged } = this.sources;
    const held = this.held.length > 0 ? dragged[keyWithin(site.key, id)] : undefined;
    if (held) return held;
    const at = this.layout[id] ?? this.unplaced.get(id);
    return at && room.toDrawn(at);
  }

  movedSince(before: Places): readonly NodeId[] | undefined {
    if (!(before instanceof DrawnPlaces)) return undefined;
    if (before.sources.room !== this.sources.room || before.sources.site !== this.sources.site) return undefined;
    const moved = touchedSince(before.layout, this.layout);
    return moved && [...moved, ...before.unplaced.keys(), ...this.unplaced.keys(), ...before.held, ...this.held];
  }
}
