import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyFilter } from '../test/random-documents.ts';
import { parseFilter, writeFilter } from './filter-text.ts';

it.each([
  ['', { kind: 'everything' }],
  ['...', { kind: 'everything' }],
  ['nothing', { kind: 'nothing' }],
  ['Dropout', { kind: 'type', type: 'Dropout' }],
  ['type:Dropout', { kind: 'type', type: 'Dropout' }],
  ['tag:"two words"', { kind: 'tag', tag: 'two words' }],
  ['path:head', { kind: 'path', contains: 'head', exact: true }],
  ['path~hea', { kind: 'path', contains: 'hea', exact: false }],
  ['path:0', { kind: 'path', contains: 0, exact: true }],
  ['path:"0"', { kind: 'path', contains: '0', exact: true }],
  ['pathIn(submodule.linear1, (), blocks.0)', { kind: 'pathIn', paths: [['submodule', 'linear1'], [], ['blocks', 0]] }],
  ['not Linear', { kind: 'not', of: { kind: 'type', type: 'Linear' } }],
  [
    'A or B and C',
    {
      kind: 'any',
      of: [
        { kind: 'type', type: 'A' },
        {
          kind: 'all',
          of: [
            { kind: 'type', type: 'B' },
            { kind: 'type', type: 'C' },
          ],
        },
      ],
    },
  ],
  [
    '(A or B) and C',
    {
      kind: 'all',
      of: [
        {
          kind: 'any',
          of: [
            { kind: 'type', type: 'A' },
            { kind: 'type', type: 'B' },
          ],
        },
        { kind: 'type', type: 'C' },
      ],
    },
  ],
  [
    'any(A, B)',
    {
      kind: 'any',
      of: [
        { kind: 'type', type: 'A' },
        { kind: 'type', type: 'B' },
      ],
    },
  ],
  ['all()', { kind: 'all', of: [] }],
  [
    '!A & !B | C',
    {
      kind: 'any',
      of: [
        {
          kind: 'all',
          of: [
            { kind: 'not', of: { kind: 'type', type: 'A' } },
            { kind: 'not', of: { kind: 'type', type: 'B' } },
          ],
        },
        { kind: 'type', type: 'C' },
      ],
    },
  ],
])('reads %s', (text, filter) => {
  expect(parseFilter(text)).toEqual({ ok: true, filter });
});

it.each([
  [
    'Dropout or',
    'Expected a type such as Dropout, path:name, path~part, pathIn(…), tag:name, not, any(…), all(…), ( or ... at column 11, got the end.',
  ],
  ['Dropout Linear', 'Expected "and", "or" or the end at column 9, got Linear.'],
  ['path:', 'Expected a part of a path at column 6, got the end.'],
  ['kind:a', 'Expected "type:", "tag:" or "path:" at column 1, got kind.'],
  ['any(A', 'Expected ")" at column 6, got the end.'],
  ['some(A)', 'Expected "any(", "all(" or "pathIn(" at column 1, got some.'],
  ['A $ B', 'Expected "and", "or" or the end at column 3, got $.'],
])('says where %s goes wrong', (text, message) => {
  expect(parseFilter(text)).toMatchObject({ ok: false, error: { message } });
});

it('reads back every filter that it writes', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      expect(parseFilter(writeFilter(filter))).toEqual({ ok: true, filter });
    }),
    { seed: 4, numRuns: 500 },
  );
});

it('never throws, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aB0.,:~!&|()" \\or$'.split('')), maxLength: 24 }), (text) => {
      parseFilter(text);
    }),
    { seed: 5, numRuns: 500 },
  );
});
