import { expect, it } from 'vitest';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { foldTree, layOutTree } from './tree-layout.ts';

const module = (path: (string | number)[], type = 'Linear', paramCount = 6): ModuleInfo => ({
  path,
  type,
  paramCount,
  variables: [],
  attributes: [],
  alsoAt: [],
});
const metrics = { columnWidth: 240, gap: 16, heightOf: () => 64 };
const block = [
  module(['batchNorm']),
  module(['linear']),
  module(['submodule', 'linear1']),
  module(['submodule', 'linear2']),
  module(['submodule'], 'SubModule'),
  module([], 'Block'),
];

it('draws each Module once, the root first, children in the order of iterModules', () => {
  expect(foldTree(block, new Set()).map((box) => [box.key, box.parent])).toEqual([
    ['[]', null],
    ['["batchNorm"]', '[]'],
    ['["linear"]', '[]'],
    ['["submodule"]', '[]'],
    ['["submodule","linear1"]', '["submodule"]'],
    ['["submodule","linear2"]', '["submodule"]'],
  ]);
});

it('places boxes without overlap, one column per depth, parents beside the middle of their children', () => {
  const placed = layOutTree(foldTree(block, new Set()), metrics);
  for (const a of placed) for (const b of placed) if (a !== b && a.x === b.x) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(64 + 16);
  const at = (key: string) => placed.find((box) => box.key === key)!;
  expect(at('["submodule","linear1"]').x).toBe(480);
  expect(at('["submodule"]').y).toBe((at('["submodule","linear1"]').y + at('["submodule","linear2"]').y) / 2);
});

it('folds a run of alike repeats into one box, and unfolds it on demand', () => {
  const list = [...Array.from({ length: 12 }, (_, index) => module(['blocks', index])), module(['blocks'], 'List'), module([], 'Net')];
  const folded = foldTree(list, new Set());
  expect(folded.map((box) => [box.key, box.repeats])).toEqual([
    ['[]', 1],
    ['["blocks"]', 1],
    ['["blocks",0]', 12],
  ]);
  expect(foldTree(list, new Set(['["blocks"]']))).toHaveLength(14);
});

it('N1 knows all Modules that a box stands for, also below a fold', () => {
  const blocks = Array.from({ length: 5 }, (_, i) => [
    module(['blocks', i, 'a']),
    module(['blocks', i, 'b']),
    module(['blocks', i], 'Block'),
  ]);
  const boxes = foldTree([...blocks.flat(), module(['blocks'], 'List'), module([], 'Net')], new Set());
  const alike = Object.fromEntries(boxes.map((box) => [box.module.path.join('.'), box.alike.map(({ path }) => path.join('.'))]));
  expect(alike['blocks.0']).toEqual(['blocks.0', 'blocks.1', 'blocks.2', 'blocks.3', 'blocks.4']);
  expect(alike['blocks.0.b']).toEqual(['blocks.0.b', 'blocks.1.b', 'blocks.2.b', 'blocks.3.b', 'blocks.4.b']);
  expect(alike['blocks']).toEqual(['blocks']);
});

it('hangs a Module inside a plain container on the nearest Module above', () => {
  const boxes = foldTree([module(['layers', 0, 'a']), module([], 'Net')], new Set());
  expect(boxes[1]!.parent).toBe('[]');
});

it('gives nothing for a tree that is not known yet', () => {
  expect(layOutTree(foldTree([], new Set()), metrics)).toEqual([]);
});
