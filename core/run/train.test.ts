import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { renameClass } from '../document/edits/classes.ts';
import { groupIntoClass } from '../document/edits/group.ts';
import { renameMember } from '../document/edits/members.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setName, setRun } from '../document/edits/run.ts';
import { setAttributesWhere, setMode } from '../document/edits/settings.ts';
import { addView } from '../document/edits/views.ts';
import type { ModelDocument } from '../document/schema.ts';
import { loadFixtures, recordedNumbers, type RecordedTensor } from '../fixtures/load.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import type { BackendName, MetricPoint, RunResult } from './protocol.ts';

const models = await loadFixtures('models');
const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };
const digits = example('digits');

async function train(worker: InProcess, document: ModelDocument, steps: number, continueFrom: 'start' | 'last' = 'start') {
  const request = worker.send({ kind: 'train', document, assets, steps, continueFrom });
  const answer = await request;
  if (answer.kind !== 'trained') throw new Error(answer.kind === 'failed' ? answer.problem.message : answer.kind);
  const points = worker.said('metrics', request.id).flatMap((metrics) => metrics.points);
  const problems = worker.said('warned', request.id).map(({ problem }) => problem);
  const kept = worker.said('kept', request.id).at(-1)?.steps.length ?? 0;
  return { answer, points, problems, kept, warnings: problems.map(({ code }) => code) };
}

const losses = (points: readonly MetricPoint[]) => points.map(({ loss }) => loss);

async function resultOfRun(worker: InProcess, document: ModelDocument): Promise<RunResult> {
  return (await worker.expect('ran', { kind: 'run', document, assets })).result;
}

/** The digits classifier with another width inside. */
function wider(width: number): ModelDocument {
  const { root, classes } = digits;
  const model = classes[root.class]!;
  const sized: Readonly<Record<string, object>> = { m1: { outFeatures: width }, m2: { numFeatures: width }, m4: { inFeatures: width } };
  const members = model.members.map((member) => ({ ...member, args: { ...member.args, ...sized[member.id] } }));
  return { ...digits, classes: { ...classes, [root.class]: { ...model, members } } };
}

const lossOfRun = async (worker: InProcess, document: ModelDocument): Promise<number> => (await resultOfRun(worker, document)).loss;

