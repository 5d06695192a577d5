import { describe, expect, it } from 'vitest';
import { renameClass } from '../document/edits/classes.ts';
import { addMember, renameMember } from '../document/edits/members.ts';
import { addOp, moveNodes, removeNodes } from '../document/edits/nodes.ts';
import { setParam } from '../document/edits/params.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setRun } from '../document/edits/run.ts';
import { setMode } from '../document/edits/settings.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { TEMPLATES, template } from '../test/templates.ts';
import { diffDocuments, isOfMeaning } from './index.ts';

const messages = (before: ModelDocument, after: ModelDocument) => diffDocuments(before, after).map(({ message }) => message);

/** x through a Linear and relu to y. */
function small(): { readonly document: ModelDocument; readonly call: string; readonly relu: string } {
  const at = { x: 300, y: 0 };
  const { document: first, node: call } = addMember(newDocument(), 'c1', { type: 'Linear', args: { outFeatures: 3 }, at });
  const { document: second, node: relu } = addOp(first, 'c1', { op: 'relu', at });
  let document = connect(second, 'c1', { node: 'n1', port: 'out' }, { node: call, port: 'x' });
  document = connect(document, 'c1', { node: call, port: 'y' }, { node: relu, port: 'x' });
  return { document: connect(document, 'c1', { node: relu, port: 'y' }, { node: 'n2', port: 'in' }), call, relu };
}

describe('differences of documents', () => {
  it('are none between a document and a copy of it', () => {
    for (const document of [...EXAMPLES.map(example), ...TEMPLATES.map(({ name }) => template(name))])
      expect(diffDocuments(document, JSON.parse(JSON.stringify(document)) as ModelDocument)).toEqual([]);
  });

  it('say each edit as a sentence with its place', () => {
    const { document, call, relu } = small();
    const [member] = document.classes['c1']!.members;
    expect(messages(document, setParam(document, 'c1', { member: member!.id }, 'outFeatures', 64))).toEqual([
      'Model.linear: outFeatures is 64 instead of 3.',
    ]);
    expect(diffDocuments(document, renameMember(document, 'c1', member!.id, 'first'))).toEqual([
      { kind: 'changed', of: 'member', place: { class: 'c1', member: member!.id }, message: 'Model.linear is called first now.' },
    ]);
    expect(messages(document, removeNodes(document, 'c1', [relu]))).toEqual([
      'Model: relu is gone.',
      'Model: relu goes to output y no more.',
    ]);
    expect(
      messages(document, setProbe(document, 'c1', { at: { node: call, port: 'y' }, kind: 'sow', name: 'hidden' }).document)[0],
    ).toMatch(/sow hidden.* is new\.$/);
    expect(messages(document, setMode(document, 'eval'))).toEqual(['The setting eval() is new.']);
    expect(messages(document, setRun(document, { seed: 3 }))).toEqual(['The seed is 3 instead of 0.']);
    expect(messages(document, renameClass(document, 'c1', 'Net'))).toEqual(['Model is called Net now.']);
  });

  it('tell what is only drawn otherwise apart', () => {
    const { document, relu } = small();
    const found = diffDocuments(document, moveNodes(document, 'c1', { [relu]: { x: 999, y: 7 } }));
    expect(found.map(({ message }) => message)).toEqual(['Model: one node lies elsewhere.']);
    expect(found.some(isOfMeaning)).toBe(false);
  });

  it('of a document whose ids are all others are told by names and by what stands where', () => {
    const { document } = small();
    const other = JSON.parse(JSON.stringify(document).replaceAll(/"(n|m|w)(\d+)"/g, '"$1$20"')) as ModelDocument;
    expect(diffDocuments(document, other).filter(isOfMeaning)).toEqual([]);
    const { classes } = other;
    const changed = {
      ...other,
      classes: { c1: { ...classes['c1']!, members: classes['c1']!.members.map((each) => ({ ...each, args: { outFeatures: 5 } })) } },
    };
    expect(
      diffDocuments(document, changed)
        .filter(isOfMeaning)
        .map(({ message }) => message),
    ).toEqual(['Model.linear: outFeatures is 5 instead of 3.']);
  });
});
