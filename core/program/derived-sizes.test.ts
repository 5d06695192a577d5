import { describe, expect, it } from 'vitest';
import { addClass, setRootArgs } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addMember } from '../document/edits/members.ts';
import { addOp, setInput } from '../document/edits/nodes.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, ClassId, ModelDocument } from '../document/schema.ts';
import { deriveSizes } from './derived-sizes.ts';

const at = { x: 0, y: 0 };
const $ = (text: string) => ({ $: text });

/** x → the given types in a row → y, in a class with whole numbers as fields. */
function chain(
  document: ModelDocument,
  classId: ClassId,
  fields: Readonly<Record<string, number>>,
  ...types: readonly (readonly [string, Arguments?])[]
): ModelDocument {
  let changed = Object.entries(fields).reduce(
    (all, [name, value]) => addField(all, classId, { name, type: 'int', default: value }).document,
    document,
  );
  let from = { node: 'n1', port: 'out' };
  for (const [type, args = {}] of types) {
    const added = /^[a-z]+$/.test(type) ? addOp(changed, classId, { op: type, args, at }) : addMember(changed, classId, { type, args, at });
    changed = connect(added.document, classId, from, { node: added.node, port: 'x' });
    from = { node: added.node, port: type === 'split' ? 'y0' : 'y' };
  }
  return connect(changed, classId, from, { node: 'n2', port: 'in' });
}

const expressions = (document: ModelDocument, classId = 'c1') =>
  (deriveSizes(document).get(classId) ?? []).map(({ param, expression }) => [param, expression]);

describe('sizes that follow from fields (X7)', () => {
  it.each([
    ['the field itself', [['Linear', { outFeatures: $('width') }], ['LayerNorm']], 'width'],
    ['a multiple of it', [['Linear', { outFeatures: $('2 * width + 1') }], ['LayerNorm']], '2 * width + 1'],
    ['a part of it', [['Linear', { outFeatures: $('width') }], ['split', { sections: 2 }], ['LayerNorm']], 'width // 2'],
  ] as const)('are written as %s', (_, types, expression) => {
    expect(expressions(chain(newDocument(), 'c1', { width: 4 }, ...types))).toContainEqual(['numFeatures', expression]);
  });

  it('are written as a product of fields', () => {
    const picture = setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 6, 6, 1] });
    const document = chain(
      picture,
      'c1',
      { width: 4 },
      ['Conv', { outFeatures: $('width'), kernelSize: [3, 3] }],
      ['flatten'],
      ['Linear', { outFeatures: 2 }],
    );
    expect(expressions(document)).toContainEqual(['inFeatures', '36 * width']);
    const rows = chain(newDocument(), 'c1', { width: 4, heads: 3 }, ['Linear', { outFeatures: $('width * heads') }], ['LayerNorm']);
    expect(expressions(rows)).toContainEqual(['numFeatures', 'width * heads']);
  });

  it('stay numbers where no field changes them', () => {
    expect(expressions(chain(newDocument(), 'c1', { width: 4 }, ['Linear', { outFeatures: 3 }], ['LayerNorm']))).toEqual([]);
  });

  it('of a class that lacks the field of its user are told to be frozen', () => {
    const added = addClass(chain(newDocument(), 'c1', { width: 4 }, ['Linear', { outFeatures: $('width') }]), { name: 'Inner' });
    let document = chain(setInput(added.document, added.class, 'n1', { shape: null }), added.class, {}, ['LayerNorm']);
    const member = addMember(document, 'c1', { type: `class:${added.class}`, at });
    document = connect(member.document, 'c1', { node: 'n3', port: 'y' }, { node: member.node, port: 'x' });
    expect(expressions(setRootArgs(document, {}), added.class)).toEqual([['numFeatures', undefined]]);
  });
});
