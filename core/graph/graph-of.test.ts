import { describe, expect, it } from 'vitest';
import { setParam } from '../document/edits/params.ts';
import type { GraphNode, Member, ModelClass, Wire } from '../document/schema.ts';
import { chain } from '../test/chain.ts';
import { graphOf } from './graph-of.ts';

const member = (id: string, aliasOf?: string): Member => ({ id, name: id, type: 'Linear', args: {}, ...(aliasOf ? { aliasOf } : {}) });

function classOf(members: readonly Member[], calls: readonly (readonly [string, string])[]): ModelClass {
  const nodes = Object.fromEntries(calls.map(([id, name]): [string, GraphNode] => [id, { id, kind: 'call', member: name }]));
  return { id: 'c', name: 'C', doc: '', fields: [], members, nodes, wires: {}, probes: [], layout: {} };
}

describe('the calls of a member', () => {
  const graph = graphOf(
    classOf(
      [member('a'), member('b', 'a'), member('c', 'b'), member('d'), member('e', 'nobody')],
      [
        ['n3', 'a'],
        ['n1', 'c'],
        ['n2', 'b'],
        ['n4', 'd'],
        ['n5', 'gone'],
        ['n6', 'gone'],
        ['n7', 'e'],
      ],
    ),
  );

  it('are those under every alias of it, by node id', () => {
    for (const id of ['a', 'b', 'c']) expect(graph.callsOf(id).map((call) => call.id)).toEqual(['n1', 'n2', 'n3']);
    expect(graph.callsOf('d').map((call) => call.id)).toEqual(['n4']);
  });

  it('are none where nothing stands behind the id', () => {
    expect([graph.callsOf('gone'), graph.callsOf('e')]).toEqual([[], []]);
  });

  it('make it a shared one where they are several', () => {
    expect(graph.sharedMembers).toEqual(['a']);
  });
});

describe('an index', () => {
  it('is remembered until a member changes, and then answers with the new one', () => {
    const document = chain(3);
    const root = document.classes['root']!;
    const moved: ModelClass = { ...root, layout: {} };
    expect(graphOf(moved)).toBe(graphOf(root));
    const changed = setParam(document, 'root', { member: 'm0' }, 'outFeatures', 5).classes['root']!;
    expect(graphOf(changed).behind('m0')?.args).toEqual({ inFeatures: 8, outFeatures: 5 });
  });
});

describe('the wire into a port', () => {
  it('is the first by id of several, wherever the record has it', () => {
    const wire = (id: string, node: string): Wire => ({ id, from: { node, port: 'out' }, to: { node: 'n2', port: 'in' } });
    const graph = graphOf({ ...classOf([], []), wires: { w10: wire('w10', 'a'), w9: wire('w9', 'b'), w11: wire('w11', 'c') } });
    expect(graph.wireInto({ node: 'n2', port: 'in' })?.id).toBe('w9');
    expect(graph.wireInto({ node: 'n2', port: 'other' })).toBeUndefined();
  });
});
