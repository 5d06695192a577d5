import { expect, it } from 'vitest';
import type { Note } from '../../../../core/document/index.ts';
import type { FlowWire } from '../wire-view.tsx';
import { toAnnotationNode } from './annotation-node.ts';
import { leaderFrom, Leaders } from './leaders.ts';

const note = (wire?: string): Note => ({
  id: 'a1',
  kind: 'note',
  text: 'why',
  x: 100,
  y: 200,
  width: 80,
  height: 40,
  ...(wire === undefined ? {} : { wire }),
});
const wireAt = (x: number, y: number): FlowWire =>
  ({
    id: 'w1',
    source: 'n1',
    target: 'n2',
    data: {
      route: {
        way: [
          { x: 0, y },
          { x, y },
        ],
      },
    },
  }) as unknown as FlowWire;
const leaderOf = (leaders: Leaders, shown: Note, wires: readonly FlowWire[]) => {
  const [node] = leaders.lead([toAnnotationNode(shown, false, false, false)], wires);
  return node?.type === 'note' ? node.data.leader : undefined;
};

it('leads from the nearest edge of a note to its wire', () => {
  expect(leaderOf(new Leaders(), note('w1'), [wireAt(120, 100)])).toEqual({ x: 20, y: -100 });
  expect(leaderOf(new Leaders(), note('w1'), [wireAt(300, 100)])).toEqual({ x: 40, y: -100 });
  expect(leaderFrom({ width: 80, height: 40 }, { x: 20, y: -100 })).toEqual({ x: 20, y: 0 });
  expect(leaderFrom({ width: 80, height: 40 }, { x: 100, y: 50 })).toEqual({ x: 80, y: 40 });
  expect(leaderFrom({ width: 80, height: 40 }, { x: 20, y: 20 })).toBeUndefined();
});

it('leads nowhere from a note of no wire, or of one out of sight', () => {
  expect(leaderOf(new Leaders(), note(), [wireAt(120, 100)])).toBeUndefined();
  expect(leaderOf(new Leaders(), note('w2'), [wireAt(120, 100)])).toBeUndefined();
});

it('draws nothing anew where nothing has moved', () => {
  const leaders = new Leaders();
  const nodes = [toAnnotationNode(note('w1'), false, false, false)];
  const [first] = leaders.lead(nodes, [wireAt(120, 100)]);
  expect(leaders.lead(nodes, [wireAt(120, 100)])[0]).toBe(first);
  expect(leaders.lead(nodes, [wireAt(121, 100)])[0]).not.toBe(first);
});
