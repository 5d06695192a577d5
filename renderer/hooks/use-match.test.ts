import { expect, it } from 'vitest';
import { matchOf } from './use-match.ts';

it('spares what holds a match, at any depth, and dims the rest (E9)', () => {
  const match = { text: 'Dropout', paths: [['blocks', 0, 'dropout']], attributes: [] };
  const answers = [['blocks', 0, 'dropout'], ['blocks', 0], ['blocks'], [], ['blocks', 1], ['block'], null].map((path) =>
    matchOf(match, path),
  );
  expect(answers).toEqual(['yes', 'within', 'within', 'within', 'no', 'no', 'no']);
});
