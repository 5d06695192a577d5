import { describe, expect, it } from 'vitest';
import { findStructureProblems } from '../structure.ts';
import { newDocument } from '../new-document.ts';
import type { ModelDocument } from '../schema.ts';
import { addClass } from './classes.ts';
import { copyNodes, duplicateNodes, paste } from './clipboard.ts';
import { addAlias, addCall, addMember, moveMember, removeMember, renameMember, setRepeat } from './members.ts';
import { addConstant, addInput, addOp, addOutput, moveNodes, removeNodes, renamePort, setInput } from './nodes.ts';
import { removeProbe, renameProbe, setProbe } from './probes.ts';
import { bridgeNodes, connect, disconnect, insertOnWire, moveWires, rewire } from './wires.ts';

const at = { x: 264, y: 0 };
const port = (node: string, name: string) => ({ node, port: name });

/** x → linear (n3) → relu (n4) → y, with a sow on the linear layer. */
function chain(): ModelDocument {
  let document = addMember(newDocument(), 'c1', { type: 'Linear', args: { outFeatures: 3 }, at }).document;
  document = addOp(document, 'c1', { op: 'relu', at }).document;
  document = connect(document, 'c1', port('n1', 'out'), port('n3', 'x'));
  document = connect(document, 'c1', port('n3', 'y'), port('n4', 'x'));
  document = connect(document, 'c1', port('n4', 'y'), port('n2', 'in'));
  return setProbe(document, 'c1', { at: port('n3', 'y'), kind: 'sow' }).document;
}

function wiresOf(document: ModelDocument): readonly string[] {
  return Object.values(document.classes['c1']!.wires)
    .map(({ from, to }) => `${from.node}.${from.port}-${to.node}.${to.port}`)
    .sort();
}

function memberNames(document: ModelDocument): readonly string[] {
  return document.classes['c1']!.members.map((member) => member.name);
}

describe('members', () => {
  it('makes a member and its call in one go, with a name of its own', () => {
    const first = addMember(newDocument(), 'c1', { type: 'Linear', at });
    const second = addMember(first.document, 'c1', { type: 'Linear', at });
    expect([first.member, first.node, second.member, second.node]).toEqual(['m1', 'n3', 'm2', 'n4']);
    expect(memberNames(second.document)).toEqual(['linear', 'linear1']);
    expect(second.document.classes['c1']!.nodes['n4']).toEqual({ id: 'n4', kind: 'call', member: 'm2' });
    expect(second.document.classes['c1']!.layout['n4']).toEqual(at);
  });

  it('names a member after its class', () => {
    const { document, class: block } = addClass(newDocument(), { name: 'ResBlock' });
    expect(memberNames(addMember(document, 'c1', { type: `class:${block}`, at }).document)).toEqual(['resBlock']);
  });

  it('refuses a class that would contain itself', () => {
    const { document, class: block } = addClass(newDocument(), { name: 'Block' });
    const nested = addMember(document, 'c1', { type: `class:${block}`, at }).document;
    expect(() => addMember(nested, block, { type: 'class:c1', at })).toThrow('Model would contain itself: ');
    expect(() => addMember(nested, 'c1', { type: 'class:c1', at })).toThrow('Model would contain itself: ');
  });

  it('keeps a member while something calls it', () => {
    const shared = addCall(chain(), 'c1', 'm1', at).document;
    const once = removeNodes(shared, 'c1', ['n3']);
    expect(memberNames(once)).toEqual(['linear']);
    expect(memberNames(removeNodes(once, 'c1', ['n5']))).toEqual([]);
  });

  it('keeps a member that only an alias uses', () => {
    const aliased = addAlias(chain(), 'c1', 'm1', 'tied').document;
    expect(memberNames(removeNodes(addCall(aliased, 'c1', 'm2', at).document, 'c1', ['n3']))).toEqual(['linear', 'tied']);
  });

  it('removes a member with its calls, aliases, wires and probes', () => {
    const removed = removeMember(addAlias(chain(), 'c1', 'm1', 'tied').document, 'c1', 'm1');
    expect(memberNames(removed)).toEqual([]);
    expect(Object.keys(removed.classes['c1']!.nodes)).toEqual(['n1', 'n2', 'n4']);
    expect(wiresOf(removed)).toEqual(['n4.y-n2.in']);
    expect(removed.classes['c1']!.probes).toEqual([]);
  });

  it('takes the alias of an alias along, or keeps what it leads to', () => {
    const called = addCall(addAlias(chain(), 'c1', 'm1', 'tied').document, 'c1', 'm2', at);
    const { id, members, ...rest } = called.document.classes['c1']!;
    const third = { ...members[1]!, id: 'm3', name: 'third', aliasOf: 'm2' };
    const chained: ModelDocument = { ...called.document, classes: { c1: { id, members: [...members, third], ...rest } } };
    const twice = addCall(chained, 'c1', 'm3', at).document;
    expect(memberNames(removeMember(twice, 'c1', 'm1'))).toEqual([]);
    expect(memberNames(removeNodes(twice, 'c1', ['n3', called.node]))).toEqual(['linear', 'tied', 'third']);
  });

  it('refuses names that are taken or that Modules have', () => {
    const two = addMember(chain(), 'c1', { type: 'Dropout', at }).document;
    expect(() => renameMember(two, 'c1', 'm2', 'linear')).toThrow('Expected a name that is not in use, got "linear".');
    expect(() => renameMember(two, 'c1', 'm2', 'train')).toThrow('no attribute of every Module');
    expect(memberNames(renameMember(two, 'c1', 'm2', 'drop'))).toEqual(['linear', 'drop']);
  });

  it('changes the order of construction', () => {
    const two = addMember(chain(), 'c1', { type: 'Dropout', at }).document;
    expect(memberNames(moveMember(two, 'c1', 'm2', 0))).toEqual(['dropout', 'linear']);
    expect(moveMember(two, 'c1', 'm2', 1)).toBe(two);
  });

  it('makes a list of repeats and takes it back', () => {
    const list = setRepeat(chain(), 'c1', 'm1', { $: '2 * depth' });
    expect(list.classes['c1']!.members[0]!.repeat).toEqual({ $: '2 * depth' });
    expect(setRepeat(list, 'c1', 'm1', undefined).classes['c1']!.members[0]).toEqual(chain().classes['c1']!.members[0]);
  });
});

