import { expect, it } from 'vitest';
import { costText } from './cost-text.ts';

it('writes a table whose columns are kept by spaces, numbers to the right', () => {
  const cost = { activations: 256, unknown: 0 };
  const text = costText([
    { path: [], type: 'Model', outputs: [['batch', 4]], parameters: 12, multiplyAdds: 1200, ...cost },
    { path: ['blocks', 0], type: 'Linear', outputs: [], parameters: 0, multiplyAdds: 0, ...cost },
  ]);
  expect(text.split('\n')).toEqual([
    'Module     Type    Output      Parameters  Multiply-adds  Activations',
    '(root)     Model   (batch, 4)          12          1,200        1 KiB',
    'blocks[0]  Linear                       0              0        1 KiB',
    '',
  ]);
});
