import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextId } from './ids.ts';
import { changeRecord, keysOf, nextKey, touchedSince } from './records.ts';

const key = fc.constantFrom('w1', 'w2', 'w10', 'w11', 'v3', 'w', 'w1x', '__proto__');
const change = fc.record({
  gone: fc.array(key, { maxLength: 3 }),
  come: fc.dictionary(key, fc.nat(3), { maxKeys: 3, noNullPrototype: true }),
});

describe('a changed record', () => {
  it('holds what a copy with the same changes holds, and its next key is the next of all its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(key, fc.nat(3), { noNullPrototype: true }), fc.array(change, { maxLength: 12 }), (start, changes) => {
        let record: Readonly<Record<string, number>> = start;
        let entries = new Map(Object.entries(start));
        for (const { gone, come } of changes) {
          const before = record;
          record = changeRecord(record, gone, come);
          for (const id of gone) entries.delete(id);
          entries = new Map([...entries, ...Object.entries(come)]);
          expect(new Map(Object.entries(record))).toEqual(entries);
          expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
          expect(keysOf(record)).toEqual(Object.keys(record));
          expect(nextKey('w', record)).toBe(nextId('w', Object.keys(record)));
          const isOther = ([id, value]: readonly [string, number]) => !Object.hasOwn(before, id) || before[id] !== value;
          const differing = [
            ...Object.entries(record)
              .filter(isOther)
              .map(([id]) => id),
            ...Object.keys(before).filter((id) => !Object.hasOwn(record, id)),
          ];
          for (const id of differing) expect(touchedSince(before, record)).toContain(id);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('is the same one where nothing is changed', () => {
    const record = { a: 1, b: 2 };
    expect(changeRecord(record, ['c'], { a: 1 })).toBe(record);
  });

  it('keeps what is replaced in its place, and puts the new behind', () => {
    expect(Object.keys(changeRecord({ a: 1, b: 2, c: 3 }, ['b', 'c'], { c: 4, d: 5 }))).toEqual(['a', 'c', 'd']);
  });

  it('tells what was touched over several steps, and of another record nothing', () => {
    const first = { a: 1, b: 2, c: 3 };
    const last = changeRecord(changeRecord(first, ['a']), [], { d: 4 });
    expect([...touchedSince(first, last)!].sort()).toEqual(['a', 'd']);
    expect(touchedSince({ ...first }, last)).toBeUndefined();
  });
});
