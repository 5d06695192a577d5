/** @file What a run tells of the inside of lists and layers that are made of others (N4), and of Modules that are called twice (N3). */
import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { parseDocument } from '../document/parse.ts';
import attentionText from '../test/faults/FID2-attention.espalier?raw';
import repeatsText from '../test/faults/FID4-repeats.espalier?raw';
import sharedText from '../test/faults/F08-shared-twice.espalier?raw';
import { startInProcess } from '../test/in-process.ts';
import { tf } from '../tensor/tf.ts';
import type { BackendName, ValueKey } from './protocol.ts';

async function run(text: string) {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(parsed.refusals[0]!.message);
  const worker = startInProcess(tf.getBackend() as BackendName);
  const before = tf.memory().numTensors;
  const request = worker.send({ kind: 'run', document: parsed.document, assets: { 'digits.csv': digitsCsv } });
  const answer = await request;
  if (answer.kind !== 'ran') throw new Error(answer.kind === 'failed' ? answer.problem.message : answer.kind);
  const { result } = answer;
  const read = async (key: ValueKey | null) => (await worker.expect('tensor', { kind: 'tensor', run: request.id, key: key! })).tensor;
  const at = (path: string, name = 'output', call = 0) =>
    result.insides.find((each) => each.module.join('.') === path && each.name === name && each.call === call)!;
  const variable = (path: string) => result.variables.find((each) => each.path.join('.') === path)!;
  const end = () => {
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  };
  return { result, read, at, variable, end };
}

/** The product of a matrix with another, or with its transpose. */
function times(a: Float32Array, b: Float32Array, rows: number, inner: number, isTransposed: boolean): number[] {
  const columns = b.length / inner;
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[row * inner + k]! * b[isTransposed ? column * inner + k : k * columns + column]!;
    return sum;
  });
}
const near = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 4) as number);

describe('N4 in a list', () => {
  it('each element tells its value and the gradient there', async () => {
    const { result, read, at, variable, end } = await run(repeatsText);
    expect(result.insides.filter(({ module }) => module[0] === 'hid').map(({ module, call }) => [module[1], call])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    const [first, second] = [at('hid.0'), at('hid.1')];
    const [kernel, bias] = [await read(variable('hid.1.kernel').valueKey), await read(variable('hid.1.bias').valueKey)];
    const value = times((await read(first.valueKey)).data, kernel.data, 7, 8, false).map((number, i) => number + bias.data[i % 8]!);
    expect([...(await read(second.valueKey)).data]).toEqual(near(value));
    const gradient = times((await read(second.gradientKey)).data, kernel.data, 7, 8, true);
    expect([...(await read(first.gradientKey)).data]).toEqual(near(gradient));
    end();
  });

  it('the last element is what the wire behind the list carries, kept once', async () => {
    const { result, at, end } = await run(repeatsText);
    const wire = result.wires.find(({ module }) => module?.join('.') === 'hid')!;
    expect(at('hid.2')).toMatchObject({
      valueKey: wire.valueKey,
      gradientKey: wire.gradientKey,
      calledBy: { instance: [], node: wire.node },
    });
    end();
  });

  it('elements of a class tell theirs, and keys are the same in every run', async () => {
    const [one, two] = [await run(repeatsText), await run(repeatsText)];
    const keys = ({ result }: typeof one) => [...result.wires, ...result.insides, ...result.variables].map(({ valueKey }) => valueKey);
    expect(keys(one)).toEqual(keys(two));
    expect([0, 1, 2, 3].map((i) => one.at(`blocks.${i}`).value.shape)).toEqual(Array.from({ length: 4 }, () => [7, 8]));
    two.end();
    one.end();
  });
});

describe('N4 in a layer made of others', () => {
  it('projections and attention weights can be looked at', async () => {
    const { result, read, at, end } = await run(attentionText);
    const names = result.insides.filter(({ module }) => module.includes('mha')).map(({ module, name }) => [...module, name].join('.'));
    expect(names).toEqual([
      'mha.query.output',
      'mha.key.output',
      'mha.value.output',
      'mha.attentionWeights',
      'mha.out.output',
      'mha.output',
    ]);
    const weights = at('mha', 'attentionWeights');
    const { shape, data } = await read(weights.valueKey);
    const keys = shape.at(-1)!;
    for (let row = 0; row < data.length / keys; row++)
      expect(data.slice(row * keys, (row + 1) * keys).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    expect(weights.gradient!.norm).toBeGreaterThan(0);
    const [wire] = result.wires.filter(({ module }) => module?.join('.') === 'mha');
    for (const inside of [weights, at('mha.query')]) expect(inside.calledBy).toEqual({ instance: [], node: wire!.node });
    end();
  });
});

describe('N3 a Module that is called twice', () => {
  it('has two outputs, told apart by the node that called it, and says how many calls a gradient adds up', async () => {
    const { read, at, variable, end } = await run(sharedText);
    expect([0, 1].map((call) => at('shared', 'output', call).calledBy)).toEqual([
      { instance: [], node: 'n8' },
      { instance: [], node: 'n14' },
    ]);
    expect([variable('shared.bias').calls, variable('enc.bias').calls]).toEqual([2, 1]);
    expect([at('shared').calls, at('enc').calls]).toEqual([2, 1]);
    const gradients = await Promise.all([0, 1].map(async (call) => (await read(at('shared', 'output', call).gradientKey)).data));
    const sums = Array.from({ length: 32 }, (_, i) =>
      gradients.reduce((sum, data) => sum + data.filter((_number, k) => k % 32 === i).reduce((a, b) => a + b, 0), 0),
    );
    expect([...(await read(variable('shared.bias').gradientKey)).data]).toEqual(sums.map((sum) => expect.closeTo(sum, 5) as number));
    end();
  });
});
