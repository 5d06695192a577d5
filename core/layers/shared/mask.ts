/** @file Masks over the weights of a convolution. */
import { ValueError } from '../../nnx/errors.ts';
import { formatShape } from '../../spec/shape.ts';
import type { tf } from '../../tensor/tf.ts';

/** @throws ValueError if the mask has another shape than the kernel. */
export function checkMask(mask: tf.Tensor | null, kernelShape: readonly number[]): void {
  if (!mask || (mask.shape.length === kernelShape.length && mask.shape.every((size, i) => size === kernelShape[i]))) return;
  throw new ValueError(
    `Mask needs to have the same shape as weights. Shapes are: ${formatShape(mask.shape)}, ${formatShape(kernelShape)}. Give a mask of the kernel's shape.`,
  );
}
