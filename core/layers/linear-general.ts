/** @file LinearGeneral: a linear layer over chosen axes, to chosen axes. Port of nnx.LinearGeneral. */
import { linearGeneralOnnx } from './shared/linear-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, elements, p, port, reject, requireDtype, requireRank, setTo } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { draw, toParam } from './shared/initialize.ts';
import { toFloat, type Input } from './shared/input.ts';
import { checkAxes } from './shared/norm-spec.ts';
import { countAxes } from './shared/normalize.ts';
import { readOptions, rejectFor, type LayerOptions, type WithRngs } from './shared/options.ts';
import { axesOf, biasInit, dtypeParams, kernelInit, useBias } from './shared/params.ts';
import { LINEAR_WEIGHTS, floatOf, rankInto } from './shared/pytorch.ts';
import { operand } from '../ops/shared/python.ts';
import { kerasLinearGeneral } from './shared/keras-einsum.ts';

const params = {
  inFeatures: p.ints({
    min: 1,
    from: axesOf('x', 'axis'),
    unit: 'features',
    doc: 'Lengths of the axes that are contracted, in ascending order of the axes.',
  }),
  outFeatures: p.ints({ min: 1, start: 64, unit: 'features', doc: 'Lengths of the axes that come in their place, at the end.' }),
  axis: p.ints({ default: -1, doc: 'The axes that are contracted.' }),
  useBias,
  kernelInit,
  biasInit,
  ...dtypeParams,
};

export type LinearGeneralOptions = LayerOptions<typeof params> &
  WithRngs & {
    /** Leading axes with a kernel of their own for each entry: axis to length, `{ 0: 8 }`. */
    readonly batchAxis?: Readonly<Record<number, number>>;
  };

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * Contracts `axis` with the kernel. Variables: kernel (batch…, in…, out…), bias (batch…, out…) or null. The output has the batch axes,
 * then the remaining axes in their order, then the new ones.
 */
export class LinearGeneral extends Module {
  static override readonly typeName: string = 'LinearGeneral';
  readonly kernel: Param;
  readonly bias: Param | null;
  readonly inFeatures: readonly number[];
  readonly outFeatures: readonly number[];
  readonly axis: readonly number[];
  readonly batchAxis: Readonly<Record<number, number>>;
  readonly useBias: boolean;
  readonly dtype: string | null;
  readonly paramDtype: string;

  /**
   * Draws a key for the kernel, then one for the bias. The kernel starts as a matrix of all inputs, batch axes included, by all outputs.
   * @throws ValueError if there is not one length per contracted axis, or if the batch axes are not the first ones.
   */
  constructor(options: LinearGeneralOptions) {
    super();
    const args = readOptions('LinearGeneral', params, options, ['rngs', 'batchAxis']);
    this.inFeatures = [args.inFeatures].flat();
    this.outFeatures = [args.outFeatures].flat();
    this.axis = [args.axis].flat();
    this.batchAxis = options.batchAxis ?? {};
    this.useBias = args.useBias;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    if (this.inFeatures.length !== this.axis.length) {
      throw new ValueError(
        `inFeatures and axis must have the same length. Got (${this.inFeatures.join(', ')}) and (${this.axis.join(', ')}). Give one length per axis.`,
      );
    }
    const batch = batchSizes(this.batchAxis);
    const inputs = product(batch) * product(this.inFeatures);
    const outputs = product(this.outFeatures);
    const kernel = draw(options.rngs, args.kernelInit, [...batch, ...this.inFeatures, ...this.outFeatures], [inputs, outputs]);
    const bias = args.useBias ? draw(options.rngs, args.biasInit, [...batch, ...this.outFeatures], [product(batch) * outputs]) : null;
    this.kernel = toParam(kernel);
    this.bias = bias && toParam(bias);
  }

  /**
   * The caller disposes the result.
   * @throws ValueError for an axis that the input does not have. @throws RejectionError where a length is another than the layer's.
   */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      const batch = batchSizes(this.batchAxis);
      const contracted = countAxes(this.axis, x.rank).sort((a, b) => a - b);
      checkAxesOf(x, [...batch.keys(), ...contracted], [...batch, ...this.inFeatures]);
      const free = x.shape.flatMap((_, i) => (i < batch.length || contracted.includes(i) ? [] : [i]));
      // To one matrix product, or to a stack of them where there are batch axes.
      const order = [...batch.keys(), ...free, ...contracted];
      const ordered = order.every((axis, i) => axis === i) ? x : tf.transpose(x, order);
      const rows = free.map((i) => x.shape[i]!);
      const [inputs, outputs] = [product(this.inFeatures), product(this.outFeatures)];
      const stack = batch.length > 0 ? [product(batch)] : [];
      let y = tf.matMul(tf.reshape(ordered, [...stack, product(rows), inputs]), tf.reshape(this.kernel.value, [...stack, inputs, outputs]));
      if (this.bias) y = tf.add(y, tf.reshape(this.bias.value, [...stack, ...(stack.length > 0 ? [1] : []), outputs]));
      return tf.reshape(y, [...batch, ...rows, ...this.outFeatures]);
    });
  }
}