describe('wires', () => {
  it('replaces the wire into an occupied input', () => {
    expect(wiresOf(chain())).toEqual(['n1.out-n3.x', 'n3.y-n4.x', 'n4.y-n2.in']);
  });

  it('gives the same document for a wire that is there already', () => {
    const document = chain();
    expect(connect(document, 'c1', port('n3', 'y'), port('n4', 'x'))).toBe(document);
  });

  it('refuses cycles, loops and wires against their direction, each with its reason', () => {
    const document = chain();
    expect(() => connect(document, 'c1', port('n4', 'y'), port('n3', 'x'))).toThrow('Expected a graph without cycles');
    expect(() => connect(document, 'c1', port('n4', 'y'), port('n4', 'x'))).toThrow('a wire from a node to itself');
    expect(() => connect(document, 'c1', port('n2', 'in'), port('n3', 'x'))).toThrow('Expected a node with an output port');
    expect(() => connect(document, 'c1', port('n3', 'y'), port('n1', 'out'))).toThrow('Expected a node with an input port');
    expect(() => connect(document, 'c1', port('n9', 'y'), port('n4', 'x'))).toThrow('Expected a node of Model, got "n9"');
  });

  it('keeps the probe when the wire goes', () => {
    const cut = disconnect(chain(), 'c1', ['w3']);
    expect(wiresOf(cut)).toEqual(['n1.out-n3.x', 'n4.y-n2.in']);
    expect(cut.classes['c1']!.probes).toHaveLength(1);
  });

  it('puts a node into a wire', () => {
    const { document, node } = addOp(chain(), 'c1', { op: 'tanh', at });
    const inserted = insertOnWire(document, 'c1', 'w3', node, { input: 'x', output: 'y' });
    expect(wiresOf(inserted)).toEqual(['n1.out-n3.x', 'n3.y-n5.x', 'n4.y-n2.in', 'n5.y-n4.x']);
    expect(findStructureProblems(inserted)).toEqual([]);
  });

  it('makes room around what is put into a wire: nothing lies over another, and nothing moves where there is room', () => {
    const places = { n1: { x: 0, y: 0 }, n3: { x: 240, y: 0 }, n4: { x: 480, y: 0 }, n2: { x: 720, y: 0 } };
    const { document, node } = addOp(moveNodes(chain(), 'c1', places), 'c1', { op: 'tanh', at: { x: 360, y: 0 } });
    const beside = addOp(document, 'c1', { op: 'gelu', at: { x: 960, y: 40 } });
    const { layout } = insertOnWire(beside.document, 'c1', 'w3', node, { input: 'x', output: 'y' }).classes['c1']!;
    expect(layout).toEqual({
      ...places,
      [node]: { x: 480, y: 0 },
      n4: { x: 720, y: 0 },
      n2: { x: 960, y: 0 },
      [beside.node]: { x: 1200, y: 40 },
    });
    const wide = moveNodes(document, 'c1', { [node]: { x: 520, y: 0 }, n4: { x: 800, y: 0 }, n2: { x: 1040, y: 0 } });
    expect(insertOnWire(wide, 'c1', 'w3', node, { input: 'x', output: 'y' }).classes['c1']!.layout).toEqual(wide.classes['c1']!.layout);
    const down = moveNodes(document, 'c1', { n3: { x: 0, y: 112 }, n4: { x: 0, y: 224 }, n2: { x: 0, y: 336 }, [node]: { x: 8, y: 160 } });
    expect(insertOnWire(down, 'c1', 'w3', node, { input: 'x', output: 'y' }).classes['c1']!.layout).toMatchObject({
      [node]: { x: 8, y: 224 },
      n4: { x: 0, y: 336 },
      n2: { x: 0, y: 448 },
    });
  });

  it('moves the end of a wire, which stays the same wire, and takes the place of one that was there', () => {
    const { document } = addOp(chain(), 'c1', { op: 'tanh', at });
    const moved = rewire(document, 'c1', 'w3', port('n3', 'y'), port('n5', 'x'));
    expect(moved.classes['c1']!.wires['w3']).toEqual({ id: 'w3', from: port('n3', 'y'), to: port('n5', 'x') });
    expect(wiresOf(rewire(document, 'c1', 'w2', port('n1', 'out'), port('n2', 'in')))).toEqual(['n1.out-n2.in', 'n3.y-n4.x']);
    expect(() => rewire(document, 'c1', 'w2', port('n4', 'y'), port('n3', 'x'))).toThrow('cycle');
  });

  it('moves all wires of an output, and the one of an input', () => {
    let { document } = addOp(chain(), 'c1', { op: 'tanh', at });
    document = connect(document, 'c1', port('n3', 'y'), port('n5', 'x'));
    const outputs = moveWires(document, 'c1', 'output', port('n3', 'y'), port('n1', 'out'));
    expect(wiresOf(outputs)).toEqual(['n1.out-n3.x', 'n1.out-n4.x', 'n1.out-n5.x', 'n4.y-n2.in']);
    expect(wiresOf(moveWires(chain(), 'c1', 'input', port('n4', 'x'), port('n2', 'in')))).toEqual(['n1.out-n3.x', 'n3.y-n2.in']);
    expect(moveWires(document, 'c1', 'input', port('n5', 'x'), port('n5', 'x'))).toBe(document);
  });

  it('lays the wire past a node that goes', () => {
    const bridged = removeNodes(bridgeNodes(chain(), 'c1', ['n3', 'n4']), 'c1', ['n3', 'n4']);
    expect(wiresOf(bridged)).toEqual(['n1.out-n2.in']);
  });
});

