/** @file Where the first number of a pass or of a training is that is not finite (N1, N2). */
import { expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { newDocument } from '../document/new-document.ts';
import { parseDocument } from '../document/parse.ts';
import partialText from '../test/faults/partial-nan.espalier?raw';
import logText from '../test/faults/F01-log-nan.espalier?raw';
import trainingText from '../test/faults/nan-training.espalier?raw';
import { startInProcess } from '../test/in-process.ts';
import { tf } from '../tensor/tf.ts';
import { findNonFinite, type Measured } from './non-finite.ts';
import type { BackendName } from './protocol.ts';
import { summarize } from './summary.ts';

async function ask(text: string, kind: 'run' | 'train') {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(parsed.refusals[0]!.message);
  const before = tf.memory().numTensors;
  const worker = startInProcess(tf.getBackend() as BackendName);
  const body = { document: parsed.document, assets: { 'digits.csv': digitsCsv } };
  const request = worker.send(kind === 'run' ? { kind, ...body } : { kind, ...body, steps: 20, continueFrom: 'start' });
  const answer = await request;
  worker.engine.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return { answer, problems: worker.said('warned', request.id).map(({ problem }) => problem) };
}

const of = (...numbers: number[]) => summarize(Float32Array.from(numbers), [numbers.length], 'float32');
const fine = of(1, 2);
const bad = of(1, NaN, Infinity);
const measured = (some: Partial<Measured>): Measured => ({ loss: 1, wires: [], insides: [], variables: [], ...some });
const wire = (node: string, value = fine, gradient = fine) => ({ instance: [], node, port: 'y', call: 0, value, gradient });
const placeOf = (some: Partial<Measured>) => {
  const problem = findNonFinite(newDocument(), measured(some));
  return problem && [problem.path, problem.node, /: (\d.*)\.$/.exec(problem.message)?.[1]];
};

it('a run names the first node whose values are not finite, with their count', async () => {
  const { answer, problems } = await ask(partialText, 'run');
  expect(problems).toEqual([expect.objectContaining({ code: 'run/not-finite', path: [], node: 'n3' })]);
  expect(problems[0]!.message).toMatch(/^The first value that is not finite is that of sqrt: \d+ NaN of 32 numbers\.$/);
  if (answer.kind !== 'ran') throw new Error(answer.kind);
  const norms = answer.result.variables.map(({ path, gradient }) => [path.join('.'), gradient?.norm]);
  expect(norms).toContainEqual(['linear1.kernel', NaN]);
});

it('infinite logarithms are named as such', async () => {
  const { problems } = await ask(logText, 'run');
  expect(problems[0]).toMatchObject({ code: 'run/not-finite', path: [], node: 'n10' });
});

it('a training names its step, and the node where the loss was lost', async () => {
  const { answer, problems } = await ask(trainingText, 'train');
  expect(answer).toMatchObject({ kind: 'trained', diverged: true });
  const told = problems.find(({ code }) => code === 'train/not-finite')!;
  expect(told).toMatchObject({ path: [], node: expect.stringMatching(/^n[24]$/) as string });
  expect(told.message).toMatch(/^The loss became (NaN|Infinity) at step \d+, and training stopped\. The first value that is not finite/);
});

it('takes parameters first, then values in their order, the loss, and gradients on the way back', () => {
  const parameter = { path: ['a', 'kernel'], value: bad, gradient: fine };
  const statistics = { path: ['norm', 'mean'], value: bad, gradient: null };
  expect(placeOf({ variables: [statistics, parameter], wires: [wire('n1', bad)] })).toEqual([
    ['a'],
    undefined,
    '1 NaN and 1 infinite of 3 numbers',
  ]);
  expect(placeOf({ variables: [statistics], wires: [wire('n1'), wire('n2', bad), wire('n3', bad)], loss: NaN })?.slice(0, 2)).toEqual([
    [],
    'n2',
  ]);
  expect(placeOf({ wires: [wire('n1', fine, bad), wire('n2', fine, bad), wire('n3')] })?.slice(0, 2)).toEqual([[], 'n2']);
  expect(placeOf({ wires: [wire('n1')], variables: [{ path: ['a', 'kernel'], value: fine, gradient: bad }] })?.[0]).toEqual(['a']);
  expect(findNonFinite(newDocument(), measured({ loss: Infinity }))?.message).toBe(
    'All values are finite, but the loss of them is Infinity.',
  );
  expect(placeOf({ wires: [wire('n1')] })).toBeUndefined();
});

it('names what lies inside of the node', () => {
  const inside = { module: ['mha'], name: 'attentionWeights', calledBy: { instance: [], node: 'n2' }, value: bad };
  expect(findNonFinite(newDocument(), measured({ wires: [wire('n2', bad)], insides: [inside] }))?.message).toContain(
    ', where mha.attentionWeights is the first inside it: ',
  );
});
