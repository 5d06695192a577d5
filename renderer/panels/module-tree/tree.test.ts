import { expect, it } from 'vitest';
import type { Path } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { nestModules, visibleRows } from './tree.ts';

const module = (path: Path, type = 'Linear'): ModuleInfo => ({ path, type, paramCount: 0, variables: [], attributes: [], alsoAt: [] });
const names = (modules: readonly ModuleInfo[], toggled: readonly string[] = []) => {
  const root = nestModules(modules);
  return root ? visibleRows(root, new Set(toggled)).map(({ node, level }) => `${'·'.repeat(level - 1)}${node.name || '(root)'}`) : [];
};

it('nests what iterModules yields children first', () => {
  const modules = [
    module(['linear']),
    module(['submodule', 'linear1']),
    module(['submodule', 'linear2']),
    module(['submodule']),
    module([]),
  ];
  expect(names(modules)).toEqual(['(root)', '·linear', '·submodule', '··linear1', '··linear2']);
});

it('gives a row to a list that is no Module itself', () => {
  const modules = [module(['blocks', 0]), module(['blocks', 1]), module([])];
  expect(names(modules)).toEqual(['(root)', '·blocks', '··[0]', '··[1]']);
});

it('folds many repeats until the user opens them', () => {
  const modules = [...Array.from({ length: 12 }, (_, i) => module(['blocks', i])), module([])];
  expect(names(modules)).toEqual(['(root)', '·blocks']);
  expect(names(modules, ['["blocks"]'])).toHaveLength(14);
});

it('has no rows without Modules', () => {
  expect(names([])).toEqual([]);
});
