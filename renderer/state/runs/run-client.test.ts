import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashDocument, parseDocument, setMode, setRun, type ModelDocument } from '../../../core/document/index.ts';
import { createEngine } from '../../../core/run/engine.ts';
import { createDataStore } from '../data-store.ts';
import { DESCRIBE_DELAY_MS } from './follow-document.ts';
import { STOP_LIMIT_MS } from './job.ts';
import { createRunClient, type RunClient } from './run-client.ts';
import { SILENCE_LIMIT_MS } from './silence.ts';
import type { ConnectWorker, WorkerEvents } from '../../worker/connection.ts';
import { createRunsStore, type RunsStore, whyStale } from './store.ts';

// The CPU backend of a busy machine takes its time over an evaluation.
vi.setConfig({ testTimeout: 60_000 });

const assets = new URL('../../../assets/', import.meta.url);
const readAsset = (path: string) => readFile(new URL(path, assets), 'utf8');
const readShipped = (file: string) => readAsset(`data/${file}`);
const NOWHERE = { read: async () => undefined, write: async () => undefined };

async function readExample(name: string): Promise<ModelDocument> {
  const parsed = parseDocument(await readAsset(`examples/${name}`));
  if (!parsed.ok) throw new Error(`${name} cannot be read.`);
  return parsed.document;
}

/** The engine in this process, on the CPU; `hears` says which requests reach it. */
function connectHere(started: WorkerEvents[], hears: (kind: string) => boolean = () => true): ConnectWorker {
  return (events) => {
    let isAlive = true;
    started.push(events);
    const engine = createEngine({
      post: (answer) => isAlive && events.onAnswer(structuredClone(answer)),
      pause: () => new Promise((resolve) => void setImmediate(resolve)),
      backend: 'cpu',
    });
    return {
      post: (request) => hears(request.kind) && engine.handle(structuredClone(request)),
      terminate: () => {
        isAlive = false;
        engine.handle({ id: 0, kind: 'stop' });
      },
    };
  };
}

let block: ModelDocument;
let digits: ModelDocument;
let store: RunsStore;
let client: RunClient;
let workers: WorkerEvents[];

function start(hears?: (kind: string) => boolean, read = readShipped): void {
  store = createRunsStore();
  workers = [];
  client = createRunClient({
    store,
    connect: connectHere(workers, hears),
    hash: hashDocument,
    data: createDataStore(NOWHERE, read),
  });
}

/** Resolves when the store says so. */
const until = (test: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!test()) return;
      stop();
      resolve();
    });
  });

