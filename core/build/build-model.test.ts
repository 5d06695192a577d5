import { describe, expect, it } from 'vitest';
import { checkDocument } from '../check/check-document.ts';
import { addClass } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { groupIntoClass } from '../document/edits/group.ts';
import { addAlias, addCall, addMember, setRepeat } from '../document/edits/members.ts';
import { addConstant, addInput, addOp, addOutput } from '../document/edits/nodes.ts';
import { setParam } from '../document/edits/params.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setAttributesWhere, setMode } from '../document/edits/settings.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, FilterSpec, ModelDocument } from '../document/schema.ts';
import { capture } from '../nnx/capture.ts';
import { dispose } from '../nnx/dispose.ts';
import { iterModules, type Module } from '../nnx/module.ts';
import type { State } from '../nnx/state.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { Intermediate } from '../nnx/variable.ts';
import { view } from '../nnx/view.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { BuildError } from './build-error.ts';
import { buildModel } from './build-model.ts';
import type { WirePlace } from './observe.ts';

const at = { x: 264, y: 0 };
const port = (node: string, name: string) => ({ node, port: name });

/** x (batch, 2) → the given types in a row → y. Nodes are n3, n4 …, members m1, m2 … */
function chain(...types: readonly (readonly [type: string, args?: Arguments])[]): ModelDocument {
  let document = newDocument();
  let last = port('n1', 'out');
  for (const [type, args = {}] of types) {
    const isOp = /^[a-z]/.test(type);
    const added = isOp ? addOp(document, 'c1', { op: type, args, at }) : addMember(document, 'c1', { type, args, at });
    document = connect(added.document, 'c1', last, port(added.node, 'x'));
    last = port(added.node, 'y');
  }
  return connect(document, 'c1', last, port('n2', 'in'));
}

function tree(document: ModelDocument): readonly string[] {
  const { model } = buildModel(document);
  const rows = [...iterModules(model)].map(([path, module]) => `${path.join('.')} ${typeNameOf(module)}`);
  dispose(model);
  return rows;
}

/** The result for x = [[1, 2]], as nested numbers. */
function outputOf(document: ModelDocument, ...inputs: readonly number[][][]): unknown {
  const { model } = buildModel(document);
  const given = (inputs.length > 0 ? inputs : [[[1, 2]]]).map((values) => tf.tensor(values));
  const result = model.call(...given);
  const arrays = result instanceof tf.Tensor ? result.arraySync() : result.map((each) => each.arraySync());
  dispose([model, given, result]);
  return arrays;
}

