import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyDocument } from '../test/random-documents.ts';
import { addMember } from './edits/members.ts';
import { newDocument } from './new-document.ts';
import { parseDocument } from './parse.ts';
import type { ModelDocument } from './schema.ts';
import { writeDocument } from './write.ts';

it('reads back every document as it was written, unknown parts included', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const result = parseDocument(writeDocument(document));
      expect(result).toMatchObject({ ok: true });
      if (result.ok) expect(result.document).toEqual(document);
    }),
    { seed: 1, numRuns: 200 },
  );
});

it('writes the same text whatever the order of keys', () => {
  const shuffle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffle);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, each]) => [key, key === 'args' ? each : shuffle(each)]),
    );
  };
  const document = addMember(newDocument(), 'c1', { type: 'Linear', args: { outFeatures: 3 }, at: { x: 264, y: 0 } }).document;
  expect(writeDocument(shuffle(document) as ModelDocument)).toBe(writeDocument(document));
});

it('writes one line per node, so that a new layer is a few new lines', () => {
  const before = writeDocument(newDocument()).split('\n');
  const after = writeDocument(addMember(newDocument(), 'c1', { type: 'Linear', at: { x: 264, y: 0 } }).document).split('\n');
  expect(after.filter((line) => !before.includes(line)).map((line) => line.trim())).toEqual([
    '"members": [{ "id": "m1", "name": "linear", "type": "Linear", "args": {} }],',
    '"n2": { "id": "n2", "kind": "output", "name": "y", "order": 0 },',
    '"n3": { "id": "n3", "kind": "call", "member": "m1" }',
    '"n2": { "x": 528, "y": 0 },',
    '"n3": { "x": 264, "y": 0 }',
  ]);
});

it('counts ids as a person does', () => {
  let document = newDocument();
  for (let i = 0; i < 10; i++) document = addMember(document, 'c1', { type: 'Linear', at: { x: 0, y: 0 } }).document;
  const ids = [...writeDocument(document).matchAll(/^ {8}"(n\d+)": \{ "id"/gm)].map((match) => match[1]);
  expect(ids).toEqual(Array.from({ length: 12 }, (_, i) => `n${i + 1}`));
});

it('refuses a number that JSON cannot hold, rather than writing null', () => {
  const document = newDocument();
  expect(() => writeDocument({ ...document, run: { ...document.run, batchSize: Number.NaN } })).toThrow(
    'Expected a finite number at "batchSize", got NaN.',
  );
});
