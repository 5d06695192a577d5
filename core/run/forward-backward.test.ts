import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setMode } from '../document/edits/settings.ts';
import { setRun } from '../document/edits/run.ts';
import type { JsonValue, ModelClass, ModelDocument } from '../document/schema.ts';
import {
  isRecordedTensor,
  loadFixtures,
  recordedNumbers,
  type Fixture,
  type RecordedState,
  type RecordedTensor,
} from '../fixtures/load.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { csvSource } from '../sources/csv.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { startInProcess, type InProcess } from '../test/in-process.ts';
import type { BackendName, RequestId, RunResult, ValueKey } from './protocol.ts';

const models = await loadFixtures('models');
const backend = tf.getBackend() as BackendName;
const assets = { 'digits.csv': digitsCsv };

async function run(worker: InProcess, document: ModelDocument) {
  const request = worker.send({ kind: 'run', document, assets });
  const answer = await request;
  if (answer.kind !== 'ran') throw new Error(answer.kind === 'failed' ? answer.problem.message : answer.kind);
  return { id: request.id, result: answer.result, warnings: worker.said('warned', request.id).map(({ problem }) => problem) };
}

/** Recorded leaves by path in Flax's spelling; of a sowed value the entries. */
function leavesOf(fixture: Fixture, name: string): Map<string, readonly RecordedTensor[]> {
  const state = fixture[name] as RecordedState;
  return new Map(state.map(({ path, value }) => [path.join('/'), isRecordedTensor(value) ? [value] : (value as RecordedTensor[])]));
}

const flaxPath = (path: readonly (string | number)[]) => path.map((part) => toSnakeCase(String(part))).join('/');

/** Fetches tensors as the window does, and holds them against Flax within rtol 1e-5 of their largest number. */
async function expectTensors(
  worker: InProcess,
  run: RequestId,
  keys: readonly (readonly [string, ValueKey])[],
  recorded: Map<string, RecordedTensor>,
) {
  expect(keys.map(([path]) => path).toSorted()).toEqual([...recorded.keys()].toSorted());
  for (const [path, key] of keys) {
    const { tensor } = await worker.expect('tensor', { kind: 'tensor', run, key });
    const wanted = recorded.get(path) as RecordedTensor;
    expect(tensor.shape, path).toEqual(wanted.shape);
    const numbers = recordedNumbers(wanted);
    // Behind BatchNorm the gradient of a bias is nothing but rounding, here and in Flax: hence the absolute part.
    const allowed = 2e-7 + 1e-5 * Math.max(...numbers.map(Math.abs));
    for (const [i, number] of numbers.entries())
      if (!(Math.abs((tensor.data[i] ?? NaN) - number) <= allowed)) expect.fail(`${path}[${i}] is ${tensor.data[i]}, Flax gives ${number}`);
  }
}

const first = (leaves: Map<string, readonly RecordedTensor[]>) =>
  new Map([...leaves].map(([path, [tensor]]) => [path, tensor as RecordedTensor] as const));

function captured(result: RunResult, kind: 'sow' | 'perturb') {
  return result.captured
    .filter((each) => each.kind === kind)
    .map(({ path, entries }) => [flaxPath(path), entries[0]?.key as ValueKey] as const);
}

