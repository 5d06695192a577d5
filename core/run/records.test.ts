import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { hashDocument } from '../document/hash.ts';
import { setRun } from '../document/edits/run.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { type InProcess, startInProcess } from '../test/in-process.ts';
import type { Intervention } from './interventions.ts';
import type { BackendName, Request } from './protocol.ts';

const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };
const digits = example('digits');
const wire = { instance: [], node: 'n3', port: 'y' } as const;

type RunBody = Omit<Extract<Request, { kind: 'run' }>, 'id' | 'kind' | 'document' | 'assets'>;

const run = (worker: InProcess, more: RunBody = {}, document = digits) => worker.expect('ran', { kind: 'run', document, assets, ...more });

async function numbersOf(worker: InProcess, id: number, key: string): Promise<number[]> {
  const { tensor } = await worker.expect('tensor', { kind: 'tensor', run: id, key });
  return [...tensor.data];
}

describe('the record of a run', () => {
  it('says what was run, on which rows, with whose weights, and what it takes', async () => {
    const worker = startInProcess(backend);
    const before = tf.memory().numTensors;
    const { id, record, result } = await run(worker, { batch: 2, rows: { from: 3, count: 2 } });
    expect(record).toMatchObject({
      id,
      documentHash: hashDocument(digits),
      weights: { from: 'seed', seed: digits.run.seed },
      batch: 2,
      rows: { from: 3, count: 2 },
      seed: digits.run.seed,
      view: null,
      interventions: [],
      loss: result.loss,
    });
    expect(record.architecture).toMatch(/^[0-9a-f]{16}$/);
    // 2 rows of 64 pixels, and the parameters with their gradients, are the least.
    expect(record.bytes).toBeGreaterThan(4 * (2 * 64 + 2 * 2474));
    expect(result.outputs[0]?.summary.shape).toEqual([2, 10]);
    await worker.expect('forgotten', { kind: 'forget', runs: [id] });
    expect(tf.memory().numTensors).toBe(before);
    const gone = await worker.send({ kind: 'tensor', run: id, key: result.outputs[0]!.key });
    expect(gone).toMatchObject({ kind: 'failed', problem: { code: 'run/old-run' } });
    worker.engine.dispose();
  });

  it('gives one row as it stands in the whole batch, where the rows do not depend on each other', async () => {
    const worker = startInProcess(backend);
    const whole = await run(worker, {}, example('model'));
    const one = await run(worker, { rows: { from: 1, count: 1 } }, example('model'));
    const [all, row] = [
      await numbersOf(worker, whole.id, whole.result.outputs[0]!.key),
      await numbersOf(worker, one.id, one.result.outputs[0]!.key),
    ];
    for (const [i, x] of row.entries()) expect(x).toBeCloseTo(all[row.length + i]!, 5);
    expect(one.record.input).not.toBe(whole.record.input);
    const beyond = await worker.send({ kind: 'run', document: digits, assets, rows: { from: 60, count: 10 } });
    expect(beyond).toMatchObject({ kind: 'failed', problem: { code: 'run/rows' } });
    worker.engine.dispose();
  });

  it('has the same input and architecture after an edit that changes neither, and others after one that does', async () => {
    const worker = startInProcess(backend);
    const first = await run(worker);
    const again = await run(worker, {}, setRun(digits, { loss: { type: 'sum', args: {} } }));
    const seeded = await run(worker, {}, setRun(digits, { seed: 7 }));
    expect(again.record).toMatchObject({ input: first.record.input, architecture: first.record.architecture });
    expect(seeded.record.input).not.toBe(first.record.input);
    expect(seeded.record.architecture).not.toBe(first.record.architecture);
    worker.engine.dispose();
  });
});

