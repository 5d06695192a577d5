import { describe, expect, it } from 'vitest';
import { addInput, addMember, addOp, connect, newDocument, setParam } from '../document/index.ts';
import type { Arguments, ModelDocument } from '../document/schema.ts';
import { buildModel } from '../build/build-model.ts';
import { dispose } from '../nnx/dispose.ts';
import { iterModules } from '../nnx/module.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { Param } from '../nnx/variable.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { checkDocument } from './check-document.ts';
import { costInSteps, costOf, namedAxes, sizesOfBatch } from './cost.ts';
import { drain } from '../document/steps.ts';
import { listOfMix } from '../test/lists.ts';
import { costTable } from './cost-table.ts';

const rootOf = (document: ModelDocument) => checkDocument(document).root!;

/** An input of this shape, and one layer or op behind it. */
function single(shape: readonly (number | string)[], type: string, args: Arguments): ModelDocument {
  const start = newDocument('Test');
  const classId = start.root.class;
  const input = addInput(start, classId, { shape, at: { x: 0, y: 0 } });
  const member = addMember(input.document, classId, { type, args, at: { x: 200, y: 0 } });
  return connect(
    member.document,
    classId,
    { node: input.node, port: 'out' },
    { node: member.node, port: type === 'MultiHeadAttention' ? 'q' : 'x' },
  );
}

const costs = (document: ModelDocument, batch: number) => costOf(rootOf(document), sizesOfBatch(batch));

describe('the cost of a pass', () => {
  it('of a Linear is a product for each pair of input and output', () => {
    expect(costs(single(['batch', 64], 'Linear', { outFeatures: 10 }), 32)).toEqual({
      multiplyAdds: 32 * 64 * 10,
      activations: 320,
      unknown: 0,
    });
  });

  it('of a Conv is its window at each place of the output, a share of it where features are in groups', () => {
    const picture = ['batch', 8, 8, 4];
    const plain = single(picture, 'Conv', { outFeatures: 16, kernelSize: [3, 3] });
    expect(costs(plain, 2).multiplyAdds).toBe(2 * 8 * 8 * 16 * 9 * 4);
    const grouped = single(picture, 'Conv', { outFeatures: 16, kernelSize: [3, 3], featureGroupCount: 4 });
    expect(costs(grouped, 2).multiplyAdds).toBe(2 * 8 * 8 * 16 * 9);
  });

  it('of an attention layer is four projections, and each query with each key twice; its weights are kept', () => {
    const { multiplyAdds, activations } = costs(single(['batch', 5, 8], 'MultiHeadAttention', { numHeads: 2 }), 3);
    expect(multiplyAdds).toBe(4 * (3 * 5 * 8 * 8) + 2 * (3 * 5 * 5 * 8));
    expect(activations).toBe(5 * (3 * 5 * 8) + 2 * (3 * 2 * 5 * 5));
  });

  it('of a sequence is a step for each of its places', () => {
    const { multiplyAdds } = costs(single(['batch', 7, 4], 'RNN', { cell: 'GRUCell', hiddenFeatures: 6 }), 2);
    expect(multiplyAdds).toBe(2 * 7 * 3 * (4 + 6) * 6);
  });

  it('grows with the batch in proportion, and changes with a parameter', () => {
    const document = single(['batch', 64], 'Linear', { outFeatures: 10 });
    expect(costs(document, 64).multiplyAdds).toBe(2 * costs(document, 32).multiplyAdds);
    const [member] = document.classes[document.root.class]!.members;
    const wider = setParam(document, document.root.class, { member: member!.id }, 'outFeatures', 20);
    expect(costs(wider, 32).multiplyAdds).toBe(2 * costs(document, 32).multiplyAdds);
  });

  it('leaves out what has an axis without a length, and says so', () => {
    const document = single(['batch', 'time', 8], 'Linear', { outFeatures: 4 });
    expect(costs(document, 2)).toEqual({ multiplyAdds: 0, activations: 0, unknown: 1 });
    expect(namedAxes(rootOf(document))).toEqual(['batch', 'time']);
    const sizes = new Map([
      ['batch', 2],
      ['time', 5],
    ]);
    expect(costOf(rootOf(document), sizes)).toEqual({ multiplyAdds: 2 * 5 * 8 * 4, activations: 40, unknown: 0 });
  });

  it('that few devices can keep is said before anything is built', () => {
    const document = single(['batch', 4096, 4096], 'Linear', { outFeatures: 4096 });
    const codes = (batch: number) =>
      checkDocument({ ...document, run: { ...document.run, batchSize: batch } })
        .problems.filter(({ code }) => code === 'size/activations')
        .map(({ severity, scope }) => [severity, scope]);
    expect(codes(8)).toEqual([]);
    expect(codes(100)).toEqual([['warning', 'run']]);
  });

  it('and so is a value that no array holds, at its node, with the batch that fits', () => {
    const document = single(['batch', 4096, 4096], 'Linear', { outFeatures: 4096 });
    const large = { ...document, run: { ...document.run, batchSize: 100 } };
    const found = checkDocument(large).problems.filter(({ code }) => code === 'size/value');
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]!.place.node).toBeDefined();
    const mended = found[0]!.fixes![0]!.edit(large);
    expect(mended.run.batchSize).toBe(32);
    expect(checkDocument(mended).problems.some(({ code }) => code === 'size/value')).toBe(false);
    const [trained] = checkDocument(large).problems.filter(({ code }) => code === 'size/activations');
    expect(checkDocument(trained!.fixes![0]!.edit(large)).problems.filter(({ code }) => code.startsWith('size/'))).toEqual([]);
  });

  it('parameters, their gradients and moments count with what is kept', () => {
    // 256 MiB of parameters, of which training holds four times as much, and 3.25 GiB of values.
    const document = single(['batch', 8192], 'Linear', { outFeatures: 8192, useBias: false });
    const codes = (batch: number) =>
      checkDocument({ ...document, run: { ...document.run, batchSize: batch } }).problems.map(({ code }) => code);
    expect(codes(60_000)).not.toContain('size/activations');
    expect(codes(104_000)).toContain('size/activations');
  });

  it('counts no product for what is done element by element', () => {
    const start = newDocument('Test');
    const input = addInput(start, start.root.class, { shape: ['batch', 3], at: { x: 0, y: 0 } });
    const op = addOp(input.document, start.root.class, { op: 'relu', args: {}, at: { x: 200, y: 0 } });
    const wired = connect(op.document, start.root.class, { node: input.node, port: 'out' }, { node: op.node, port: 'x' });
    expect(costs(wired, 4)).toEqual({ multiplyAdds: 0, activations: 12, unknown: 0 });
  });
});

