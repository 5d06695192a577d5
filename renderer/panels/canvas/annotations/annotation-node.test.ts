import { expect, it } from 'vitest';
import { addFrame, addNote, moveNodes, newDocument } from '../../../../core/document/index.ts';
import { annotationKey, annotationOf, withContents } from './annotation-node.ts';

it('moves what lies wholly in a frame with it, frames and notes as well, and nothing else', () => {
  const placed = moveNodes(newDocument(), 'c1', { n1: { x: 20, y: 60 }, n2: { x: 300, y: 60 } });
  const noted = addNote(placed, 'c1', { at: { x: 20, y: 140 }, size: { width: 100, height: 40 } }).document;
  const framed = addFrame(noted, 'c1', { at: { x: 0, y: 0 }, size: { width: 400, height: 200 } });
  const modelClass = framed.document.classes['c1']!;
  const key = annotationKey(framed.annotation);
  const moves = withContents(modelClass, { [key]: { x: 8, y: -4 } }, () => 48, 184);
  expect(moves).toEqual({ [key]: { x: 8, y: -4 }, n1: { x: 28, y: 56 }, [annotationKey('a1')]: { x: 28, y: 136 } });
  const alone = { n1: { x: 1, y: 1 } };
  expect(withContents(modelClass, alone, () => 48, 184)).toBe(alone);
});

it('keeps keys of notes apart from ids of nodes', () => {
  expect(annotationOf(annotationKey('a1'))).toBe('a1');
  expect(annotationOf('a1')).toBeUndefined();
});
