import { tf } from '../../tensor/tf.ts';
import { defineWatch, numberText } from './define.ts';

export const ratioAboveWatch = defineWatch({
  type: 'ratio-above',
  title: 'size beside the parameter above',
  doc: 'The norm of what a step adds to a parameter is more than this share of the norm of the parameter; about 0.001 is usual.',
  parts: ['update'],
  start: 0.1,
  measure: (value, weight) => tf.div(tf.norm(value), weight ? tf.norm(weight) : 1),
  holds: (now, limit) => !(now <= limit),
  text: (now, limit) => `${numberText(now)} of the parameter, above ${numberText(limit)}`,
});
