/** @file Three networks in two sizes: what both sides of the comparison compute. Imports nothing, so that each side stands alone. */

export type NetworkName = 'MLP' | 'convolutional net' | 'transformer block';

/** Two hidden layers and ten classes. */
export interface MlpSize {
  readonly batch: number;
  readonly features: number;
  readonly hidden: readonly [number, number];
}

/** Two convolutions of 3 by 3, the second with strides of 2, and ten classes. */
export interface ConvNetSize {
  readonly batch: number;
  readonly side: number;
  readonly channels: number;
  readonly widths: readonly [number, number];
}

export interface TransformerSize {
  readonly batch: number;
  readonly length: number;
  readonly width: number;
  readonly heads: number;
}

export interface Sizes {
  readonly MLP: MlpSize;
  readonly 'convolutional net': ConvNetSize;
  readonly 'transformer block': TransformerSize;
}

export const CLASSES = 10;

export type SizeName = 'small' | 'realistic';

export const SIZES: Readonly<Record<SizeName, Sizes>> = {
  small: {
    MLP: { batch: 64, features: 128, hidden: [256, 128] },
    'convolutional net': { batch: 16, side: 14, channels: 1, widths: [8, 16] },
    'transformer block': { batch: 8, length: 32, width: 64, heads: 4 },
  },
  realistic: {
    MLP: { batch: 128, features: 784, hidden: [512, 256] },
    'convolutional net': { batch: 32, side: 28, channels: 1, widths: [16, 32] },
    'transformer block': { batch: 8, length: 64, width: 128, heads: 4 },
  },
};

export function inputShape(name: NetworkName, sizes: Sizes): number[] {
  if (name === 'MLP') return [sizes.MLP.batch, sizes.MLP.features];
  if (name === 'transformer block') {
    const { batch, length, width } = sizes['transformer block'];
    return [batch, length, width];
  }
  const { batch, side, channels } = sizes['convolutional net'];
  return [batch, side, side, channels];
}

/** Numbers of about the size that weights and inputs have; what is measured does not depend on them. */
export function numbers(size: number, seed: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => 0.17 * Math.sin(12.9898 * (i + 1) + seed));
}
