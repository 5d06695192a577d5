/** @file Models that use a member by more than its call, drawn by the edits of the editor. */
import { addCall, addMember } from '../document/edits/members.ts';
import { addField } from '../document/edits/fields.ts';
import { addOp, removeNodes, setInput } from '../document/edits/nodes.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import type { ModelDocument } from '../document/schema.ts';

const at = { x: 0, y: 0 };

type Wires = readonly (readonly [from: string, out: string, to: string, into: string])[];

function wired(document: ModelDocument, wires: Wires): ModelDocument {
  return wires.reduce((each, [node, port, to, into]) => connect(each, 'c1', { node, port }, { node: to, port: into }), document);
}

/** relu(x · kernel + bias) · kernelᵀ, of 4 features over 3. The node that reads the kernel is n5. */
export function tiedAutoencoder(): ModelDocument {
  const encode = addMember(setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 4] }), 'c1', {
    type: 'Linear',
    name: 'encode',
    args: { outFeatures: 3 },
    at,
  });
  const relu = addOp(encode.document, 'c1', { op: 'relu', at });
  const kernel = addCall(relu.document, 'c1', encode.member, at, { variable: 'kernel' });
  const turned = addOp(kernel.document, 'c1', { op: 'transpose', at });
  const product = addOp(turned.document, 'c1', { op: 'matmul', at });
  return wired(product.document, [
    ['n1', 'out', encode.node, 'x'],
    [encode.node, 'y', relu.node, 'x'],
    [kernel.node, 'value', turned.node, 'x'],
    [relu.node, 'y', product.node, 'a'],
    [turned.node, 'y', product.node, 'b'],
    [product.node, 'y', 'n2', 'in'],
  ]);
}

/** embed.attend(tanh(embed(x))) of ids below 5 with 3 features; read instead of called: tanh(embed(x)) · embeddingᵀ. */
export function tiedTable(decoder: 'attend' | 'embedding'): ModelDocument {
  const embed = addMember(setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 2], dtype: 'int32' }), 'c1', {
    type: 'Embed',
    args: { numEmbeddings: 5, features: 3 },
    at,
  });
  const tanh = addOp(embed.document, 'c1', { op: 'tanh', at });
  const start = wired(tanh.document, [
    ['n1', 'out', embed.node, 'ids'],
    [embed.node, 'y', tanh.node, 'x'],
  ]);
  if (decoder === 'attend') {
    const attend = addCall(start, 'c1', embed.member, at, { method: 'attend' });
    return wired(attend.document, [
      [tanh.node, 'y', attend.node, 'query'],
      [attend.node, 'y', 'n2', 'in'],
    ]);
  }
  const table = addCall(start, 'c1', embed.member, at, { variable: 'embedding' });
  const turned = addOp(table.document, 'c1', { op: 'transpose', at });
  const product = addOp(turned.document, 'c1', { op: 'matmul', at });
  return wired(product.document, [
    [table.node, 'value', turned.node, 'x'],
    [tanh.node, 'y', product.node, 'a'],
    [turned.node, 'y', product.node, 'b'],
    [product.node, 'y', 'n2', 'in'],
  ]);
}

/** A model that reads the kernel of a Linear, which nothing calls. */
export function readKernel(args: Readonly<Record<string, number>>): ModelDocument {
  const linear = addMember(newDocument(), 'c1', { type: 'Linear', args, at });
  const kernel = addCall(linear.document, 'c1', linear.member, at, { variable: 'kernel' });
  const bare = removeNodes(kernel.document, 'c1', [linear.node]);
  return wired(bare, [[kernel.node, 'value', 'n2', 'in']]);
}

/** linear(x) · scale + shift, of 3 features: two Params of the class's own, the first of a length that is a field. */
export function ownParams(): ModelDocument {
  const width = { $: 'width' };
  const field = addField(setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 2] }), 'c1', { name: 'width', type: 'int', default: 3 });
  const linear = addMember(field.document, 'c1', { type: 'Linear', args: { outFeatures: width }, at });
  const init = { name: 'normal', stddev: 0.5 };
  const scale = addMember(linear.document, 'c1', { type: 'Param', name: 'scale', args: { shape: [1, width], init }, at });
  const shift = addMember(scale.document, 'c1', { type: 'Param', name: 'shift', args: { shape: 3, init: 'zeros' }, at });
  const product = addOp(shift.document, 'c1', { op: 'multiply', at });
  const sum = addOp(product.document, 'c1', { op: 'add', at });
  return wired(sum.document, [
    ['n1', 'out', linear.node, 'x'],
    [linear.node, 'y', product.node, 'a'],
    [scale.node, 'value', product.node, 'b'],
    [product.node, 'y', sum.node, 'a'],
    [shift.node, 'value', sum.node, 'b'],
    [sum.node, 'y', 'n2', 'in'],
  ]);
}
