import { expect, it } from 'vitest';
import { addAlias, addCall, addMember, setRepeat } from '../document/edits/members.ts';
import { addOp } from '../document/edits/nodes.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setAttributesWhere } from '../document/edits/settings.ts';
import { connect } from '../document/edits/wires.ts';
import { findStructureProblems } from '../document/structure.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument, PortRef } from '../document/schema.ts';
import { checkDocument } from './check-document.ts';
import { replaceNodes, type Replacement } from './replace-nodes.ts';

const at = { x: 0, y: 0 };
const layer = (type: string, args = {}): Replacement => ({ addition: { kind: 'layer', type, args } });
const op = (type: string, args = {}): Replacement => ({ addition: { kind: 'op', op: type, args } });
const wired = (document: ModelDocument, from: PortRef, to: PortRef) => connect(document, 'c1', from, to);
const wiresOf = (document: ModelDocument) =>
  Object.values(document.classes['c1']!.wires).map(({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`);
const membersOf = (document: ModelDocument) => document.classes['c1']!.members.map(({ name, type, args }) => [name, type, args] as const);

/** input → linear → output, and a second call of linear where asked for. */
function chain(name?: string): ModelDocument {
  const added = addMember(newDocument(), 'c1', {
    type: 'Linear',
    args: { outFeatures: 12, useBias: false },
    ...(name === undefined ? {} : { name }),
    at,
  });
  const first = wired(added.document, { node: 'n1', port: 'out' }, { node: added.node, port: 'x' });
  return wired(first, { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
}

it('keeps wires, probes, place in construction and the arguments that both types know; a name of the old type goes with it', () => {
  const probed = setProbe(chain(), 'c1', { at: { node: 'n3', port: 'y' }, kind: 'sow' }).document;
  const { document, dropped } = replaceNodes(probed, 'c1', ['n3'], layer('LinearGeneral'));
  expect(dropped).toEqual([]);
  expect(wiresOf(document)).toEqual(wiresOf(probed));
  expect(document.classes['c1']!.probes).toEqual(probed.classes['c1']!.probes);
  expect(document.classes['c1']!.nodes['n3']).toEqual(probed.classes['c1']!.nodes['n3']);
  const [[name, type, args]] = membersOf(document) as [ReturnType<typeof membersOf>[number]];
  expect([name, type]).toEqual(['linearGeneral', 'LinearGeneral']);
  expect(args).toMatchObject({ useBias: false });
});

it('keeps a name that a person has given, and what is set on the member', () => {
  const named = setAttributesWhere(chain('head'), { kind: 'modules', at: [['m1']] }, { frozen: true });
  const { document } = replaceNodes(named, 'c1', ['n3'], layer('Conv', { kernelSize: [3] }));
  expect(membersOf(document)).toEqual([['head', 'Conv', { kernelSize: [3], outFeatures: 12, useBias: false }]]);
  expect(document.settings).toEqual(named.settings);
});

it('takes what was typed before what was there', () => {
  const { document } = replaceNodes(chain(), 'c1', ['n3'], { ...layer('Conv', { outFeatures: 5 }), typed: ['outFeatures'] });
  expect(membersOf(document)[0]![2]).toMatchObject({ outFeatures: 5 });
});

it('turns a layer into an op, whose member goes, and back', () => {
  const asOp = replaceNodes(chain(), 'c1', ['n3'], op('relu')).document;
  expect(membersOf(asOp)).toEqual([]);
  expect(wiresOf(asOp)).toEqual(wiresOf(chain()));
  expect(checkDocument(asOp).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const back = replaceNodes(asOp, 'c1', ['n3'], layer('Linear', { outFeatures: 3 })).document;
  expect(membersOf(back)).toEqual([['linear', 'Linear', { outFeatures: 3 }]]);
});

it('moves wires to the port in the same place, and names those for which there is none', () => {
  const added = addOp(chain(), 'c1', { op: 'add', at });
  const both = wired(
    wired(added.document, { node: 'n1', port: 'out' }, { node: added.node, port: 'a' }),
    { node: 'n3', port: 'y' },
    { node: added.node, port: 'b' },
  );
  const many = replaceNodes(both, 'c1', [added.node], op('concatenate'));
  expect(many.dropped).toEqual([]);
  expect(wiresOf(many.document)).toContain(`n3.y ${added.node}.x1`);
  const one = replaceNodes(both, 'c1', [added.node], op('relu'));
  expect(one.dropped).toEqual(['linear → relu']);
  expect(wiresOf(one.document)).toContain(`n1.out ${added.node}.x`);
});

it('gives an op of any number of inputs one for each wire', () => {
  const three = addOp(chain(), 'c1', { op: 'concatenate', args: { inputs: 3 }, at });
  const full = ['x0', 'x1', 'x2'].reduce(
    (document, port) => wired(document, { node: 'n1', port: 'out' }, { node: three.node, port }),
    three.document,
  );
  const { document, dropped } = replaceNodes(full, 'c1', [three.node], op('stack'));
  expect(dropped).toEqual([]);
  expect(document.classes['c1']!.nodes[three.node]).toMatchObject({ op: 'stack', args: { inputs: 3 } });
});

it('keeps calls shared that are replaced together, and takes one of several out of the sharing', () => {
  const alias = addAlias(chain(), 'c1', 'm1', 'tied');
  const again = addCall(alias.document, 'c1', alias.member, at);
  const both = replaceNodes(again.document, 'c1', ['n3', again.node], layer('LayerNorm')).document;
  expect(membersOf(both).map(([name, type]) => [name, type])).toEqual([
    ['layerNorm', 'LayerNorm'],
    ['tied', 'LayerNorm'],
  ]);
  const single = replaceNodes(again.document, 'c1', [again.node], layer('LayerNorm')).document;
  expect(membersOf(single).map(([name]) => name)).toEqual(['linear', 'layerNorm']);
});

it('stays a list where a list was, and calls a member that is there already', () => {
  const list = setRepeat(chain(), 'c1', 'm1', 3);
  expect(replaceNodes(list, 'c1', ['n3'], layer('LayerNorm')).document.classes['c1']!.members[0]).toMatchObject({ repeat: 3 });
  const other = addMember(chain(), 'c1', { type: 'Linear', args: { outFeatures: 2 }, at });
  const shared = replaceNodes(other.document, 'c1', ['n3'], { addition: { kind: 'call', member: other.member } }).document;
  expect(membersOf(shared).map(([name]) => name)).toEqual(['linear1']);
  expect(findStructureProblems(shared).filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('makes a new class once for all, and refuses what callers hang on', () => {
  const two = addOp(chain(), 'c1', { op: 'relu', at });
  const { document } = replaceNodes(two.document, 'c1', ['n3', two.node], { addition: { kind: 'class', className: 'Block', args: {} } });
  expect(Object.values(document.classes).map(({ name }) => name)).toEqual(['Model', 'Block']);
  expect(membersOf(document).map(([name]) => name)).toEqual(['block', 'block1']);
  expect(() => replaceNodes(chain(), 'c1', ['n1'], op('relu'))).toThrow(/Expected a layer, an op or a constant to replace, got input x/);
});
