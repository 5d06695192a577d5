/** @file Where the graph of one class is drawn: on the canvas by itself, or within the frame of a call that is expanded, with room for its own. */
import type { ModelClass, NodeId, Point } from '../../../../core/document/index.ts';
import { placeNodes } from '../place-nodes.ts';
import { GiveWay } from './give-way.ts';
import type { Frame } from './site.ts';

export interface Room {
  readonly origin: Point;
  readonly way: GiveWay;
  /** By node. */
  readonly frames: ReadonlyMap<NodeId, Frame>;
  toDrawn(at: Point): Point;
  /** `near`: where the document has it, or something near. */
  toDocument(drawn: Point, near: Point): Point;
}

const CORNER: Point = { x: 0, y: 0 };

export function makeRoom(origin: Point, way: GiveWay, frames: Room['frames']): Room {
  return {
    origin,
    way,
    frames,
    toDrawn(at) {
      const { x, y } = way.toDrawn(at);
      return { x: origin.x + x, y: origin.y + y };
    },
    toDocument: ({ x, y }, near) => way.toDocument({ x: x - origin.x, y: y - origin.y }, near),
  };
}

export const PLAIN_ROOM: Room = {
  ...makeRoom(CORNER, new GiveWay([], 'right'), new Map()),
  toDrawn: (at) => at,
};

/** Where the document has a node, or would put it. */
export function placeInDocument(modelClass: ModelClass, id: NodeId): Point {
  return modelClass.layout[id] ?? placeNodes(modelClass).get(id) ?? CORNER;
}
