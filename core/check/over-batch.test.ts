/** @file A window, a sequence or an attention that runs along the batch, which Flax takes without a word. */
import { describe, expect, it } from 'vitest';
import { addMember } from '../document/edits/members.ts';
import { addOp, setInput } from '../document/edits/nodes.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, DeclaredShape, ModelDocument } from '../document/schema.ts';
import { checkDocument } from './check-document.ts';
import { nodePorts } from './ports.ts';

const at = { x: 0, y: 0 };

function model(shape: DeclaredShape, type: string, args: Arguments): ModelDocument {
  const document = setInput(newDocument(), 'c1', 'n1', { shape });
  const added = /^[A-Z]/.test(type) ? addMember(document, 'c1', { type, args, at }) : addOp(document, 'c1', { op: type, args, at });
  const [port] = Object.keys(nodePorts(added.document, 'c1', added.node)!.inputs);
  const fed = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: port! });
  return connect(fed, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
}

const CONV = { outFeatures: 4, kernelSize: [3, 3] };
const RNN = { cell: 'GRUCell', hiddenFeatures: 4 };
const MHA = { numHeads: 2 };

describe('what would go along the batch is told, with what was meant', () => {
  const cases: readonly (readonly [string, ModelDocument, readonly string[]])[] = [
    ['a window of two axes over (batch, 64, 1)', model(['batch', 64, 1], 'Conv', CONV), ['Insert reshape to (batch, 8, 8, 1)']],
    [
      'a window of two axes over pictures without channels',
      model(['batch', 8, 8], 'Conv', CONV),
      ['Insert expandDims to (batch, 8, 8, 1)'],
    ],
    [
      'a pooling of pictures without channels',
      model(['batch', 8, 8], 'maxPool', { window: [2, 2] }),
      ['Insert expandDims to (batch, 8, 8, 1)'],
    ],
    [
      'a sequence that is none',
      model(['batch', 64], 'RNN', RNN),
      ['Insert reshape to (batch, 8, 8)', 'Insert expandDims to (batch, 64, 1)'],
    ],
    ['attention among the examples', model(['batch', 10], 'MultiHeadAttention', MHA), ['Insert expandDims to (batch, 10, 1)']],
  ];
  it.each(cases)('%s', (_, document, labels) => {
    const found = checkDocument(document).problems.filter(({ code }) => code === 'shape/over-batch');
    expect(found.map(({ severity }) => severity)).toEqual(['warning']);
    expect(found[0]!.fixes!.map(({ label }) => label)).toEqual(labels);
    for (const { edit } of found[0]!.fixes!)
      expect(checkDocument(edit(document)).problems.map(({ code }) => code)).not.toContain('shape/over-batch');
  });
});

it('a window on flat numbers is mended into a picture, never into one whose rows are the batch', () => {
  const document = model(['batch', 64], 'Conv', CONV);
  const [problem] = checkDocument(document).problems;
  expect(problem!.code).toBe('shape/rank');
  expect(problem!.fixes!.map(({ label }) => label)).toEqual(['Insert reshape to (batch, 8, 8, 1)']);
  expect(checkDocument(problem!.fixes![0]!.edit(document)).problems).toEqual([]);
});

it('nothing is said of what has its batch in front, of one example, or where time comes first', () => {
  const silent = [
    model(['batch', 8, 8, 1], 'Conv', CONV),
    model([8, 8, 1], 'Conv', CONV),
    model(['time', 8], 'RNN', RNN),
    model(['time', 'batch', 8], 'RNN', { ...RNN, timeMajor: true }),
    model(['batch', 5, 8], 'MultiHeadAttention', MHA),
  ];
  for (const document of silent) expect(checkDocument(document).problems).toEqual([]);
});
