import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setMode } from '../document/edits/settings.ts';
import type { ModelDocument } from '../document/schema.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import { Stopped } from '../spec/run-error.ts';
import { interruptible } from '../tensor/interrupt.ts';
import { chain } from '../test/chain.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import { tf } from '../tensor/tf.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { openModel } from './open-model.ts';
import type { BackendName } from './protocol.ts';
import { Snapshots } from './snapshots.ts';

const backend = tf.getBackend() as BackendName;

/** A stop that comes while no message can be taken: once, when something is so. */
function comingWhen(isTime: () => boolean): () => boolean {
  let hasCome = false;
  return () => !hasCome && (hasCome = isTime());
}

const deep = chain(60);
/** Deep enough to be asked a few times on the way there, however fast the machine. */
const deeper = chain(400);

it('whatever op the way there and back is stopped before, nothing of it is left behind', () => {
  const document = setMode(example('digits'), 'train');
  const { model, inputs } = openModel(document);
  const source = openData(document, inputs, { 'digits.csv': digitsCsv });
  const objective = openObjective(document.run);
  const batch = source.trainBatch(0);
  const snapshots = new Snapshots(model);
  const through = valueAndGrad((of: typeof model) => objective.compute([of.call(...batch.inputs) as tf.Tensor], batch));
  let hasEnded = false;
  for (let last = 0; !hasEnded; last += 11) {
    const before = tf.memory().numTensors;
    snapshots.take(last);
    let asked = 0;
    const check = (): void => {
      if (asked++ === last) throw new Stopped('here');
    };
    try {
      const [loss, gradients] = interruptible(check, () => through(model), 0);
      loss.dispose();
      gradients.dispose();
      hasEnded = true;
    } catch (error) {
      expect(error).toBeInstanceOf(Stopped);
    }
    snapshots.restore(last);
    snapshots.confirm(last + 1);
    expect(tf.memory().numTensors, `stopped before op ${last}`).toBe(before);
  }
  dispose(model);
  tf.dispose([...batch.inputs, batch.labels!]);
});

describe('a stop in the middle of work that lets no message in', () => {
  it.each(['building', 'forward'])('ends a run while it is %s, and leaves no tensor behind', async (phase) => {
    const before = tf.memory().numTensors;
    const phaseOf = (): string | undefined => worker.said('phase', 1).at(-1)?.name.replace('compiling', 'forward');
    const worker: InProcess = startInProcess(backend, undefined, { isStopComing: comingWhen(() => phaseOf() === phase) });
    expect((await worker.send({ kind: 'run', document: deeper, assets: {} })).kind).toBe('stopped');
    expect(phaseOf()).toBe(phase);
    expect((await worker.expect('ran', { kind: 'run', document: deep, assets: {} })).result.loss).toBeTypeOf('number');
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  /** Trainings one after the other; `stopAt`: the first is stopped in the middle of a step behind this one. */
  async function trained(document: ModelDocument, assets: Record<string, string>, steps: readonly number[], stopAt = Infinity) {
    const before = tf.memory().numTensors;
    const isTime = () => worker.said('metrics', 1).some(({ points }) => points.some(({ step }) => step >= stopAt));
    const worker: InProcess = startInProcess(backend, undefined, { isStopComing: comingWhen(isTime) });
    const ends: { step: number; stopped: boolean }[] = [];
    for (const [i, count] of steps.entries()) {
      const body = { kind: 'train', document, assets, steps: count, continueFrom: i === 0 ? 'start' : 'last' } as const;
      const { step, stopped } = await worker.expect('trained', body);
      ends.push({ step, stopped });
    }
    const { bytes } = await worker.expect('weights', { kind: 'weights' });
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return { ends, bytes };
  }

  it('ends a training within a step, of which nothing stays: going on gives the numbers of one that was never stopped', async () => {
    const stopped = await trained(deep, {}, [1000, 3], 1);
    expect(stopped.ends[0]!.stopped).toBe(true);
    expect(stopped.ends[0]!.step).toBeLessThan(1000);
    expect(stopped.ends[1]!.stopped).toBe(false);
    const whole = await trained(deep, {}, [stopped.ends[1]!.step]);
    expect([...stopped.bytes]).toEqual([...whole.bytes]);
  });

  it('keeps statistics and random streams of a model in training mode, too', async () => {
    const digits = setMode(example('digits'), 'train');
    const assets = { 'digits.csv': digitsCsv };
    const stopped = await trained(digits, assets, [100_000, 4], 20);
    const whole = await trained(digits, assets, [stopped.ends[1]!.step]);
    expect([...stopped.bytes]).toEqual([...whole.bytes]);
  });
});
