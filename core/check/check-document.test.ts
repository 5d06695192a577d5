import { describe, expect, it } from 'vitest';
import { addClass } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addAlias, addCall, addMember, setRepeat } from '../document/edits/members.ts';
import { addConstant, addInput, addOp, moveNodes, removeNodes, setInput } from '../document/edits/nodes.ts';
import { setParam } from '../document/edits/params.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setRun } from '../document/edits/run.ts';
import { setAttributesWhere, setMode } from '../document/edits/settings.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, ModelDocument } from '../document/schema.ts';
import { formatShape } from '../spec/index.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import type { Check } from './answers.ts';
import { checkDocument } from './check-document.ts';

const at = { x: 264, y: 0 };
const port = (node: string, name: string) => ({ node, port: name });

/** x (batch, 2) → the given layers in a row → y. Nodes are n3, n4 …, members m1, m2 … */
function chain(...layers: readonly (readonly [type: string, args?: Arguments])[]): ModelDocument {
  let document = newDocument();
  let last = port('n1', 'out');
  for (const [type, args = {}] of layers) {
    const isOp = /^[a-z]/.test(type) && !type.startsWith('class:');
    const added = isOp ? addOp(document, 'c1', { op: type, args, at }) : addMember(document, 'c1', { type, args, at });
    document = connect(added.document, 'c1', last, port(added.node, 'x'));
    last = port(added.node, 'y');
  }
  return connect(document, 'c1', last, port('n2', 'in'));
}

function shape(check: Check, node: string, classId = 'c1', path?: readonly (string | number)[]): string {
  const spec = check.shapeOf(classId, node, 'y', path);
  return spec ? formatShape(spec.shape) : 'unknown';
}

const codes = (document: ModelDocument) => checkDocument(document).problems.map((each) => each.code);

describe.each(EXAMPLES)('the example %s', (name) => {
  it('has no problem, and a shape on every wire', () => {
    const check = checkDocument(example(name));
    expect(check.problems).toEqual([]);
    for (const modelClass of Object.values(example(name).classes)) {
      for (const { from } of Object.values(modelClass.wires)) expect(check.shapeOf(modelClass.id, from.node, from.port)).toBeDefined();
    }
  });
});

