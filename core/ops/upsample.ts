import { onnxRepeat } from './shared/onnx.ts';
import { knownLength, transposeOnnx, type OnnxValue } from '../spec/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { multiplyDims } from '../spec/dims.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { read, rejectParam, requireFloat, requireRank } from './shared/ports.ts';
import { isName, operand } from './shared/python.ts';
import { repeatAxis } from './shared/repeat-axis.ts';
import { kerasOps, needLength, needSpec } from './shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';

export type UpsampleMethod = 'nearest' | 'bilinear';

/**
 * Enlarges the spatial axes, one whole factor for each, between the batch and the features. Port of jax.image.resize with the methods
 * nearest and bilinear: pixels are areas, so that the corners of the image stay where they are.
 */
export function upsample(x: tf.Tensor, scale: number | readonly number[], method: UpsampleMethod = 'nearest'): tf.Tensor {
  const factors = [scale].flat();
  const enlarge = method === 'nearest' ? repeatAxis : interpolate;
  return tf.tidy(() => tf.clone(factors.reduce((y, factor, i) => (factor === 1 ? y : enlarge(y, i + 1, factor)), x)));
}

/** Along one axis a product with the weights that each new pixel gives to the old ones. TensorFlow.js has no right gradient of its own resizing. */
function interpolate(x: tf.Tensor, axis: number, factor: number): tf.Tensor {
  const length = x.shape[axis]!;
  const outer = x.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const weights = tf.tensor(interpolationWeights(length, factor), [1, length * factor, length]);
  const y = tf.matMul(weights, tf.reshape(x, [outer, length, -1]));
  return tf.reshape(y, x.shape.with(axis, length * factor));
}

function interpolationWeights(length: number, factor: number): Float32Array {
  const weights = new Float32Array(length * factor * length);
  for (let i = 0; i < length * factor; i += 1) {
    const centre = (i + 0.5) / factor - 0.5;
    const below = Math.floor(centre);
    // Beyond the border the last pixel goes on.
    for (const [pixel, weight] of [
      [below, 1 - (centre - below)],
      [below + 1, centre - below],
    ] as const)
      weights[i * length + Math.min(Math.max(pixel, 0), length - 1)]! += weight;
  }
  return weights;
}

export const upsampleOp = defineOp({
  type: 'upsample',
  family: 'pooling',
  doc: 'Enlarges images or sequences by whole factors.',
  keywords: ['resize', 'interpolate', 'unpool', 'scale', 'nearest', 'bilinear'],
  params: {
    scale: p.ints({ min: 1, default: [2, 2], doc: 'The factor of each spatial axis.' }),
    method: p.choice({ default: 'nearest', choices: ['nearest', 'bilinear'], doc: 'Repeat pixels, or blend between them.' }),
  },
  inputs: { x: port({ minRank: 3, doc: 'Batch first, features last.' }) },
  outputs: { y: port() },
  infer: (inputs, { scale }) => {
    const x = read(inputs, 'x');
    const factors = [scale].flat();
    requireFloat(x);
    requireRank(x, 'x', 3);
    if (x.shape.length !== factors.length + 2)
      rejectParam(
        'scale',
        `${x.shape.length - 2} factors, one for each spatial axis`,
        scale,
        'Batch comes first and features last; all between is spatial.',
      );
    const shape = x.shape.map((dim, i) => (i > 0 && i <= factors.length ? multiplyDims(dim, factors[i - 1]!) : dim));
    return { y: { shape, dtype: 'float32' } };
  },
  apply: (inputs, { scale, method }) => upsample(read(inputs, 'x'), scale, method as UpsampleMethod),
  emit: {
    keras: (inputs, context) => {
      const x = read(inputs, 'x');
      const factors = [context.args['scale']].flat() as number[];
      if (context.args['method'] === 'nearest')
        return factors.reduce(
          (source, factor, i) => (factor === 1 ? source : kerasOps(context, 'repeat', source, String(factor), `axis=${i + 1}`)),
          x,
        );
      const lengths = needSpec(context)
        .shape.slice(1, -1)
        .map((dim, i) => needLength(dim) * factors[i]!);
      if (lengths.length === 2) return kerasOps(context, 'image.resize', x, `(${lengths.join(', ')})`);
      if (lengths.length > 2) kerasGap('Keras blends between the pixels of images only.');
      return `${kerasOps(context, 'image.resize', `${operand(x)}[:, None]`, `(1, ${lengths.join('')})`)}[:, 0]`;
    },
    pytorch: {
      layout: ({ args }) => [args['scale'] as number | readonly number[]].flat().length,
      write: ({ x }, context) => {
        const scale = [context.args['scale'] as number | readonly number[]].flat();
        const mode = context.args['method'] === 'nearest' ? 'nearest' : ['linear', 'bilinear', 'trilinear'][scale.length - 1];
        if (mode === undefined || scale.length > 3) return context.refuse('PyTorch enlarges one to three axes.');
        return `F.interpolate(${x}, scale_factor=${context.source('scale')}${mode === 'nearest' ? '' : `, mode='${mode}'`})`;
      },
    },
    flax: (inputs, context) => {
      const x = read(inputs, 'x');
      const factors = [context.args['scale']].flat() as number[];
      if (context.args['method'] === 'nearest')
        return factors.reduce(
          (source, factor, i) => (factor === 1 ? source : `${source}.repeat(${factor}, axis=${i + 1})`),
          isName(x) ? x : `(${x})`,
        );
      context.use('import jax');
      const shapeOf = (name: string) =>
        `(${name}.shape[0], ${factors.map((factor, i) => `${factor} * ${name}.shape[${i + 1}]`).join(', ')}, ${name}.shape[-1])`;
      const resize = (name: string) => `jax.image.resize(${name}, ${shapeOf(name)}, 'bilinear')`;
      // Names x several times, so that anything but a name goes through a function.
      return isName(x) ? resize(x) : `(lambda x: ${resize('x')})(${x})`;
    },
    typescript: { after: ['scale', 'method'] },
  },
  onnx: ({ x }, context) => {
    const { args, node, constant } = context;
    const factors = [args['scale'] as number | number[]].flat();
    const last = x!.shape.length - 1;
    return factors.reduce((from: OnnxValue, factor, i): OnnxValue => {
      const axis = i + 1;
      if (factor === 1) return from;
      if (args['method'] === 'nearest') return onnxRepeat(from, axis, factor, context);
      const length = knownLength(from, axis, context);
      const weights = constant([...interpolationWeights(length, factor)], 'float32', [length * factor, length]);
      // The axis next to the last, where a product with the weights goes along it.
      const perm = from.shape.map((_, at) => (at === axis ? last - 1 : at === last - 1 ? axis : at));
      const turned = transposeOnnx(node('MatMul', [weights, transposeOnnx(from.name, perm, context)]), perm, context);
      return { ...from, name: turned, shape: from.shape.with(axis, length * factor) };
    }, x!).name;
  },
  examples: [{ inputs: { x: { shape: [1, 2, 3, 2] } } }, { args: { scale: 3, method: 'bilinear' }, inputs: { x: { shape: [2, 3, 2] } } }],
});
