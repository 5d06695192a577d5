import { expect, it } from 'vitest';
import { addCall } from '../document/edits/members.ts';
import { readKernel, tiedAutoencoder, tiedTable } from '../test/tied.ts';
import { example } from '../test/examples.ts';
import { checkDocument } from './check-document.ts';
import { costOf, sizesOfBatch } from './cost.ts';
import { usesOf } from './member-use.ts';
import { nodePorts } from './ports.ts';
import { setMemberUse } from './set-member-use.ts';

const faults = (document: Parameters<typeof checkDocument>[0]) =>
  checkDocument(document).problems.map(({ code, message }) => [code, message]);

it('knows the shape of a Param that is read, also where its lengths follow from a call', () => {
  const check = checkDocument(tiedAutoencoder());
  expect(check.problems).toEqual([]);
  expect(check.shapeOf('c1', 'n5', 'value')).toEqual({ shape: [4, 3], dtype: 'float32' });
  expect(check.inputShapeOf('c1', 'n2', 'in')?.shape).toEqual(['batch', 4]);
  expect(check.parameters).toBe(4 * 3 + 3);
});

it('gives a method ports and shapes of its own, and counts what it multiplies', () => {
  const document = tiedTable('attend');
  const check = checkDocument(document);
  expect(check.problems).toEqual([]);
  expect(nodePorts(document, 'c1', 'n5')).toMatchObject({ inputs: { query: {} }, outputs: { y: {} } });
  expect(check.inputShapeOf('c1', 'n2', 'in')?.shape).toEqual(['batch', 2, 5]);
  expect(costOf(check.root!, sizesOfBatch(2)).multiplyAdds).toBe(2 * 2 * 5 * 3);
});

it('says what is missing where no call tells the lengths of what is read', () => {
  expect(faults(readKernel({ outFeatures: 3 }))).toContainEqual([
    'member/open',
    'linear: expected inFeatures of linear, which no call before this one tells, got none.',
  ]);
  const given = faults(readKernel({ inFeatures: 2, outFeatures: 3 }));
  expect(given.map(([code]) => code)).toEqual(['node/unused']);
});

it('names what a layer has, where something else is asked for', () => {
  const document = tiedTable('attend');
  const messages = (use: Parameters<typeof setMemberUse>[3]) =>
    faults(setMemberUse(document, 'c1', 'n5', use)).map(([code, message]) => `${code}: ${message}`);
  expect(messages({ variable: 'bias' })).toContainEqual(expect.stringMatching(/^variable\/unknown: .*among embedding, got "bias"/));
  expect(messages({ method: 'decode' })).toContainEqual(expect.stringMatching(/^method\/unknown: .*among call, attend, got "decode"/));
  const nested = example('block');
  const [member] = nested.classes[nested.root.class]!.members;
  const called = addCall(nested, nested.root.class, member!.id, { x: 0, y: 0 }, { variable: 'kernel' });
  expect(checkDocument(called.document).problems.length).toBeGreaterThan(0);
});

it('lists the methods and Params of a member before its lengths are known', () => {
  const [linear] = tiedAutoencoder().classes['c1']!.members;
  expect(usesOf({ fields: [] }, linear!)).toEqual({ methods: [], params: ['kernel', 'bias'] });
  expect(usesOf({ fields: [] }, { ...linear!, args: { outFeatures: 3, useBias: false } }).params).toEqual(['kernel']);
  const [embed] = tiedTable('attend').classes['c1']!.members;
  expect(usesOf({ fields: [] }, embed!)).toEqual({ methods: ['attend'], params: ['embedding'] });
});

it('keeps the wires that still have a port when a node uses its member otherwise', () => {
  const called = setMemberUse(tiedTable('attend'), 'c1', 'n5', {});
  const ports = ({ classes }: typeof called) =>
    Object.values(classes['c1']!.wires).flatMap(({ from, to }) =>
      from.node === 'n5' || to.node === 'n5' ? [`${from.port}>${to.port}`] : [],
    );
  expect(ports(called)).toEqual(['y>ids', 'y>in']);
  expect(ports(setMemberUse(called, 'c1', 'n5', { variable: 'embedding' }))).toEqual(['value>in']);
});
