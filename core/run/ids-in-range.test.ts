import { describe, expect, it } from 'vitest';
import { addMember } from '../document/edits/members.ts';
import { addConstant, addOp, setInput } from '../document/edits/nodes.ts';
import { groupIntoClass } from '../document/edits/group.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { findIdFault } from './ids-in-range.ts';

const at = { x: 0, y: 0 };
const ids = (dtype: 'int32' | 'float32') => setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 3], dtype });
const ranges = (max: number, min = 0) => ({ ranges: () => [{ name: 't1', min, minRow: 2, max, maxRow: 4 }] });
const wire = (document: ModelDocument, from: string, port: string, to: string, into = 'x') =>
  connect(document, 'c1', { node: from, port }, { node: to, port: into });

function embed(document: ModelDocument, from: string, port: string) {
  const added = addMember(document, 'c1', { type: 'Embed', args: { numEmbeddings: 10, features: 4 }, at });
  return { ...added, document: wire(added.document, from, port, added.node, 'inputs') };
}

describe('an id without a row in its table (T10)', () => {
  it('is named with its row, column and table', () => {
    const { document, node } = embed(ids('int32'), 'n1', 'out');
    expect(findIdFault(document, ranges(12))).toMatchObject({
      code: 'data/id-range',
      message: 'Row 4, column "t1": expected an id from 0 to 9, as embed has 10 embeddings, got 12.',
      hint: 'Set numEmbeddings of embed to 13 or more, or mend the row.',
      node,
    });
    expect(findIdFault(document, ranges(9))).toBeUndefined();
    expect(findIdFault(document, ranges(9, -1))?.message).toContain('Row 2');
  });

  it('is found behind ops that move numbers, and behind a cast', () => {
    const cast = addOp(ids('float32'), 'c1', { op: 'cast', args: { dtype: 'int32' }, at });
    const flat = addOp(wire(cast.document, 'n1', 'out', cast.node), 'c1', { op: 'flatten', at });
    const { document } = embed(wire(flat.document, cast.node, 'y', flat.node), flat.node, 'y');
    expect(findIdFault(document, ranges(12))?.code).toBe('data/id-range');
    expect(findIdFault(document, ranges(9.9))).toBeUndefined();
  });

  it('is found inside of a class', () => {
    const { document, node } = embed(ids('int32'), 'n1', 'out');
    const grouped = groupIntoClass(wire(document, node, 'y', 'n2', 'in'), 'c1', [node]);
    expect(findIdFault(grouped.document, ranges(12))).toMatchObject({ code: 'data/id-range', path: ['block'], node });
  });

  it('is found where a tensor of the model is the table', () => {
    const table = addConstant(ids('int32'), 'c1', { value: [1, 2, 3, 4, 5], dtype: 'float32', at });
    const take = addOp(table.document, 'c1', { op: 'take', at });
    const document = wire(wire(take.document, table.node, 'out', take.node), 'n1', 'out', take.node, 'indices');
    expect(findIdFault(document, ranges(5))?.message).toContain('expected an id from 0 to 4, as take has 5 places along axis 0, got 5');
    expect(findIdFault(document, ranges(4))).toBeUndefined();
  });

  it('is none where the numbers are changed before', () => {
    const sum = addOp(ids('int32'), 'c1', { op: 'sum', at });
    const { document } = embed(wire(sum.document, 'n1', 'out', sum.node), sum.node, 'y');
    expect(findIdFault(document, ranges(12))).toBeUndefined();
  });
});
