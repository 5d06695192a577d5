/** @file Every op and loss against JAX, Flax and optax: values, gradients, inferred shapes, and no tensor left over. */
import { describe, expect, it } from 'vitest';
import { weighted } from '../fixtures/formula.ts';
import { isRecordedTensor, loadOps, recordedNumbers, type RecordedOp, recordedTensor, type RecordedTensor } from '../fixtures/load.ts';
import { registry } from '../registry.gen.ts';
import { fillDefaults } from '../spec/args.ts';
import { type OpDescriptor, outputPorts, type TensorsByPort } from '../spec/define.ts';
import type { Args } from '../spec/params.ts';
import type { DataType, TensorSpec } from '../spec/shape.ts';
import { valueAndGradients } from '../tensor/gradients.ts';
import { tf } from '../tensor/tf.ts';
import { CLOSE, expectClose } from '../test/golden/compare.ts';

const recorded = [...(await loadOps()), ...(await loadOps('losses'))];

/** Recorded under another name than ours: Flax's second names, and what is a reserved word here. */
const OUR_NAMES: Readonly<Record<string, string>> = {
  swish: 'silu',
  hardSwish: 'hardSilu',
  var: 'variance',
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  huber: 'huberLoss',
};
const typeOf = ({ op }: RecordedOp) => OUR_NAMES[op] ?? op;
const portOf = (op: RecordedOp, port: string) => (port === 'targets' && 'logits' in op.inputs ? 'labels' : port);

const ops = Object.entries(registry).filter((entry): entry is [string, OpDescriptor] => entry[1].kind === 'op');
const recordedTypes = [...new Set(recorded.map(typeOf))];

function argsOf({ params }: OpDescriptor, entry: RecordedOp): Args {
  const given = entry.op === 'slice' ? { index: indexOf(entry.params as unknown as RecordedSlice) } : (entry.params as Args);
  return fillDefaults(params, given);
}

type RecordedSlice = Readonly<Record<'start' | 'stop' | 'step', readonly (number | null)[]>>;

/** `1:3, ::-1` */
function indexOf({ start, stop, step }: RecordedSlice): string {
  return start.map((from, axis) => `${from ?? ''}:${stop[axis] ?? ''}:${step[axis] ?? ''}`).join(', ');
}

function list(result: tf.Tensor | TensorsByPort): tf.Tensor[] {
  return result instanceof tf.Tensor ? [result] : Object.values(result);
}

function check(descriptor: OpDescriptor, entry: RecordedOp): void {
  const args = argsOf(descriptor, entry) as never;
  const inputs = Object.fromEntries(Object.entries(entry.inputs).map(([port, value]) => [portOf(entry, port), recordedTensor(value)]));
  const expected = (isRecordedTensor(entry.out as RecordedTensor) ? [entry.out] : entry.out) as readonly RecordedTensor[];

  const specs = Object.fromEntries(Object.entries(inputs).map(([port, { shape, dtype }]) => [port, { shape, dtype: dtype as DataType }]));
  const inferred = descriptor.infer(specs, args);
  expect(Object.keys(inferred)).toEqual(Object.keys(outputPorts(descriptor, args)));
  expect(Object.values(inferred)).toEqual(expected.map(({ shape, dtype }): TensorSpec => ({ shape, dtype: dtype as DataType })));

  const outputs = list(descriptor.apply(inputs, args));
  for (const [i, output] of outputs.entries()) {
    expect(output.dtype).toBe(expected[i]!.dtype);
    expect(output.shape).toEqual(expected[i]!.shape);
    expectClose([...output.dataSync()], recordedNumbers(expected[i]!), CLOSE, 'the result');
  }
  tf.dispose(outputs);

  const names = Object.keys(entry.grads);
  if (names.length > 0) {
    const xs = names.map((name) => inputs[portOf(entry, name)]!);
    const { value, grads } = valueAndGradients(() => weighted(list(descriptor.apply(inputs, args))), xs);
    for (const [i, name] of names.entries())
      expectClose([...grads[i]!.dataSync()], recordedNumbers(entry.grads[name]!), CLOSE, `the gradient by ${name}`);
    tf.dispose([value, grads]);
  }
  tf.dispose(inputs);
}

describe.each(ops.filter(([type]) => recordedTypes.includes(type)))('%s', (type, descriptor) => {
  const entries = recorded.filter((entry) => typeOf(entry) === type);
  it.each(entries.map((entry, i) => [i, JSON.stringify(entry.params), entry] as const))(
    'gives what JAX gives: case %i, %s',
    (_i, _params, entry) => {
      const before = tf.memory().numTensors;
      check(descriptor, entry);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});

it('is there for every op that was recorded', () => {
  expect(recordedTypes.filter((type) => !Object.hasOwn(registry, type))).toEqual([]);
});