describe('shapes', () => {
  it('go through layers and ops, with the batch by name', () => {
    const check = checkDocument(chain(['Linear', { inFeatures: 2, outFeatures: 3 }], ['relu'], ['flatten']));
    expect([shape(check, 'n3'), shape(check, 'n4')]).toEqual(['(batch, 3)', '(batch, 3)']);
    expect(check.problems).toEqual([]);
  });

  it('fill in the arguments that can be inferred', () => {
    const check = checkDocument(chain(['Linear', { outFeatures: 3 }], ['BatchNorm']));
    expect(check.memberOf('c1', 'm1')).toMatchObject({
      args: { inFeatures: 2, outFeatures: 3 },
      inferred: ['inFeatures'],
      isComplete: true,
    });
    expect(check.memberOf('c1', 'm2')).toMatchObject({ args: { numFeatures: 3 }, inferred: ['numFeatures'] });
    expect(check.isSound).toBe(true);
  });

  it('go through nested classes under the fields of each use', () => {
    const document = example('block');
    const check = checkDocument(document);
    expect(shape(check, 'n3', 'block')).toBe('(batch, 5)');
    expect(shape(check, 'n4', 'submodule', ['submodule'])).toBe('(batch, 5)');
    expect(check.memberOf('submodule', 'm1', ['submodule'])!.args).toMatchObject({ inFeatures: 5, outFeatures: 5 });
  });

  it('go through a list element by element', () => {
    const document = setRepeat(chain(['Linear', { inFeatures: 2, outFeatures: 2 }]), 'c1', 'm1', 3);
    expect(shape(checkDocument(document), 'n3')).toBe('(batch, 2)');
    const uneven = setParam(document, 'c1', { member: 'm1' }, 'outFeatures', 4);
    expect(checkDocument(uneven).problems[0]).toMatchObject({ code: 'shape/last-axis', place: { class: 'c1', node: 'n3', member: 'm1' } });
  });

  it('of a member that is called twice: the first call settles what is inferred', () => {
    let document = chain(['Linear', { outFeatures: 3 }]);
    const again = addCall(document, 'c1', 'm1', at);
    document = connect(again.document, 'c1', port('n3', 'y'), port(again.node, 'x'));
    document = connect(document, 'c1', port(again.node, 'y'), port('n2', 'in'));
    expect(checkDocument(document).problems[0]).toMatchObject({ code: 'shape/last-axis', place: { node: again.node } });
  });

  it('of a call through an alias are those of the member behind it', () => {
    const aliased = addAlias(chain(['Linear', { outFeatures: 2 }]), 'c1', 'm1', 'tied');
    const call = addCall(aliased.document, 'c1', aliased.member, at);
    let document = connect(call.document, 'c1', port('n3', 'y'), port(call.node, 'x'));
    document = connect(document, 'c1', port(call.node, 'y'), port('n2', 'in'));
    expect(shape(checkDocument(document), call.node)).toBe('(batch, 2)');
    expect(codes(document)).toEqual([]);
  });

  it('of constants come from their lists', () => {
    const constant = addConstant(chain(['relu']), 'c1', { value: [[1, 2, 3]], at });
    expect(checkDocument(constant.document).shapeOf('c1', constant.node, 'out')).toEqual({ shape: [1, 3], dtype: 'float32' });
    expect(codes(addConstant(chain(['relu']), 'c1', { value: [[1], [2, 3]], at }).document)).toContain('constant/ragged');
    expect(codes(addConstant(chain(['relu']), 'c1', { value: ['a'], at }).document)).toContain('constant/value');
  });

  it('are inferred anew only where something has changed', () => {
    const document = example('block');
    const before = checkDocument(document).instancesOf('submodule')[0]!.instance;
    const moved = moveNodes(document, 'submodule', { n2: { x: 4, y: 4 } });
    expect(checkDocument(moved).instancesOf('submodule')[0]!.instance).toBe(before);
    expect(checkDocument(setParam(document, 'block', { member: 'm3' }, 'rate', 0.1)).instancesOf('submodule')[0]!.instance).toBe(before);
    expect(
      checkDocument(setParam(document, 'submodule', { member: 'm1' }, 'useBias', false)).instancesOf('submodule')[0]!.instance,
    ).not.toBe(before);
  });
});

