import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { addMember, addOp, connect, disconnect, newDocument, type ModelDocument } from '../../../core/document/index.ts';
import { calm } from './calm.ts';

const at = { x: 0, y: 0 };

/** The same with ops in a row that nothing feeds and that feed nothing. */
function withLooseRow(document: ModelDocument, ...ops: readonly string[]): ModelDocument {
  let [made, last] = [document, undefined as string | undefined];
  for (const op of ops) {
    const added = addOp(made, 'c1', { op, at });
    made = last === undefined ? added.document : connect(added.document, 'c1', { node: last, port: 'y' }, { node: added.node, port: 'x' });
    last = added.node;
  }
  return made;
}

const said = (document: ModelDocument) =>
  calm(checkDocument(document)).map(({ message, fixes }) => [message, fixes?.map(({ label }) => label)]);

describe('the list of problems', () => {
  it('says of a row that nothing feeds in one entry where it begins, how much waits and what leads nowhere', () => {
    const document = withLooseRow(newDocument(), 'relu', 'tanh', 'gelu');
    expect(checkDocument(document).problems).toHaveLength(4);
    expect(said(document)).toEqual([
      [
        'relu: expected a wire into "x", got none. relu, tanh and gelu lead to no output.',
        ['Add an output behind gelu', 'Remove the 3 nodes'],
      ],
    ]);
  });

  it('counts what waits behind a wire that was cut', () => {
    const row = withLooseRow(newDocument(), 'relu', 'tanh', 'gelu');
    const whole = connect(row, 'c1', { node: 'n5', port: 'y' }, { node: 'n2', port: 'in' });
    expect(said(whole)).toEqual([
      ['relu: expected a wire into "x", got none. 3 nodes wait for it.', ['Wire x into x']],
      ['x: expected a wire that leads to an output, got none.', ['Wire x into relu', 'Remove x']],
    ]);
  });

  it('keeps parts that do not hang together apart, and what is wrong by itself', () => {
    const apart = withLooseRow(withLooseRow(newDocument(), 'relu'), 'tanh', 'gelu');
    const wrong = addMember(apart, 'c1', { type: 'Linear', args: { outFeatures: 0 }, at }).document;
    const messages = said(wrong).map(([message]) => message);
    expect(messages).toHaveLength(4);
    expect(messages.filter((each) => /relu|tanh/.test(String(each)))).toHaveLength(2);
  });

  it('takes the whole part away in one step', () => {
    const document = withLooseRow(newDocument(), 'relu', 'tanh');
    const [entry] = calm(checkDocument(document));
    expect(Object.keys(entry!.fixes!.at(-1)!.edit(document).classes['c1']!.nodes)).toEqual(['n1', 'n2']);
  });

  it('is what the check says where nothing is unfinished', () => {
    const document = newDocument();
    const { problems } = checkDocument(document);
    expect(calm(checkDocument(document))).toEqual(problems);
    expect(calm(checkDocument(disconnect(document, 'c1', ['w1'])))).toHaveLength(2);
  });
});
