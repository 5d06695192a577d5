import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDocument, setRepeat } from '../../../core/document/index.ts';
import { findClassAt, findInstance, findMemberAt } from './find-instance.ts';
import { findOpenClass, validOpen } from './open-class.ts';

const parsed = parseDocument(readFileSync(new URL('../../../assets/examples/block.espalier', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('The example cannot be read.');
const { document } = parsed;

it('finds the way to an instance of a class', () => {
  expect(findInstance(document, 'block')).toEqual([]);
  expect(findInstance(document, 'submodule')).toEqual([{ class: 'submodule', instance: ['submodule'] }]);
  expect(findInstance(document, 'nowhere')).toBeUndefined();
});

it('names the first of a list of repeats', () => {
  const repeated = setRepeat(document, 'block', 'm2', 3);
  expect(findInstance(repeated, 'submodule')).toEqual([{ class: 'submodule', instance: ['submodule', 0] }]);
  expect(findMemberAt(repeated, ['submodule', 2])).toEqual({ open: [], class: 'block', member: 'm2' });
});

it('finds the member at a path and the class that holds it', () => {
  expect(findMemberAt(document, ['linear'])).toEqual({ open: [], class: 'block', member: 'm1' });
  const inner = findMemberAt(document, ['submodule', 'linear2']);
  expect(inner?.open).toEqual([{ class: 'submodule', instance: ['submodule'] }]);
  expect(inner?.class).toBe('submodule');
  expect(findMemberAt(document, [])).toBeUndefined();
  expect(findMemberAt(document, ['linear', 'kernel'])).toBeUndefined();
});

it('finds the class whose instance lives at a path (N2)', () => {
  expect(findClassAt(document, [])).toEqual({ open: [], class: 'block' });
  const inside = { open: [{ class: 'submodule', instance: ['submodule'] }], class: 'submodule' };
  expect(findClassAt(document, ['submodule'])).toEqual(inside);
  expect(findClassAt(setRepeat(document, 'block', 'm2', 3), ['submodule', 2])?.open).toEqual([
    { class: 'submodule', instance: ['submodule', 2] },
  ]);
  expect(findClassAt(document, ['linear'])).toBeUndefined();
  expect(findClassAt(document, ['nowhere'])).toBeUndefined();
});

it('closes a class under the user when undo takes it away', () => {
  const open = [
    { class: 'submodule', instance: ['submodule'] },
    { class: 'gone', instance: ['submodule', 'x'] },
  ];
  expect(validOpen(document, open)).toEqual(open.slice(0, 1));
  expect(findOpenClass(document, open)?.name).toBe('SubModule');
});
