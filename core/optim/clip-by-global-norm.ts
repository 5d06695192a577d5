import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { defineTransformation, emitOptax, type GradientTransformation } from './define.ts';

/**
 * Scales all updates together so that their common norm is at most maxNorm. Port of optax.clip_by_global_norm;
 * Pascanu et al. 2012, arXiv:1211.5063.
 */
export function clipByGlobalNorm(maxNorm: number): GradientTransformation {
  if (typeof maxNorm !== 'number')
    throw new TypeError(`clipByGlobalNorm takes the largest norm as a number, got ${String(maxNorm)}. Write clipByGlobalNorm(1).`);
  return {
    init: () => ({}),
    update: ({ tensors, factor }) => {
      if (tensors.length === 0) return { tensors, factor };
      const limit = maxNorm / Math.abs(factor);
      const norm = tf.sqrt(tf.addN(tensors.map((update) => tf.sum(tf.square(update)))));
      // A norm that is not a number makes all updates NaN, as in optax, so that it is seen.
      const scale = tf.where(tf.less(norm, limit), 1, tf.div(limit, norm));
      return { tensors: tensors.map((update) => tf.mul(update, scale)), factor };
    },
  };
}

export const clipByGlobalNormTransformation = defineTransformation({
  type: 'clipByGlobalNorm',
  doc: 'Scales all gradients together so that their common norm stays below a limit.',
  params: { maxNorm: p.float({ start: 1, min: 0, step: 0.1, doc: 'The largest norm that gradients may have together.' }) },
  make: ({ maxNorm }) => clipByGlobalNorm(maxNorm),
  emit: emitOptax('clip_by_global_norm'),
});
