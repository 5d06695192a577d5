import { expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { setBypass } from '../document/edits/bypass.ts';
import { addMember, setRepeat } from '../document/edits/members.ts';
import { addOp, setInput } from '../document/edits/nodes.ts';
import { setProbe } from '../document/edits/probes.ts';
import { ungroup } from '../document/edits/ungroup.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import { parseDocument } from '../document/parse.ts';
import { writeDocument } from '../document/write.ts';
import type { ModelDocument } from '../document/schema.ts';
import { emitFlax } from '../emit/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { checkDocument } from './check-document.ts';
import { whyNotBypass } from './bypass.ts';
import { costOf, sizesOfBatch } from './cost.ts';

const at = { x: 0, y: 0 };
const bypassed = (document: ModelDocument, ...ids: string[]) => setBypass(document, 'c1', ids, true);
const problemsOf = (document: ModelDocument) => checkDocument(document).problems.map(({ code, message }) => `${code}: ${message}`);

/** x (batch, 4) → square (n3), 4 to 4 → wide (n4), 4 to 7 → dropout (n5) → y */
function chain(): ModelDocument {
  let document = setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 4] });
  let from = { node: 'n1', port: 'out' };
  for (const [type, name, args] of [
    ['Linear', 'square', { outFeatures: 4 }],
    ['Linear', 'wide', { outFeatures: 7 }],
    ['Dropout', 'dropout', { rate: 0.5 }],
  ] as const) {
    const added = addMember(document, 'c1', { type, name, args, at });
    document = connect(added.document, 'c1', from, { node: added.node, port: 'x' });
    from = { node: added.node, port: 'y' };
  }
  return connect(document, 'c1', from, { node: 'n2', port: 'in' });
}

const bodyOf = (document: ModelDocument) => /def __call__.*?\n\n|def __call__[^]*$/s.exec(emitFlax(document))![0].trim();

it('passes its input on: the member stays with all its weights, and nothing is multiplied', () => {
  const [whole, less] = [checkDocument(chain()), checkDocument(bypassed(chain(), 'n3'))];
  expect(less.problems).toEqual([]);
  expect(less.parameters).toBe(whole.parameters);
  expect(less.root!.members.get('m1')!.args).toMatchObject({ inFeatures: 4 });
  expect(costOf(less.root!, sizesOfBatch(1)).multiplyAdds).toBe(4 * 7);
  expect(less.root!.nodes.get('n3')).toMatchObject({ passes: { y: 'x' } });
});

it('leaves no line in the code, and one where a probe listens', () => {
  const document = bypassed(chain(), 'n3', 'n5');
  const code = emitFlax(document);
  expect(code).toContain('self.square = nnx.Linear(4, 4, rngs=rngs)');
  expect(bodyOf(document)).toBe('def __call__(self, x: jax.Array) -> jax.Array:\n        y = self.wide(x)\n        return y');
  const probed = setProbe(document, 'c1', { at: { node: 'n3', port: 'y' }, kind: 'perturb', name: 'seen' }).document;
  expect(bodyOf(probed)).toContain("self.perturb('seen', ");
});

it('computes what the model computes without it, from the same weights', () => {
  const x = tf.tensor2d([[1, -2, 3, 0.5]]);
  const outputOf = (document: ModelDocument) => {
    const { model } = buildModel(document);
    return (model.call(x) as tf.Tensor).dataSync();
  };
  const doubled = addOp(chain(), 'c1', { op: 'add', at });
  const sum = ['a', 'b'].reduce(
    (document, port) => connect(document, 'c1', { node: 'n4', port: 'y' }, { node: doubled.node, port }),
    doubled.document,
  );
  const summed = connect(sum, 'c1', { node: doubled.node, port: 'y' }, { node: 'n2', port: 'in' });
  const direct = connect(bypassed(chain(), 'n5'), 'c1', { node: 'n4', port: 'y' }, { node: 'n2', port: 'in' });
  expect(outputOf(bypassed(summed, doubled.node))).toEqual(outputOf(direct));
  dispose(x);
});

it('says why where what comes in does not agree with what would go on', () => {
  expect(problemsOf(bypassed(chain(), 'n4'))).toEqual([
    'bypass/shape: wide: expected an input that agrees with the output y, (batch, 7) float32, to pass it on, got x (batch, 4) float32.',
  ]);
  const { root } = checkDocument(chain());
  expect(whyNotBypass(root!, 'n4')).toMatchObject({ code: 'bypass/shape' });
  expect(whyNotBypass(root!, 'n3')).toBeUndefined();
  expect(() => bypassed(chain(), 'n1')).toThrow(/Expected a layer or an op to bypass, got input x/);
});

it('takes the input that agrees, whichever port it comes into', () => {
  const added = addOp(chain(), 'c1', { op: 'add', at });
  const row = addOp(added.document, 'c1', { op: 'mean', args: { axis: [0] }, at });
  const wires = [
    ['n1', 'out', row.node, 'x'],
    [row.node, 'y', added.node, 'a'],
    ['n1', 'out', added.node, 'b'],
    [added.node, 'y', 'n3', 'x'],
  ] as const;
  const document = wires.reduce(
    (each, [from, port, node, into]) => connect(each, 'c1', { node: from, port }, { node, port: into }),
    row.document,
  );
  const check = checkDocument(bypassed(document, added.node));
  expect(check.root!.nodes.get(added.node)).toMatchObject({ passes: { y: 'b' } });
});

it('holds for lists and classes, and is undone by switching it off', () => {
  const list = setRepeat(chain(), 'c1', 'm1', 3);
  expect(problemsOf(bypassed(list, 'n3'))).toEqual([]);
  expect(bodyOf(bypassed(list, 'n3'))).not.toContain('for ');
  expect(setBypass(bypassed(list, 'n3'), 'c1', ['n3'], false)).toEqual(list);
  const nested = example('block');
  const { root } = nested;
  const call = Object.values(nested.classes[root.class]!.nodes).find(
    (node) => node.kind === 'call' && nested.classes[root.class]!.members.find(({ id }) => id === node.member)!.type.startsWith('class:'),
  )!;
  expect(() => ungroup(setBypass(nested, root.class, [call.id], true), root.class, call.id)).toThrow(/bypassed/);
});

it('is written as version 4, which says it, and read back', () => {
  const document = bypassed(chain(), 'n3');
  expect(JSON.parse(writeDocument(document))).toMatchObject({ version: 4 });
  expect(JSON.parse(writeDocument(chain()))).toMatchObject({ version: 2 });
  expect(parseDocument(writeDocument(document))).toMatchObject({ ok: true, problems: [], document });
});
