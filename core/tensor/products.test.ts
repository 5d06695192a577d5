import { describe, expect, it } from 'vitest';
import { dotGeneral, type DotGeneralOptions } from './dot-general.ts';
import { einsum } from './einsum.ts';
import { expectAllClose } from './testing/all-close.ts';
import { expectAsRecorded, recordedCases } from './testing/recorded.ts';
import { tf } from './tf.ts';

describe('einsum', () => {
  it.each(recordedCases('einsum'))('equals jnp.einsum, gradients included: $title', (entry) => {
    expectAsRecorded(entry, (...xs) => einsum((entry.options as { equation: string }).equation, ...xs));
  });

  it('sums over nothing to zeros', () => {
    expectAllClose(einsum('ij,jk->ik', tf.zeros([2, 0]), tf.zeros([0, 3])), [
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('says what does not fit', () => {
    const [a, b] = [tf.zeros([2, 3]), tf.zeros([4, 5])];
    expect(() => einsum('ij,jk->ik', a, b)).toThrow(
      'The equation "ij,jk->ik" does not fit operands of the shapes [2, 3], [4, 5]: "j" is both 3 and 4.',
    );
    expect(() => einsum('ij->ij', a, b)).toThrow('it names 1 operands, not 2');
    expect(() => einsum('ijk->i', a)).toThrow('"ijk" names 3 axes, operand 1 has 2');
    expect(() => einsum('i->i', a)).toThrow('"i" names 1 axes, operand 1 has 2');
    expect(() => einsum('ij->ik', a)).toThrow('"k" of the result is in no operand');
    expect(() => einsum('ij->ii', a)).toThrow('names an axis twice');
    tf.dispose([a, b]);
  });
});

describe('dotGeneral', () => {
  it.each(recordedCases('dotGeneral'))('equals lax.dot_general, gradients included: $title', (entry) => {
    expectAsRecorded(entry, (a, b) => dotGeneral(a!, b!, entry.options as DotGeneralOptions));
  });

  it('counts axes from the end too, and says which do not pair', () => {
    const [a, b] = [tf.ones([2, 3]), tf.ones([3, 2])];
    expectAllClose(dotGeneral(a, b, { contract: [[-1], [-2]] }), [
      [3, 3],
      [3, 3],
    ]);
    expect(() => dotGeneral(a, b, { contract: [[0], [0]] })).toThrow('axis 0 with axis 0 of [2, 3] and [3, 2] are 2 and 3');
    expect(() => dotGeneral(a, b, { contract: [[0], []] })).toThrow('Axes come in pairs');
    tf.dispose([a, b]);
  });
});
