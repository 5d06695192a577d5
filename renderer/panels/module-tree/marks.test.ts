import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { groupIntoClass, removeNodes, setParam, setRepeat, type ModelDocument } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { pathKey } from '../../state/paths.ts';
import { inFlowOrder } from './flow-order.ts';
import { marksOf } from './marks.ts';
import { nestModules } from './tree.ts';

const { document: grouped, node } = groupIntoClass(chain(6), 'root', ['c3', 'c4']);
const call = grouped.classes['root']!.nodes[node]!;
const listed = setRepeat(grouped, 'root', call.kind === 'call' ? call.member : '', 3);
const member = grouped.classes['root']!.members.find(({ id }) => call.kind === 'call' && id === call.member)!;
const marks = (document: ModelDocument) => marksOf(document, checkDocument(document));

describe('marks in the module tree', () => {
  it('stand in the instance in which a problem arises, and in what holds it', () => {
    // The first of the list gets 8 features, and gives 99 to the next.
    const broken = setParam(listed, member.type.slice('class:'.length), { member: 'm3' }, 'outFeatures', 99);
    const found = marks(broken);
    const faulty = [...found].filter(([, { kind }]) => kind === 'error').map(([key]) => key);
    expect(faulty.length).toBeGreaterThan(0);
    expect(faulty.every((key) => key.startsWith(`["${member.name}",`))).toBe(true);
    expect(found.get('[]')!.within).toBe(faulty.length);
    expect(found.get(pathKey([member.name]))!.within).toBeGreaterThan(0);
  });

  it('are soft for what is unfinished, which counts nowhere', () => {
    const cut = removeNodes(chain(6), 'root', ['c1']);
    const found = marks(cut);
    expect(found.get('["layer2"]')).toMatchObject({ kind: 'unfinished' });
    expect(found.get('[]')?.within ?? 0).toBe(0);
  });

  it('are none where all is well', () => {
    expect(marks(listed).size).toBe(0);
  });
});

it('orders Modules as they are called, and the items of a list as they stand', () => {
  const names = ['layer0', 'layer1', 'layer10', 'layer2', 'gone'];
  const document = chain(11);
  const modules = names.map((name) => ({ path: [name], type: 'Linear', paramCount: 0, variables: [], attributes: [], alsoAt: [] }));
  const root = nestModules([...modules, { ...modules[0]!, path: [] }])!;
  expect(inFlowOrder(document, root).children.map(({ name }) => name)).toEqual(['layer0', 'layer1', 'layer2', 'layer10', 'gone']);
});
