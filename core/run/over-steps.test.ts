import { expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setRun } from '../document/edits/run.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { startInProcess } from '../test/in-process.ts';
import { placeKey } from './place.ts';
import type { BackendName } from './protocol.ts';
import { MOST_SAMPLED, quantilesOf, sampled } from './quantiles.ts';

const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };
const digits = setRun(example('digits'), { batchSize: 16 });

it('any value, gradient or parameter is seen at every step that is kept, on the same rows, and the training goes on as if nobody had looked', async () => {
  const before = tf.memory().numTensors;
  const worker = startInProcess(backend);
  const train = async (steps: number, continueFrom: 'start' | 'last') => {
    const request = worker.send({ kind: 'train', document: digits, assets, steps, continueFrom });
    expect((await request).kind).toBe('trained');
    return worker.said('metrics', request.id).flatMap(({ points }) => points.map(({ loss }) => loss));
  };
  const whole = await train(5, 'start');
  const first = await train(3, 'start');
  const { result } = await worker.expect('ran', { kind: 'run', document: digits, assets, batch: 2 });
  const kernel = placeKey({ kind: 'variable', path: ['linear1', 'kernel'] });
  const wire = result.wires.at(-1)!;
  const keys = [kernel, `${kernel} gradient`, wire.valueKey, wire.gradientKey!, 'nothing'];
  const { spreads } = await worker.expect('overSteps', { kind: 'overSteps', assets, keys, batch: 2 });
  expect(spreads.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  const last = spreads.at(-1)!.values;
  const statistics = [
    result.variables.find(({ valueKey }) => valueKey === kernel)!.value,
    result.variables.find(({ valueKey }) => valueKey === kernel)!.gradient!,
    wire.value,
  ];
  // Of the weights of the last step, on the same rows: the extremes are those of the run. What drops draws other masks.
  expect(last[0]!.quantiles!.at(0)).toBeCloseTo(statistics[0]!.min!, 5);
  expect(last[0]!.quantiles!.at(-1)).toBeCloseTo(statistics[0]!.max!, 5);
  expect(last.map((each) => each?.quantiles?.length ?? null)).toEqual([7, 7, 7, 7, null]);
  const kernels = spreads.map(({ values }) => JSON.stringify(values[0]));
  expect(new Set(kernels).size).toBe(4);
  expect([...first, ...(await train(2, 'last'))]).toEqual(whole);
  worker.engine.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('quantiles are those of NumPy, of finite elements alone, and of very many evenly spaced ones', () => {
  expect(quantilesOf([4, 1, NaN, 2, 3, Infinity])).toEqual({
    quantiles: [1, 1.15, 1.75, 2.5, 3.25, 3.85, 4].map((x) => expect.closeTo(x, 6)),
    notFinite: 2,
  });
  expect(quantilesOf([NaN])).toEqual({ quantiles: null, notFinite: 1 });
  const many = tf.range(0, 3 * MOST_SAMPLED);
  const few = sampled(many);
  expect([few.size, few.dtype]).toEqual([MOST_SAMPLED, 'float32']);
  tf.dispose([many, few]);
});
