import { tf } from '../../tensor/tf.ts';
import { defineWatch } from './define.ts';

export const notFiniteWatch = defineWatch({
  type: 'not-finite',
  title: 'NaN or infinite',
  doc: 'An element is NaN or infinite: the training pauses with the weights before it.',
  parts: ['gradient', 'output', 'parameter'],
  start: null,
  measure: (value) => tf.sum(tf.cast(tf.logicalNot(tf.isFinite(value)), 'float32')),
  holds: (now) => now > 0,
  text: (now) => `${now} ${now === 1 ? 'element is' : 'elements are'} NaN or infinite`,
});
