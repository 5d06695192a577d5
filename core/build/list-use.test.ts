import { describe, expect, it } from 'vitest';
import { checkDocument } from '../check/check-document.ts';
import { costOf, parametersOfNode, sizesOfBatch } from '../check/index.ts';
import { setListUse, setRepeat } from '../document/edits/members.ts';
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';
import { writeDocument } from '../document/write.ts';
import { emitDocument } from '../emit/index.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import type { State } from '../nnx/state.ts';
import type { Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { listOfLinear, listOfMix } from '../test/lists.ts';
import { buildModel, type LiveModel } from './build-model.ts';

const codeOf = (document: ModelDocument) => {
  const result = emitDocument(document, 'flax');
  return result.ok ? result.code : result.problem.message;
};
const x = () => tf.tensor2d([0.5, -1, 2, 1], [2, 2]);
const context = () => tf.tensor2d([1, 2, -1, 0.5], [2, 2]);
interface Mix {
  readonly linear: { call(x: tf.Tensor): tf.Tensor };
}

/** What the model gives for x and context, and what the items give by hand. */
function bothWays(
  document: ModelDocument,
  byHand: (items: readonly Mix[]) => tf.Tensor,
): readonly [readonly number[], readonly number[], readonly number[]] {
  const { model } = buildModel(document);
  const [given, wanted] = tf.tidy(() => {
    const items = [...(model as unknown as { blocks: Iterable<Mix> }).blocks];
    return [model.call(x(), context()) as tf.Tensor, byHand(items)] as const;
  });
  const result = [[...given.dataSync()], [...wanted.dataSync()], given.shape] as const;
  dispose([model, given, wanted]);
  return result;
}
const mixed = ({ linear }: Mix, input: tf.Tensor) => tf.mul(linear.call(input), context());
const near = (numbers: readonly number[]) => numbers.map((each) => expect.closeTo(each, 5));

describe('a list of items with a second input', () => {
  it('hands what leaves one into the next, and the second input to each', () => {
    const { document, list } = listOfMix({});
    const check = checkDocument(document);
    expect(check.problems).toEqual([]);
    expect(check.shapeOf('c1', list, 'y')?.shape).toEqual(['batch', 2]);
    const [given, wanted, shape] = bothWays(document, (items) => items.reduce<tf.Tensor>((carried, item) => mixed(item, carried), x()));
    expect(given).toEqual(near(wanted));
    expect(shape).toEqual([2, 2]);
    expect(codeOf(document)).toContain(
      '        y = x\n        for layer in self.blocks:\n            y = layer(y, context)\n        return y',
    );
  });

  it('keeps the name of what is shared through the loop, where it is the first input, too', () => {
    const { document, list } = listOfMix({});
    const model = document.classes['c1']!;
    const wires = Object.fromEntries(
      Object.entries(model.wires).map(([id, wire]) => [
        id,
        wire.to.port === 'context' ? { ...wire, from: { node: 'n1', port: 'out' } } : wire,
      ]),
    );
    const code = codeOf({ ...document, classes: { ...document.classes, c1: { ...model, wires } } });
    expect(code).toMatch(/(\w+) = x\n +for layer in self\.blocks:\n +\1 = layer\(\1, x\)/);
    expect(model.nodes[list]).toMatchObject({ kind: 'call' });
  });

  it('stacks what all items give for the same inputs, or joins it along the last axis', () => {
    const stacked = listOfMix({ collect: 'stack' });
    expect(checkDocument(stacked.document).shapeOf('c1', stacked.list, 'y')?.shape).toEqual([3, 'batch', 2]);
    const [given, wanted, shape] = bothWays(stacked.document, (items) => tf.stack(items.map((item) => mixed(item, x()))));
    expect(given).toEqual(near(wanted));
    expect(shape).toEqual([3, 2, 2]);
    expect(codeOf(stacked.document)).toContain('jnp.stack([layer(x, context) for layer in self.blocks])');
    const joined = listOfMix({ collect: 'concatenate' });
    expect(checkDocument(joined.document).shapeOf('c1', joined.list, 'y')?.shape).toEqual(['batch', 6]);
    const [all, byHand] = bothWays(joined.document, (items) =>
      tf.concat(
        items.map((item) => mixed(item, x())),
        -1,
      ),
    );
    expect(all).toEqual(near(byHand));
    expect(codeOf(joined.document)).toContain('jnp.concatenate([layer(x, context) for layer in self.blocks], axis=-1)');
  });

  it('uses one item alone', () => {
    const { document, list } = listOfMix({ item: 2 });
    expect(checkDocument(document).problems).toEqual([]);
    const [given, wanted] = bothWays(document, (items) => mixed(items[2]!, x()));
    expect(given).toEqual(near(wanted));
    expect(codeOf(document)).toContain('self.blocks[2](x, context)');
    const { root } = checkDocument(document);
    expect(parametersOfNode(root!, list)).toBe(6);
    expect(costOf(root!, sizesOfBatch(2)).multiplyAdds).toBe(2 * 2 * 2);
  });

  it('leaves no tensor over, and frees what lies between', () => {
    for (const use of [{}, { collect: 'stack' }, { collect: 'concatenate' }, { item: 0 }] as const) {
      const { model } = buildModel(listOfMix(use).document);
      const feeds = [x(), context()];
      dispose(model.call(...feeds));
      const before = tf.memory().numTensors;
      const out = model.call(...feeds);
      expect(tf.memory().numTensors).toBe(before + 1);
      dispose([out, model, feeds]);
    }
  });
});

describe('a list of layers', () => {
  it('lets the Param of an item be read, whose gradient adds to that of its call', () => {
    const { document, kernel } = listOfLinear({ collect: 'concatenate' });
    const check = checkDocument(document);
    expect(check.problems).toEqual([]);
    expect(check.shapeOf('c1', kernel, 'value')?.shape).toEqual([4, 2]);
    expect(codeOf(document)).toContain('self.heads[1].kernel[...]');
    const { model } = buildModel(document);
    const input = tf.ones([1, 4]);
    const [value, grads] = valueAndGrad((each: LiveModel) => tf.sum(each.call(input) as tf.Tensor))(model) as unknown as [tf.Tensor, State];
    const of = (item: number) => [...(grads.get('heads', item, 'kernel') as Param).value.dataSync()];
    // y = s · all heads, s = sum(kernel of the second): its own gradient has the sum of all heads besides s.
    const { heads } = model as unknown as { heads: { get(i: number): { kernel: Param } } };
    const sums = [0, 1, 2].map((i) => [...(heads.get(i).kernel.value.dataSync() as Float32Array)].reduce((sum, each) => sum + each, 0));
    expect(of(0)).toEqual(near(Array<number>(8).fill(sums[1]!)));
    expect(of(1)).toEqual(near(Array<number>(8).fill(sums[1]! + sums[0]! + sums[1]! + sums[2]!)));
    dispose([model, input, value, grads]);
  });

  it('costs each item once, and what is put together besides', () => {
    const { root } = checkDocument(listOfLinear({ collect: 'stack' }).document);
    expect(costOf(root!, sizesOfBatch(5)).multiplyAdds).toBe(3 * 5 * 4 * 2);
  });
});

describe('what is wrong with the use of a list', () => {
  const codes = (document: ModelDocument) => checkDocument(document).problems.map(({ code, message }) => `${code}: ${message}`);
  it('is said at the node', () => {
    const { document, list } = listOfMix({});
    expect(codes(setListUse(document, 'c1', list, { item: 3 }))[0]).toMatch(/^list\/item: .*expected an item of blocks below 3, got 3/);
    expect(codes(listOfMix({ collect: 'stack' }, 0).document)[0]).toMatch(/^list\/empty/);
    const single = listOfMix({}).document;
    const bare = {
      ...single,
      classes: {
        ...single.classes,
        c1: { ...single.classes['c1']!, members: single.classes['c1']!.members.map(({ repeat: _repeat, ...each }) => each) },
      },
    };
    expect(codes(setListUse(bare, 'c1', list, { collect: 'stack' }))[0]).toMatch(/^list\/none: .*expected blocks to be a list/);
    // Items over different widths do not chain, and say so.
    const chain = codes(listOfLinear({}).document);
    expect(chain.some((each) => each.startsWith('shape/last-axis'))).toBe(true);
  });

  it('goes with the list: a member that is a single Module again is used whole', () => {
    const { document, list } = listOfMix({ item: 1 });
    const [member] = document.classes['c1']!.members;
    const single = setRepeat(document, 'c1', member!.id, undefined);
    expect(single.classes['c1']!.nodes[list]).not.toHaveProperty('item');
    expect(checkDocument(single).problems).toEqual([]);
    expect(setRepeat(document, 'c1', member!.id, 2).classes['c1']!.nodes[list]).toHaveProperty('item', 1);
  });

  it('is saved and read as it stands', () => {
    for (const use of [{ collect: 'stack' }, { item: 2 }] as const) {
      const { document, list } = listOfMix(use);
      const read = parseDocument(writeDocument(document));
      expect(read.ok && read.document.classes['c1']!.nodes[list]).toMatchObject(use);
    }
    const { document, list } = listOfMix({});
    const odd = JSON.parse(writeDocument(document)) as { classes: { c1: { nodes: Record<string, { item?: number }> } } };
    odd.classes.c1.nodes[list]!.item = -1;
    expect(parseDocument(JSON.stringify(odd)).ok).toBe(false);
  });
});
