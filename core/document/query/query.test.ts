import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyFilter } from '../../test/random-documents.ts';
import { completeQuery, type QueryWords } from './complete.ts';
import { parseQuery } from './parse.ts';
import { ANY_LENGTH, ANY_LENGTHS, asFilter, COMPARISONS, type Query, type QueryLeaf } from './query.ts';
import { fits, type QueryModule, resolveQuery } from './resolve.ts';
import { writeQuery } from './write.ts';

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
  ['encoder', { kind: 'path', contains: 'encoder', exact: false }],
  ['name:linear1', { kind: 'name', name: 'linear1', exact: true }],
  ['shape:64', { kind: 'shape', lengths: [ANY_LENGTHS, 64, ANY_LENGTHS] }],
  ['shape:(…, 64)', { kind: 'shape', lengths: [ANY_LENGTHS, 64] }],
  ['shape:(B,*,...,3,)', { kind: 'shape', lengths: ['B', ANY_LENGTH, ANY_LENGTHS, 3] }],
  ['params>1000', { kind: 'params', op: '>', count: 1000 }],
  ['params >= 1.5k', { kind: 'params', op: '>=', count: 1500 }],
  ['params:0', { kind: 'params', op: '=', count: 0 }],
  ['attr:rate', { kind: 'attr', name: 'rate' }],
  ['attr:deterministic=true', { kind: 'attr', name: 'deterministic', is: { op: '=', value: true } }],
  ['attr:rate<0.5', { kind: 'attr', name: 'rate', is: { op: '<', value: 0.5 } }],
  ['attr:mode="true"', { kind: 'attr', name: 'mode', is: { op: '=', value: 'true' } }],
  ['var:Param', { kind: 'var', type: 'Param' }],
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
  expect(parseQuery(text)).toEqual({ ok: true, query: filter });
});

it.each([
  [
    'Dropout or',
    'Expected a type such as Dropout, a key such as path: or params>, a word, not, (, any(…), all(…) or ... at column 11, got the end.',
  ],
  ['Dropout Linear', 'Expected "and", "or" or the end at column 9, got Linear.'],
  ['path:', 'Expected a part of a path at column 6, got the end.'],
  ['kind:a', 'Expected "type:", "path:", "name:", "shape:", "params>", "attr:", "var:" or "tag:" at column 1, got kind.'],
  ['any(A', 'Expected ")" at column 6, got the end.'],
  ['some(A)', 'Expected "any(", "all(" or "pathIn(" at column 1, got some.'],
  ['params>many', 'Expected a number such as 1000, 10k or 1.5M at column 8, got many.'],
  ['attr:rate=', 'Expected true, false, none, a number or a text at column 11, got the end.'],
  ['shape:(3', 'Expected "," at column 9, got the end.'],
  ['A $ B', 'Expected "and", "or" or the end at column 3, got $.'],
])('says where %s goes wrong', (text, message) => {
  expect(parseQuery(text)).toMatchObject({ ok: false, error: { message } });
});

it('reads back every filter that it writes', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      expect(parseQuery(writeQuery(filter))).toEqual({ ok: true, query: filter });
    }),
    { seed: 4, numRuns: 500 },
  );
});

it('never throws, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('attr:', 'shape:', 'params', 'name', 'var:', '<', '=', '…', '*', 'k', '-', 'e', ...'aB0.,:~!&|()" \\or$'),
        maxLength: 24,
      }),
      (text) => {
        parseQuery(text);
        completeQuery(text, text.length, WORDS);
      },
    ),
    { seed: 5, numRuns: 1000 },
  );
});

const text = fc.oneof(fc.constantFrom('rate', 'true', '12', '-0.5', '…'), fc.string({ maxLength: 5 }));
const comparison = fc.constantFrom(...COMPARISONS);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((each) => !Object.is(each, -0));
const leaf: fc.Arbitrary<QueryLeaf> = fc.oneof(
  fc.record({ kind: fc.constant('name' as const), name: text, exact: fc.boolean() }),
  fc.record({
    kind: fc.constant('shape' as const),
    lengths: fc.array(fc.oneof(fc.nat(999), fc.constantFrom('B', '3', ANY_LENGTH, ANY_LENGTHS)), { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('params' as const), op: comparison, count: fc.nat() }),
  fc.record({ kind: fc.constant('attr' as const), name: text }),
  fc.record({
    kind: fc.constant('attr' as const),
    name: text,
    is: fc.record({ op: comparison, value: fc.oneof(fc.boolean(), fc.constant(null), text, fc.integer(), number) }),
  }),
  fc.record({ kind: fc.constant('var' as const), type: text }),
);
const anyQuery = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    anyFilter,
    fc.record({ kind: fc.constantFrom('any' as const, 'all' as const), of: fc.array(tie('query'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('query') }),
  ),
})).query;