/** Throws where the batch axes and those that are contracted are not as the layer was made, or one is named twice. */
function checkAxesOf(x: tf.Tensor, axes: readonly number[], sizes: readonly number[]): void {
  const lengths = axes.map((axis) => x.shape[axis]);
  if (axes.length === sizes.length && new Set(axes).size === axes.length && lengths.every((length, i) => length === sizes[i])) return;
  rejectFor('LinearGeneral', {
    code: 'shape/axis',
    param: 'inFeatures',
    expected: `${sizes.length} different axes of lengths ${sizes.join(', ')}, those of batchAxis before those of inFeatures`,
    got: `lengths ${lengths.join(', ')} on axes ${axes.join(', ')}`,
    fix: 'inFeatures go with the axes in ascending order. Make the layer with other inFeatures, or give it an input that fits.',
  });
}

/** The lengths of the batch axes. @throws ValueError unless these are the first axes. */
function batchSizes(batchAxis: Readonly<Record<number, number>>): number[] {
  const axes = Object.keys(batchAxis).map(Number);
  if (axes.some((axis, i) => axis !== i)) {
    throw new ValueError(
      `batch_dims (${axes.join(', ')}${axes.length === 1 ? ',' : ''}) must be consecutive leading dimensions starting from 0. Transpose the input first.`,
    );
  }
  return Object.values(batchAxis);
}

export const linearGeneralLayer = defineLayer({
  type: 'LinearGeneral',
  family: 'dense',
  doc: 'A linear layer that contracts several axes, or makes several.',
  keywords: ['DenseGeneral', 'tensordot', 'multi-axis dense'],
  params,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, { inFeatures, outFeatures, axis }) => {
    requireDtype('x', x!, ['float32', 'int32']);
    requireRank('x', x!, { min: [axis].flat().length });
    const { shape } = x!;
    checkAxes('axis', axis, shape.length);
    const axes = countAxes(axis, shape.length).sort((a, b) => a - b);
    const sizes = [inFeatures].flat();
    const lengths = axes.map((i) => shape[i]);
    if (sizes.length !== axes.length || lengths.some((length, i) => length !== sizes[i])) {
      reject({
        code: 'shape/axis',
        port: 'x',
        param: 'inFeatures',
        expected: `lengths ${sizes.join(', ')} on axes ${axes.join(', ')}`,
        got: lengths.join(', '),
        fix: `Set inFeatures to ${lengths.length === 1 ? lengths[0] : `[${lengths.join(', ')}]`}.`,
        mends: lengths.every((length) => typeof length === 'number')
          ? [setTo('inFeatures', lengths.length === 1 ? lengths[0]! : lengths)]
          : [],
      });
    }
    return { y: { shape: [...shape.filter((_, i) => !axes.includes(i)), ...[outFeatures].flat()], dtype: 'float32' } };
  },
  cost: ({ outputs }, { inFeatures }) => ({ multiplyAdds: elements(outputs['y']!) * elements(inFeatures) }),
  make: (args, { rngs }) => new LinearGeneral({ ...args, rngs }),
  emit: {
    keras: kerasLinearGeneral,
    pytorch: {
      construct: ({ args, source, option }) => {
        const sizeOf = (name: string) =>
          Array.isArray(args[name]) ? [args[name] as readonly number[]].flat().reduce((a, b) => a * b, 1) : source(name);
        return `nn.Linear(${sizeOf('inFeatures')}, ${sizeOf('outFeatures')}${option('bias', 'useBias', true)})`;
      },
      call: (member, { x }, context) => {
        const { args, source } = context;
        const rank = rankInto(context);
        const axes = countAxes(args['axis'] as number | readonly number[], rank).sort((a, b) => a - b);
        const last = axes.map((_, i) => rank - axes.length + i);
        const isLast = axes.every((axis, i) => axis === last[i]);
        const tuple = (all: readonly number[]) => (all.length === 1 ? String(all[0]) : `(${all.join(', ')})`);
        const given = operand(floatOf(x!, context));
        const moved = isLast ? given : `${given}.movedim(${tuple(axes)}, ${tuple(last.map((axis) => axis - rank))})`;
        const flat = axes.length === 1 ? moved : `${moved}.flatten(${-axes.length})`;
        return `${member}(${flat})${Array.isArray(args['outFeatures']) ? `.unflatten(-1, ${source('outFeatures')})` : ''}`;
      },
      weights: [LINEAR_WEIGHTS],
    },
    flax: construct('nnx.LinearGeneral', { positional: ['inFeatures', 'outFeatures'] }),
  },
  onnx: ({ x }, context) => linearGeneralOnnx(x!, context),
  examples: [
    { args: { inFeatures: 2, outFeatures: [3, 2] }, inputs: { x: { shape: [2, 2] } } },
    { args: { inFeatures: [2, 3], outFeatures: [4], axis: [1, -1] }, inputs: { x: { shape: [2, 2, 3] } } },
    { args: { inFeatures: 3, outFeatures: 2, axis: 1, useBias: false }, inputs: { x: { shape: [2, 3, 4] } } },
  ],
});