describe.each(['train', 'eval'] as const)('a run of the digits classifier in %s mode', (mode) => {
  it('gives the numbers that Flax gives from the same seed, and leaves no tensor behind', async () => {
    const recorded = models[`Digits.rngs0.${mode}`] as Fixture;
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const { id, result, warnings } = await run(worker, setMode(example('digits'), mode));
    expect(warnings).toEqual([]);
    expect(result.loss).toBeCloseTo(recordedNumbers(recorded['loss'] as RecordedTensor)[0] as number, 5);
    await expectTensors(worker, id, captured(result, 'sow'), first(leavesOf(recorded, 'sowed')));
    await expectTensors(worker, id, captured(result, 'perturb'), first(leavesOf(recorded, 'perturb_grads')));
    const params = result.variables.filter(({ type }) => type === 'Param');
    await expectTensors(
      worker,
      id,
      params.map(({ path, gradientKey }) => [flaxPath(path), gradientKey as ValueKey]),
      first(leavesOf(recorded, 'grad_params')),
    );
    const statistics = result.variables.filter(({ type }) => type === 'BatchStat');
    await expectTensors(
      worker,
      id,
      statistics.map(({ path, valueKey }) => [flaxPath(path), valueKey]),
      first(leavesOf(recorded, 'state:BatchStat')),
    );
    await expectTensors(
      worker,
      id,
      result.wires.filter(({ node }) => node === 'n1').map(({ gradientKey }) => ['x', gradientKey as ValueKey]),
      new Map([['x', (recorded['grad_inputs'] as Fixture)['x'] as RecordedTensor]]),
    );
    worker.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('what a run tells', () => {
  it('has every wire with value and gradient, in the order in which they were computed', async () => {
    const worker = startInProcess(backend);
    const { result } = await run(worker, example('block'));
    expect(result.wires.map(({ instance, node, port, call, module }) => [instance.join('/'), node, port, call, module?.join('/')])).toEqual(
      [
        ['', 'n1', 'out', 0, undefined],
        ['', 'n2', 'y', 0, 'linear'],
        ['submodule', 'n1', 'out', 0, undefined],
        ['submodule', 'n2', 'y', 0, 'submodule/linear1'],
        ['submodule', 'n3', 'y', 0, undefined],
        ['submodule', 'n4', 'y', 0, 'submodule/linear2'],
        ['', 'n3', 'y', 0, 'submodule'],
        ['', 'n4', 'y', 0, 'dropout'],
        ['', 'n5', 'y', 0, 'batchNorm'],
      ],
    );
    expect(result.wires.every(({ value, gradient }) => gradient?.count === value.count)).toBe(true);
    expect(result.outputs.map(({ name, summary }) => [name, summary.shape])).toEqual([['y', [8, 5]]]);
    worker.engine.dispose();
  });

  it('gives the same numbers from the same seed, and keeps the values of the run before until they are forgotten', async () => {
    const worker = startInProcess(backend);
    const one = await run(worker, example('digits'));
    const two = await run(worker, example('digits'));
    expect({ ...two.result, elapsedMs: 0 }).toEqual({ ...one.result, elapsedMs: 0 });
    const key = one.result.outputs[0]!.key;
    await worker.expect('tensor', { kind: 'tensor', run: one.id, key });
    await worker.expect('forgotten', { kind: 'forget', runs: [one.id] });
    const old = await worker.send({ kind: 'tensor', run: one.id, key });
    expect(old).toMatchObject({ kind: 'failed', problem: { code: 'run/old-run', hint: 'Run again.' } });
    const unknown = await worker.send({ kind: 'tensor', run: two.id, key: 'wire 99' });
    expect(unknown).toMatchObject({ kind: 'failed', problem: { code: 'run/no-value' } });
    worker.engine.dispose();
  });

  it('tells the share of right answers on the batch', async () => {
    const worker = startInProcess(backend);
    const { result } = await run(worker, example('digits'));
    // Flax's logits of the same batch, and the labels of its rows.
    const logits = recordedNumbers(models['Digits.rngs0.train']?.['out'] as RecordedTensor);
    const context = { inputs: [{ name: 'x', shape: null, dtype: 'float32' as const }], batchSize: 64, seed: 0, readText: () => digitsCsv };
    const batch = csvSource.open({ label: 'label', testRows: 360 }, context).trainBatch(0);
    const labels = [...batch.labels!.dataSync()];
    tf.dispose([...batch.inputs, batch.labels!]);
    const right = labels.filter((label, row) => {
      const scores = [...logits].slice(10 * row, 10 * row + 10);
      return scores.indexOf(Math.max(...scores)) === label;
    });
    expect(result.accuracy).toBe(right.length / 64);
    worker.engine.dispose();
  });
});

/** The Model example with one class changed. */
function changed(change: (modelClass: ModelClass) => Partial<ModelClass>): ModelDocument {
  const document = example('model');
  const modelClass = document.classes[document.root.class] as ModelClass;
  return { ...document, classes: { ...document.classes, [modelClass.id]: { ...modelClass, ...change(modelClass) } } };
}

describe('what Flax does without a word', () => {
  it('is said where a perturbation does not reach the loss', async () => {
    const worker = startInProcess(backend);
    const document = changed(({ nodes, probes }) => ({
      nodes: { ...nodes, n9: { id: 'n9', kind: 'op', op: 'relu', args: {} } },
      wires: {
        ...example('model').classes['model']?.wires,
        w9: { id: 'w9', from: { node: 'n2', port: 'y' }, to: { node: 'n9', port: 'x' } },
      },
      probes: [...probes, { id: 'p99', kind: 'perturb', name: 'aside', at: { node: 'n9', port: 'y' }, variableType: 'Perturbation' }],
    }));
    const { result, warnings } = await run(worker, document);
    expect(warnings).toEqual([
      {
        code: 'probe/perturbation-unused',
        message: "The value behind perturb('aside') in the root Module does not reach the loss: its gradient is zero.",
        hint: 'Wire what follows the probe to an output, or remove the probe.',
        path: [],
      },
    ]);
    expect(result.captured.find(({ path }) => path[0] === 'aside')?.entries[0]?.summary.norm).toBe(0);
    worker.engine.dispose();
  });
});

/** The Block example with its SubModule called twice: in width 5, so that its output is its input again. */
function calledTwice(): ModelDocument {
  const document = example('block');
  const block = document.classes['block'] as ModelClass;
  const { w3, ...wires } = block.wires;
  const again: ModelClass = {
    ...block,
    nodes: { ...block.nodes, n9: { id: 'n9', kind: 'call', member: 'm2' } },
    wires: {
      ...wires,
      w9: { id: 'w9', from: { node: 'n3', port: 'y' }, to: { node: 'n9', port: 'x' } },
      w10: { id: 'w10', from: { node: 'n9', port: 'y' }, to: (w3 as NonNullable<typeof w3>).to },
    },
  };
  return { ...document, classes: { ...document.classes, block: again } };
}

describe('a Module that is called several times', () => {
  it('has its wires call by call, sown values in order, and the sum of the gradients, which is said', async () => {
    const worker = startInProcess(backend);
    const { id, result, warnings } = await run(worker, calledTwice());
    const wires = result.wires.filter(({ instance, node }) => instance[0] === 'submodule' && node === 'n2');
    expect(wires.map(({ call }) => call)).toEqual([0, 1]);
    const read = async (key: ValueKey | null | undefined) =>
      (await worker.expect('tensor', { kind: 'tensor', run: id, key: key ?? '' })).tensor.data;
    const find = (kind: 'sow' | 'perturb') =>
      result.captured.find((each) => each.kind === kind && each.path.join('/') === 'submodule/hidden');
    const [sown, perturbed] = [find('sow'), find('perturb')];
    expect([sown?.calls, perturbed?.calls]).toEqual([2, 2]);
    for (const [i, wire] of wires.entries()) expect(await read(sown?.entries[i]?.key)).toEqual(await read(wire.valueKey));
    const [one, two] = [await read(wires[0]?.gradientKey), await read(wires[1]?.gradientKey)];
    // + 0 makes the sign of zeros equal.
    expect((await read(perturbed?.entries[0]?.key)).map((x) => x + 0)).toEqual(one.map((x, i) => x + (two[i] ?? NaN) + 0));
    expect(warnings.map(({ code, path }) => [code, path])).toEqual(
      ['active', 'hidden', 'out'].map(() => ['probe/perturbation-summed', ['submodule']]),
    );
    worker.engine.dispose();
  });

  it('is said to be silent where its probes never run', async () => {
    const worker = startInProcess(backend);
    const document = example('block');
    const block = document.classes['block'] as ModelClass;
    const { n3: _call, ...nodes } = block.nodes;
    const { w2, w3, ...wires } = block.wires;
    const past = { id: 'w9', from: (w2 as NonNullable<typeof w2>).from, to: (w3 as NonNullable<typeof w3>).to };
    const probes = block.probes.filter(({ at }) => at.node !== 'n3');
    const { warnings } = await run(worker, {
      ...document,
      classes: { ...document.classes, block: { ...block, nodes, probes, wires: { ...wires, w9: past } } },
    });
    expect(new Set(warnings.map(({ code, path }) => `${code} ${path?.join('/')}`))).toEqual(new Set(['probe/silent submodule']));
    worker.engine.dispose();
  });
});

describe('a document that cannot run', () => {
  it.each([
    ['loss/no-labels', (document: ModelDocument) => ({ document: setRun(document, { source: { type: 'ones', args: {} } }), assets })],
    ['loss/unknown', (document: ModelDocument) => ({ document: setRun(document, { loss: { type: 'hinge', args: {} } }), assets })],
    ['source/unknown', (document: ModelDocument) => ({ document: setRun(document, { source: { type: 'parquet', args: {} } }), assets })],
    ['source/features', (document: ModelDocument) => withText(document, 'p0,a\n1,2\n3,4\n', { label: 'p0', testRows: 0 })],
    ['csv/not-a-number', (document: ModelDocument) => withText(document, digitsCsv.replace('0,0,5,13', '0,0,5,thirteen'))],
    ['source/no-file', (document: ModelDocument) => withText(document, digitsCsv, { file: 'absent.csv' })],
  ])('answers with the problem %s and keeps no tensor', async (code, change) => {
    const before = tf.memory().numTensors;
    const worker = startInProcess(backend);
    const answer = await worker.send({ kind: 'run', ...change(example('digits')) });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code } });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names the node whose input does not fit', async () => {
    const worker = startInProcess(backend);
    const before = tf.memory().numTensors;
    const document = changed(({ members }) => ({
      members: members.map((member) => (member.id === 'm2' ? { ...member, args: { ...member.args, inFeatures: 7 } } : member)),
    }));
    const answer = await worker.send({ kind: 'run', document, assets });
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'shape/last-axis', node: 'n4' } });
    expect(tf.memory().numTensors).toBe(before);
  });
});

function csvOf({ run }: ModelDocument) {
  return run.source.args;
}

/** The digits with another table under their name. */
const withText = (document: ModelDocument, text: string, more: Readonly<Record<string, JsonValue>> = {}) => ({
  document: setRun(document, { source: { type: 'csv', args: { ...csvOf(document), ...more } } }),
  assets: { 'digits.csv': text },
});
