import { describe, expect, it } from 'vitest';
import type { Member } from '../document/schema.ts';
import { MemberIndex } from './member-index.ts';

const alias = (id: string, aliasOf: string): Member => ({ id, name: id, type: 'Linear', args: {}, aliasOf });
const layer = (id: string): Member => ({ id, name: id, type: 'Linear', args: {} });

describe('what stands behind an alias', () => {
  it('is the member at the end of its chain; nothing behind one that leads nowhere or round in a circle', () => {
    const index = new MemberIndex([
      layer('a'),
      alias('b', 'a'),
      alias('c', 'b'),
      alias('d', 'gone'),
      alias('e', 'f'),
      alias('f', 'e'),
      alias('g', 'e'),
    ]);
    const behind = () => ['c', 'b', 'a', 'd', 'e', 'f', 'g', 'h'].map((id) => index.behind(id)?.id);
    const expected = ['a', 'a', 'a', undefined, undefined, undefined, undefined, undefined];
    expect(behind()).toEqual(expected);
    expect(behind()).toEqual(expected);
    expect(index.aliasesOf('a')).toEqual(['b', 'c']);
  });

  it.each([
    ['a chain', (k: number) => (k === 0 ? layer('m0') : alias(`m${k}`, `m${k - 1}`)), 'm0'],
    ['a circle', (k: number) => alias(`m${k}`, `m${(k + 1) % 200_000}`), undefined],
  ] as const)('is found once for all of %s of 200,000 (X3)', (_, make, target) => {
    const members = Array.from({ length: 200_000 }, (__, k) => make(k));
    const index = new MemberIndex(members);
    expect(new Set(members.map(({ id }) => index.behind(id)?.id))).toEqual(new Set([target]));
  });
});
