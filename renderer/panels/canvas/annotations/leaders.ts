/** @file The line from a note to the wire that it is about. */
import type { Point } from '../../../../core/document/index.ts';
import type { FlowWire } from '../wire-view.tsx';
import type { AnnotationNode, NoteNode } from './annotation-node.ts';

interface Known {
  readonly plain: NoteNode;
  readonly led: NoteNode;
}

/** Gives the notes of wires that are drawn the places of those; a note whose place is the same is the same object. */
export class Leaders {
  private readonly known = new Map<string, Known>();

  lead(nodes: readonly AnnotationNode[], wires: readonly FlowWire[]): readonly AnnotationNode[] {
    if (!nodes.some((node) => node.type === 'note' && node.data.note.wire !== undefined)) return nodes;
    const places = new Map(wires.map(({ id, data }) => [id, data?.route?.label]));
    return nodes.map((node) => {
      const at = node.type === 'note' && node.data.note.wire !== undefined ? places.get(node.data.note.wire) : undefined;
      return node.type === 'note' && at ? this.leadOne(node, at) : node;
    });
  }

  private leadOne(node: NoteNode, at: Point): NoteNode {
    const { plain, led } = this.known.get(node.id) ?? {};
    const leader = { x: at.x - node.position.x, y: at.y + BELOW_LABEL - node.position.y };
    if (led && plain === node && led.data.leader?.x === leader.x && led.data.leader.y === leader.y) return led;
    const made: NoteNode = { ...node, data: { ...node.data, leader } };
    this.known.set(node.id, { plain: node, led: made });
    return made;
  }
}

/** From the foot of a label to its wire. */
const BELOW_LABEL = 3;

/** From the edge of a box to a point outside of it; undefined where the point lies on the box. Both from the corner of the box. */
export function leaderFrom({ width, height }: { readonly width: number; readonly height: number }, to: Point): Point | undefined {
  const from = { x: Math.max(0, Math.min(to.x, width)), y: Math.max(0, Math.min(to.y, height)) };
  return from.x === to.x && from.y === to.y ? undefined : from;
}
