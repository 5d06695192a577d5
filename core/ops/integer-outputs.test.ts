/** @file Ops that give whole numbers or truths, on a path to the loss or beside it: nothing flows back through them, as in JAX (X5). */
import { describe, expect, it } from 'vitest';
import { recordGradients } from '../nnx/tape.ts';
import { registry } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import type { ArgsOf, ParamSpecs } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';

const ops = Object.values(registry).filter((each) => each.kind === 'op');

function gradientsThrough(op: (typeof ops)[number], changes: object = {}) {
  const [example] = op.examples;
  const specs = Object.fromEntries(Object.entries(example!.inputs).map(([port, { shape, dtype = 'float32' }]) => [port, { shape, dtype }]));
  const { args } = validateArgs(op.params, { ...example!.args, ...changes } as never, specs);
  const found: { dtypes: readonly string[]; gradients: readonly (readonly number[] | null)[] } = { dtypes: [], gradients: [] };
  tf.tidy(() => {
    const inputs = Object.fromEntries(
      Object.entries(example!.inputs).map(([port, { shape, dtype = 'float32' }]) => {
        const values = Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => ((i * 7) % 11) / 12);
        return [port, dtype === 'float32' ? tf.tensor(values, [...shape]) : tf.zeros([...shape], dtype as 'int32')];
      }),
    );
    const floats = Object.values(inputs).filter((input) => input.dtype === 'float32');
    const { gradients } = recordGradients(() => {
      const result = op.apply(inputs, args as ArgsOf<ParamSpecs>);
      const outputs = result instanceof tf.Tensor ? [result] : Object.values(result);
      found.dtypes = outputs.map((output) => output.dtype);
      return outputs.map((output) => tf.sum(tf.cast(output, 'float32'))).reduce((a, b) => tf.add(a, b)) as tf.Tensor;
    }, floats);
    found.gradients = gradients.map((gradient) => gradient && [...gradient.dataSync()]);
  });
  return found;
}

const whole = ops.filter((op) => {
  const floats = Object.values(op.examples[0]!.inputs).some(({ dtype = 'float32' }) => dtype === 'float32');
  return floats && gradientsThrough(op).dtypes.every((dtype) => dtype !== 'float32');
});

describe('an op with whole numbers or truths as its result', () => {
  it('is one of those that are known', () => {
    expect(whole.map((op) => op.type).sort()).toEqual([
      'argmax',
      'argmin',
      'equal',
      'greater',
      'greaterEqual',
      'less',
      'lessEqual',
      'notEqual',
    ]);
  });

  it.each(['int32', 'bool'])('cast lets nothing flow back from %s', (dtype) => {
    const { dtypes, gradients } = gradientsThrough(
      ops.find((op) => op.type === 'cast')!,
      { dtype },
    );
    expect(dtypes).toEqual([dtype]);
    for (const gradient of gradients) expect(gradient ?? [0]).toEqual((gradient ?? [0]).map(() => 0));
  });

  it.each(whole.map((op) => [op.type, op] as const))('%s lets nothing flow back', (_, op) => {
    for (const gradient of gradientsThrough(op).gradients) expect(gradient ?? [0]).toEqual((gradient ?? [0]).map(() => 0));
  });
});
