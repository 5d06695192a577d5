import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import type { BackendName } from './protocol.ts';

const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };

describe('describe and match', () => {
  it("list the live module tree and what a filter selects in it, in Flax's order", async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const { modules } = await worker.expect('described', { kind: 'describe', document: example('block') });
    expect(modules.map(({ path, type }) => `${path.join('/')} ${type}`)).toEqual([
      'batchNorm BatchNorm',
      'dropout Dropout',
      'linear Linear',
      'submodule/linear1 Linear',
      'submodule/linear2 Linear',
      'submodule SubModule',
      ' Block',
    ]);
    const only = {
      kind: 'all',
      of: [
        { kind: 'type', type: 'Linear' },
        { kind: 'not', of: { kind: 'path', contains: 'linear1', exact: true } },
      ],
    } as const;
    const { paths, attributes } = await worker.expect('matched', { kind: 'match', document: example('block'), only });
    expect(paths).toEqual([['linear'], ['submodule', 'linear2']]);
    expect(attributes).toEqual(['dtype', 'inFeatures', 'outFeatures', 'paramDtype', 'useBias']);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('are answered for the latest of several; the others are told that they were stopped', async () => {
    const worker = startInProcess(backend);
    const kinds = await Promise.all(
      ['model', 'block', 'digits'].map(async (name) => {
        const answer = await worker.send({ kind: 'describe', document: example(name) });
        return answer.kind === 'described' ? answer.modules.at(-1)?.type : answer.kind;
      }),
    );
    expect(kinds).toEqual(['stopped', 'stopped', 'Classifier']);
  });

  it('are answered while a training runs', async () => {
    const order: string[] = [];
    let asked = false;
    const worker: InProcess = startInProcess(backend, () => {
      if (asked) return;
      asked = true;
      void worker.send({ kind: 'describe', document: example('model') }).then(() => order.push('described'));
    });
    const training = worker.send({ kind: 'train', document: example('digits'), assets, steps: 8, continueFrom: 'start' });
    await training.then(() => order.push('trained'));
    expect(order).toEqual(['described', 'trained']);
    worker.engine.dispose();
  });

  it('answer a document that cannot be built with its tree and its problem', async () => {
    const worker = startInProcess(backend);
    const document = example('model');
    const modelClass = document.classes[document.root.class];
    const members = modelClass?.members.map((member) => ({ ...member, type: 'Perceptron' })) ?? [];
    const broken = { ...document, classes: { ...document.classes, [document.root.class]: { ...modelClass, members } } } as typeof document;
    const answer = await worker.send({ kind: 'describe', document: broken });
    expect(answer).toMatchObject({ kind: 'described', problem: { code: 'type/unknown' } });
    if (answer.kind !== 'described') return;
    expect(answer.problem?.message).toContain('Perceptron');
    expect(answer.modules.filter(({ type }) => type === 'Perceptron')).toHaveLength(members.length);
    const none = await worker.send({ kind: 'describe', document: { ...document, root: { class: 'gone', args: {} } } });
    expect(none).toMatchObject({ kind: 'failed', problem: { code: 'root/unknown' } });
  });
});

describe('the queue', () => {
  it('answers every request once, in order, after the interim answers', async () => {
    const worker = startInProcess(backend);
    const run = worker.send({ kind: 'run', document: example('model'), assets });
    const training = worker.send({ kind: 'train', document: example('model'), assets, steps: 1, continueFrom: 'start' });
    await Promise.all([run, training]);
    expect(worker.answers.filter(({ kind }) => kind !== 'phase').map(({ id, kind }) => [id, kind])).toEqual([
      [run.id, 'started'],
      [run.id, 'ran'],
      [training.id, 'started'],
      [training.id, 'begun'],
      [training.id, 'metrics'],
      [training.id, 'kept'],
      [training.id, 'saved'],
      [training.id, 'trained'],
    ]);
    const phases = worker.said('phase', run.id).map(({ name }) => name);
    expect(phases).toEqual(['building', backend === 'webgl' ? 'compiling' : 'forward', 'backward']);
    worker.engine.dispose();
  });

  it('takes back what waits when a stop comes, and goes on with what comes after', async () => {
    const worker = startInProcess(backend);
    const waiting = worker.send({ kind: 'run', document: example('model'), assets });
    const stop = worker.send({ kind: 'stop' });
    const later = worker.send({ kind: 'run', document: example('model'), assets });
    expect((await Promise.all([waiting, stop, later])).map(({ kind }) => kind)).toEqual(['stopped', 'stopped', 'ran']);
    worker.engine.dispose();
  });

  it('stops a run that is under way, and keeps no tensor of it', async () => {
    const before = tf.memory().numTensors;
    let asked = false;
    const worker: InProcess = startInProcess(backend, () => {
      if (!asked) void worker.send({ kind: 'stop' });
      asked = true;
    });
    const answer = await worker.send({ kind: 'run', document: example('digits'), assets });
    expect(answer.kind).toBe('stopped');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('sends a copy of a tensor: what it keeps is still there after the buffer has been moved away', async () => {
    const worker = startInProcess(backend);
    const { result } = await worker.expect('ran', { kind: 'run', document: example('model'), assets });
    const run = worker.answers.find(({ kind }) => kind === 'ran')?.id ?? 0;
    const key = result.outputs[0]?.key ?? '';
    const first = await worker.expect('tensor', { kind: 'tensor', run, key });
    const numbers = [...first.tensor.data];
    structuredClone(first.tensor.data, { transfer: [first.tensor.data.buffer as ArrayBuffer] });
    const second = await worker.expect('tensor', { kind: 'tensor', run, key });
    expect([...second.tensor.data]).toEqual(numbers);
    worker.engine.dispose();
  });

  it('sends a part of a tensor alone, and says what of it there is (N6)', async () => {
    const worker = startInProcess(backend);
    const { result } = await worker.expect('ran', { kind: 'run', document: example('model'), assets });
    const run = worker.answers.find(({ kind }) => kind === 'ran')?.id ?? 0;
    const { key, summary } = result.outputs[0]!;
    const [rows = 0, columns = 0] = summary.shape;
    const whole = (await worker.expect('tensor', { kind: 'tensor', run, key })).tensor;
    const before = tf.memory().numTensors;
    const { tensor } = await worker.expect('tensor', { kind: 'tensor', run, key, part: { begin: [1, 0], size: [1, columns] } });
    expect([tensor.shape, Array.from(tensor.data)]).toEqual([[1, columns], Array.from(whole.data.subarray(columns, 2 * columns))]);
    const beyond = await worker.send({ kind: 'tensor', run, key, part: { begin: [rows, 0], size: [1, 1] } });
    expect(beyond).toMatchObject({ kind: 'failed', problem: { code: 'run/part' } });
    expect(tf.memory().numTensors).toBe(before);
    worker.engine.dispose();
  });
});

describe('a heartbeat (N7)', () => {
  it('is heard for the job under way, and not when there is none', async () => {
    const worker: InProcess = startInProcess(backend, () => worker.engine.beat());
    worker.engine.beat();
    expect(worker.answers).toEqual([]);
    const ran = worker.send({ kind: 'run', document: example('model'), assets });
    expect((await ran).kind).toBe('ran');
    expect(worker.said('alive', ran.id).length).toBeGreaterThan(0);
    await worker.engine.idle();
    const before = worker.answers.length;
    worker.engine.beat();
    expect(worker.answers).toHaveLength(before);
    worker.engine.dispose();
  });
});

describe('a lost WebGL context', () => {
  it('is reported as the end of this worker; the CPU has none to lose', async () => {
    const worker = startInProcess(backend);
    await worker.expect('reset', { kind: 'reset' });
    const { gpgpu } = tf.backend() as { readonly gpgpu?: { readonly gl: { readonly canvas: EventTarget } } };
    gpgpu?.gl.canvas.dispatchEvent(new Event('webglcontextlost', { cancelable: true }));
    const failures = worker.answers.flatMap((answer) => (answer.kind === 'failed' ? [[answer.id, answer.problem.code]] : []));
    expect(failures).toEqual(backend === 'webgl' ? [[0, 'backend/context-lost']] : []);
  });
});