describe('problems', () => {
  it('of a filter that may reach into a layer made of layers are left to the live Module', () => {
    const document = chain(['RNN', { cell: 'LSTMCell', inFeatures: 2, hiddenFeatures: 3 }]);
    expect(codes(setAttributesWhere(document, { kind: 'path', contains: 'cell', exact: true }, { carryInit: null }))).not.toContain(
      'setting/no-match',
    );
    expect(codes(setAttributesWhere(chain(['relu']), { kind: 'path', contains: 'cell', exact: true }, { carryInit: null }))).toContain(
      'setting/no-match',
    );
  });

  it('of a shape that does not fit are at the node, with what was expected and what came', () => {
    const document = chain(['Linear', { inFeatures: 7, outFeatures: 3 }], ['relu']);
    const check = checkDocument(document);
    expect(check.problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'shape/last-axis',
        place: expect.objectContaining({ class: 'c1', node: 'n3', member: 'm1' }) as unknown,
      }),
    ]);
    expect(check.problems[0]!.message).toMatch(/^linear: expected .*7.*, got .*2/);
    expect(shape(check, 'n4')).toBe('unknown');
  });

  it('do not hide the shapes of what they have nothing to do with', () => {
    let document = chain(['Linear', { inFeatures: 7, outFeatures: 3 }]);
    const other = addOp(document, 'c1', { op: 'tanh', at });
    document = connect(other.document, 'c1', port('n1', 'out'), port(other.node, 'x'));
    expect(shape(checkDocument(document), other.node)).toBe('(batch, 2)');
  });

  it('name an unknown type, and keep the rest', () => {
    const check = checkDocument(chain(['MagicLayer'], ['relu']));
    expect(check.problems).toEqual([
      expect.objectContaining({ code: 'type/unknown', place: { class: 'c1', member: 'm1', node: 'n3' }, got: '"MagicLayer"' }),
    ]);
    expect(codes(chain(['magicOp']))).toEqual(['type/unknown']);
    expect(codes(chain(['constructor']))).toEqual(['type/unknown']);
  });

  it('name an input without a wire', () => {
    const added = addOp(chain(['relu']), 'c1', { op: 'add', at });
    const document = connect(
      connect(added.document, 'c1', port('n3', 'y'), port(added.node, 'a')),
      'c1',
      port(added.node, 'y'),
      port('n2', 'in'),
    );
    expect(checkDocument(document).problems).toEqual([
      expect.objectContaining({
        code: 'input/unconnected',
        place: { class: 'c1', node: added.node, port: 'b' },
        fix: 'Drag one from the output of a node.',
      }),
    ]);
  });

  it('name a wire to or from a port that is not there', () => {
    const document = chain(['relu'], ['tanh']);
    const wires = document.classes['c1']!.wires;
    const [first] = Object.values(wires).filter((wire) => wire.to.node === 'n4');
    const broken = (wire: typeof first) => ({
      ...document,
      classes: { c1: { ...document.classes['c1']!, wires: { ...wires, [wire!.id]: wire! } } },
    });
    expect(codes(broken({ ...first!, to: port('n4', 'z') }))).toEqual(expect.arrayContaining(['wire/nowhere', 'input/unconnected']));
    expect(codes(broken({ ...first!, from: port('n3', 'z') }))).toEqual(['wire/nowhere']);
  });

  it('name arguments that are wrong, missing or unknown', () => {
    expect(checkDocument(chain(['Linear', { outFeatures: -1 }])).problems[0]).toMatchObject({
      place: { param: 'outFeatures', member: 'm1', node: 'n3' },
    });
    expect(codes(chain(['Linear']))).toEqual(['param/missing']);
    expect(codes(chain(['Linear', { outFeatures: 2, units: 3 }]))).toEqual(['param/unknown']);
    expect(codes(chain(['Linear', { outFeatures: { $: 'width' } }]))).toEqual(['param/expression']);
    expect(checkDocument(chain(['Linear', { outFeatures: { $: '4 / 2' } }])).problems[0]).toMatchObject({
      code: 'param/kind',
      fix: 'Divide with // instead of /.',
    });
  });

  it('name root arguments that are missing or of the wrong type', () => {
    const document = example('block');
    expect(checkDocument({ ...document, root: { class: 'block', args: { din: 2 } } }).problems[0]).toMatchObject({
      code: 'field/missing',
      place: { class: 'block', field: 'dout' },
      message: 'root Block: expected a value for dout, got none.',
    });
    expect(codes({ ...document, root: { class: 'block', args: { din: 2, dout: 2.5 } } })).toEqual(['field/type']);
    expect(codes({ ...document, root: { class: 'block', args: { din: 2, dout: 3, depth: 1 } } })).toEqual(['param/unknown']);
  });

  it('of a class that is used wrongly are at the call, not inside', () => {
    const { document, class: block } = addClass(newDocument());
    const declared = setInput(document, block, 'n1', { shape: ['batch', 5] });
    const added = addMember(declared, 'c1', { type: `class:${block}`, at });
    const wired = connect(
      connect(added.document, 'c1', port('n1', 'out'), port(added.node, 'x')),
      'c1',
      port(added.node, 'y'),
      port('n2', 'in'),
    );
    expect(checkDocument(wired).problems).toEqual([
      expect.objectContaining({
        code: 'shape/declared',
        place: { class: 'c1', node: added.node, member: 'm1', port: 'x' },
        expected: '(batch, 5) for x',
        got: '(batch, 2)',
      }),
    ]);
  });

  it('of the dtype of what comes in are at the call, too', () => {
    const { document, class: block } = addClass(newDocument());
    const declared = setInput(document, block, 'n1', { shape: ['n'], dtype: 'int32' });
    const added = addMember(declared, 'c1', { type: `class:${block}`, at });
    expect(codes(connect(added.document, 'c1', port('n1', 'out'), port(added.node, 'x')))).toContain('dtype');
  });

  it('warn of what does nothing', () => {
    const unused = addMember(chain(['relu']), 'c1', { type: 'Linear', args: { inFeatures: 2, outFeatures: 2 }, at });
    const loose = removeNodes(unused.document, 'c1', []);
    expect(checkDocument(loose).problems.map((each) => [each.severity, each.code])).toEqual([
      ['error', 'input/unconnected'],
      ['warning', 'node/unused'],
    ]);
    const aliased = addAlias(unused.document, 'c1', 'm1', 'tied').document;
    expect(codes(removeNodes(aliased, 'c1', [unused.node]))).toEqual(['member/unused']);
  });

  it('tell that an argument would differ between two uses of one class', () => {
    const { document, class: block } = addClass(newDocument());
    let inner = addMember(document, block, { type: 'Linear', args: { outFeatures: 3 }, at }).document;
    inner = connect(connect(inner, block, port('n1', 'out'), port('n3', 'x')), block, port('n3', 'y'), port('n2', 'in'));
    const first = addMember(inner, 'c1', { type: `class:${block}`, at });
    const second = addMember(first.document, 'c1', { type: `class:${block}`, at });
    let wired = connect(second.document, 'c1', port('n1', 'out'), port(first.node, 'x'));
    wired = connect(wired, 'c1', port(first.node, 'y'), port(second.node, 'x'));
    wired = connect(wired, 'c1', port(second.node, 'y'), port('n2', 'in'));
    expect(checkDocument(wired).problems).toEqual([
      expect.objectContaining({ code: 'param/varies', place: { class: block, member: 'm1', param: 'inFeatures' }, got: '2 and 3' }),
    ]);
  });

  it('tell that a class has the name of a layer', () => {
    expect(codes(addClass(newDocument(), { name: 'Linear' }).document)).toContain('name/clash');
  });

  it('of settings that find nothing are those that Flax would raise', () => {
    const document = example('block');
    const set = (text: Parameters<typeof setAttributesWhere>[1], attributes = { deterministic: true }) =>
      codes(setAttributesWhere(document, text, attributes));
    expect(set({ kind: 'type', type: 'Dropout' })).toEqual([]);
    expect(set({ kind: 'path', contains: 'dropout', exact: true })).toEqual([]);
    expect(set({ kind: 'type', type: 'Linear' })).toEqual(['setting/no-match']);
    expect(set({ kind: 'not', of: { kind: 'type', type: 'Dropout' } })).toEqual(['setting/no-match']);
    expect(set({ kind: 'type', type: 'Dorpout' })).toEqual(['filter/unknown-type']);
    expect(codes(setAttributesWhere(document, { kind: 'everything' }, { colour: 1 }))).toEqual(['setting/no-match']);
    expect(codes(setMode(setAttributesWhere(document, { kind: 'everything' }, { deterministic: true }), 'train'))).toEqual([
      'setting/overridden',
    ]);
  });

  it('compare the data with the input', () => {
    const digits = example('digits');
    const args = { ...digits.run.source.args, testRows: 0 };
    const document = setRun(digits, { source: { type: 'csv', args } });
    const files = { 'digits.csv': 'a,b,label\n1,2,0\n' };
    expect(checkDocument(document, { files }).problems).toEqual([
      expect.objectContaining({ code: 'data/features', place: { class: 'classifier', node: 'n1' }, got: '(batch, 64)' }),
    ]);
    expect(checkDocument(document, { files: { 'digits.csv': 'a,b\n1,2\n' } }).problems[0]!.code).toBe('data/label');
    // T9: known at once, not when the run fails.
    expect(checkDocument(digits, { files }).problems.map(({ code }) => code)).toContain('data/test-rows');
    const two = addInput(document, 'classifier', { shape: ['batch', 2], at }).document;
    expect(codes(two)).toContain('data/inputs');
    expect(codes(setRun(document, { source: { type: 'ones', args: {} } }))).toEqual(['loss/labels']);
  });

  it('take pictures and ids for the rows of a table that has as many numbers (T5)', () => {
    const files = { 'digits.csv': 'a,b,label\n1,2,0\n3,4,1\n' };
    const digits = example('digits');
    const document = setRun(digits, { source: { type: 'csv', args: { ...digits.run.source.args, testRows: 0 } } });
    const problemsWith = (shape: readonly (string | number)[], dtype: 'float32' | 'int32') =>
      checkDocument(setInput(document, 'classifier', 'n1', { shape, dtype }), { files }).problems.filter(({ code }) =>
        code.startsWith('data/'),
      );
    expect(problemsWith(['batch', 2, 1, 1], 'float32')).toEqual([]);
    expect(problemsWith(['batch', 2], 'int32')).toEqual([]);
    expect(problemsWith(['batch', 3, 1], 'float32').map(({ code }) => code)).toEqual(['data/features']);
  });

  it('say that a root input needs a shape', () => {
    expect(codes(setInput(chain(['relu']), 'c1', 'n1', { shape: null }))).toEqual(['input/no-shape']);
    expect(codes(setInput(chain(['relu']), 'c1', 'n1', { shape: ['not a name', 2] }))).toEqual(['input/shape']);
  });
});

