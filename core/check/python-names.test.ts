import { describe, expect, it } from 'vitest';
import { addField } from '../document/edits/fields.ts';
import { addMember } from '../document/edits/members.ts';
import { addInput } from '../document/edits/nodes.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { emitFlax } from '../emit/index.ts';
import { checkDocument } from './check-document.ts';

const at = { x: 0, y: 0 };

function withMembers(...names: readonly string[]): ModelDocument {
  const type = { type: 'Linear', args: { inFeatures: 2, outFeatures: 2 }, at };
  return names.reduce((document, name) => addMember(document, 'c1', { ...type, name }).document, newDocument());
}

const messages = (document: ModelDocument) =>
  checkDocument(document)
    .problems.filter(({ code }) => code === 'name/python')
    .map(({ message }) => message);

describe('names in Python (E6)', () => {
  it('are no problem where they differ there', () => {
    expect(messages(withMembers('hidden_layer', 'hiddenSize', 'conv2D', 'Wq', 'wq'))).toEqual([]);
  });

  it('that meet are shown at the second, whose code is left out', () => {
    const document = withMembers('hiddenSize', 'hidden_size');
    expect(messages(document)).toEqual([
      `member hidden_size: expected a name that is no other's in Python, got "hidden_size", which is hidden_size there, as "hiddenSize" is.`,
    ]);
    expect(emitFlax(document).match(/self\.hidden_size = /g)).toHaveLength(1);
  });

  it('meet among members and fields, and among inputs', () => {
    expect(messages(addField(withMembers('numHeads'), 'c1', { name: 'num_heads', default: 1 }).document)).toHaveLength(1);
    const document = addInput(newDocument(), 'c1', { name: 'attentionMask', at }).document;
    expect(messages(addInput(document, 'c1', { name: 'attention_mask', at }).document)).toHaveLength(1);
  });
});
