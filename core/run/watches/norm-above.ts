import { tf } from '../../tensor/tf.ts';
import { defineWatch, numberText } from './define.ts';

export const normAboveWatch = defineWatch({
  type: 'norm-above',
  title: 'norm above',
  doc: 'The Euclidean norm of all elements is above the limit, or no number any more.',
  parts: ['gradient', 'output', 'parameter', 'update'],
  start: 10,
  measure: (value) => tf.norm(value),
  holds: (now, limit) => !(now <= limit),
  text: (now, limit) => `norm ${numberText(now)}, above ${numberText(limit)}`,
});
