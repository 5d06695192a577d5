/** @file Models that use a list in each way that a document can say, drawn by the edits of the editor. */
import { addClass } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addCall, addMember, setListUse, setRepeat } from '../document/edits/members.ts';
import { addInput, addOp, setInput } from '../document/edits/nodes.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ClassId, ListUse, ModelDocument, NodeId } from '../document/schema.ts';

const at = { x: 0, y: 0 };
type Wires = readonly (readonly [from: string, out: string, to: string, into: string])[];

export function wired(document: ModelDocument, classId: ClassId, wires: Wires): ModelDocument {
  return wires.reduce((each, [node, port, to, into]) => connect(each, classId, { node, port }, { node: to, port: into }), document);
}

/** `Mix(width)`: linear(x) * context, of as many features as come in. */
export function withMix(start: ModelDocument): { readonly document: ModelDocument; readonly mix: ClassId } {
  const { document: added, class: mix } = addClass(start, { name: 'Mix' });
  const { document: field } = addField(added, mix, { name: 'width', doc: 'Features in and out.' });
  const shaped = setInput(field, mix, 'n1', { shape: ['batch', { $: 'width' }] });
  const context = addInput(shaped, mix, { name: 'context', shape: ['batch', { $: 'width' }], at });
  const linear = addMember(context.document, mix, {
    type: 'Linear',
    args: { inFeatures: { $: 'width' }, outFeatures: { $: 'width' } },
    at,
  });
  const product = addOp(linear.document, mix, { op: 'multiply', at });
  const document = wired(product.document, mix, [
    ['n1', 'out', linear.node, 'x'],
    [linear.node, 'y', product.node, 'a'],
    [context.node, 'out', product.node, 'b'],
    [product.node, 'y', 'n2', 'in'],
  ]);
  return { document, mix };
}

/** Three Mix of width 2 over x and context; what leaves them leaves the model. */
export function listOfMix(use: ListUse, count = 3): { readonly document: ModelDocument; readonly list: NodeId } {
  const { document: classes, mix } = withMix(newDocument());
  const shaped = setInput(classes, 'c1', 'n1', { shape: ['batch', 2] });
  const context = addInput(shaped, 'c1', { name: 'context', shape: ['batch', 2], at });
  const blocks = addMember(context.document, 'c1', { type: `class:${mix}`, name: 'blocks', args: { width: 2 }, at });
  const repeated = setRepeat(blocks.document, 'c1', blocks.member, count);
  const document = wired(setListUse(repeated, 'c1', blocks.node, use), 'c1', [
    ['n1', 'out', blocks.node, 'x'],
    [context.node, 'out', blocks.node, 'context'],
    [blocks.node, 'y', 'n2', 'in'],
  ]);
  return { document, list: blocks.node };
}

/** heads: three Linear(4, 2), called as `use` says; the kernel of the second one is read, and what comes of the call is wired to the output. */
export function listOfLinear(use: ListUse): { readonly document: ModelDocument; readonly list: NodeId; readonly kernel: NodeId } {
  const shaped = setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 4] });
  const heads = addMember(shaped, 'c1', { type: 'Linear', name: 'heads', args: { outFeatures: 2 }, at });
  const repeated = setListUse(setRepeat(heads.document, 'c1', heads.member, 3), 'c1', heads.node, use);
  const kernel = addCall(repeated, 'c1', heads.member, at, { variable: 'kernel', item: 1 });
  const sum = addOp(kernel.document, 'c1', { op: 'sum', at });
  const product = addOp(sum.document, 'c1', { op: 'multiply', at });
  const document = wired(product.document, 'c1', [
    ['n1', 'out', heads.node, 'x'],
    [kernel.node, 'value', sum.node, 'x'],
    [heads.node, 'y', product.node, 'a'],
    [sum.node, 'y', product.node, 'b'],
    [product.node, 'y', 'n2', 'in'],
  ]);
  return { document, list: heads.node, kernel: kernel.node };
}
