import { describe, expect, it } from 'vitest';
import { addClass } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addMember, setRepeat } from '../document/edits/members.ts';
import { setMode } from '../document/edits/settings.ts';
import { tf } from '../tensor/tf.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, PathFilter } from '../document/schema.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { describeModules } from './describe.ts';
import { matchModules } from './match-modules.ts';
import { Skeleton } from './skeleton.ts';

const at = { x: 0, y: 0 };

/** Members of the root, none of them wired. */
function unwired(...types: readonly (readonly [type: string, args: Arguments])[]) {
  let document = newDocument();
  for (const [type, args] of types) document = addMember(document, 'c1', { type, args, at }).document;
  return document;
}

describe('the skeleton of a document', () => {
  it('is built once for equal documents, and anew where a setting differs', () => {
    const skeleton = new Skeleton();
    const { model } = skeleton.of(example('digits'));
    expect(skeleton.of(example('digits')).model).toBe(model);
    const { model: evaluated } = skeleton.of(setMode(example('digits'), 'eval'));
    expect(evaluated).not.toBe(model);
    expect(describeModules(evaluated).flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'deterministic'))).toEqual([
      { name: 'deterministic', value: true, mode: true },
    ]);
    skeleton.dispose();
  });

  it('has what cannot be built by its name, with what is known of it, and says the first reason', () => {
    let document = unwired(['Linear', { inFeatures: 2, outFeatures: 3 }], ['Magic', {}], ['Linear', {}], ['Dropout', { rate: 0.5 }]);
    document = setRepeat(document, 'c1', 'm3', 2);
    const before = tf.memory().numTensors;
    const skeleton = new Skeleton();
    const { model, unbuilt } = skeleton.of(document);
    expect(describeModules(model).map(({ path, type, paramCount }) => `${path.join('.')} ${type} ${paramCount}`)).toEqual([
      'dropout Dropout 0',
      'linear Linear 9',
      'linear1.0 Linear 0',
      'linear1.1 Linear 0',
      'linear1 List 0',
      'magic Magic 0',
      ' Model 9',
    ]);
    expect(unbuilt).toMatchObject({ code: 'type/unknown', path: ['magic'] });
    const found = (only: PathFilter) => matchModules(model, only).paths.map((path) => path.join('.'));
    expect(found({ kind: 'type', type: 'Linear' })).toEqual(['linear', 'linear1.0', 'linear1.1']);
    expect(found({ kind: 'path', contains: 'magic', exact: true })).toEqual(['magic']);
    skeleton.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has what lies in a class of which an argument is missing', () => {
    const { document, class: inner } = addClass(unwired(), { name: 'Inner' });
    const filled = addMember(document, inner, { type: 'Linear', args: { outFeatures: { $: 'width' } }, at }).document;
    const held = addMember(addField(filled, inner, { name: 'width', type: 'int' }).document, 'c1', { type: `class:${inner}`, at }).document;
    const skeleton = new Skeleton();
    const { model, unbuilt } = skeleton.of(held);
    expect(describeModules(model).map(({ path, type }) => `${path.join('.')} ${type}`)).toEqual([
      'inner.linear Linear',
      'inner Inner',
      ' Model',
    ]);
    expect(unbuilt?.path).toEqual(['inner']);
    skeleton.dispose();
  });

  it.each(EXAMPLES)('of %s holds no tensor', (name) => {
    const before = tf.memory().numTensors;
    const skeleton = new Skeleton();
    skeleton.of(example(name));
    expect(tf.memory().numTensors).toBe(before);
    skeleton.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