describe('training the digits classifier from Rngs(0)', () => {
  it.each([
    ['adam', { type: 'adam', args: { learningRate: 1e-3 } }],
    ['sgd', { type: 'sgd', args: { learningRate: 0.1 } }],
  ])("takes Flax's steps with %s: losses, and the accuracy on the test rows", async (name, optimizer) => {
    const recorded = models[`Digits.rngs0.${name}`];
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const { points, answer } = await train(worker, setRun(digits, { optimizer }), 5);
    expect(answer).toMatchObject({ step: 5, stopped: false });
    expect(points.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    for (const [i, loss] of recordedNumbers(recorded?.['losses'] as RecordedTensor).entries())
      expect(Math.abs((points[i]?.loss ?? NaN) - loss) / loss).toBeLessThan(1e-5);
    expect(points.at(-1)?.testAccuracy).toBe((recorded?.['test_accuracy'] as readonly number[] | undefined)?.[0]);
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('evaluates at the end of an epoch, without a change to the modes of the model that trains', async () => {
    const worker = startInProcess(backend);
    const { answer, points } = await train(worker, setRun(digits, { batchSize: 700 }), 4);
    // 1,437 rows are two whole batches and one of 37.
    expect(points.map(({ testAccuracy }) => testAccuracy !== undefined)).toEqual([false, false, true, true]);
    const dropout = answer.modules.find(({ type }) => type === 'Dropout');
    expect(dropout?.attributes).toContainEqual({ name: 'deterministic', value: false, mode: true });
    worker.engine.dispose();
  });

  it('has no test points where the source has no test rows', async () => {
    const worker = startInProcess(backend);
    const { points } = await train(worker, example('model'), 2);
    expect(points.map(({ step, testLoss, testAccuracy }) => [step, testLoss, testAccuracy])).toEqual([
      [1, undefined, undefined],
      [2, undefined, undefined],
    ]);
    worker.engine.dispose();
  });
});

describe('what is kept of a training', () => {
  it('goes on as if it had not been interrupted, random streams and moments included', async () => {
    const worker = startInProcess(backend);
    const whole = await train(worker, digits, 6);
    const firstPart = await train(worker, digits, 2);
    const secondPart = await train(worker, digits, 4, 'last');
    expect(losses([...firstPart.points, ...secondPart.points])).toEqual(losses(whole.points));
    expect(secondPart.points.map(({ step }) => step)).toEqual([3, 4, 5, 6]);
    expect(secondPart.answer.step).toBe(6);
    worker.engine.dispose();
  });

  it('gives its weights to runs until it is reset', async () => {
    const worker = startInProcess(backend);
    const fresh = await lossOfRun(worker, digits);
    await train(worker, setRun(digits, { optimizer: { type: 'sgd', args: { learningRate: 0.1 } } }), 5);
    const trained = await lossOfRun(worker, digits);
    expect(trained).toBeLessThan(fresh - 0.2);
    // The same weights in another mode, with another loss, and again: a run changes nothing that is kept.
    expect(await lossOfRun(worker, setMode(digits, 'eval'))).not.toBe(trained);
    expect(await lossOfRun(worker, digits)).toBe(trained);
    await worker.expect('reset', { kind: 'reset' });
    expect(await lossOfRun(worker, digits)).toBe(fresh);
    worker.engine.dispose();
  });

  it('is not used for another seed or another architecture, and starting over is said', async () => {
    const worker = startInProcess(backend);
    await train(worker, digits, 2);
    const other = setRun(digits, { seed: 1 });
    const fresh = startInProcess(backend);
    expect(await lossOfRun(worker, other)).toBe(await lossOfRun(fresh, other));
    const again = await train(worker, other, 1, 'last');
    expect(again.warnings).toEqual(['train/started-over']);
    expect(again.answer.step).toBe(1);
    worker.engine.dispose();
    fresh.engine.dispose();
  });

  it('is forgotten after an error, with nothing left behind', async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const answer = await worker.send({
      kind: 'train',
      document: setRun(digits, { source: { type: 'ones', args: {} } }),
      assets,
      steps: 2,
      continueFrom: 'start',
    });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'loss/no-labels' } });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('memory and numbers', () => {
  it('keeps as many tensors after 100 steps as after 5, beside those of steps that one can go back to', async () => {
    const worker = startInProcess(backend);
    const counted = async (steps: number, from: 'start' | 'last') => {
      const { kept } = await train(worker, digits, steps, from);
      return { tensors: tf.memory().numTensors, kept };
    };
    const [first, second, third] = [await counted(5, 'start'), await counted(5, 'last'), await counted(90, 'last')];
    expect([first.kept, second.kept]).toEqual([6, 11]);
    const perStep = (second.tensors - first.tensors) / 5;
    expect(third.kept).toBeLessThanOrEqual(64);
    expect(third.tensors - second.tensors).toBe(perStep * (third.kept - second.kept));
    worker.engine.dispose();
  });

  it('stops where the loss is no number any more, and keeps the last weights that gave a finite one (T4)', async () => {
    const worker = startInProcess(backend);
    const hot = setRun(digits, { optimizer: { type: 'sgd', args: { learningRate: 1e30 } } });
    const { warnings, problems, answer, points } = await train(worker, hot, 6);
    expect(warnings).toEqual(['train/not-finite']);
    expect(answer).toMatchObject({ diverged: true, stopped: false });
    expect(points.at(-1)?.loss).toBeNaN();
    expect(answer.step).toBeLessThan(points.at(-1)!.step);
    // N2: the place is a node, and the step is named.
    const { step } = points.at(-1)!;
    expect(problems[0]).toMatchObject({ path: [], node: expect.any(String) as string });
    expect(problems[0]!.message).toContain(
      `became NaN at step ${step}, and training stopped. The first value that is not finite is that of`,
    );
    // From there a run and a calmer training give numbers again.
    const result = await resultOfRun(worker, digits);
    expect([Number.isFinite(result.loss), result.weights]).toEqual([true, { from: 'training', step: answer.step }]);
    const calm = await train(worker, digits, 2, 'last');
    expect(losses(calm.points).every(Number.isFinite)).toBe(true);
    worker.engine.dispose();
  });
});

describe('an edit of the document (T2, T3)', () => {
  it('keeps trained weights through edits that leave the architecture as it is, and every run says whose weights it used', async () => {
    const worker = startInProcess(backend);
    expect((await resultOfRun(worker, digits)).weights).toEqual({ from: 'seed', seed: 0 });
    await train(worker, digits, 3);
    let document = digits;
    const edits: readonly ((document: ModelDocument) => ModelDocument)[] = [
      (each) => setRun(each, { optimizer: { type: 'adam', args: { learningRate: 1e-4 } } }),
      (each) => setRun(each, { optimizer: { type: 'sgd', args: { learningRate: 0.01 } } }),
      (each) => setRun(each, { steps: 7 }),
      (each) => setRun(each, { batchSize: 32 }),
      (each) => setMode(each, 'eval'),
      (each) => setMode(each, 'train'),
      (each) => setProbe(each, each.root.class, { at: { node: 'n3', port: 'y' }, kind: 'sow' }).document,
      (each) => addView(each, { name: 'calm', only: { kind: 'everything' }, attributes: { deterministic: true } }).document,
      (each) => setAttributesWhere(each, { kind: 'type', type: 'Dropout' }, { deterministic: true }),
      (each) => setName(each, 'Renamed'),
      (each) => renameMember(each, each.root.class, 'm1', 'first'),
      (each) => groupIntoClass(each, each.root.class, ['n2', 'n3']).document,
      (each) => renameClass(each, each.root.class, 'Net'),
    ];
    for (const [i, edit] of edits.entries()) {
      document = edit(document);
      expect((await resultOfRun(worker, document)).weights).toEqual({ from: 'training', step: 3 + i });
      const { answer, warnings } = await train(worker, document, 1, 'last');
      expect([answer.step, warnings]).toEqual([4 + i, []]);
    }
    worker.engine.dispose();
  });
});

describe('an edit that makes other weights (T2)', () => {
  it('starts afresh and says so, and undone gives the trained ones back, three architectures long', async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    await train(worker, digits, 3);
    for (const width of [8, 16]) {
      const { warnings, answer } = await train(worker, wider(width), 1, 'last');
      expect([warnings, answer.step]).toEqual([['train/started-over'], 1]);
    }
    expect((await resultOfRun(worker, digits)).weights).toEqual({ from: 'training', step: 3 });
    const { warnings, answer } = await train(worker, digits, 2, 'last');
    expect([warnings, answer.step]).toEqual([[], 5]);
    for (const width of [8, 9]) await train(worker, wider(width), 1, 'last');
    expect((await resultOfRun(worker, wider(16))).weights).toEqual({ from: 'seed', seed: 0 });
    expect((await resultOfRun(worker, digits)).weights).toEqual({ from: 'training', step: 5 });
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a stop', () => {
  it('ends a long training at once, with the steps that it has done', async () => {
    const marks: { asked?: number; answered?: number } = {};
    const worker: InProcess = startInProcess(backend, () => {
      if (marks.asked !== undefined) return;
      marks.asked = performance.now();
      void worker.send({ kind: 'stop' }).then(() => (marks.answered = performance.now()));
    });
    const { answer, points } = await train(worker, digits, 100_000);
    await worker.engine.idle();
    expect(answer.stopped).toBe(true);
    expect(answer.step).toBeGreaterThan(0);
    expect(points.at(-1)?.step).toBe(answer.step);
    expect((marks.answered ?? Infinity) - (marks.asked ?? 0)).toBeLessThan(200);
    worker.engine.dispose();
  });
});