describe('nodes', () => {
  it('adds inputs, outputs and constants with names and an order', () => {
    let { document } = addInput(chain(), 'c1', { shape: ['batch', 3], at });
    document = addOutput(document, 'c1', { name: 'aux', at }).document;
    document = addConstant(document, 'c1', { value: [1, 2], at }).document;
    const { nodes } = document.classes['c1']!;
    expect([nodes['n5'], nodes['n6'], nodes['n7']]).toEqual([
      { id: 'n5', kind: 'input', name: 'x1', order: 1, shape: ['batch', 3], dtype: 'float32' },
      { id: 'n6', kind: 'output', name: 'aux', order: 1 },
      { id: 'n7', kind: 'constant', value: [1, 2], dtype: 'float32' },
    ]);
    expect(findStructureProblems(document)).toEqual([]);
  });

  it('renames and redeclares an input', () => {
    const document = setInput(renamePort(chain(), 'c1', 'n1', 'image'), 'c1', 'n1', { shape: [1, { $: 'side' }], dtype: 'int32' });
    expect(document.classes['c1']!.nodes['n1']).toEqual({
      id: 'n1',
      kind: 'input',
      name: 'image',
      order: 0,
      shape: [1, { $: 'side' }],
      dtype: 'int32',
    });
    expect(() => renamePort(document, 'c1', 'n4', 'a')).toThrow('Expected an input or an output');
  });

  it('moves nodes without touching what the graph means', () => {
    const document = chain();
    const moved = moveNodes(document, 'c1', { n3: { x: 4, y: 8 } });
    expect(moved.classes['c1']!.layout['n3']).toEqual({ x: 4, y: 8 });
    expect(moved.classes['c1']!.nodes).toBe(document.classes['c1']!.nodes);
    expect(moveNodes(moved, 'c1', { n3: { x: 4, y: 8 } })).toBe(moved);
  });

  it('gives the same document when there is nothing to remove', () => {
    const document = chain();
    expect(removeNodes(document, 'c1', ['n99'])).toBe(document);
    expect(removeMember(addMember(document, 'c1', { type: 'Dropout', at }).document, 'c1', 'm2').classes['c1']!.wires).toBe(
      document.classes['c1']!.wires,
    );
  });
});

