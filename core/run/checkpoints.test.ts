import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setRun } from '../document/edits/run.ts';
import type { ModelDocument } from '../document/schema.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { makeRule } from '../optim/settings.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import { Checkpoints, MOST_CHECKPOINTS } from './checkpoints.ts';
import { openModel } from './open-model.ts';
import type { BackendName } from './protocol.ts';

const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };
// Moments of Adam, random streams of the dropout, statistics of the normalisation: all of them are state.
const digits = setRun(example('digits'), { batchSize: 16, optimizer: { type: 'adam', args: { learningRate: 1e-3 } } });

async function train(worker: InProcess, document: ModelDocument, steps: number, continueFrom: 'start' | 'last' = 'last') {
  const request = worker.send({ kind: 'train', document, assets, steps, continueFrom });
  const answer = await request;
  if (answer.kind !== 'trained') throw new Error(answer.kind === 'failed' ? answer.problem.message : answer.kind);
  const losses = worker.said('metrics', request.id).flatMap(({ points }) => points.map(({ step, loss }) => [step, loss]));
  return { losses, kept: worker.said('kept', request.id).at(-1)!.steps };
}

const seek = (worker: InProcess, step: number) => worker.expect('sought', { kind: 'seek', assets, step });
const run = async (worker: InProcess, document: ModelDocument) => worker.expect('ran', { kind: 'run', document, assets, asNextStep: true });

describe('going back in a training', () => {
  it('and on from there gives the losses of the training that was never interrupted, to the last bit', async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const { losses, kept } = await train(worker, digits, 8, 'start');
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    await seek(worker, 3);
    expect((await train(worker, digits, 5)).losses).toEqual(losses.slice(3));
    // To the start too, where nothing has been remembered by the optimizer, and on again without another training.
    await seek(worker, 0);
    await seek(worker, 6);
    const again = await train(worker, digits, 2);
    expect(again.losses).toEqual(losses.slice(6));
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('shows what a step saw: a run as the next step has its loss, and changes nothing', async () => {
    const worker = startInProcess(backend);
    const { losses } = await train(worker, digits, 5, 'start');
    await seek(worker, 2);
    for (let i = 0; i < 2; i++) {
      const { result, record } = await run(worker, digits);
      expect([result.weights, record.batch, record.asStep]).toEqual([{ from: 'training', step: 2 }, 2, 3]);
      expect(Math.abs(result.loss - losses[2]![1]!)).toBeLessThan(1e-6);
    }
    expect((await train(worker, digits, 3)).losses).toEqual(losses.slice(2));
    worker.engine.dispose();
  });

  it('keeps what lies behind until training goes on from there with other settings, and cuts it then', async () => {
    const worker = startInProcess(backend);
    const { losses } = await train(worker, digits, 6, 'start');
    await seek(worker, 2);
    const slower = setRun(digits, { optimizer: { type: 'adam', args: { learningRate: 1e-4 } } });
    const branch = await train(worker, slower, 2);
    expect(branch.kept).toEqual([0, 1, 2, 3, 4]);
    // The first loss is measured before the first step is taken: it is the same.
    expect(branch.losses[0]).toEqual(losses[2]);
    expect(branch.losses[1]).not.toEqual(losses[3]);
    const answer = await worker.send({ kind: 'seek', assets, step: 6 });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'train/no-checkpoint' } });
    worker.engine.dispose();
  });

  it('says that nothing was trained', async () => {
    const worker = startInProcess(backend);
    expect(await worker.send({ kind: 'seek', assets, step: 0 })).toMatchObject({
      kind: 'failed',
      problem: { code: 'train/nothing-trained' },
    });
    worker.engine.dispose();
  });
});

describe('checkpoints of a long training', () => {
  const standingOf = () => {
    const { model } = openModel(digits);
    const optimizer = new Optimizer(model, makeRule(digits.run.optimizer));
    return { document: digits, model, optimizer, rule: '', step: 0 };
  };

  it('are thinned out as they grow: the first, the last and pinned ones stay, and memory does not grow', () => {
    const standing = standingOf();
    const kept = new Checkpoints();
    const takeUntil = (from: number, to: number): void => {
      for (let step = from; step <= to; step++) if (kept.isDue(step) || step === 301 || step === to) kept.take({ ...standing, step });
    };
    takeUntil(0, 301);
    kept.pin(301, true);
    const tensors = (): number => tf.memory().numTensors;
    takeUntil(302, 5000);
    const after = tensors();
    takeUntil(5001, 10_000);
    const { steps } = kept;
    expect(steps.length).toBeLessThanOrEqual(MOST_CHECKPOINTS);
    expect(steps.length).toBeGreaterThan(MOST_CHECKPOINTS / 3);
    expect([steps[0], steps.includes(301), steps.at(-1)]).toEqual([0, true, 10_000]);
    expect(tensors()).toBeLessThan(2 * after);
    kept.dispose();
    expect(kept.steps).toEqual([]);
  });

  it('stay below their budget, and those too large for it are not taken at all', () => {
    const standing = standingOf();
    const copy = () => {
      // Other numbers, as after a step.
      for (const layer of ['linear1', 'linear2']) {
        const { kernel } = (standing.model as unknown as Record<string, { kernel: { value: tf.Tensor } }>)[layer]!;
        kernel.value = tf.add(kernel.value, 1);
      }
    };
    const one = new Checkpoints(Infinity);
    copy();
    one.take(standing);
    const kept = new Checkpoints(4 * one.bytes);
    for (let step = 0; step < 20; step++) {
      copy();
      kept.take({ ...standing, step });
      expect(kept.bytes).toBeLessThanOrEqual(4 * one.bytes);
    }
    expect([kept.steps[0], kept.steps.at(-1)]).toEqual([0, 19]);
    const none = new Checkpoints(one.bytes);
    expect([none.take(standing), none.steps]).toEqual([false, []]);
    for (const each of [one, kept, none]) each.dispose();
  });
});
