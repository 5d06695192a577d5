import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setRun } from '../document/edits/run.ts';
import type { ModelDocument } from '../document/schema.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import type { BackendName } from './protocol.ts';
import type { WatchSpec } from './watching.ts';
import { WATCHES } from './watches.gen.ts';

const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };
const EVERYTHING = { kind: 'everything' } as const;
const digits = setRun(example('digits'), { batchSize: 16, optimizer: { type: 'sgd', args: { learningRate: 0.1 } } });
const linear1 = { kind: 'path', contains: 'linear1', exact: true } as const;

async function train(
  worker: InProcess,
  watches: readonly WatchSpec[],
  steps = 12,
  document: ModelDocument = digits,
  continueFrom: 'start' | 'last' = 'start',
) {
  const request = worker.send({ kind: 'train', document, assets, steps, continueFrom, watches });
  const answer = await request;
  if (answer.kind !== 'trained') throw new Error(answer.kind === 'failed' ? answer.problem.message : answer.kind);
  return { ...answer, points: worker.said('metrics', request.id).flatMap(({ points }) => points) };
}

const watchOf = (type: string, part: WatchSpec['part'], limit: number, only: WatchSpec['only'] = EVERYTHING): WatchSpec => ({
  id: 'w1',
  type,
  part,
  limit,
  only,
});

describe('a condition that becomes true', () => {
  it('pauses the training before that step: a run of it shows the value, and going on gives the losses of a training that nobody watched', async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const plain = await train(worker, []);
    const norms = plain.points.map(({ gradientNorm }) => gradientNorm!);
    // Above the norms of the first steps: of linear2 alone it is less than that of all together.
    const first = await train(worker, [
      watchOf('norm-above', 'gradient', 0.5 * norms[0]!, { kind: 'path', contains: 'linear2', exact: true }),
    ]);
    expect(first.hit).toMatchObject({ id: 'w1', step: first.step + 1 });
    const [path] = [first.hit!.path!];
    expect(path[0]).toBe('linear2');
    const { result, record } = await worker.expect('ran', { kind: 'run', document: digits, assets, asNextStep: true });
    expect(record.asStep).toBe(first.hit!.step);
    const traced = result.variables.find((variable) => variable.path.join() === path.join())!.gradient!;
    expect(traced.norm).toBeGreaterThan(0.5 * norms[0]!);
    expect(first.hit!.message).toContain(`gradient of ${path.join('.')}: norm ${Number(traced.norm!.toPrecision(4))}`);
    // It holds still in the same step: that was told.
    const second = await train(worker, [], 12 - first.step, digits, 'last');
    const losses = [...first.points, ...second.points].map(({ step, loss }) => [step, loss]);
    expect(losses).toEqual(plain.points.map(({ step, loss }) => [step, loss]));
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is told once, and again only after it was false', async () => {
    const worker = startInProcess(backend);
    const always = [watchOf('norm-above', 'output', 0, linear1)];
    const first = await train(worker, always);
    expect([first.step, first.hit?.step]).toEqual([0, 1]);
    const rest = await train(worker, always, 12, digits, 'last');
    expect([rest.step, rest.hit]).toEqual([12, null]);
    worker.engine.dispose();
  });

  it.each([
    ['zeros-above', 'output', 0.3, { kind: 'type', type: 'Dropout' }, 'output of dropout'],
    ['norm-above', 'output', 1, linear1, 'output of linear1: norm'],
    ['ratio-above', 'update', 1e-6, linear1, 'update of linear1.'],
    ['norm-above', 'update', 1e-6, linear1, 'update of linear1.'],
    ['zeros-above', 'gradient', 0, linear1, 'gradient of linear1.'],
  ] as const)('%s of the %s is one', async (type, part, limit, only, message) => {
    const worker = startInProcess(backend);
    const { hit } = await train(worker, [watchOf(type, part, limit, only)], 3);
    expect(hit?.message).toContain(message);
    worker.engine.dispose();
  });

  it('finds the first gradient that is not finite, with the weights before it', async () => {
    const worker = startInProcess(backend);
    const wild = setRun(digits, { optimizer: { type: 'sgd', args: { learningRate: 1e19 } } });
    const { hit, diverged, step } = await train(worker, [watchOf('not-finite', 'gradient', 0)], 12, wild);
    expect([diverged, hit?.step]).toEqual([false, step + 1]);
    expect(hit!.message).toContain('NaN or infinite');
    const { result } = await worker.expect('ran', { kind: 'run', document: wild, assets });
    const params = result.variables.filter(({ type }) => type === 'Param');
    expect(params.every(({ value }) => value.nans + value.infinities === 0)).toBe(true);
    worker.engine.dispose();
  });

  it('hears of a loss that jumps', async () => {
    const worker = startInProcess(backend);
    const { hit, points } = await train(worker, [watchOf('loss-change', 'loss', 0.001)], 12);
    const losses = points.map(({ loss }) => loss);
    // Up to there no step was above the one before it by that much.
    expect(losses.every((loss, i) => i === 0 || loss <= 1.001 * losses[i - 1]!)).toBe(true);
    expect(hit?.path).toBeNull();
    worker.engine.dispose();
  });

  it('is refused where it is none', async () => {
    const worker = startInProcess(backend);
    const answer = await worker.send({
      kind: 'train',
      document: digits,
      assets,
      steps: 1,
      continueFrom: 'start',
      watches: [watchOf('ratio-above', 'loss', 1)],
    });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'watch/unknown' } });
    worker.engine.dispose();
  });

  it('has a form of its own for each', () => {
    for (const { title, doc, parts } of WATCHES) expect([title === '', doc.endsWith('.'), parts.length > 0]).toEqual([false, true, true]);
  });
});

