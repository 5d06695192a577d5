import { expect, it } from 'vitest';
import { addConstant, addOp, setInput } from '../document/edits/nodes.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { checkDocument } from './check-document.ts';
import { removeAndReconnect } from './reconnect.ts';

const at = { x: 0, y: 0 };
const wiresOf = (document: ModelDocument) =>
  Object.values(document.classes['c1']!.wires).map(({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`);

/** x (batch, 4) and a row (4,) into add, relu behind it, an output behind that. */
function sum(rowPort: 'a' | 'b', row: readonly number[] = [1, 2, 3, 4]): { document: ModelDocument; add: string; row: string } {
  const constant = addConstant(setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 4] }), 'c1', { value: [...row], at });
  const add = addOp(constant.document, 'c1', { op: 'add', at });
  const document = (
    [
      ['n1', 'out', add.node, rowPort === 'a' ? 'b' : 'a'],
      [constant.node, 'out', add.node, rowPort],
      [add.node, 'y', 'n2', 'in'],
    ] as const
  ).reduce((each, [node, port, to, into]) => connect(each, 'c1', { node, port }, { node: to, port: into }), add.document);
  return { document, add: add.node, row: constant.node };
}

it('leads on the input that agrees with what went on, whichever port it came into, and says so', () => {
  for (const port of ['a', 'b'] as const) {
    const { document, add } = sum(port);
    const { root } = checkDocument(document);
    const made = removeAndReconnect(document, 'c1', [add], root);
    expect(wiresOf(made.document)).toEqual(['n1.out n2.in']);
    expect(made.said).toEqual([`Of the inputs of add, ${port === 'a' ? 'b' : 'a'} goes on: its shape agrees.`]);
  }
});

it('ends wires that no input agrees with, and says that, too; without a choice it says nothing', () => {
  const { document, add, row } = sum('b');
  const wide = addOp(document, 'c1', { op: 'concatenate', at });
  const joined = (
    [
      ['n1', 'out', wide.node, 'x0'],
      [add, 'y', wide.node, 'x1'],
      [wide.node, 'y', 'n2', 'in'],
    ] as const
  ).reduce((each, [node, port, to, into]) => connect(each, 'c1', { node, port }, { node: to, port: into }), wide.document);
  const made = removeAndReconnect(joined, 'c1', [wide.node], checkDocument(joined).root);
  expect(made.said).toEqual(['No input of concatenate agrees with what went on from it, so those wires end.']);
  expect(wiresOf(made.document).some((wire) => wire.endsWith('n2.in'))).toBe(false);
  expect(removeAndReconnect(joined, 'c1', [row], checkDocument(joined).root).said).toEqual([]);
});
