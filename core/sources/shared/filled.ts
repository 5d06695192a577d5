/** @file Sources that fill every input with numbers of their own, whatever its shape. */
import { fail } from '../../spec/run-error.ts';
import { formatShape } from '../../spec/shape.ts';
import type { RunEmitContext } from '../../spec/emit.ts';
import type { EmittedSource, Source, SourceArgs, SourceContext, SourceFault, SourceInput } from '../../spec/source.ts';
import type { tf } from '../../tensor/tf.ts';

/** The lengths of an input for so many rows: the leading axis may have a name, all others need numbers. */
export function lengthsFor(input: SourceInput, rows: number): number[] {
  if (!input.shape)
    return fail(
      'source/no-shape',
      `Input "${input.name}" has no shape: expected one to fill with numbers.`,
      'Set the shape of the input, such as (batch, 2).',
    );
  return input.shape.map((length, axis) => {
    if (typeof length === 'number') return length;
    if (axis === 0) return rows;
    return fail(
      'source/unknown-length',
      `Input "${input.name}" of shape ${formatShape(input.shape ?? [])}: expected a number for "${length}", which the data source does not know.`,
      'Give that axis a length.',
    );
  });
}

/** One batch for all steps, each time made anew. */
export function filledSource({ inputs, batchSize }: SourceContext, make: (shape: number[], at: number) => tf.Tensor): Source {
  const shapes = inputs.map((input) => lengthsFor(input, batchSize));
  const trainBatch = () => ({ inputs: shapes.map(make), labels: null });
  return { labels: null, trainRows: batchSize, testRows: 0, stepsPerEpoch: 1, trainBatch, testBatches: () => [], notes: [] };
}

/** Inputs without a shape cannot be filled. */
export function checkShapes({ inputs }: SourceContext): readonly SourceFault[] {
  return inputs.flatMap(({ name, shape }) =>
    shape
      ? []
      : [
          {
            code: 'input/no-shape',
            input: name,
            expected: 'a shape, such as (batch, 8)',
            got: 'none',
            fix: 'Declare the shape of the input.',
            shape: ['batch', 8],
          },
        ],
  );
}

/** The code of such a source: `make` gives the expression of one input from the source of its shape and, where it is not float32, of its type. */
export function emitFilled(
  context: SourceContext & RunEmitContext,
  make: (shape: string, dtype: string, at: number) => string,
  { library = 'jax', helpers = [] }: { readonly library?: 'jax' | 'torch' | 'numpy'; readonly helpers?: readonly string[] } = {},
): EmittedSource {
  const isTorch = library === 'torch';
  const isNumpy = library === 'numpy';
  context.use(isTorch ? 'import torch' : isNumpy ? 'import numpy as np' : 'import jax.numpy as jnp');
  const arrays = context.inputs.map((input, at) => {
    const type = isTorch
      ? `dtype=torch.${input.dtype}`
      : isNumpy
        ? `'${input.dtype}'`
        : `jnp.${input.dtype === 'bool' ? 'bool_' : input.dtype}`;
    const dtype = input.dtype === 'float32' && !isNumpy ? '' : `, ${type}`;
    return make(context.literal(lengthsFor(input, context.batchSize)), dtype, at);
  });
  const lines = [
    ...helpers,
    `def train_batch(step: int) -> tuple[tuple[${isTorch ? 'torch.Tensor' : isNumpy ? 'np.ndarray' : 'jax.Array'}, ...], None]:`,
    '    """The inputs of a step, the same for all."""',
    `    inputs = (${arrays.join(', ')}${arrays.length === 1 ? ',' : ''})`,
    '    return inputs, None',
  ];
  return { lines, hasTest: false };
}

/** A number among the arguments of a document, which may hold anything. */
export function numberOf(args: SourceArgs, name: string, otherwise: number): number {
  const value = args[name];
  return typeof value === 'number' ? value : otherwise;
}

/** Inputs that do not take the floats that a source draws. */
export function checkFloats({ inputs }: SourceContext, what: string): readonly (SourceFault & { readonly input: string })[] {
  return inputs.flatMap(({ name, dtype }) =>
    dtype === 'float32'
      ? []
      : [
          {
            code: 'source/not-float',
            input: name,
            expected: `float32, as ${what} numbers are`,
            got: dtype,
            fix: 'Choose ones or whole numbers as the data.',
          },
        ],
  );
}
