import { describe, expect, it } from 'vitest';
import irisCsv from '../../assets/data/iris.csv?raw';
import { addMember } from '../document/edits/members.ts';
import { addOp, setInput } from '../document/edits/nodes.ts';
import { setRun } from '../document/edits/run.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument, Typed } from '../document/schema.ts';
import { tf } from '../tensor/tf.ts';
import { startInProcess } from '../test/in-process.ts';
import type { BackendName } from './protocol.ts';

const at = { x: 0, y: 0 };

/** Linear, relu, Linear, from `features` numbers to three classes. */
function classifier(features: number, source: Typed): ModelDocument {
  let document = setInput(newDocument(), 'c1', 'n1', { shape: ['batch', features] });
  const add = (added: { readonly document: ModelDocument; readonly node: string }, from: string, port: string): string => {
    document = connect(added.document, 'c1', { node: from, port }, { node: added.node, port: 'x' });
    return added.node;
  };
  const hidden = add(addMember(document, 'c1', { type: 'Linear', args: { outFeatures: 16 }, at }), 'n1', 'out');
  const active = add(addOp(document, 'c1', { op: 'relu', at }), hidden, 'y');
  const last = add(addMember(document, 'c1', { type: 'Linear', args: { outFeatures: 3 }, at }), active, 'y');
  document = connect(document, 'c1', { node: last, port: 'y' }, { node: 'n2', port: 'in' });
  const optimizer = { type: 'adam', args: { learningRate: 0.02 } };
  return setRun(document, { source, loss: { type: 'crossEntropy', args: {} }, optimizer, batchSize: 32 });
}

/** The last test of a training, and what was warned of. */
async function train(document: ModelDocument, assets: Readonly<Record<string, string>>, steps: number) {
  const worker = startInProcess(tf.getBackend() as BackendName);
  const request = worker.send({ kind: 'train', document, assets, steps, continueFrom: 'start' });
  const answer = await request;
  worker.engine.dispose();
  expect(answer).toMatchObject({ kind: 'trained', step: steps, diverged: false });
  const points = worker.said('metrics', request.id).flatMap((metrics) => metrics.points);
  return { last: points.at(-1)!, warnings: worker.said('warned', request.id).map(({ problem }) => problem.code) };
}

/** As a spreadsheet of another country writes it, sorted by class: an index, decimal commas, quoted words, gaps. The leaf tells the kind. */
const TREES = `;width;"colour; in ""autumn""";kind
${Array.from({ length: 180 }, (_, i) => {
  const kind = Math.floor(i / 60);
  const width = i % 11 === 4 ? ['', 'NA', '?'][i % 3]! : `${kind === 2 ? 8 : 2},${(i * 7) % 10}`;
  const colour = ['"dark; red"', 'yellow', 'yellow'][kind]!;
  return `${i};${width};${i % 23 === 5 ? 'brown' : colour};${['oak', '"silver; birch"', 'ash'][kind]!}`;
}).join('\n')}
`;

describe('a training on a table', () => {
  it('tells apart sorted classes by their words and numbers, with gaps, quotes and decimal commas (T1, T7, T8)', async () => {
    const args = {
      file: 'trees.csv',
      label: 'kind',
      ignored: ['column1'],
      missing: 'mean',
      standardize: true,
      scale: 1,
      testRows: 45,
    };
    const { last, warnings } = await train(classifier(4, { type: 'csv', args }), { 'trees.csv': TREES }, 150);
    expect(last.testAccuracy).toBeGreaterThanOrEqual(0.9);
    expect(warnings).toEqual([]);
  });

  it('learns the sorted irises, whatever part is held back (T1)', async () => {
    const args = { file: 'iris.csv', label: 'species', scale: 1, testRows: 30 };
    const { last, warnings } = await train(classifier(4, { type: 'csv', args }), { 'iris.csv': irisCsv }, 300);
    expect(last.testAccuracy).toBeGreaterThanOrEqual(0.9);
    expect(warnings).toEqual([]);
  });

  it('marks in its curve the step whose loss was not finite, and the test of that step is left out (T12)', async () => {
    const args = { file: 'iris.csv', label: 'species', scale: 1e-38, testRows: 30 };
    const worker = startInProcess(tf.getBackend() as BackendName);
    const document = classifier(4, { type: 'csv', args });
    const request = worker.send({ kind: 'train', document, assets: { 'iris.csv': irisCsv }, steps: 4, continueFrom: 'start' });
    expect(await request).toMatchObject({ kind: 'trained', step: 0, diverged: true });
    const points = worker.said('metrics', request.id).flatMap((metrics) => metrics.points);
    expect(points).toMatchObject([{ step: 1, loss: NaN }]);
    expect(points[0]).not.toHaveProperty('testLoss');
    worker.engine.dispose();
  });
});
