/**
 * @file Max pooling on WebGL. The library starts from -1e20, ignores NaN, and gives the gradient to the last of equal numbers, where
 * the CPU and JAX give it to the first.
 */
import { MaxPool2DBackpropProgram } from '@tensorflow/tfjs-backend-webgl/dist/max_pool_backprop_gpu';
import * as tf from '@tensorflow/tfjs-core';
import { type Kernel, replaceKernel } from './kernel.ts';

/** Finds the largest number of each window, and gives it, or its place in the window. */
class MaxPoolProgram {
  readonly variableNames = ['x'];
  readonly outputShape: number[];
  readonly userCode: string;

  constructor(pool: tf.backend_util.Conv2DInfo, result: 'value' | 'position') {
    this.outputShape = pool.outShape;
    this.userCode = `
      void main() {
        ivec4 coords = getOutputCoords();
        ivec2 corner = coords.yz * ivec2(${pool.strideHeight}, ${pool.strideWidth}) - ivec2(${pool.padInfo.top}, ${pool.padInfo.left});
        float best = uintBitsToFloat(0xff800000u);
        int position = 0;
        bool found = false;
        for (int wR = 0; wR < ${pool.effectiveFilterHeight}; wR += ${pool.dilationHeight}) {
          int xR = corner.x + wR;
          if (xR < 0 || xR >= ${pool.inHeight}) continue;
          for (int wC = 0; wC < ${pool.effectiveFilterWidth}; wC += ${pool.dilationWidth}) {
            int xC = corner.y + wC;
            if (xC < 0 || xC >= ${pool.inWidth}) continue;
            float value = getX(coords[0], xR, xC, coords[3]);
            if (!found || value > best || (isnan(value) && !isnan(best))) {
              best = value;
              position = wR * ${pool.effectiveFilterWidth} + wC;
              found = true;
            }
          }
        }
        setOutput(${result === 'value' ? 'best' : 'float(position)'});
      }`;
  }
}

interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid';
  readonly dimRoundingMode?: 'floor';
}

function poolOf(shape: readonly number[], attributes: unknown): tf.backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as PoolAttributes;
  return tf.backend_util.computePool2DInfo(shape as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode);
}

const maxPool: Kernel = ({ x }, attributes, backend) =>
  backend.runWebGLProgram(new MaxPoolProgram(poolOf(x!.shape, attributes), 'value'), [x!], x!.dtype);

const maxPoolGrad: Kernel = ({ dy, input }, attributes, backend) => {
  const pool = poolOf(input!.shape, attributes);
  const positions = backend.runWebGLProgram(new MaxPoolProgram(pool, 'position'), [input!], 'float32');
  const result = backend.runWebGLProgram(new MaxPool2DBackpropProgram(pool), [dy!, positions], 'float32');
  backend.disposeIntermediateTensorInfo(positions);
  return result;
};

/** Replaces the kernels. */
export function mendMaxPool(): void {
  replaceKernel('MaxPool', () => maxPool);
  replaceKernel('MaxPoolGrad', () => maxPoolGrad);
}