describe('curves beside the loss', () => {
  it('have the learning rate of the schedule in every step, and norms in the first ones and every tenth', async () => {
    const worker = startInProcess(backend);
    const schedule = { name: 'linearSchedule', initValue: 0.1, endValue: 0, transitionSteps: 20 };
    const { points } = await train(worker, [], 21, setRun(digits, { optimizer: { type: 'sgd', args: { learningRate: schedule } } }));
    expect(points[0]!.learningRate).toBeCloseTo(0.1);
    expect(points[10]!.learningRate).toBeCloseTo(0.05);
    expect(points.filter(({ gradientNorm }) => gradientNorm !== undefined).map(({ step }) => step)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20,
    ]);
    const [first] = points;
    const { result } = await worker.expect('ran', {
      kind: 'run',
      document: setRun(digits, { seed: digits.run.seed }),
      assets,
      asNextStep: true,
    });
    expect(result.weights).toEqual({ from: 'training', step: 21 });
    expect(first!.gradientNorm).toBeGreaterThan(0);
    // Of plain descent a step is the rate times the gradient.
    const weights = (first!.learningRate! * first!.gradientNorm!) / first!.updateRatio!;
    expect(weights).toBeGreaterThan(1);
    worker.engine.dispose();
  });
});

describe('a run up to a node', () => {
  const nodeOf = (document: ModelDocument, name: string): string => {
    const model = document.classes[document.root.class]!;
    const member = model.members.find((each) => each.name === name)!;
    return Object.values(model.nodes).find((node) => node.kind === 'call' && node.member === member.id)!.id;
  };

  it('computes what leads there and no more, without a loss or a gradient, and says so in its record', async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const upTo = { instance: [], node: nodeOf(digits, 'batchNorm') };
    const whole = (await worker.expect('ran', { kind: 'run', document: digits, assets })).result;
    const request = worker.send({ kind: 'run', document: digits, assets, upTo });
    const answer = await request;
    if (answer.kind !== 'ran') throw new Error(answer.kind);
    const { result, record } = answer;
    expect(record.upTo).toEqual(upTo);
    expect(result.wires.map(({ node }) => node)).toEqual(whole.wires.slice(0, 3).map(({ node }) => node));
    expect(result.wires.map(({ value }) => value)).toEqual(whole.wires.slice(0, 3).map(({ value }) => value));
    expect([...result.wires, ...result.variables].every(({ gradient }) => gradient === null)).toBe(true);
    expect([result.outputs, result.captured, result.loss]).toEqual([[], [], NaN]);
    expect(worker.said('warned', request.id)).toEqual([]);
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes into the class of a class, and is refused where it leads nowhere', async () => {
    const worker = startInProcess(backend);
    const block = example('block');
    const { result } = await worker.expect('ran', { kind: 'run', document: block, assets });
    const deep = result.wires.find(({ instance }) => instance.length > 0)!;
    const upTo = { instance: deep.instance, node: deep.node };
    const part = await worker.expect('ran', { kind: 'run', document: block, assets, upTo });
    expect(part.result.wires.at(-1)).toMatchObject({ instance: deep.instance, node: deep.node });
    expect(part.result.wires.length).toBeLessThan(result.wires.length);
    const answer = await worker.send({ kind: 'run', document: block, assets, upTo: { instance: [], node: 'nowhere' } });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'run/not-reached' } });
    worker.engine.dispose();
  });
});
