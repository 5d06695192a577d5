import { expect, it } from 'vitest';
import { findNode, resolveMember } from './find.ts';
import { emptyClass } from './new-document.ts';
import type { Member } from './schema.ts';

it('follows aliases to the member behind them, and gives up on circles and on nothing', () => {
  const member = (id: string, aliasOf?: string): Member => ({ id, name: id, type: 'Linear', args: {}, ...(aliasOf ? { aliasOf } : {}) });
  const members = [member('a'), member('b', 'a'), member('c', 'b'), member('d', 'e'), member('e', 'd'), member('f', 'gone')];
  const modelClass = { ...emptyClass('c1', 'Model'), members };
  expect(['a', 'b', 'c', 'd', 'e', 'f', 'z'].map((id) => resolveMember(modelClass, id)?.id)).toEqual([
    'a',
    'a',
    'a',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('finds own keys only, not those that every object has', () => {
  expect(findNode(emptyClass('c1', 'Model'), 'constructor')).toBeUndefined();
});
