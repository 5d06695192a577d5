import { describe, expect, it } from 'vitest';
import { addMember } from '../document/edits/members.ts';
import { addOp } from '../document/edits/nodes.ts';
import { connect, disconnect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { checkDocument } from './check-document.ts';
import { wireIn } from './wire-in.ts';

const at = { x: 264, y: 40 };
const port = (node: string, name: string) => ({ node, port: name });
const relu = (document: ModelDocument) => addOp(document, 'c1', { op: 'relu', at });

function fixesOf(document: ModelDocument, node: string) {
  return checkDocument(document).problems.find(({ code, place }) => code === 'node/unused' && place.node === node)?.fixes ?? [];
}

describe('a node that leads nowhere can be led on', () => {
  it('into the output that waits', () => {
    const fresh = newDocument();
    const { document, node } = relu(disconnect(fresh, 'c1', Object.keys(fresh.classes['c1']!.wires)));
    const fixes = fixesOf(document, node);
    expect(fixes.map(({ label }) => label)).toEqual(['Wire relu into y', 'Remove relu']);
    expect(fixesOf(fixes[0]!.edit(document), node)).toEqual([]);
  });

  it('in front of an output that has its value, where nothing comes in either', () => {
    const { document, node } = relu(newDocument());
    const [put] = fixesOf(document, node);
    expect(put!.label).toBe('Put relu before y');
    const graph = graphOf(put!.edit(document).classes['c1']!);
    expect(graph.wireInto(port('n2', 'in'))!.from.node).toBe(node);
    expect(graph.wireInto(port(node, 'x'))!.from.node).toBe('n1');
  });

  it('to an output of its own, where what comes in is wired', () => {
    const { document: added, node } = relu(newDocument());
    const document = connect(added, 'c1', port('n1', 'out'), port(node, 'x'));
    const [output] = fixesOf(document, node);
    expect(output!.label).toBe('Add an output behind relu');
    expect(fixesOf(output!.edit(document), node)).toEqual([]);
  });
});

it.each([
  ['GRUCell', 'h'],
  ['SimpleCell', 'h'],
  ['LSTMCell', 'h'],
] as const)('%s behind a value takes it as its input, not as its state, and gives its hidden state', (type, output) => {
  const { document, node } = addMember(newDocument(), 'c1', { type, args: {}, at });
  const wired = graphOf(wireIn(document, 'c1', node, { behind: ['n1'] }).document.classes['c1']!);
  expect(wired.incoming(node).map(({ to }) => to.port)).toEqual(['x']);
  expect(wired.wireInto(port('n2', 'in'))!.from).toEqual(port(node, output));
});

it('stands at the height of the one node that it is put behind, whatever that is', () => {
  const { document, node } = relu(newDocument());
  const odd: ModelDocument = {
    ...document,
    classes: { c1: { ...document.classes['c1']!, layout: { ...document.classes['c1']!.layout, n1: { x: 12, y: 37 } } } },
  };
  expect(wireIn(odd, 'c1', node, { behind: ['n1'] }).document.classes['c1']!.layout[node]!.y).toBe(37);
});
