/** @file Einsum: a product with a learned kernel, summed over named axes. Port of nnx.Einsum. */
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { inferEinsum, summedLength } from '../ops/shared/equation.ts';
import { construct, defineLayer, elements, p, port, reject, requireDtype, sameShape } from '../spec/index.ts';
import { einsum } from '../tensor/einsum.ts';
import { tf } from '../tensor/tf.ts';
import { draw, toParam } from './shared/initialize.ts';
import { toFloat, type Input } from './shared/input.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { biasInit, dtypeParams, kernelInit } from './shared/params.ts';
import { floatOf } from './shared/pytorch.ts';
import { tupleText } from '../ops/shared/pytorch.ts';
import type { TorchDefinition, TorchPlace } from '../spec/emit-pytorch.ts';
import { kerasEinsum } from './shared/keras-einsum.ts';

const params = {
  einsumStr: p.text({
    start: '...i,ij->...j',
    doc: 'A letter for each axis of the input, then of the kernel, and after the arrow of the output.',
  }),
  kernelShape: p.ints({ min: 1, start: [64, 64], doc: 'Lengths of the axes of the kernel.' }),
  biasShape: p.ints.nullable({
    min: 1,
    doc: 'Lengths of the axes of the bias: those of the output that stem from the kernel; none means no bias.',
  }),
  kernelInit,
  biasInit,
  ...dtypeParams,
};

export type EinsumOptions = LayerOptions<typeof params> & WithRngs;

/**
 * einsum(input, kernel) + bias. Variables: kernel of kernelShape; bias of biasShape, or null, which is added along the axes of the output
 * that stem from the kernel.
 */
export class Einsum extends Module {
  static override readonly typeName: string = 'Einsum';
  readonly kernel: Param;
  readonly bias: Param | null;
  einsumStr: string;
  readonly kernelShape: readonly number[];
  readonly biasShape: readonly number[] | null;
  readonly dtype: string | null;
  readonly paramDtype: string;

