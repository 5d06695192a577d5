/**
 * @file Puts the mended gradients into TensorFlow.js's registry, so that `tf.abs`, `tf.conv2d` and all others have them, wherever
 * they are called from. One line per kernel; `tf.ts` imports this after the library's own gradients.
 */
import * as tf from '@tensorflow/tfjs-core';
import { conv2dGradient, depthwiseConv2dGradient } from './conv2d.ts';
import { conv3dBackpropInputGradient } from './conv3d.ts';
import { cumprodGradient } from './cumprod.ts';
import { cumsumGradient } from './cumsum.ts';
import { gateGradient } from './gate.ts';
import { gatherGradient, gatherNdGradient, scatterNdGradient, tensorScatterUpdateGradient, topKGradient } from './gather.ts';
import { absGradient, clipGradient, leakyReluGradient, maximumGradient, minimumGradient, relu6Gradient, reluGradient } from './kinks.ts';
import { matMulGradient } from './mat-mul.ts';
import { maxGradient, minGradient, prodGradient } from './reductions.ts';
import { resizeBilinearGradient } from './resize-bilinear.ts';
import { depthToSpaceGradient, mirrorPadGradient, selectGradient, stridedSliceGradient, tileGradient } from './shapes.ts';
import { splitGradient, unpackGradient } from './split.ts';
import { squaredDifferenceGradient } from './squared-difference.ts';
import { castGradient, zeroGradients } from './zero.ts';

const mended: readonly tf.GradConfig[] = [
  ...zeroGradients,
  absGradient,
  castGradient,
  clipGradient,
  conv2dGradient,
  conv3dBackpropInputGradient,
  cumprodGradient,
  cumsumGradient,
  depthToSpaceGradient,
  depthwiseConv2dGradient,
  gateGradient,
  gatherGradient,
  gatherNdGradient,
  leakyReluGradient,
  matMulGradient,
  maxGradient,
  maximumGradient,
  minGradient,
  minimumGradient,
  mirrorPadGradient,
  prodGradient,
  relu6Gradient,
  reluGradient,
  resizeBilinearGradient,
  scatterNdGradient,
  selectGradient,
  splitGradient,
  squaredDifferenceGradient,
  stridedSliceGradient,
  tensorScatterUpdateGradient,
  tileGradient,
  topKGradient,
  unpackGradient,
];

for (const gradient of mended) tf.registerGradient(gradient);
