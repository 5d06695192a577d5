import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disconnect, moveNodes, removeNodes, setParam } from '../../core/document/index.ts';
import { chain } from '../../core/test/chain.ts';
import { diff, patch } from './delta.ts';

const copy = <T>(value: T): T => structuredClone(value);

describe('a value sent as what has changed', () => {
  it('arrives as it is, keys in their order, for any two values', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(json, json, (before, after) => {
        const arrived = patch(copy(before), copy(diff(before, after)));
        expect(arrived).toEqual(after);
        expect(JSON.stringify(arrived)).toBe(JSON.stringify(after));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('arrives for records and lists that share most of their parts', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
    const record = fc.dictionary(key, fc.array(fc.dictionary(key, fc.integer({ min: 0, max: 2 })), { maxLength: 4 }));
    fc.assert(
      fc.property(record, record, (before, after) => {
        const arrived = patch(copy(before), copy(diff(before, after)));
        expect(JSON.stringify(arrived)).toBe(JSON.stringify(after));
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it('is nothing where nothing has changed, also for an equal copy', () => {
    const document = chain(5);
    expect(diff(document, copy(document))).toBeNull();
  });

  it('is small for an edit of a large document, and leaves the other parts the same objects', () => {
    const document = chain(1000);
    const far = copy(document);
    const edits = [
      moveNodes(document, 'root', { c5: { x: 1, y: 2 } }),
      setParam(document, 'root', { member: 'm2' }, 'rate', 0.5),
      disconnect(document, 'root', ['w500']),
      removeNodes(document, 'root', ['c500']),
    ];
    for (const edited of edits) {
      const delta = diff(document, edited);
      expect(JSON.stringify(delta).length).toBeLessThan(600);
      const arrived = patch(far, copy(delta)) as typeof document;
      expect(arrived).toEqual(edited);
      expect(arrived.classes['root']!.nodes['c7']).toBe(far.classes['root']!.nodes['c7']);
    }
  });
});
