import { expect, it } from 'vitest';
import { registry, VARIABLES } from '../../../core/index.ts';
import { addClass, addMember, newDocument, typeOfClass } from '../../../core/document/index.ts';
import { listGroups, searchGroups } from './palette-entries.ts';

const document = newDocument();
const groups = listGroups(document, 'c1');
const titles = (query: string) => searchGroups(groups, query).flatMap((group) => group.entries.map((entry) => entry.title));

it('offers every layer type, Variable and op type of the registry once', () => {
  const offered = groups.flatMap((group) => group.entries).filter((entry) => entry.kind === 'layer' || entry.kind === 'op');
  expect(offered.map((entry) => entry.type).sort()).toEqual([...Object.keys(registry), ...Object.keys(VARIABLES)].sort());
});

it('finds a type by its name first', () => {
  expect(titles('linear')[0]).toBe('Linear');
  expect(titles('batch norm')[0]).toBe('BatchNorm');
  expect(titles('drop')[0]).toBe('Dropout');
});

it('finds a type by another library’s name', () => {
  expect(titles('dense')).toContain('Linear');
});

it('finds nothing for letters that occur nowhere', () => {
  expect(titles('qqq')).toEqual([]);
});

it('offers classes that would not contain themselves', () => {
  const block = addClass(document, { name: 'Block' });
  const inner = addClass(block.document, { name: 'Inner' });
  const nested = addMember(inner.document, block.class, { type: typeOfClass(inner.class), at: { x: 0, y: 0 } });
  const classes = (open: string) =>
    listGroups(nested.document, open)
      .filter((group) => group.id === 'class')
      .flatMap((group) => group.entries.map((entry) => entry.title));
  expect(classes('c1')).toEqual(['Block', 'Inner']);
  expect(classes(block.class)).toEqual(['Model', 'Inner']);
  expect(classes(inner.class)).toEqual(['Model']);
});
