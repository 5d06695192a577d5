/** @file The digits classifier as one would write it in TensorFlow.js by hand: the other side of the comparison. */
import { tf } from '../tensor/tf.ts';

const BATCH_NORM_MOMENTUM = 0.99;
const DROPOUT_RATE = 0.2;

/** 64 pixels, Linear to 32, BatchNorm, relu, Dropout, Linear to 10, with Adam. */
export class PlainDigits {
  readonly kernel1 = tf.variable(tf.randomNormal([64, 32], 0, 0.125, 'float32', 1));
  readonly bias1 = tf.variable(tf.zeros([32]));
  readonly scale = tf.variable(tf.ones([32]));
  readonly shift = tf.variable(tf.zeros([32]));
  readonly kernel2 = tf.variable(tf.randomNormal([32, 10], 0, 0.18, 'float32', 2));
  readonly bias2 = tf.variable(tf.zeros([10]));
  readonly mean = tf.variable(tf.zeros([32]), false);
  readonly variance = tf.variable(tf.ones([32]), false);
  readonly #optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);

  get #trainable(): tf.Variable[] {
    return [this.kernel1, this.bias1, this.scale, this.shift, this.kernel2, this.bias2];
  }

  #move(statistic: tf.Variable, to: tf.Tensor): void {
    statistic.assign(tf.add(tf.mul(statistic, BATCH_NORM_MOMENTUM), tf.mul(to, 1 - BATCH_NORM_MOMENTUM)));
  }

  call(x: tf.Tensor): tf.Tensor {
    const hidden = tf.add(tf.matMul(x as tf.Tensor2D, this.kernel1 as unknown as tf.Tensor2D), this.bias1);
    const { mean, variance } = tf.moments(hidden, 0);
    this.#move(this.mean, mean);
    this.#move(this.variance, variance);
    const normed = tf.batchNorm(
      hidden as tf.Tensor2D,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      this.shift as never,
      this.scale as never,
      1e-5,
    );
    const dropped = tf.dropout(tf.relu(normed), DROPOUT_RATE);
    return tf.add(tf.matMul(dropped as tf.Tensor2D, this.kernel2 as unknown as tf.Tensor2D), this.bias2);
  }

  /** The gradients of the mean cross-entropy; the caller disposes value and gradients. */
  gradients(x: tf.Tensor, labels: tf.Tensor) {
    return tf.variableGrads(() => {
      const oneHot = tf.oneHot(labels as tf.Tensor1D, 10);
      return tf.losses.softmaxCrossEntropy(oneHot, this.call(x)) as tf.Scalar;
    }, this.#trainable);
  }

  /** The loss before the step, which the caller disposes. */
  step(x: tf.Tensor, labels: tf.Tensor): tf.Scalar {
    const { value, grads } = this.gradients(x, labels);
    this.#optimizer.applyGradients(grads as never);
    tf.dispose(grads);
    return value;
  }

  dispose(): void {
    tf.dispose([...this.#trainable, this.mean, this.variance]);
    this.#optimizer.dispose();
  }
}