function errorOf(work: () => unknown): BuildError {
  try {
    work();
  } catch (error) {
    if (error instanceof BuildError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const ones = { kernelInit: 'ones' };

describe('the tree', () => {
  it('is what iterModules yields in Flax for the Block of the page', () => {
    expect(tree(example('block'))).toEqual([
      'batchNorm BatchNorm',
      'dropout Dropout',
      'linear Linear',
      'submodule.linear1 Linear',
      'submodule.linear2 Linear',
      'submodule SubModule',
      ' Block',
    ]);
  });

  it('has integer parts for lists', () => {
    expect(tree(setRepeat(chain(['Linear', { outFeatures: 2 }]), 'c1', 'm1', 3))).toEqual([
      'linear.0 Linear',
      'linear.1 Linear',
      'linear.2 Linear',
      'linear List',
      ' Model',
    ]);
  });

  it('has a shared member once, under its first path', () => {
    expect(tree(addAlias(chain(['Linear', { outFeatures: 2 }]), 'c1', 'm1', 'again').document)).toEqual(['again Linear', ' Model']);
  });
});

describe('the forward pass', () => {
  it('calls one member several times with the same weights', () => {
    let document = chain(['Linear', { outFeatures: 2, ...ones }]);
    const again = addCall(document, 'c1', 'm1', at);
    document = connect(again.document, 'c1', port('n3', 'y'), port(again.node, 'x'));
    document = connect(document, 'c1', port(again.node, 'y'), port('n2', 'in'));
    expect(outputOf(document)).toEqual([[6, 6]]);
  });

  it('calls the elements of a list one after the other', () => {
    expect(outputOf(setRepeat(chain(['Linear', { outFeatures: 2, ...ones }]), 'c1', 'm1', 3))).toEqual([[12, 12]]);
    expect(outputOf(setRepeat(chain(['Linear', { outFeatures: 2, ...ones }]), 'c1', 'm1', 0))).toEqual([[1, 2]]);
  });

  it('takes several inputs and gives several outputs, in their order', () => {
    let document = addInput(newDocument(), 'c1', { name: 'b', shape: ['batch', 2], at }).document;
    document = addOutput(document, 'c1', { name: 'sum', at }).document;
    document = addOp(document, 'c1', { op: 'add', at }).document;
    document = connect(document, 'c1', port('n1', 'out'), port('n5', 'a'));
    document = connect(document, 'c1', port('n3', 'out'), port('n5', 'b'));
    document = connect(document, 'c1', port('n5', 'y'), port('n4', 'in'));
    expect(outputOf(document, [[1, 2]], [[10, 20]])).toEqual([[[1, 2]], [[11, 22]]]);
    expect(errorOf(() => outputOf(document, [[1, 2]])).message).toBe('Model takes 2 inputs (x, b), got 1.');
  });

  it('hands several inputs and outputs through a class', () => {
    const { document, class: block } = addClass(newDocument(), { name: 'Swap' });
    let swap = addInput(document, block, { name: 'b', at }).document;
    swap = addOutput(swap, block, { name: 'second', at }).document;
    swap = connect(swap, block, port('n3', 'out'), port('n2', 'in'));
    swap = connect(swap, block, port('n1', 'out'), port('n4', 'in'));
    const call = addMember(swap, 'c1', { type: `class:${block}`, at });
    const two = addConstant(call.document, 'c1', { value: [[7, 8]], at });
    let wired = connect(two.document, 'c1', port('n1', 'out'), port(call.node, 'x'));
    wired = connect(wired, 'c1', port(two.node, 'out'), port(call.node, 'b'));
    wired = connect(wired, 'c1', port(call.node, 'y'), port('n2', 'in'));
    expect(outputOf(wired)).toEqual([[7, 8]]);
    expect(outputOf(connect(wired, 'c1', port(call.node, 'second'), port('n2', 'in')))).toEqual([[1, 2]]);
  });

  it('evaluates arguments of ops over fields, which are attributes that can be set', () => {
    let document = addField(chain(['reshape', { shape: [-1, { $: 'width' }] }]), 'c1', { name: 'width', default: 1 }).document;
    expect(outputOf(document)).toEqual([[1], [2]]);
    document = setAttributesWhere(document, { kind: 'everything' }, { width: 2 });
    expect(outputOf(document)).toEqual([[1, 2]]);
  });

  it('frees everything between, also when it throws', () => {
    const { model } = buildModel(chain(['Linear', { outFeatures: 3 }], ['relu'], ['Linear', { outFeatures: 2 }]));
    const before = tf.memory().numTensors;
    const x = tf.ones([4, 2]);
    dispose(model.call(x));
    const wrong = tf.ones([4, 5]);
    const error = errorOf(() => model.call(wrong));
    expect(error).toMatchObject({ path: [], node: 'n3' });
    expect(error.message).toMatch(/^linear in Model: /);
    dispose([x, wrong]);
    expect(tf.memory().numTensors).toBe(before);
    dispose(model);
  });

  it('runs also what leads to no output: a sow there is heard', () => {
    let document = chain(['relu']);
    const side = addMember(document, 'c1', { type: 'Linear', args: { outFeatures: 1, ...ones }, at });
    document = connect(side.document, 'c1', port('n1', 'out'), port(side.node, 'x'));
    document = setProbe(document, 'c1', { at: port(side.node, 'y'), kind: 'sow', name: 'aside' }).document;
    const { model } = buildModel(document);
    const x = tf.tensor([[1, 2]]);
    const [out, sowed] = capture(model, [Intermediate])(x) as unknown as [tf.Tensor, State<Intermediate>];
    expect(sowed.leaf('aside').value.map((each) => each.arraySync())).toEqual([[[3]]]);
    dispose([model, x, out, sowed]);
  });

  it('leaves nothing on the Module where probes run outside a capture', () => {
    const { model } = buildModel(example('model'));
    const before = Object.keys(model);
    const x = tf.ones([1, 2]);
    dispose([model.call(x), x]);
    expect(Object.keys(model)).toEqual(before);
    dispose(model);
  });
});

describe('a selection made a class', () => {
  it('computes what it computed before, from the same seed', () => {
    const digits = setMode(example('digits'), 'eval');
    const grouped = groupIntoClass(digits, 'classifier', ['n2', 'n3', 'n4'], 'Stem');
    const check = checkDocument(grouped.document);
    expect(check.problems).toEqual([]);
    const rows = Array.from({ length: 2 }, (_, row) => Array.from({ length: 64 }, (_each, i) => ((i * 7 + row) % 16) / 16));
    expect(outputOf(grouped.document, rows)).toEqual(outputOf(digits, rows));
    expect(tree(grouped.document)).toEqual([
      'dropout Dropout',
      'linear2 Linear',
      'stem.batchNorm BatchNorm',
      'stem.linear1 Linear',
      'stem Stem',
      ' Classifier',
    ]);
  });

  it('hands the fields through that it needs', () => {
    const grouped = groupIntoClass(example('block'), 'block', ['n2', 'n3']);
    const { document } = grouped;
    expect(document.classes[grouped.class]!.fields.map((field) => field.name)).toEqual(['din', 'dout']);
    expect(checkDocument(document).problems).toEqual([]);
  });

  it('is refused where a value leaves it and comes back, or a member is also called outside', () => {
    expect(() => groupIntoClass(example('digits'), 'classifier', ['n2', 'n4'])).toThrow('a wire that closes a cycle');
    const again = addCall(example('digits'), 'classifier', 'm1', at);
    expect(() => groupIntoClass(again.document, 'classifier', ['n2'])).toThrow('Expected every call of linear1, got only some.');
    expect(() => groupIntoClass(example('digits'), 'classifier', ['n1', 'n2'])).toThrow('Leave inputs and outputs out');
  });
});

describe('settings', () => {
  const modes = (document: ModelDocument): readonly unknown[] => {
    const { model } = buildModel(document);
    const { dropout, batchNorm } = model as unknown as Record<'dropout' | 'batchNorm', Module & Record<string, unknown>>;
    const found = [dropout['deterministic'], batchNorm['useRunningAverage']];
    dispose(model);
    return found;
  };

  it('are replayed in their order', () => {
    const block = example('block');
    const dropout: FilterSpec = { kind: 'type', type: 'Dropout' };
    expect(modes(block)).toEqual([false, false]);
    expect(modes(setMode(block, 'eval'))).toEqual([true, true]);
    expect(modes(setAttributesWhere(setMode(block, 'eval'), dropout, { deterministic: false }))).toEqual([false, true]);
    expect(
      modes(setAttributesWhere(block, { kind: 'not', of: { kind: 'path', contains: 'drop', exact: false } }, { useRunningAverage: true })),
    ).toEqual([false, true]);
  });

  it('select by the class of the document and by paths', () => {
    const inside: FilterSpec = {
      kind: 'any',
      of: [
        { kind: 'type', type: 'Block' },
        { kind: 'pathIn', paths: [['batchNorm'], []] },
      ],
    };
    expect(modes(setAttributesWhere(example('block'), inside, { useRunningAverage: true }))).toEqual([false, true]);
  });

  it('that find nothing are left out, as in code: the model stands', () => {
    const block = example('block');
    const document = setAttributesWhere(block, { kind: 'type', type: 'Linear' }, { deterministic: true });
    expect(modes(document)).toEqual(modes(block));
  });

  it('of which only the live Module can tell that they find nothing are an error, and leave no tensor behind', () => {
    const before = tf.memory().numTensors;
    const document = setAttributesWhere(example('block'), { kind: 'tag', tag: 'frozen' }, { deterministic: true });
    expect(errorOf(() => buildModel(document))).toMatchObject({ code: 'setting/no-match' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('do not reach the views of a model, nor views the model', () => {
    const { model } = buildModel(example('block'));
    const quiet = view(model, { deterministic: true, useRunningAverage: true });
    const x = tf.ones([3, 2]);
    const first = quiet.call(x) as tf.Tensor;
    const second = quiet.call(x) as tf.Tensor;
    expect(first.arraySync()).toEqual(second.arraySync());
    expect((model as unknown as { dropout: { deterministic: boolean } }).dropout.deterministic).toBe(false);
    dispose([x, first, second, model]);
  });
});

describe('observing', () => {
  it('sees every value that leaves a port, with its place, and counts calls', () => {
    const { model, observing } = buildModel(setMode(example('block'), 'eval'));
    const places: WirePlace[] = [];
    const x = tf.ones([1, 2]);
    const see = (place: WirePlace, value: tf.Tensor) => {
      places.push(place);
      return value;
    };
    const results = observing(see, () => [model.call(x), model.call(x)]);
    const text = ({ instance, node, call, module }: WirePlace) =>
      `${instance.join('.')}/${node} ${call}${module ? ` ${module.join('.')}` : ''}`;
    expect(places.slice(0, places.length / 2).map(text)).toEqual([
      '/n1 0',
      '/n2 0 linear',
      'submodule/n1 0',
      'submodule/n2 0 submodule.linear1',
      'submodule/n3 0',
      'submodule/n4 0 submodule.linear2',
      '/n3 0 submodule',
      '/n4 0 dropout',
      '/n5 0 batchNorm',
    ]);
    expect(places.slice(places.length / 2).every((place) => place.call === 1)).toBe(true);
    places.length = 0;
    observing(see, () => dispose(model.call(x)));
    expect(places[0]!.call).toBe(0);
    places.length = 0;
    dispose(model.call(x));
    expect(places).toEqual([]);
    dispose([x, results, model]);
  });

  it('goes on with what the observer returns', () => {
    const { model, observing } = buildModel(chain(['relu']));
    const x = tf.tensor([[1, 2]]);
    const out = observing(
      (place, value) => (place.node === 'n3' ? tf.mul(value, 10) : value),
      () => model.call(x),
    ) as tf.Tensor;
    expect(out.arraySync()).toEqual([[10, 20]]);
    dispose([x, out, model]);
  });
});

describe('what cannot be built', () => {
  it('is named, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    expect(errorOf(() => buildModel(chain(['Linear', { outFeatures: 2 }], ['MagicLayer'])))).toMatchObject({
      code: 'type/unknown',
      path: ['magicLayer'],
      node: 'n4',
    });
    expect(errorOf(() => buildModel(chain(['Linear', { outFeatures: 2 }], ['Linear'])))).toMatchObject({
      code: 'param/missing',
      path: ['linear1'],
    });
    expect(errorOf(() => buildModel({ ...newDocument(), root: { class: 'c9', args: {} } }))).toMatchObject({ code: 'root/unknown' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is built as a tree where only the graph has problems; the call names the first', () => {
    const document = setParam(
      chain(['Linear', { outFeatures: 3 }], ['Linear', { outFeatures: 2 }]),
      'c1',
      { member: 'm2' },
      'inFeatures',
      9,
    );
    const { model } = buildModel(document);
    expect([...iterModules(model)]).toHaveLength(3);
    const x = tf.ones([1, 2]);
    expect(errorOf(() => model.call(x))).toMatchObject({ code: 'shape/last-axis', node: 'n4', path: [] });
    dispose([x, model]);
  });
});