describe('probes', () => {
  it('takes its name from the member, and a number where the name is in use', () => {
    let document = chain();
    document = setProbe(document, 'c1', { at: port('n3', 'y'), kind: 'perturb' }).document;
    document = addCall(document, 'c1', 'm1', at).document;
    document = setProbe(document, 'c1', { at: port('n5', 'y'), kind: 'sow' }).document;
    expect(document.classes['c1']!.probes.map(({ kind, name, variableType }) => [kind, name, variableType])).toEqual([
      ['sow', 'linearOut', 'Intermediate'],
      ['perturb', 'linearOut', 'Perturbation'],
      ['sow', 'linearOut1', 'Intermediate'],
    ]);
  });

  it('sets one probe of a kind on a port: the second renames', () => {
    const { document, probe } = setProbe(chain(), 'c1', { at: port('n3', 'y'), kind: 'sow', name: 'hidden' });
    expect(probe).toBe('p1');
    expect(document.classes['c1']!.probes.map((each) => each.name)).toEqual(['hidden']);
    expect(renameProbe(document, 'c1', 'p1', 'late').classes['c1']!.probes[0]!.name).toBe('late');
    expect(removeProbe(document, 'c1', 'p1').classes['c1']!.probes).toEqual([]);
  });

  it('refuses a name twice, and a probe behind the output', () => {
    const document = chain();
    expect(() => setProbe(document, 'c1', { at: port('n4', 'y'), kind: 'sow', name: 'linearOut' })).toThrow('not in use');
    expect(() => setProbe(document, 'c1', { at: port('n2', 'in'), kind: 'sow' })).toThrow('a port that a value leaves');
  });
});

describe('copies', () => {
  it('pastes nodes with members of their own, the wires between them and their probes', () => {
    const { document, nodes } = duplicateNodes(chain(), 'c1', ['n3', 'n4']);
    expect(nodes).toEqual(['n5', 'n6']);
    expect(memberNames(document)).toEqual(['linear', 'linear1']);
    expect(wiresOf(document)).toContain('n5.y-n6.x');
    expect(document.classes['c1']!.probes.map((probe) => [probe.id, probe.name, probe.at.node])).toEqual([
      ['p1', 'linearOut', 'n3'],
      ['p2', 'linearOut1', 'n5'],
    ]);
    expect(document.classes['c1']!.layout['n5']).toEqual({ x: 288, y: 24 });
    expect(findStructureProblems(document)).toEqual([]);
  });

  it('pastes into another class, whatever its ids', () => {
    const { document, class: other } = addClass(chain());
    const pasted = paste(document, other, copyNodes(document, 'c1', ['n1', 'n3', 'n4', 'n2']));
    expect(pasted.nodes).toEqual(['n3', 'n4', 'n5', 'n6']);
    expect(findStructureProblems(pasted.document)).toEqual([]);
    expect(Object.values(pasted.document.classes[other]!.nodes).flatMap((node) => ('name' in node ? [node.name] : []))).toEqual([
      'x',
      'y',
      'x1',
      'y1',
    ]);
  });
});
