import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setRun } from '../document/edits/run.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import type { BackendName } from './protocol.ts';

const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };
const digits = setRun(example('digits'), { batchSize: 16, optimizer: { type: 'adam', args: { learningRate: 1e-3 } } });

async function train(worker: InProcess, steps: number, continueFrom: 'start' | 'last') {
  const request = worker.send({ kind: 'train', document: digits, assets, steps, continueFrom });
  expect((await request).kind).toBe('trained');
  const losses = worker.said('metrics', request.id).flatMap(({ points }) => points.map(({ step, loss }) => [step, loss]));
  return { losses, saved: worker.said('saved', request.id).at(-1) };
}

describe('a training that is handed over', () => {
  it('goes on in another worker with the losses of one that never ended', async () => {
    const first = startInProcess(backend);
    const { losses } = await train(first, 8, 'start');
    const { saved } = await train(first, 5, 'start');
    first.engine.dispose();
    const before = tf.memory().numTensors;
    const second = startInProcess(backend);
    expect((await second.expect('restored', { kind: 'restore', document: digits, bytes: saved!.bytes })).step).toBe(5);
    expect((await train(second, 3, 'last')).losses).toEqual(losses.slice(5));
    second.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is a file with the paths of Flax, for the model and for its optimizer', async () => {
    const worker = startInProcess(backend);
    const { saved } = await train(worker, 2, 'start');
    const { tensors, metadata } = readSafetensors(saved!.bytes);
    expect(Object.keys(tensors)).toEqual(
      expect.arrayContaining([
        'linear1.kernel',
        'batch_norm.mean',
        'optimizer.step',
        'optimizer.opt_state.0.count',
        'optimizer.opt_state.0.mu.linear1.kernel',
      ]),
    );
    expect([metadata['step'], [...tensors['optimizer.step']!.data]]).toEqual(['2', [2]]);
    worker.engine.dispose();
  });

  it('is refused by another model, and nothing is left behind', async () => {
    const first = startInProcess(backend);
    const { saved } = await train(first, 1, 'start');
    first.engine.dispose();
    const before = tf.memory().numTensors;
    const second = startInProcess(backend);
    const answer = await second.send({ kind: 'restore', document: example('block'), bytes: saved!.bytes });
    expect(answer.kind).toBe('failed');
    second.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