it('reads back every query that it writes', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      expect(parseQuery(writeQuery(query))).toEqual({ ok: true, query });
    }),
    { seed: 6, numRuns: 1000 },
  );
});

const MODULES: readonly QueryModule[] = [
  { path: ['blocks', 0, 'dropout'], alsoAt: [], paramCount: 0, variables: [], attributes: [{ name: 'deterministic', value: true }] },
  { path: ['blocks', 0], alsoAt: [['again']], paramCount: 2080, variables: [], attributes: [] },
  {
    path: ['head'],
    alsoAt: [],
    paramCount: 650,
    variables: [
      { type: 'Param', shape: [64, 10] },
      { type: 'BatchStat', shape: [10] },
    ],
    attributes: [
      { name: 'rate', value: 0.1 },
      { name: 'deterministic', value: false },
    ],
  },
];

it.each([
  ['name:blocks', ['blocks.0']],
  ['name~DROP', ['blocks.0.dropout']],
  ['name:again', ['blocks.0']],
  ['params>=650', ['blocks.0', 'head']],
  ['params<1k', ['blocks.0.dropout', 'head']],
  ['attr:deterministic', ['blocks.0.dropout', 'head']],
  ['attr:deterministic=true', ['blocks.0.dropout']],
  ['attr:rate>0.05', ['head']],
  ['attr:deterministic>0', []],
  ['var:BatchStat', ['head']],
  ['shape:64', ['head']],
  ['shape:(…, 32)', ['blocks.0']],
])('finds by %s', (text, paths) => {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(asFilter(parsed.query)).toBeUndefined();
  const filter = resolveQuery(parsed.query, MODULES, (path) => (path.join('.') === 'blocks.0' ? [['B', 32]] : []));
  expect(filter.kind === 'pathIn' && filter.paths.map((path) => path.join('.'))).toEqual(paths);
});

it('leaves to NNX what NNX answers', () => {
  const parsed = parseQuery('Dropout and not params>1M');
  expect(parsed.ok && resolveQuery(parsed.query, MODULES)).toEqual({
    kind: 'all',
    of: [
      { kind: 'type', type: 'Dropout' },
      { kind: 'not', of: { kind: 'pathIn', paths: [] } },
    ],
  });
});

it.each([
  [['…', 64], [3, 64], true],
  [['…', 64], [64, 3], false],
  [['…'], [], true],
  [[], [], true],
  [[], [1], false],
  [['*', 3], ['B', 3], true],
  [['*', 3], [3], false],
  [['…', 3, '…', 5], [3, 4, 3, 5], true],
  [['…', 3, '…', 5], [5, 3], false],
])('knows whether %j fits %j', (pattern, shape, answer) => {
  expect(fits(pattern, shape)).toBe(answer);
});

const WORDS: QueryWords = {
  types: ['Dropout', 'Linear'],
  parts: ['encoder', 'head', 0],
  names: ['linear1'],
  variables: ['Param'],
  lengths: [64],
  attributes: new Map([['deterministic', [false, true]]]),
};
const offered = (text: string) => completeQuery(text, text.length, WORDS).options.map((option) => option.text);

it.each([
  ['Dr', ['Dropout']],
  ['ty', ['type:']],
  ['type:', ['type:Dropout', 'type:Linear']],
  ['type:ear', ['type:Linear']],
  ['Dropout and not pat', ['path:', 'path~']],
  ['Dropout ', ['and ', 'or ']],
  ['(Dropout ', ['and ', 'or ', ')']],
  ['path:h', ['path:head']],
  ['attr:', ['attr:deterministic']],
  ['attr:deterministic=', ['attr:deterministic=false', 'attr:deterministic=true']],
  ['params>', []],
  ['"Dr', []],
])('offers for %s', (text, options) => {
  expect(offered(text)).toEqual(options);
});

it('puts what is offered in the place of what was begun', () => {
  const text = 'Dropout and type:Lin';
  const { from, options } = completeQuery(text, text.length, WORDS);
  expect(text.slice(0, from) + options[0]!.text).toBe('Dropout and type:Linear');
});
