import { expect, it } from 'vitest';
import type { Path } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { searchTree } from './search-tree.ts';
import { nestModules, unfoldedTo, visibleRows } from './tree.ts';

const module = (path: Path, type = 'Linear'): ModuleInfo => ({ path, type, paramCount: 0, variables: [], attributes: [], alsoAt: [] });
const MODULES = [
  ...Array.from({ length: 6 }, (_, i) => [
    module(['blocks', i, 'dense']),
    module(['blocks', i, 'dropout'], 'Dropout'),
    module(['blocks', i], 'Block'),
  ]).flat(),
  module(['head']),
  module([], 'Net'),
];
const root = nestModules(MODULES)!;
const found = (text: string) => {
  const searched = searchTree(root, text);
  const rows = searched ? visibleRows(searched.root, new Set(), () => true) : [];
  return { rows: rows.map(({ node }) => node.name || '(root)'), matches: [...(searched?.matches ?? [])] };
};

it('leaves what matches by name or type, with all that it lies in', () => {
  expect(found('head').rows).toEqual(['(root)', 'head']);
  expect(found('Dropout').rows).toHaveLength(2 + 6 * 2);
  expect(found('Dropout').matches).toHaveLength(6);
});

it('takes a path with dots, slashes or brackets', () => {
  expect(found('blocks[2].dense').rows).toEqual(['(root)', 'blocks', '[2]', 'dense']);
  expect(found('blocks/2').matches).toEqual([]);
  expect(found('BLOCKS[2]').matches).toContain('["blocks",2]');
});

it('finds nothing where nothing is', () => {
  expect(searchTree(root, 'conv')).toBeUndefined();
});

it('unfolds what lies around a path, and nothing that is open', () => {
  const toggled = unfoldedTo(root, new Set(), ['blocks', 3, 'dense']);
  expect([...toggled]).toEqual(['["blocks"]']);
  expect(unfoldedTo(root, toggled, ['blocks', 5])).toBe(toggled);
  expect(visibleRows(root, toggled).map(({ node }) => node.key)).toContain('["blocks",3,"dense"]');
  expect([...unfoldedTo(root, new Set(['[]', '["blocks"]']), ['blocks', 1])]).toEqual(['["blocks"]']);
});
