import { describe, expect, it } from 'vitest';
import { addNote, type ModelClass, type NodeId, removeNodes, type ModelDocument } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { itemsInOrder } from './reading-order.ts';
import { survivor, walk, type Way } from './walk.ts';

const node = (id: NodeId, kind: 'input' | 'output' | 'op', op = 'relu') =>
  kind === 'op' ? { id, kind, op, params: {} } : { id, kind, name: id, order: 0 };
const wire = (from: NodeId, to: NodeId, port = 'x') =>
  [`${from}-${to}`, { id: `${from}-${to}`, from: { node: from, port: 'out' }, to: { node: to, port } }] as const;

/** x feeds a, b and c, which lie below each other; a and c meet in sum, which gives y. b ends. */
const fork = {
  id: 'root',
  name: 'Fork',
  doc: '',
  fields: [],
  members: [],
  probes: [],
  nodes: {
    y: node('y', 'output'),
    sum: node('sum', 'op', 'add'),
    c: node('c', 'op'),
    b: node('b', 'op', 'gelu'),
    a: node('a', 'op'),
    x: node('x', 'input'),
  },
  wires: Object.fromEntries([
    wire('x', 'c'),
    wire('x', 'a'),
    wire('x', 'b'),
    wire('a', 'sum', 'x'),
    wire('c', 'sum', 'y'),
    wire('sum', 'y'),
  ]),
  layout: {
    x: { x: 0, y: 50 },
    a: { x: 200, y: 0 },
    b: { x: 200, y: 50 },
    c: { x: 200, y: 100 },
    sum: { x: 400, y: 50 },
    y: { x: 600, y: 50 },
  },
} as unknown as ModelClass;

const from = (id: NodeId, way: Way, cameFrom?: NodeId) =>
  walk({ modelClass: fork, from: { kind: 'node', id }, cameFrom, axis: 'y' }, way)?.id;

describe('walking through a graph', () => {
  it('follows the wires, of several the topmost, and leads back to where one came from', () => {
    expect(from('x', 'on')).toBe('a');
    expect(from('sum', 'on')).toBe('y');
    expect(from('y', 'on')).toBeUndefined();
    expect(from('sum', 'back')).toBe('a');
    expect(from('sum', 'back', 'c')).toBe('c');
    expect(from('x', 'on', 'c')).toBe('c');
  });

  it('goes to what the same nodes feed, across the flow, as it is drawn', () => {
    expect(from('a', 'below')).toBe('b');
    expect(from('b', 'below')).toBe('c');
    expect(from('c', 'above')).toBe('b');
  });

  it('reads every node once, inputs first and outputs last, and then the notes', () => {
    const document = { format: 1, classes: { root: fork }, root: { class: 'root' } } as unknown as ModelDocument;
    const modelClass = addNote(document, 'root', { text: 'Read me', at: { x: 0, y: 0 } }).document.classes['root']!;
    const note = modelClass.annotations![0]!.id;
    const order = [{ kind: 'node' as const, id: 'x' }];
    for (
      let next = walk({ modelClass, from: order[0]!, axis: 'y' }, 'next');
      next;
      next = walk({ modelClass, from: order.at(-1)!, axis: 'y' }, 'next')
    )
      order.push(next as (typeof order)[number]);
    expect(order).toEqual(itemsInOrder(modelClass));
    expect(order.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c', 'sum', 'x', 'y', note].toSorted());
    expect(order.at(-2)!.id).toBe('y');
    expect(walk({ modelClass, from: order.at(-1)!, axis: 'y' }, 'previous')?.id).toBe('y');
  });

  it('finds its ends, and the next of the same type round in a circle', () => {
    expect(from('sum', 'first')).toBe('x');
    expect(from('a', 'last')).toBe('y');
    expect(from('a', 'next-alike')).toBe('c');
    expect(from('c', 'next-alike')).toBe('a');
    expect(from('b', 'next-alike')).toBeUndefined();
  });

  it('goes on from what fed the one that is gone, through all that went with it', () => {
    const document = {
      format: 1,
      classes: { root: fork },
      root: { class: 'root' },
      settings: [],
      views: [],
      run: {},
    } as unknown as ModelDocument;
    const without = (...ids: NodeId[]) => removeNodes(document, 'root', ids).classes['root']!;
    expect(survivor(fork, without('sum'), 'sum')).toBe('a');
    expect(survivor(fork, without('sum', 'a', 'c'), 'sum')).toBe('x');
    expect(survivor(fork, without('x'), 'x')).toBe('a');
    expect(survivor(fork, without(...Object.keys(fork.nodes)), 'x')).toBeUndefined();
  });

  it('walks ten thousand nodes from end to end', () => {
    const modelClass = chain(10_000).classes['root']!;
    let at: { readonly kind: 'node' | 'note'; readonly id: string } | undefined = itemsInOrder(modelClass)[0];
    let steps = 0;
    for (; at; at = walk({ modelClass, from: at, axis: 'y' }, 'on')) steps++;
    expect(steps).toBe(Object.keys(modelClass.nodes).length);
  });
});
