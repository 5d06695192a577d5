import { describe, expect, it } from 'vitest';
import { setMode } from '../document/edits/settings.ts';
import { tf } from '../tensor/tf.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { describeModules } from './describe.ts';
import { Skeleton } from './skeleton.ts';

describe('the skeleton of a document', () => {
  it('is built once for equal documents, and anew where a setting differs', () => {
    const skeleton = new Skeleton();
    const model = skeleton.of(example('digits'));
    expect(skeleton.of(example('digits'))).toBe(model);
    const evaluated = skeleton.of(setMode(example('digits'), 'eval'));
    expect(evaluated).not.toBe(model);
    expect(describeModules(evaluated).flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'deterministic'))).toEqual([
      { name: 'deterministic', value: true, mode: true },
    ]);
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