describe('values of several runs', () => {
  it('are kept by the same keys, and told apart number by number', async () => {
    const worker = startInProcess(backend);
    const first = await run(worker);
    const second = await run(worker);
    const seeded = await run(worker, {}, setRun(digits, { seed: 7 }));
    const keys = first.result.wires.map(({ valueKey }) => valueKey);
    expect(second.result.wires.map(({ valueKey }) => valueKey)).toEqual(keys);
    const same = await worker.expect('differences', { kind: 'differences', run: second.id, from: first.id });
    expect(same.differences.length).toBeGreaterThan(keys.length);
    expect(same.differences.every(({ relative, largest }) => relative === 0 && largest === 0)).toBe(true);
    const key = seeded.result.wires.find(({ module }) => module?.at(-1) === 'linear1')!.valueKey;
    const { differences } = await worker.expect('differences', { kind: 'differences', run: seeded.id, from: first.id, keys: [key] });
    const [a, b] = [await numbersOf(worker, seeded.id, key), await numbersOf(worker, first.id, key)];
    const apart = a.map((x, i) => x - b[i]!);
    expect(differences[0]?.relative).toBeCloseTo(Math.hypot(...apart) / Math.hypot(...b), 4);
    expect(differences[0]?.largest).toBeCloseTo(Math.max(...apart.map(Math.abs)), 4);
    worker.engine.dispose();
  });

  it('are looked at closer on demand: a histogram and the first numbers', async () => {
    const worker = startInProcess(backend);
    const { id, result } = await run(worker);
    const { key, summary } = result.outputs[0]!;
    expect(summary).not.toHaveProperty('histogram');
    const { summaries } = await worker.expect('summaries', { kind: 'summaries', run: id, keys: [key] });
    expect(summaries[0]).toMatchObject({
      ...summary,
      mean: expect.closeTo(summary.mean!, 5) as number,
      std: expect.closeTo(summary.std!, 5) as number,
    });
    expect(summaries[0]?.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(summary.count);
    expect(summaries[0]?.head).toEqual((await numbersOf(worker, id, key)).slice(0, 64));
    worker.engine.dispose();
  });

  it('make room for those of later runs, oldest first, but not where they are pinned', async () => {
    const before = tf.memory().numTensors;
    const sized = startInProcess(backend);
    const { bytes } = (await run(sized)).record;
    sized.engine.dispose();
    const worker = startInProcess(backend, undefined, { budgetBytes: 2.5 * bytes });
    const ids: number[] = [];
    for (let i = 0; i < 2; i++) ids.push((await run(worker)).id);
    await worker.expect('pinned', { kind: 'pin', run: ids[0]!, isPinned: true });
    const third = await run(worker);
    expect(worker.said('dropped', third.id).flatMap(({ runs }) => runs)).toEqual([ids[1]]);
    const { differences } = await worker.expect('differences', { kind: 'differences', run: third.id, from: ids[0]! });
    expect(differences.length).toBeGreaterThan(0);
    const fourth = await run(worker);
    expect(worker.said('dropped', fourth.id).flatMap(({ runs }) => runs)).toEqual([third.id]);
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('an intervention', () => {
  const at = (result: Awaited<ReturnType<typeof run>>['result']) => result.wires.find(({ node }) => node === wire.node)!;

  it('changes a value for one run, and the gradient before it, as the change says', async () => {
    const worker = startInProcess(backend);
    const plain = await run(worker);
    const value = await numbersOf(worker, plain.id, at(plain.result).valueKey);
    const changed = async (intervention: Intervention) => {
      const ran = await run(worker, { interventions: [intervention] });
      expect(ran.record.interventions).toEqual([intervention]);
      return { ...ran, value: await numbersOf(worker, ran.id, at(ran.result).valueKey) };
    };
    const doubled = await changed({ ...wire, kind: 'scale', by: 2 });
    for (const [i, x] of doubled.value.entries()) expect(x).toBeCloseTo(2 * value[i]!, 4);
    expect(doubled.result.loss).not.toBe(plain.result.loss);

    const zero = await changed({ ...wire, kind: 'zero' });
    expect(zero.value.every((x) => x === 0)).toBe(true);
    const before = zero.result.variables.find(({ path }) => path.join('.') === 'linear1.kernel')!;
    expect(before.gradient?.norm).toBe(0);

    const clamped = await changed({ ...wire, kind: 'clamp', min: -0.1, max: 0.1 });
    expect(clamped.value.every((x, i) => Math.abs(x - Math.min(0.1, Math.max(-0.1, value[i]!))) < 1e-6)).toBe(true);

    const noisy = await changed({ ...wire, kind: 'noise', std: 0.5, seed: 1 });
    const noise = noisy.value.map((x, i) => x - value[i]!);
    expect(Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0) / noise.length)).toBeCloseTo(0.5, 1);
    expect((await changed({ ...wire, kind: 'noise', std: 0.5, seed: 1 })).value).toEqual(noisy.value);

    const replaced = await changed({ ...wire, kind: 'replace', run: doubled.id });
    expect(replaced.value).toEqual(doubled.value);
    expect(replaced.result.loss).toBeCloseTo(doubled.result.loss, 5);
    expect((await run(worker)).result.loss).toBe(plain.result.loss);
    worker.engine.dispose();
  });

  it('that cannot be made is said at its place, and one that nothing comes by is told', async () => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const { id } = await run(worker);
    const other = await worker.send({
      kind: 'run',
      document: digits,
      assets,
      rows: { from: 0, count: 3 },
      interventions: [{ ...wire, kind: 'replace', run: id }],
    });
    expect(other).toMatchObject({ kind: 'failed', problem: { code: 'intervene/shape', node: wire.node } });
    const nowhere = await run(worker, { interventions: [{ ...wire, node: 'gone', kind: 'zero' }] });
    expect(worker.said('warned', nowhere.id).map(({ problem }) => problem.code)).toContain('intervene/not-reached');
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