it('warns of a probe in a class that the root does not reach', () => {
  const { document, class: block } = addClass(chain(['relu']));
  const probed = setProbe(document, block, { at: port('n1', 'out'), kind: 'sow', name: 'inside' }).document;
  expect(checkDocument(probed).problems).toEqual([
    expect.objectContaining({ severity: 'warning', code: 'probe/unused', place: { class: block, probe: 'p1', node: 'n1' } }),
  ]);
});

it('says what it can about a class that nothing uses yet', () => {
  const { document, class: block } = addClass(chain(['relu']));
  let inner = addField(document, block, { name: 'width', default: 4 }).document;
  inner = setInput(inner, block, 'n1', { shape: ['batch', { $: 'width' }] });
  inner = addMember(inner, block, { type: 'Linear', args: { outFeatures: { $: '2 * width' } }, at }).document;
  inner = connect(connect(inner, block, port('n1', 'out'), port('n3', 'x')), block, port('n3', 'y'), port('n2', 'in'));
  expect(shape(checkDocument(inner), 'n3', block)).toBe('(batch, 8)');
});

describe('arguments that are odd together', () => {
  it('X10 are a warning at their parameter: a causal mask while attention decodes', () => {
    const attention = (args: Arguments) => {
      const { document, node } = addMember(newDocument(), 'c1', {
        type: 'MultiHeadAttention',
        args: { numHeads: 1, inFeatures: 2, ...args },
        at,
      });
      return connect(document, 'c1', port('n1', 'out'), port(node, 'q'));
    };
    const warnings = (args: Arguments) => checkDocument(attention(args)).problems.filter(({ code }) => code === 'param/causal-decode');
    expect(warnings({ decode: true, isCausal: true })).toMatchObject([{ severity: 'warning', place: { member: 'm1', param: 'isCausal' } }]);
    expect([...warnings({ decode: true }), ...warnings({ isCausal: true })]).toEqual([]);
  });
});
