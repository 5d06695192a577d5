import { describe, expect, it } from 'vitest';
import { addMember } from '../document/edits/members.ts';
import { setRun } from '../document/edits/run.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { checkDocument } from './check-document.ts';
import { fitToData } from './fit.ts';

/** A new model of one Linear with 64 outputs, or as many as are wanted, on a table. */
function on(text: string, label: string, outFeatures = 64): readonly [ModelDocument, Readonly<Record<string, string>>] {
  const added = addMember(newDocument(), 'c1', { type: 'Linear', args: { outFeatures }, at: { x: 0, y: 0 } });
  const wired = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: 'x' });
  const document = connect(wired, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
  return [setRun(document, { source: { type: 'csv', args: { file: 't.csv', label, scale: 1, testRows: 0 } } }), { 't.csv': text }];
}

describe('choosing labelled data (T11)', () => {
  it.each([
    ['words', 'a,b,c,kind\n1,2,3,oak\n4,5,6,ash\n', 'kind', 64, 'cross-entropy of classes, input (batch, 3)'],
    [
      'more words than outputs',
      'a,b,c,kind\n1,2,3,oak\n4,5,6,ash\n7,8,9,fir\n',
      'kind',
      2,
      'cross-entropy of classes, input (batch, 3), 3 outputs',
    ],
    ['numbers to predict', 'a,b,c,price\n1,2,3,0.5\n4,5,6,1.5\n', 'price', 64, 'mean squared error, input (batch, 3), 1 output'],
  ])('offers the loss, the input and the outputs that fit %s, as one edit', (_, text, label, outputs, offer) => {
    const [document, files] = on(text, label, outputs);
    const fit = fitToData(document, files)!;
    expect(fit.label).toBe(offer);
    expect(checkDocument(fit.document, { files }).problems).toEqual([]);
    expect(fitToData(fit.document, files)).toBeUndefined();
  });

  it('offers nothing where there is no table, or one that cannot be read', () => {
    const [document] = on('', 'y');
    expect(fitToData(document, {})).toBeUndefined();
    expect(fitToData(document, { 't.csv': 'a,b\n1\n' })).toBeUndefined();
    expect(fitToData(newDocument(), {})).toBeUndefined();
  });
});
