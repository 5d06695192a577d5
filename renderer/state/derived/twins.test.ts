import { expect, it } from 'vitest';
import { groupIntoClass, setRepeat } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { callsAt, pathsOfNodes } from './twins.ts';

const { document: grouped, node } = groupIntoClass(chain(6), 'root', ['c2', 'c3']);
const call = grouped.classes['root']!.nodes[node]!;
const document = setRepeat(grouped, 'root', call.kind === 'call' ? call.member : '', 2);
const { name, type } = grouped.classes['root']!.members.find(({ id }) => call.kind === 'call' && id === call.member)!;
const inner = type.slice('class:'.length);

it('leads from nodes to Modules and back, in the instance that is open', () => {
  const open = [{ class: inner, instance: [name, 1] }];
  const [path] = pathsOfNodes(document, open, ['c2']);
  expect(path).toEqual([name, 1, 'layer2']);
  expect(callsAt(document, path!)).toEqual({ open, nodes: ['c2'] });
  expect(pathsOfNodes(document, [], ['i', 'c0', node])).toEqual([['layer0'], [name]]);
  expect(callsAt(document, [name])).toEqual({ open: [], nodes: [node] });
});

it('leads nowhere from what no node stands for', () => {
  expect(callsAt(document, [])).toBeUndefined();
  expect(callsAt(document, [name, 1])).toBeUndefined();
  expect(callsAt(document, ['layer0', 'inside'])).toBeUndefined();
  expect(pathsOfNodes(document, [], ['i', 'gone'])).toEqual([]);
});
