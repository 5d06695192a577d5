import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import {
  addMember,
  addOp,
  connect,
  groupIntoClass,
  newDocument,
  setInput,
  setParam,
  type ModelDocument,
} from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { graphFacts } from './facts.ts';

const at = { x: 0, y: 0 };

const troubleOf = (document: ModelDocument, node: string) => {
  const root = document.classes[document.root.class]!;
  return graphFacts(document, checkDocument(document), root, []).troubleOf(node);
};

describe('what is shown as wrong on a node', () => {
  it('is what is wrong inside of it, where nothing is wrong with itself', () => {
    const { document, node } = groupIntoClass(chain(6), 'root', ['c3', 'c4']);
    const call = document.classes['root']!.nodes[node]!;
    const member = document.classes['root']!.members.find(({ id }) => call.kind === 'call' && id === call.member)!;
    expect(troubleOf(document, node)).toBeUndefined();
    const broken = setParam(document, member.type.slice('class:'.length), { member: 'm4' }, 'inFeatures', 99);
    expect(troubleOf(broken, node)).toMatchObject({ kind: 'within', texts: [expect.stringMatching(/^Inside, layer4: expected /)] });
    // Beside it all is well.
    expect(troubleOf(broken, 'c1')).toBeUndefined();
  });

  it('is soft while a wire or a value is still to come, and a warning where it would only run astray', () => {
    const loose = addOp(newDocument(), 'c1', { op: 'relu', at });
    expect(troubleOf(loose.document, loose.node)?.kind).toBe('unfinished');
    const bare = addMember(newDocument(), 'c1', { type: 'Linear', args: {}, at });
    const fed = connect(bare.document, 'c1', { node: 'n1', port: 'out' }, { node: bare.node, port: 'x' });
    expect(troubleOf(fed, bare.node)?.kind).toBe('unfinished');
    const flat = setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 64] });
    const rnn = addMember(flat, 'c1', { type: 'RNN', args: { cell: 'GRUCell', hiddenFeatures: 4 }, at });
    const run = connect(rnn.document, 'c1', { node: 'n1', port: 'out' }, { node: rnn.node, port: 'x' });
    expect(troubleOf(run, rnn.node)?.kind).toBe('warning');
  });
});
