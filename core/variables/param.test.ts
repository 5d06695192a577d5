import { expect, it } from 'vitest';
import { buildModel, type LiveModel } from '../build/build-model.ts';
import { checkDocument, costTable, sizesOfBatch } from '../check/index.ts';
import { setRepeat } from '../document/edits/members.ts';
import { setAttributesWhere } from '../document/edits/settings.ts';
import { parseDocument } from '../document/parse.ts';
import { writeDocument } from '../document/write.ts';
import { emitDocument } from '../emit/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import { iterModules } from '../nnx/module.ts';
import { Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { ownParams } from '../test/tied.ts';

type Own = LiveModel & Readonly<Record<'scale' | 'shift', Param>> & { readonly linear: LiveModel };

it('is a Variable of the class: no Module of the tree, counted among the parameters', () => {
  const document = ownParams();
  const check = checkDocument(document);
  expect(check.problems).toEqual([]);
  const { model } = buildModel(document);
  const { scale } = model as Own;
  expect(scale).toBeInstanceOf(Param);
  expect(scale.shape).toEqual([1, 3]);
  const paths = [...iterModules(model)].map(([path]) => path.join('.'));
  expect(paths.sort()).toEqual(['', 'linear']);
  expect(check.modules).toBe(paths.length);
  expect(check.parameters).toBe(2 * 3 + 3 + 3 + 3);
  const rows = costTable(check.root!, sizesOfBatch(2));
  expect(rows.map(({ path, parameters }) => [path.join('.'), parameters])).toEqual([
    ['', 15],
    ['linear', 9],
  ]);
  dispose(model);
});

it('is a value in the forward pass, with a gradient, and leaves no tensor over', () => {
  const { model } = buildModel(ownParams());
  const { scale, shift, linear } = model as Own;
  const x = tf.tensor2d([1, -2, 0.5, 3], [2, 2]);
  const before = tf.memory().numTensors;
  const out = model.call(x) as tf.Tensor;
  const byHand = tf.tidy(() => tf.add(tf.mul(linear.call(x) as tf.Tensor, scale.value as tf.Tensor), shift.value as tf.Tensor));
  expect([...out.dataSync()]).toEqual([...byHand.dataSync()].map((each) => expect.closeTo(each, 5)));
  const [value, grads] = valueAndGrad((each: LiveModel) => tf.sum(each.call(x) as tf.Tensor))(model);
  const gradient = (grads as unknown as { get(name: string): Param }).get('shift');
  expect([...(gradient.value as tf.Tensor).dataSync()]).toEqual([2, 2, 2]);
  dispose([out, byHand, value, grads]);
  expect(tf.memory().numTensors).toBe(before);
  dispose([model, x]);
});

it('is written as Flax has it, with the expressions of fields', () => {
  const result = emitDocument(ownParams(), 'flax');
  const code = result.ok ? result.code : result.problem.message;
  expect(code.replaceAll(/\s+/g, ' ')).toContain(
    'self.scale = nnx.Param( nnx.initializers.normal(stddev=0.5)(rngs.params(), (1, width), jnp.float32), )',
  );
  expect(code).toContain('self.shift = nnx.Param(nnx.initializers.zeros_init()(rngs.params(), (3,), jnp.float32))');
  expect(code).toContain('* self.scale[...]');
});

it('survives a save, and is neither repeated nor found by a filter for Modules', () => {
  const document = ownParams();
  expect(parseDocument(writeDocument(document))).toMatchObject({ ok: true, problems: [], document });
  const repeated = checkDocument(setRepeat(document, 'c1', 'm2', 3));
  expect(repeated.problems.map(({ code }) => code)).toContain('param/repeat');
  const set = checkDocument(setAttributesWhere(document, { kind: 'type', type: 'Param' }, { shape: 3 }));
  expect(set.problems.map(({ code }) => code)).toContain('setting/no-match');
});
