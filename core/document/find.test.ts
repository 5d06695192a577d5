import { expect, it } from 'vitest';
import { findNode, resolveMember, wireInto } from './find.ts';
import { emptyClass } from './new-document.ts';
import type { Member, Wire } from './schema.ts';

const wire = (id: string, from: string): Wire => ({ id, from: { node: from, port: 'out' }, to: { node: 'n2', port: 'in' } });

it('takes the first by id of several wires into one port, wherever the record has it', () => {
  const modelClass = { ...emptyClass('c1', 'Model'), wires: { w10: wire('w10', 'a'), w9: wire('w9', 'b'), w11: wire('w11', 'c') } };
  expect(wireInto(modelClass, { node: 'n2', port: 'in' })?.id).toBe('w9');
  expect(wireInto(modelClass, { node: 'n2', port: 'other' })).toBeUndefined();
});

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
