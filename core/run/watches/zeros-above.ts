import { tf } from '../../tensor/tf.ts';
import { defineWatch, numberText } from './define.ts';

export const zerosAboveWatch = defineWatch({
  type: 'zeros-above',
  title: 'share of zeros above',
  doc: 'More than this share of the elements, from 0 to 1, is exactly 0: units that are dead.',
  parts: ['output', 'gradient', 'parameter'],
  start: 0.9,
  measure: (value) => tf.mean(tf.cast(tf.equal(value, 0), 'float32')),
  holds: (now, limit) => now > limit,
  text: (now, limit) => `${numberText(100 * now)} % zeros, above ${numberText(100 * limit)} %`,
});
