import { expect, it } from 'vitest';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { queryWords } from './query-words.ts';

const module = (given: Partial<ModuleInfo>): ModuleInfo => ({
  path: [],
  type: 'X',
  paramCount: 0,
  variables: [],
  attributes: [],
  alsoAt: [],
  ...given,
});

it('gathers what stands in the model, each word once', () => {
  const kernel = { name: 'kernel', path: [], type: 'Param', shape: [64, 10], dtype: 'float32' };
  const words = queryWords(
    [
      module({ path: ['blocks', 0], type: 'Linear', variables: [kernel], attributes: [{ name: 'rate', value: 0.1, mode: false }] }),
      module({ path: ['blocks', 1], type: 'Linear', attributes: [{ name: 'rate', value: 0.5, mode: false }] }),
      module({ path: ['head'], type: 'Dropout' }),
    ],
    ['Block'],
  );
  expect(words).toEqual({
    types: ['Block', 'Dropout', 'Linear'],
    parts: ['blocks', 'head', 0, 1],
    names: ['blocks', 'head'],
    variables: ['Param'],
    lengths: [64, 10],
    attributes: new Map([['rate', [0.1, 0.5]]]),
  });
});
