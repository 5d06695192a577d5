import { expect, it } from 'vitest';
import { addMember } from '../document/edits/members.ts';
import { addInput, addOp, setInput } from '../document/edits/nodes.ts';
import { newDocument } from '../document/new-document.ts';
import { checkDocument } from './check-document.ts';
import { whyNotCarry } from './why-not-wire.ts';

const at = { x: 0, y: 0 };

it('says which kind of numbers a port takes, where that is known; shapes may still become right', () => {
  let document = setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 4] });
  const types = ['int32', 'bool'] as const;
  const inputs = types.map((dtype) => {
    const added = addInput(document, 'c1', { name: `of_${dtype}`, shape: ['batch', 4], dtype, at });
    document = added.document;
    return added.node;
  });
  const nodes = (['Embed', 'Linear', 'Dropout'] as const).map((type) => {
    const added = addMember(document, 'c1', { type, args: type === 'Embed' ? { numEmbeddings: 9, features: 4 } : { outFeatures: 3 }, at });
    document = added.document;
    return added.node;
  });
  const relu = addOp(document, 'c1', { op: 'relu', at });
  const { root } = checkDocument(relu.document);
  const why = (from: string, to: string, port = 'x') => whyNotCarry(root!, { node: from, port: 'out' }, { node: to, port });
  const [ints, bools] = inputs as [string, string];
  const [embed, linear, dropout] = nodes as [string, string, string];
  expect(why('n1', embed, 'ids')).toBe('Expected int32 on ids, got float32. Wire an input of type int32, or convert it with Cast.');
  expect(why(ints, embed, 'ids')).toBeUndefined();
  // Flax turns integers into floats there.
  expect(why(ints, linear)).toBeUndefined();
  expect(why(bools, linear)).toContain('Expected float32 or int32 on x, got bool.');
  expect(why(ints, dropout)).toContain('Expected float32 on x, got int32.');
  expect([why('n1', linear), why('n1', dropout), why('n1', relu.node)]).toEqual([undefined, undefined, undefined]);
  expect(whyNotCarry(root!, { node: 'n1', port: 'none' }, { node: linear, port: 'x' })).toBeUndefined();
});
