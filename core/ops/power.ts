import { onnxBroadcast } from './shared/onnx.ts';
import { customGradient } from '../tensor/custom-gradient.ts';
import { sumTo } from '../tensor/mends/sum-to.ts';
import { tf } from '../tensor/tf.ts';
import { asFloat, defineBroadcastOp } from './shared/elementwise.ts';
import { operand, pythonPower } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/**
 * a to the power of b, number by number. The gradient by b is NaN where a is negative. Shapes broadcast as in NumPy, and the wider type
 * holds both. The caller disposes the result. Port of jnp.power; integers to negative powers, which JAX leaves open, are rounded to 0.
 * @throws Error for shapes that do not broadcast.
 */
export function power(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return customGradient(
    [a, b],
    (save, [a, b]) => {
      const value = tf.pow(a!, b!);
      save([asFloat(a!), asFloat(b!), asFloat(value)]);
      return value;
    },
    (dy, [a, b, y]) => [
      () => sumTo(tf.mul(dy, tf.mul(b!, tf.pow(a!, tf.sub(b!, 1)))), a!.shape),
      // The logarithm of 0 counts as 0, as in JAX.
      () => sumTo(tf.mul(dy, tf.mul(y!, tf.log(tf.where(tf.equal(a!, 0), tf.onesLike(a!), a!)))), b!.shape),
    ],
  );
}

export const powerOp = defineBroadcastOp({
  type: 'power',
  doc: 'Raises the first tensor to the power of the second, number by number.',
  keywords: ['exponent', 'pow', '**'],
  apply: power,
  pytorch: { layout: 'any', write: ({ a, b }) => pythonPower(operand(a!), operand(b!)) },
  keras: (inputs, context) => {
    const [base, exponent] = Object.values(inputs).map(operand) as [string, string];
    return context.spec('a')?.dtype === context.spec('b')?.dtype
      ? pythonPower(base, exponent)
      : kerasOps(context, 'power', ...Object.values(inputs));
  },
  flax: (inputs) => {
    const [base, exponent] = Object.values(inputs).map(operand) as [string, string];
    return pythonPower(base, exponent);
  },
  positive: 'a',
  onnx: onnxBroadcast('Pow'),
});
