/** @file Activations that are flat at both ends: they saturate. */

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** By type of op. */
export const BOUNDED: ReadonlyMap<string, Bounds> = new Map([
  ['sigmoid', { low: 0, high: 1 }],
  ['hardSigmoid', { low: 0, high: 1 }],
  ['tanh', { low: -1, high: 1 }],
  ['hardTanh', { low: -1, high: 1 }],
  ['softSign', { low: -1, high: 1 }],
  ['softmax', { low: 0, high: 1 }],
  ['logSoftmax', { low: -Infinity, high: 0 }],
  ['logSigmoid', { low: -Infinity, high: 0 }],
]);
