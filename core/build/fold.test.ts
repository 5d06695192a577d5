/** @file Rows that are alike are found, and folded they compute the same: held against the live model. */
import { describe, expect, it } from 'vitest';
import { alikeRowAt, alikeRows } from '../check/alike.ts';
import { checkDocument } from '../check/check-document.ts';
import { bookmarksOf, setBookmark } from '../document/edits/bookmarks.ts';
import { foldIntoList } from '../document/edits/fold.ts';
import { addCall, addMember, moveMember } from '../document/edits/members.ts';
import { addInput, addOp, addOutput } from '../document/edits/nodes.ts';
import { setInput } from '../document/edits/nodes.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setAttributesWhere } from '../document/edits/settings.ts';
import { connect } from '../document/edits/wires.ts';
import { filterByPath } from '../document/references.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, ModelDocument, NodeId } from '../document/schema.ts';
import { dispose } from '../nnx/dispose.ts';
import { tf } from '../tensor/tf.ts';
import { buildModel } from './build-model.ts';

const at = { x: 0, y: 0 };
type Part = readonly [type: string, args?: Arguments] | string;

interface Chain {
  readonly document: ModelDocument;
  readonly class: string;
  readonly nodes: readonly NodeId[];
}

/** x of 4 features through a chain to the output: ops by name, layers with arguments. */
function chain(parts: readonly Part[]): Chain {
  let document = newDocument();
  const [id] = Object.keys(document.classes);
  const classId = id!;
  for (const node of Object.values(document.classes[classId]!.nodes))
    if (node.kind === 'input') document = setInput(document, classId, node.id, { shape: ['batch', 4] });
  const input = Object.values(document.classes[classId]!.nodes).find(({ kind }) => kind === 'input');
  const made = input ? { document, node: input.id } : addInput(document, classId, { name: 'x', shape: ['batch', 4], dtype: 'float32', at });
  document = made.document;
  let before = { node: made.node, port: 'out' };
  const nodes: NodeId[] = [];
  for (const part of parts) {
    const added =
      typeof part === 'string'
        ? addOp(document, classId, { op: part, at })
        : addMember(document, classId, { type: part[0], args: part[1] ?? {}, at });
    document = connect(added.document, classId, before, { node: added.node, port: 'x' });
    before = { node: added.node, port: 'y' };
    nodes.push(added.node);
  }
  const output = Object.values(document.classes[classId]!.nodes).find(({ kind }) => kind === 'output');
  const end = output ? { document, node: output.id } : addOutput(document, classId, { name: 'y', at });
  return { document: connect(end.document, classId, before, { node: end.node, port: 'in' }), class: classId, nodes };
}

const linear = (features: number): Part => ['Linear', { outFeatures: features }];
const rowsOf = ({ document }: Pick<Chain, 'document'>) => alikeRows(document, checkDocument(document).root!);

function given(document: ModelDocument): readonly number[] {
  expect(checkDocument(document).problems).toEqual([]);
  const { model } = buildModel(document);
  const [x, y] = tf.tidy(() => {
    const input = tf.tensor2d([0.5, -1, 2, 1, 3, 0.25, -2, 1], [2, 4]);
    return [tf.keep(input), model.call(input) as tf.Tensor];
  });
  const numbers = [...y.dataSync()];
  dispose([model, x, y]);
  return numbers;
}

