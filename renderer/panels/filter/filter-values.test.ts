import { expect, it } from 'vitest';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { attributesOfMatches, readAttributeValue } from './filter-values.ts';

const module = (attributes: ModuleInfo['attributes']): ModuleInfo => ({
  path: [],
  type: 'X',
  paramCount: 0,
  variables: [],
  attributes,
  alsoAt: [],
});

it('offers the attributes of all matches, modes first, with their different values', () => {
  const offered = attributesOfMatches([
    module([
      { name: 'rate', value: 0.5, mode: false },
      { name: 'deterministic', value: false, mode: true },
    ]),
    module([
      { name: 'deterministic', value: true, mode: true },
      { name: 'rate', value: 0.5, mode: false },
    ]),
  ]);
  expect([...offered]).toEqual([
    ['deterministic', [false, true]],
    ['rate', [0.5]],
  ]);
});

it('reads a value as the kind that the attribute has', () => {
  expect(readAttributeValue('true', [false])).toEqual({ ok: true, value: true });
  expect(readAttributeValue(' 0.25 ', [0.5])).toEqual({ ok: true, value: 0.25 });
  expect(readAttributeValue('none', [0.5])).toEqual({ ok: true, value: null });
  expect(readAttributeValue('float32', ['float16'])).toEqual({ ok: true, value: 'float32' });
});

it('says what it expected of a value that it cannot read', () => {
  expect(readAttributeValue('yes', [false])).toEqual({ ok: false, message: 'Expected true or false, got yes.' });
  expect(readAttributeValue('', [1])).toEqual({ ok: false, message: 'Expected a number, got nothing.' });
});
