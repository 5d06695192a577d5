/** @file Gradients of ops that only move numbers. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { placeStrided } from './place-strided.ts';

/** TensorFlow.js multiplies by the condition, which turns an infinite gradient into NaN where it does not flow. */
export const selectGradient = defineGradient({
  kernel: 'Select',
  inputs: ['condition'],
  gradient: (dy, [condition]) => ({
    condition: () => tf.zeros(condition!.shape),
    t: () => tf.where(condition!, dy, tf.zerosLike(dy)),
    e: () => tf.where(condition!, tf.zerosLike(dy), dy),
  }),
});

/** TensorFlow.js stops at rank 4, and adds the repeats one by one. */
export const tileGradient = defineGradient<{ reps: number[] }>({
  kernel: 'Tile',
  inputs: ['x'],
  gradient: (dy, [x], { reps }) => ({
    x: () => {
      let sum = dy;
      const shape = [...dy.shape];
      for (const [axis, times] of reps.entries()) {
        if (times === 1) continue;
        const size = x!.shape[axis]!;
        const [before, after] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
        shape[axis] = size;
        sum = tf.reshape(tf.sum(tf.reshape(sum, [before, times, size, after]), 1), shape);
      }
      return tf.reshape(sum, x!.shape);
    },
  }),
});

interface StridedSlice {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

export const stridedSliceGradient = defineGradient<StridedSlice>({
  kernel: 'StridedSlice',
  inputs: ['x'],
  gradient: (dy, [x], a) => ({
    x: () => {
      const { shape } = x!;
      const slice = tf.slice_util.sliceInfo(
        shape,
        a.begin,
        a.end,
        a.strides,
        a.beginMask,
        a.endMask,
        a.ellipsisMask,
        a.newAxisMask,
        a.shrinkAxisMask,
      );
      const dense = tf.slice_util.computeOutShape(slice.begin, slice.end, slice.strides);
      return placeStrided(tf.reshape(dy, dense), shape, slice.begin, slice.strides);
    },
  }),
});

export const depthToSpaceGradient = defineGradient<{ blockSize: number; dataFormat: string }>({
  kernel: 'DepthToSpace',
  gradient: (dy, _saved, { blockSize, dataFormat }) => ({
    x: () => {
      if (dataFormat === 'NCHW') {
        const [batch, channels, height, width] = dy.shape as [number, number, number, number];
        const blocks = tf.reshape(dy, [batch * channels, height / blockSize, blockSize, width / blockSize, blockSize]);
        const moved = tf.transpose(blocks, [0, 2, 4, 1, 3]);
        const deep = tf.reshape(moved, [batch, channels, blockSize * blockSize, height / blockSize, width / blockSize]);
        const ordered = tf.transpose(deep, [0, 2, 1, 3, 4]);
        return tf.reshape(ordered, [batch, channels * blockSize * blockSize, height / blockSize, width / blockSize]);
      }
      const [batch, height, width, channels] = dy.shape as [number, number, number, number];
      const blocks = tf.reshape(dy, [batch, height / blockSize, blockSize, width / blockSize, blockSize, channels]);
      const moved = tf.transpose(blocks, [0, 1, 3, 2, 4, 5]);
      return tf.reshape(moved, [batch, height / blockSize, width / blockSize, channels * blockSize * blockSize]);
    },
  }),
});

/** TensorFlow.js takes the middle only, and drops what flows back through the mirrored numbers. */
export const mirrorPadGradient = defineGradient<{ paddings: [number, number][]; mode: 'reflect' | 'symmetric' }>({
  kernel: 'MirrorPad',
  gradient: (dy, _saved, { paddings, mode }) => ({
    x: () => {
      const skipped = mode === 'reflect' ? 1 : 0; // the number at the edge is no part of its own reflection
      let folded = dy;
      for (const [axis, [low, high]] of paddings.entries()) {
        const size = folded.shape[axis]! - low - high;
        const part = (begin: number, length: number) => {
          const at = folded.shape.map((_, i) => (i === axis ? begin : 0));
          return tf.slice(
            folded,
            at,
            folded.shape.map((n, i) => (i === axis ? length : n)),
          );
        };
        const placed = (t: tf.Tensor, begin: number) =>
          tf.pad(
            tf.reverse(t, axis),
            folded.shape.map((_, i): [number, number] => (i === axis ? [begin, size - begin - t.shape[i]!] : [0, 0])),
          );
        let sum = part(low, size);
        if (low > 0) sum = tf.add(sum, placed(part(0, low), skipped));
        if (high > 0) sum = tf.add(sum, placed(part(low + size, high), size - skipped - high));
        folded = sum;
      }
      return folded;
    },
  }),
});

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