describe('a row of layers that are alike', () => {
  it('is found, and folded it computes the same numbers from the same seed', () => {
    const made = chain([linear(6), linear(6), linear(6), linear(6), 'relu', linear(2)]);
    const [row, ...others] = rowsOf(made);
    // The first takes 4 features, not 6.
    expect(row).toMatchObject({ nodes: made.nodes.slice(1, 4), period: 1, count: 3, title: 'Linear', keepsDraws: true });
    expect(others).toEqual([]);
    const folded = foldIntoList(made.document, made.class, row!);
    expect(folded.document.classes[made.class]!.members.map(({ name, repeat }) => [name, repeat])).toEqual([
      ['linear', undefined],
      ['linears', 3],
      ['linear4', undefined],
    ]);
    expect(given(folded.document)).toEqual(given(made.document));
    expect(rowsOf(folded)).toEqual([]);
  });

  it('says where other members are made in between, which changes what fresh weights are', () => {
    const made = chain([linear(4), linear(4), linear(4), linear(2)]);
    const { members } = made.document.classes[made.class]!;
    const moved = moveMember(made.document, made.class, members[3]!.id, 1);
    expect(rowsOf(made)[0]!.keepsDraws).toBe(true);
    const [row] = rowsOf({ document: moved });
    expect(row).toMatchObject({ count: 3, keepsDraws: false });
    expect(given(foldIntoList(moved, made.class, row!).document)).not.toEqual(given(moved));
  });

  it('is none where arguments, shapes or uses differ, where a value in between is probed or used, or where there are two', () => {
    expect(rowsOf(chain([linear(4), linear(4)]))).toEqual([]);
    expect(rowsOf(chain([linear(4), ['Linear', { outFeatures: 4, useBias: false }], linear(4)]))).toEqual([]);
    expect(rowsOf(chain(['relu', 'relu', 'relu']))).toEqual([]);
    const made = chain([linear(4), linear(4), linear(4)]);
    const port = { node: made.nodes[1]!, port: 'y' };
    expect(rowsOf(setProbe(made.document, made.class, { at: port, kind: 'sow', name: 'h' }))).toEqual([]);
    const member = made.document.classes[made.class]!.members[1]!;
    expect(rowsOf(addCall(made.document, made.class, member.id, at))).toEqual([]);
    const out = addOutput(made.document, made.class, { name: 'h', at });
    expect(rowsOf({ document: connect(out.document, made.class, port, { node: out.node, port: 'in' }) })).toEqual([]);
  });
});

describe('a row of blocks of several nodes', () => {
  const made = chain([linear(4), 'relu', linear(4), 'relu', linear(4), 'relu', linear(2)]);

  it('is found from each of its nodes, and becomes a list of a class that computes the same', () => {
    const [row] = rowsOf(made);
    expect(row).toMatchObject({ nodes: made.nodes.slice(0, 6), period: 2, count: 3, title: 'Linear, relu', keepsDraws: true });
    const root = checkDocument(made.document).root!;
    for (const node of made.nodes.slice(0, 6)) expect(alikeRowAt(made.document, root, node)).toEqual(row);
    expect(alikeRowAt(made.document, root, made.nodes[6]!)).toBeUndefined();
    expect(alikeRowAt(made.document, root, made.nodes[0]!, 3)).toBeUndefined();
    const folded = foldIntoList(made.document, made.class, row!);
    expect(folded.document.classes[made.class]!.members.map(({ name, repeat }) => [name, repeat])).toEqual([
      ['blocks', 3],
      ['linear3', undefined],
    ]);
    expect(given(folded.document)).toEqual(given(made.document));
  });

  it('keeps what settings, bookmarks and probes name', () => {
    const { members } = made.document.classes[made.class]!;
    const of = (index: number) => [members[index]!.id];
    const set = (document: ModelDocument, index: number) =>
      setAttributesWhere(document, { kind: 'modules', at: [of(index)] }, { custom: index });
    const marked = setBookmark(set(set(set(made.document, 0), 1), 3), { key: 1, class: made.class, instance: [], x: 0, y: 0, zoom: 1 });
    const probed = setProbe(marked, made.class, { at: { node: made.nodes[5]!, port: 'y' }, kind: 'sow', name: 'h' }).document;
    const { document, node } = foldIntoList(probed, made.class, rowsOf({ document: probed })[0]!);
    const paths = document.settings.map((setting) => (setting.kind === 'set' ? filterByPath(document, setting.only) : undefined));
    expect(paths).toEqual(
      [['blocks', 0, 'linear'], ['blocks', 1, 'linear'], ['linear3']].map((path) => ({ kind: 'pathIn', paths: [path] })),
    );
    expect(document.classes[made.class]!.probes).toMatchObject([{ name: 'h', at: { node } }]);
    expect(bookmarksOf(document)).toHaveLength(1);
    expect(checkDocument(document).problems.filter(({ scope }) => scope === 'graph')).toEqual([]);
  });
});