  /** @throws ValueError if the equation has no arrow, or not exactly two operands. */
  constructor(options: EinsumOptions) {
    super();
    const args = readOptions('Einsum', params, options);
    this.einsumStr = checkedEquation(args.einsumStr);
    this.kernelShape = [args.kernelShape].flat();
    this.biasShape = args.biasShape === null ? null : [args.biasShape].flat();
    const kernel = draw(options.rngs, args.kernelInit, this.kernelShape);
    const bias = this.biasShape ? draw(options.rngs, args.biasInit, this.biasShape) : null;
    this.kernel = toParam(kernel);
    this.bias = bias && toParam(bias);
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /**
   * The equation of the call, where one is given, takes the place of the layer's. The caller disposes the result.
   * @throws ValueError for an equation without an arrow or two operands, and for a bias of another shape.
   * @throws RangeError if the equation does not fit the shapes.
   */
  call(input: Input, einsumStr?: string | null): tf.Tensor {
    const equation = checkedEquation(einsumStr ?? this.einsumStr);
    return tf.tidy(() => {
      const y = einsum(equation, toFloat(input), this.kernel.value);
      return this.bias ? tf.add(y, asBias(this.bias.value, broadcastedBias(equation, this.kernelShape, y.rank))) : y;
    });
  }
}

function checkedEquation(einsumStr: string): string {
  const equation = einsumStr.replaceAll(' ', '');
  if (!equation.includes('->')) {
    throw new ValueError(
      `\`einsum_str\` equation must be explicit and include "->", got "${einsumStr}". Write the axes of the output behind an arrow.`,
    );
  }
  const operands = equation.split('->')[0]!.split(',').length;
  if (operands !== 2) {
    throw new ValueError(
      `\`einsum_str\` equation must have exactly two operands and therefore, exactly one comma character, instead of ${operands - 1}.`,
    );
  }
  return equation;
}

/** @throws ValueError if the bias has other lengths than the axes of the output that stem from the kernel. */
function asBias(bias: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (bias.size === shape.reduce((size, length) => size * length, 1)) return tf.reshape(bias, [...shape]);
  throw new ValueError(
    `biasShape should hold the axes of the output that stem from the kernel, (${shape.filter((length) => length !== 1).join(', ')}), but is (${bias.shape.join(', ')}).`,
  );
}

/**
 * The shape of the bias in the output: axes that stem from the kernel keep their length, all others are 1. Of the axes behind an
 * ellipsis in the kernel, the last one meets the last of the output.
 */
function broadcastedBias(equation: string, kernelShape: readonly number[], rank: number): number[] {
  const [operands, output] = equation.split('->') as [string, string];
  const kernel = spelledOut(operands.split(',')[1]!, kernelShape.length);
  const lengths = new Map(kernel.map((letter, axis) => [letter, kernelShape[axis]!]));
  return spelledOut(output, rank).map((letter) => lengths.get(letter) ?? 1);
}

/** One name per axis; the axes behind an ellipsis are '.1' (the last), '.2' (the one before) and so on. */
function spelledOut(term: string, rank: number): string[] {
  const [before = '', after] = term.split('...');
  if (after === undefined) return [...before];
  const free = rank - before.length - after.length;
  return [...before, ...Array.from({ length: free }, (_, i) => `.${free - i}`), ...after];
}

const TORCH_EINSUM: TorchDefinition = {
  name: 'Einsum',
  source: `class Einsum(nn.Module):
    """A product with a learned kernel, summed over axes that letters name."""

    def __init__(
        self, equation: str, shape: tuple[int, ...], bias: tuple[int, ...] | None = None
    ) -> None:
        super().__init__()
        self.equation = equation
        self.kernel = nn.Parameter(torch.randn(shape) / math.prod(shape[:-1]) ** 0.5)
        self.bias = None if bias is None else nn.Parameter(torch.zeros(bias))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.einsum(self.equation, x, self.kernel)
        return y if self.bias is None else y + self.bias`,
};

/** How many axes come out. */
function rankOut(args: TorchPlace['args'], rank: number): number {
  const [left = '', output = ''] = (args['einsumStr'] as string).replaceAll(' ', '').split('->');
  const [input = ''] = left.split(',');
  const free = output.includes('...') ? rank - input.replace('...', '').length : 0;
  return output.replace('...', '').length + free;
}

export const einsumLayer = defineLayer({
  type: 'Einsum',
  family: 'dense',
  doc: 'Multiplies by a learned kernel and sums over axes that you name with letters.',
  keywords: ['EinsumDense', 'contraction', 'tensor product', 'bilinear'],
  params,
  inputs: { x: port() },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, { einsumStr, kernelShape, biasShape }) => {
    requireDtype('x', x!, ['float32', 'int32']);
    const kernel = { shape: [kernelShape].flat(), dtype: 'float32' } as const;
    const y = inferEinsum(einsumStr.replaceAll(' ', ''), [x!, kernel]);
    if (!einsumStr.includes('->')) {
      reject({
        code: 'param/equation',
        param: 'einsumStr',
        expected: 'an arrow in einsumStr',
        got: einsumStr,
        fix: 'Write the axes of the output behind ->.',
      });
    }
    const wanted = broadcastedBias(einsumStr.replaceAll(' ', ''), kernel.shape, y.shape.length).filter((length) => length !== 1);
    if (
      biasShape !== null &&
      !sameShape(
        [biasShape].flat().filter((length) => length !== 1),
        wanted,
      )
    ) {
      reject({
        code: 'param/bias-shape',
        param: 'biasShape',
        expected: `biasShape [${wanted.join(', ')}], the axes of the output that stem from the kernel`,
        got: `[${[biasShape].flat().join(', ')}]`,
        fix: `Set biasShape to [${wanted.join(', ')}], or clear it.`,
      });
    }
    return { y };
  },
  cost: ({ inputs, outputs }, { einsumStr, kernelShape }) => ({
    multiplyAdds: elements(outputs['y']!) * summedLength(einsumStr, [inputs['x']!, [kernelShape].flat()]),
  }),
  make: (args, { rngs }) => new Einsum({ ...args, rngs }),
  emit: {
    keras: kerasEinsum,
    pytorch: {
      construct: (context) => {
        const { args, source, define } = context;
        const bias =
          args['biasShape'] === null
            ? ''
            : `, ${tupleText(broadcastedBias((args['einsumStr'] as string).replaceAll(' ', ''), [args['kernelShape'] as number | readonly number[]].flat(), rankOut(args, context.spec('x')?.shape.length ?? 0)))}`;
        const kernel = [args['kernelShape'] as number | readonly number[]].flat();
        return `${define(TORCH_EINSUM)}(${source('einsumStr')}, ${tupleText(kernel)}${bias})`;
      },
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
    },
    flax: construct('nnx.Einsum', { positional: ['einsumStr', 'kernelShape'] }),
  },
  onnx: ({ x }, context) => {
    const { args, node, cast, weight, outputs } = context;
    const equation = String(args['einsumStr']).replaceAll(' ', '');
    const y = node('Einsum', [cast(x!, 'float32'), weight('kernel')], { equation });
    if (args['biasShape'] === null) return y;
    const shape = broadcastedBias(equation, [args['kernelShape'] as number | number[]].flat(), outputs['y']!.shape.length);
    return node('Add', [y, weight('bias', { shape })]);
  },
  examples: [
    { args: { einsumStr: 'nta,hab->nthb', kernelShape: [2, 2, 3], biasShape: [2, 3] }, inputs: { x: { shape: [2, 3, 2] } } },
    { args: { einsumStr: '...i,ij->...j', kernelShape: [3, 4] }, inputs: { x: { shape: [2, 2, 3] } } },
  ],
});
