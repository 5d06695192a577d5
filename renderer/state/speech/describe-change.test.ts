import { describe, expect, it } from 'vitest';
import { addOp, connect, disconnect, moveNodes, newDocument, removeNodes } from '../../../core/document/index.ts';
import { describeChange } from './describe-change.ts';

const at = { x: 0, y: 0 };

describe('what an edit did, in a sentence', () => {
  const document = newDocument();
  const root = document.root.class;
  const input = Object.values(document.classes[root]!.nodes).find(({ kind }) => kind === 'input')!;
  const added = addOp(document, root, { op: 'relu', at });
  const wired = connect(added.document, root, { node: input.id, port: 'out' }, { node: added.node, port: 'x' });

  it('names what came, what is wired and what went', () => {
    expect(describeChange(document, added.document)).toBe('Added relu.');
    expect(describeChange(added.document, wired)).toBe('Wired x to relu.');
    expect(describeChange(document, wired)).toBe('Added relu. Wired x to relu.');
    expect(describeChange(wired, disconnect(wired, root, Object.keys(wired.classes[root]!.wires)))).toBe('Unwired x to y, x to relu.');
    expect(describeChange(wired, removeNodes(wired, root, [added.node]))).toBe('Deleted relu.');
  });

  it('counts where there are many', () => {
    let many = document;
    for (let k = 0; k < 5; k++) many = addOp(many, root, { op: 'relu', at }).document;
    expect(describeChange(document, many)).toBe('Added 5 nodes.');
  });

  it('says nothing of what moves or is named: the label of the step does', () => {
    expect(describeChange(added.document, moveNodes(added.document, root, { [added.node]: { x: 8, y: 8 } }))).toBe('');
    expect(describeChange(document, { ...document, name: 'Other' })).toBe('');
  });

  it('is the same of documents that were made from each other and of ones that were not', () => {
    const unwired = disconnect(wired, root, Object.keys(wired.classes[root]!.wires));
    const steps = [document, added.document, wired, unwired, removeNodes(wired, root, [added.node])];
    for (const before of steps)
      for (const after of steps)
        expect(describeChange(before, after)).toBe(describeChange(structuredClone(before), structuredClone(after)));
  });
});
