/** @file The line from a note to the wire that it is about. */
import type { Point, Size } from '../../../../core/document/index.ts';
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
    const ways = new Map(wires.map(({ id, data }) => [id, data?.route?.way]));
    return nodes.map((node) => {
      const way = node.type === 'note' && node.data.note.wire !== undefined ? ways.get(node.data.note.wire) : undefined;
      const at = way && node.type === 'note' ? nearestOn(way, node.data.note) : undefined;
      return node.type === 'note' && at ? this.leadOne(node, at) : node;
    });
  }

  private leadOne(node: NoteNode, at: Point): NoteNode {
    const { plain, led } = this.known.get(node.id) ?? {};
    const leader = { x: at.x - node.position.x, y: at.y - node.position.y };
    if (led && plain === node && led.data.leader?.x === leader.x && led.data.leader.y === leader.y) return led;
    const made: NoteNode = { ...node, data: { ...node.data, leader } };
    this.known.set(node.id, { plain: node, led: made });
    return made;
  }
}

/** The point of a wire's way that is nearest to the middle of a note; undefined where it has none. */
export function nearestOn(way: readonly Point[], { x, y, width, height }: Point & Size): Point | undefined {
  const middle = { x: x + width / 2, y: y + height / 2 };
  let nearest: { readonly at: Point; readonly by: number } | undefined;
  for (const [i, to] of way.entries()) {
    const from = way[Math.max(0, i - 1)]!;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = ((middle.x - from.x) * dx + (middle.y - from.y) * dy) / (dx * dx + dy * dy || 1);
    const part = Math.max(0, Math.min(1, along));
    const at = { x: from.x + part * dx, y: from.y + part * dy };
    const by = Math.hypot(at.x - middle.x, at.y - middle.y);
    if (!nearest || by < nearest.by) nearest = { at, by };
  }
  return nearest?.at;
}

/** From the edge of a box to a point outside of it; undefined where the point lies on the box. Both from the corner of the box. */
export function leaderFrom({ width, height }: { readonly width: number; readonly height: number }, to: Point): Point | undefined {
  const from = { x: Math.max(0, Math.min(to.x, width)), y: Math.max(0, Math.min(to.y, height)) };
  return from.x === to.x && from.y === to.y ? undefined : from;
}