beforeEach(async () => {
  block = await readExample('block.espalier');
  digits = await readExample('digits.espalier');
  start();
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

describe('a run', () => {
  it('leaves its result under the hash of the document', async () => {
    await client.run(block);
    const { status, result, modules, backend } = store.getState();
    expect(status).toBe('idle');
    expect(backend).toBe('cpu');
    expect(result?.result.wires.length).toBeGreaterThan(0);
    expect(modules.at(-1)?.path).toEqual([]);
    expect(whyStale(store.getState(), hashDocument(block))).toBeNull();
    expect(whyStale(store.getState(), hashDocument(setMode(block, 'eval')))).toBe('the model has changed since');
  });

  it('goes stale when the weights change that the next run would use (T3)', async () => {
    const why = () => whyStale(store.getState(), hashDocument(block));
    const weights = () => store.getState().result?.result.weights;
    await client.run(block);
    expect([why(), weights()]).toEqual([null, { from: 'seed', seed: 0 }]);
    await client.train(block, 2, 'start');
    expect(why()).toBe('the weights have changed since');
    await client.run(block);
    expect([why(), weights()]).toEqual([null, { from: 'training', step: 2 }]);
    await client.run(block);
    expect(why()).toBeNull();
  });

  it('hands out its tensors on demand', async () => {
    await client.run(block);
    const [output] = store.getState().result!.result.outputs;
    const run = store.getState().result!.record.id;
    const tensor = await client.getTensor(run, output!.key);
    expect(tensor.shape).toEqual(output!.summary.shape);
    const summary = await client.getSummary(run, output!.key);
    expect([...tensor.data].slice(0, summary.head.length)).toEqual(summary.head);
  });

  it('keeps every run, looks at an older one again, and forgets it with its values', async () => {
    await client.run(block);
    client.choose({ rows: { from: 2, count: 1 } });
    await client.run(block);
    const names = () => store.getState().runs.map(({ name }) => name);
    const shown = () => store.getState().result!;
    expect([names(), shown().name, shown().record.rows]).toEqual([['Run 2', 'Run 1'], 'Run 2', { from: 2, count: 1 }]);
    const [second, first] = store.getState().runs.map(({ record }) => record.id) as [number, number];
    client.compareWith(first);
    client.show(first);
    // Looking at the one that was compared with turns the two round.
    expect([shown().name, store.getState().compareWith]).toEqual(['Run 1', second]);
    client.rename(first, 'all rows');
    client.pin(first, true);
    expect(shown()).toMatchObject({ name: 'all rows', isPinned: true, hasTensors: true });
    const { key } = shown().result.outputs[0]!;
    expect((await client.getTensor(first, key)).shape[0]).toBeGreaterThan(1);
    client.forget(first);
    expect([names(), shown().name, store.getState().compareWith]).toEqual([['Run 2'], 'Run 2', null]);
    await expect(client.getTensor(first, key)).rejects.toThrow(/Run again/);
    const differences = await client.getDifferences(second, second);
    expect(differences.every(({ relative }) => relative === 0)).toBe(true);
  });

  it('tells why data cannot be read, and what to do', async () => {
    await client.run(setRun(digits, { source: { type: 'csv', args: { file: 'nowhere.csv', label: 'y', scale: 1, testRows: 0 } } }));
    expect(store.getState()).toMatchObject({ status: 'failed', problem: { code: 'source/no-file' } });
    expect(store.getState().problem?.hint).toMatch(/Open the file/);
  });

  it('is refused while another is under way', async () => {
    const first = client.run(block);
    await client.run(digits);
    await first;
    expect(store.getState().result?.hash).toBe(hashDocument(block));
  });
});

describe('training', () => {
  const short = () => setRun(digits, { steps: 4 });

  it('tells the loss of its steps and can be continued', async () => {
    await client.train(short(), 4, 'start');
    const { training } = store.getState();
    expect(training).toMatchObject({ step: 4, goal: 4, canContinue: true });
    expect(training!.course.points.every((point) => Number.isFinite(point.loss))).toBe(true);
    await client.train(short(), 4, 'last');
    expect(store.getState().training).toMatchObject({ step: 8, goal: 8 });
    expect(store.getState().training!.course.points.map((point) => point.step)).toEqual(expect.arrayContaining([4, 8]));
  });

  it('goes back, traces there, and on from there: the course behind it stays to compare with', async () => {
    await client.train(short(), 6, 'start');
    expect(store.getState().training!.kept.steps).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const before = store.getState().weightsVersion;
    // While it goes to one step others are wished for: the last one counts.
    await Promise.all([client.seek(4), client.seek(3), client.seek(2)]);
    expect(store.getState()).toMatchObject({ status: 'idle', training: { step: 2, goal: 6 } });
    expect(store.getState().weightsVersion).toBeGreaterThan(before);
    await client.run(short(), { asNextStep: true });
    const losses = () => store.getState().training!.course.points.map(({ loss }) => loss);
    const { record } = store.getState().result!;
    expect([record.weights, record.asStep]).toEqual([{ from: 'training', step: 2 }, 3]);
    expect(Math.abs(record.loss - losses()[2]!)).toBeLessThan(1e-6);
    await client.train(setRun(short(), { seed: 0, optimizer: { type: 'sgd', args: { learningRate: 0.5 } } }), 2, 'last');
    const { training, courses } = store.getState();
    expect(training).toMatchObject({ step: 4, course: { name: 'Training 2', from: { course: 'Training 1', step: 2 } } });
    expect(courses.map(({ name, points }) => [name, points.length])).toEqual([['Training 1', 6]]);
    expect(losses().slice(0, 3)).toEqual(courses[0]!.points.slice(0, 3).map(({ loss }) => loss));
  });

  it('goes on in a new worker when its own is lost, from what was saved last, with the losses of one that was never lost', async () => {
    const losses = () => store.getState().training!.course.points.map(({ loss }) => loss);
    await client.train(short(), 8, 'start');
    const whole = losses();
    await client.train(short(), 4, 'start');
    const going = client.train(short(), 4, 'last');
    await until(() => store.getState().training?.goal === 8);
    workers[0]!.onCrash('The worker crashed: out of memory.');
    await going;
    expect(store.getState()).toMatchObject({ status: 'idle', training: { step: 8, goal: 8, canContinue: true } });
    expect(losses()).toEqual(whole);
    expect(workers.length).toBe(2);
    const [told] = store.getState().warnings.filter(({ code }) => code === 'worker/recovered');
    expect(told?.message).toBe('The worker crashed: out of memory. The training goes on from step 4 in a new worker.');
  });

  it('keeps what was trained when the worker is lost while nothing runs', async () => {
    await client.train(short(), 3, 'start');
    workers[0]!.onCrash('The worker ended without a word.');
    await until(() => store.getState().training?.canContinue === true);
    await client.run(short());
    expect(store.getState().result!.record.weights).toEqual({ from: 'training', step: 3 });
  });

  it('stops between two steps when asked', async () => {
    const trained = client.train(short(), 1_000_000, 'start');
    await until(() => (store.getState().training?.step ?? 0) > 0);
    client.stop();
    expect(store.getState().status).toBe('stopping');
    await trained;
    expect(store.getState().status).toBe('idle');
    expect(store.getState().training!.step).toBeLessThan(1_000_000);
  });

  it('is cut off when the worker does not hear the stop, and a new worker goes on', async () => {
    start((kind) => kind !== 'stop');
    const trained = client.train(short(), 1_000_000, 'start');
    await until(() => (store.getState().training?.step ?? 0) > 0);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    client.stop();
    vi.advanceTimersByTime(STOP_LIMIT_MS);
    await trained;
    expect(store.getState()).toMatchObject({ status: 'idle', training: { canContinue: false } });
    expect(store.getState().log.some((line) => line.level === 'warning' && line.text.includes('2 s'))).toBe(true);
    await client.run(block);
    expect(workers).toHaveLength(2);
    expect(store.getState().result?.hash).toBe(hashDocument(block));
  });
});

describe('a worker that dies', () => {
  it('fails the run with the reason and is replaced', async () => {
    const ran = client.run(digits);
    await until(() => store.getState().backend !== null);
    workers[0]!.onCrash('The worker crashed: out of memory.');
    await ran;
    expect(store.getState()).toMatchObject({ status: 'failed', problem: { message: 'The worker crashed: out of memory.' } });
    await client.run(block);
    expect(store.getState()).toMatchObject({ status: 'idle', problem: null });
    expect(workers).toHaveLength(2);
  });

  it('leaves results to look at whose tensors are gone', async () => {
    await client.run(block);
    const [output] = store.getState().result!.result.outputs;
    workers[0]!.onAnswer({ id: 0, kind: 'failed', problem: { code: 'backend/context-lost', message: 'The context was lost.', hint: '' } });
    expect(store.getState().result?.hasTensors).toBe(false);
    await expect(client.getTensor(store.getState().result!.record.id, output!.key)).rejects.toThrow(/Run again/);
    expect(store.getState().log.at(-1)?.text).toMatch(/context was lost/);
  });
});

describe('a worker that says nothing (N7)', () => {
  const silent = () => store.getState().warnings.some(({ code }) => code === 'worker/silent');

  it('is told of, until it speaks again', async () => {
    const posted = new Promise<void>((resolve) => {
      start((kind) => {
        if (kind === 'train') resolve();
        return false;
      });
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const trained = client.train(block, 5000, 'start');
    await posted;
    await Promise.resolve();
    vi.advanceTimersByTime(SILENCE_LIMIT_MS - 1);
    expect(silent()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(silent()).toBe(true);
    workers[0]!.onAnswer({ id: 1, kind: 'alive' });
    expect([silent(), store.getState().status]).toEqual([false, 'building']);
    vi.advanceTimersByTime(SILENCE_LIMIT_MS);
    expect(silent()).toBe(true);
    client.stop();
    vi.advanceTimersByTime(STOP_LIMIT_MS);
    await trained;
    expect([silent(), store.getState().status]).toEqual([false, 'idle']);
  });
});

describe('while data are read (D4)', () => {
  let read: (file: string) => void;
  let asked: string[];
  beforeEach(() => {
    asked = [];
    const hears = (kind: string) => asked.push(kind) > 0;
    start(hears, (file) => new Promise((resolve) => (read = () => resolve(readShipped(file)))));
  });

  it('a stop is obeyed at once, and what was read later starts nothing', async () => {
    const ran = client.run(digits);
    client.stop();
    expect(store.getState().status).toBe('idle');
    await ran;
    read('digits.csv');
    await client.run(block);
    expect(asked).toEqual(['run']);
    expect(store.getState().result?.hash).toBe(hashDocument(block));
  });

  it('another document takes over: nothing of the old one is run or shown', async () => {
    const trained = client.train(digits, 5, 'start');
    client.reset();
    client.describe(block);
    await trained;
    read('digits.csv');
    await until(() => store.getState().modules.length > 0);
    expect(asked).toEqual(['describe']);
    expect(store.getState()).toMatchObject({ status: 'idle', training: null, result: null });
  });

  it('silence is nobody’s fault', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const ran = client.run(digits);
    vi.advanceTimersByTime(3 * SILENCE_LIMIT_MS);
    expect(store.getState().warnings).toEqual([]);
    client.stop();
    await ran;
  });
});

it('a run of another document that is overtaken by an opening leaves nothing, whatever it answers later (D4)', async () => {
  const ran = client.run(digits);
  await until(() => store.getState().backend !== null);
  client.reset();
  const next = client.run(block);
  await Promise.all([ran, next]);
  expect(store.getState()).toMatchObject({ status: 'idle', result: { hash: hashDocument(block) } });
});

describe('trained values', () => {
  it('can be gone on with after a training that could not start: they are still there', async () => {
    await client.train(digits, 2, 'start');
    const lost = setRun(digits, { source: { type: 'csv', args: { file: 'nowhere.csv', label: 'y', scale: 1, testRows: 0 } } });
    await client.train(lost, 2, 'last');
    expect(store.getState()).toMatchObject({ status: 'failed', training: { step: 2, canContinue: true } });
    await client.train(digits, 2, 'last');
    expect(store.getState().training).toMatchObject({ step: 4 });
  });
});

describe('the live module tree', () => {
  const paths = () => store.getState().modules.map((module) => module.path);

  it('follows the newest of many documents', async () => {
    for (const document of [block, digits]) client.describe(document);
    await until(() => store.getState().modules.length > 0);
    expect(store.getState().modules.map((module) => module.path)).toContainEqual(['linear2']);
  });

  it.each(['run', 'train'] as const)('shows the present document after a %s that began before it was edited (D4)', async (kind) => {
    const rest = (document: ModelDocument) => (kind === 'run' ? client.run(document) : client.train(document, 2, 'start'));
    client.describe(block);
    const ended = rest(block);
    client.describe(digits);
    await ended;
    if (paths().length === 0) await until(() => paths().length > 0);
    expect(paths()).toContainEqual(['linear2']);
    client.describe(digits);
    await rest(digits);
    expect(paths()).toContainEqual(['linear2']);
  });

  it('is asked for again when its worker was replaced by a stop', async () => {
    let isDeaf = true;
    const posted = new Promise<void>((resolve) => {
      start((kind) => {
        if (kind === 'train') resolve();
        return !isDeaf;
      });
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    client.describe(digits);
    vi.advanceTimersByTime(DESCRIBE_DELAY_MS);
    const trained = client.train(block, 1_000_000, 'start');
    await posted;
    await Promise.resolve();
    client.stop();
    isDeaf = false;
    vi.advanceTimersByTime(STOP_LIMIT_MS);
    await trained;
    await Promise.resolve();
    vi.advanceTimersByTime(DESCRIBE_DELAY_MS);
    await until(() => paths().length > 0);
    expect(store.getState().buildProblem).toBeNull();
  });

  it('tells why a document cannot be built, and forgets it when it can', async () => {
    const broken: ModelDocument = { ...block, root: { class: 'gone', args: {} } };
    client.describe(broken);
    await until(() => store.getState().buildProblem !== null);
    expect(store.getState().isTreeOutdated).toBe(true);
    client.describe(block);
    await until(() => store.getState().buildProblem === null);
    expect(paths()).toContainEqual(['submodule', 'linear1']);
  });

  it('keeps the tree of a document with a member that cannot be built, and matches in it', async () => {
    const { root, ...rest } = { root: block.classes[block.root.class]!, ...block.classes };
    const members = [...root.members, { id: 'odd', name: 'odd', type: 'Linear', args: {} }];
    const unfinished: ModelDocument = { ...block, classes: { ...rest, [root.id]: { ...root, members } } };
    client.describe(unfinished);
    client.match(unfinished, { only: { kind: 'type', type: 'Linear' }, text: 'Linear' });
    await until(() => store.getState().match !== null);
    expect(paths()).toEqual(expect.arrayContaining([['submodule', 'linear1'], ['odd']]));
    expect(store.getState().match!.paths).toEqual(expect.arrayContaining([['submodule', 'linear1'], ['odd']]));
    expect(store.getState()).toMatchObject({ isTreeOutdated: false, buildProblem: { path: ['odd'] } });
  });

  it('is asked what a filter matches', async () => {
    client.match(block, { only: { kind: 'type', type: 'Linear' }, text: 'Linear' });
    await until(() => store.getState().match !== null);
    expect(store.getState().match).toMatchObject({ text: 'Linear' });
    expect(store.getState().match!.paths).toContainEqual(['submodule', 'linear1']);
    client.match(block, null);
    expect(store.getState().match).toBeNull();
  });

  it('matches on the last document that could be built while the present one cannot', async () => {
    client.describe(block);
    await until(() => store.getState().modules.length > 0);
    client.match({ ...block, root: { class: 'gone', args: {} } }, { only: { kind: 'type', type: 'Dropout' }, text: 'Dropout' });
    await until(() => store.getState().match !== null);
    expect(store.getState().match!.paths).toEqual([['dropout']]);
  });

  it('waits until the user pauses', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    client.describe(block);
    vi.advanceTimersByTime(DESCRIBE_DELAY_MS - 1);
    expect(workers).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(workers).toHaveLength(1);
  });
});

it('forgets everything of the document before when another is opened', async () => {
  await client.run(block);
  client.reset();
  expect(store.getState()).toMatchObject({ status: 'idle', result: null, training: null, modules: [], backend: 'cpu' });
});