describe('the table of Modules', () => {
  it.each(EXAMPLES)('has the Modules of %s at their paths, with the parameters of the live ones', (name) => {
    const document = example(name);
    const { model } = buildModel(document);
    const live = new Map(
      [...iterModules(model)].map(([path, module]) => [
        JSON.stringify(path),
        variablesBelow(module).reduce((sum, { variable }) => sum + (variable instanceof Param ? variable.value.size : 0), 0),
      ]),
    );
    const rows = costTable(rootOf(document), sizesOfBatch(4));
    expect(rows.length).toBeGreaterThan(0);
    for (const { path, parameters } of rows) expect([path, parameters]).toEqual([path, live.get(JSON.stringify(path))]);
    dispose(model);
  });

  it.each(EXAMPLES)('sums the products of the Modules of %s to no more than those of the root', (name) => {
    const root = rootOf(example(name));
    const [total, ...rows] = costTable(root, sizesOfBatch(4));
    const own = rows.filter(({ path }) => path.filter((part) => typeof part === 'string').length === 1);
    expect(own.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0)).toBeLessThanOrEqual(total!.multiplyAdds);
    expect(total!.multiplyAdds).toBeGreaterThan(0);
  });
});

it('the items of a list that no call uses cost their parameters and nothing else, nor does what is in them', () => {
  const rows = costTable(rootOf(listOfMix({ item: 1 }).document), sizesOfBatch(8));
  const of = (item: number) => rows.filter(({ path }) => path[0] === 'blocks' && path[1] === item);
  expect(of(0).map(({ path }) => path)).toEqual([
    ['blocks', 0],
    ['blocks', 0, 'linear'],
  ]);
  for (const item of [0, 2])
    for (const row of of(item)) expect(row).toMatchObject({ multiplyAdds: 0, activations: 0, unknown: 0, outputs: [], parameters: 6 });
  for (const row of of(1)) expect(row).toMatchObject({ multiplyAdds: 8 * 2 * 2, parameters: 6 });
});

it('is counted of a large class with pauses, and then known', () => {
  let document = newDocument('Test');
  for (let k = 0; k < 1000; k++) document = addOp(document, document.root.class, { op: 'relu', at: { x: 0, y: 0 } }).document;
  const root = rootOf(document);
  // A batch of which nothing is known yet.
  const steps = costInSteps(root, sizesOfBatch(37));
  expect([steps.next().done, steps.next().done]).toEqual([false, false]);
  drain(steps);
  expect(costInSteps(root, sizesOfBatch(37)).next().done).toBe(true);
  expect(costOf(root, sizesOfBatch(37))).toEqual(costOf(root, new Map([['batch', 37]])));
});
