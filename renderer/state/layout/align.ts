/** @file Boxes in line with each other, and with the same room between them. */
import type { NodeId, Point } from '../../../core/document/index.ts';
import type { Box } from '../canvas-port.ts';
import { snap } from './node-size.ts';

export type Boxes = ReadonlyMap<NodeId, Box>;
export type Points = Readonly<Record<NodeId, Point>>;

/** Along which axis boxes are moved, and which part of them is brought in line: 0 the left or upper edge, 1 the right or lower one. */
export interface Alignment {
  readonly axis: 'x' | 'y';
  readonly part: 0 | 0.5 | 1;
}

const SIZE = { x: 'width', y: 'height' } as const;

/** The boxes in line with the outermost of them, or with the middle of all. */
export function align(boxes: Boxes, { axis, part }: Alignment): Points {
  const [least, most] = extent(boxes, axis);
  const line = least + (most - least) * part;
  return moved(boxes, axis, (box) => line - box[SIZE[axis]] * part);
}

/** The first and the last box stay; between all is the same room. */
export function distribute(boxes: Boxes, axis: 'x' | 'y'): Points {
  const size = SIZE[axis];
  const [least, most] = extent(boxes, axis);
  const total = [...boxes.values()].reduce((sum, box) => sum + box[size], 0);
  const room = (most - least - total) / Math.max(1, boxes.size - 1);
  const order = [...boxes].sort(([, a], [, b]) => a[axis] + a[size] / 2 - b[axis] - b[size] / 2);
  let at = least;
  const places = new Map(
    order.map(([id, box]) => {
      const place = at;
      at += box[size] + room;
      return [id, place];
    }),
  );
  return moved(boxes, axis, (_, id) => places.get(id)!);
}

function extent(boxes: Boxes, axis: 'x' | 'y'): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const box of boxes.values()) {
    least = Math.min(least, box[axis]);
    most = Math.max(most, box[axis] + box[SIZE[axis]]);
  }
  return [least, most];
}

function moved(boxes: Boxes, axis: 'x' | 'y', to: (box: Box, id: NodeId) => number): Points {
  return Object.fromEntries([...boxes].map(([id, box]) => [id, { x: box.x, y: box.y, [axis]: snap(to(box, id)) }]));
}
