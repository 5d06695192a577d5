/** @file What is offered to mend a problem: it can be done, it changes nothing but by being done, and the problem is gone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeClass } from '../document/edits/change.ts';
import { addClass } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addMember } from '../document/edits/members.ts';
import { addInput, addOp, setInput } from '../document/edits/nodes.ts';
import { connect, disconnect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import { parseDocument } from '../document/parse.ts';
import type { Problem } from '../document/problem.ts';
import type { Arguments, DeclaredShape, JsonValue, ModelDocument } from '../document/schema.ts';
import { writeDocument } from '../document/write.ts';
import { validDocument } from '../test/valid-documents.ts';
import { faultyDocument, STARTS } from '../test/faulty-documents.ts';
import { checkDocument } from './check-document.ts';
import { nodePorts } from './ports.ts';

const key = ({ code, place, message }: Problem) => JSON.stringify([code, place, message]);

/** Every fix that is offered for the document, done. */
function mendAll(document: ModelDocument): number {
  const { problems } = checkDocument(document);
  let offered = 0;
  for (const each of problems.slice(0, 6))
    for (const fix of each.fixes ?? []) {
      offered++;
      const before = writeDocument(document);
      const said = `${each.code}: ${each.message} ${fix.label}`;
      let mended: ModelDocument;
      try {
        mended = fix.edit(document);
      } catch (error) {
        throw new Error(said, { cause: error });
      }
      expect(writeDocument(document), said).toBe(before);
      expect(parseDocument(writeDocument(mended)).ok, said).toBe(true);
      expect(checkDocument(mended).problems.map(key), said).not.toContain(key(each));
    }
  return offered;
}

const at = { x: 0, y: 0 };

/** A model of x in this shape, of layers and ops in a row, to y. */
function row(shape: DeclaredShape, ...steps: readonly (readonly [type: string, args?: Arguments])[]): ModelDocument {
  let document = setInput(newDocument(), 'c1', 'n1', { shape });
  let from = { node: 'n1', port: 'out' };
  for (const [type, args = {}] of steps) {
    const isLayer = /^[A-Z]/.test(type);
    const added = isLayer ? addMember(document, 'c1', { type, args, at }) : addOp(document, 'c1', { op: type, args, at });
    const [port] = Object.keys(nodePorts(added.document, 'c1', added.node)!.inputs);
    document = connect(added.document, 'c1', from, { node: added.node, port: port! });
    from = { node: added.node, port: Object.keys(nodePorts(added.document, 'c1', added.node)!.outputs)[0]! };
  }
  return connect(document, 'c1', from, { node: 'n2', port: 'in' });
}

/** x and another input into an op of two. */
function pair(op: string, a: DeclaredShape, b: DeclaredShape, dtype: 'float32' | 'int32' = 'float32'): ModelDocument {
  const given = addInput(setInput(newDocument(), 'c1', 'n1', { shape: a }), 'c1', { shape: b, dtype, at });
  const added = addOp(given.document, 'c1', { op, at });
  const [first, second] = Object.keys(nodePorts(added.document, 'c1', added.node)!.inputs);
  const half = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: first! });
  const whole = connect(half, 'c1', { node: given.node, port: 'out' }, { node: added.node, port: second! });
  return connect(whole, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
}

function withField(document: ModelDocument, name: string, value: number): ModelDocument {
  return addField(document, 'c1', { name, type: 'int', default: value }).document;
}

describe('what mends a fault that people make', () => {
  const image: DeclaredShape = ['batch', 28, 28, 1];
  const faults: Readonly<Record<string, readonly [ModelDocument, readonly string[]]>> = {
    'inFeatures of another layer': [
      row(['batch', 8], ['Linear', { inFeatures: 9, outFeatures: 4 }]),
      ['Infer inFeatures', 'Set inFeatures to 8'],
    ],
    'inFeatures that a field has': [
      withField(row(['batch', 8], ['Linear', { inFeatures: 9, outFeatures: 4 }]), 'width', 8),
      ['Infer inFeatures', 'Set inFeatures to width'],
    ],
    'a picture into a Linear that counts all its pixels': [
      row(image, ['Linear', { inFeatures: 784, outFeatures: 10 }]),
      ['Insert flatten', 'Infer inFeatures'],
    ],
    'channels of another picture': [row(image, ['Conv', { inFeatures: 3, outFeatures: 8, kernelSize: [3, 3] }]), ['Infer inFeatures']],
    'a picture without channels': [
      row(['batch', 28, 28], ['Conv', { outFeatures: 8, kernelSize: [3, 3] }]),
      ['Insert expandDims to (batch, 28, 28, 1)'],
    ],
    'a picture written as a row': [
      row(['batch', 784], ['Conv', { outFeatures: 8, kernelSize: [3, 3] }]),
      ['Insert reshape to (batch, 28, 28, 1)'],
    ],
    'features of another normalization': [row(['batch', 8], ['BatchNorm', { numFeatures: 16 }]), ['Infer numFeatures']],
    'a window larger than the picture': [
      row(['batch', 2, 2, 1], ['Conv', { outFeatures: 8, kernelSize: [3, 3], padding: 'VALID' }]),
      ['Set padding to SAME'],
    ],
    'numbers in place of ids': [row(['batch', 5], ['Embed', { numEmbeddings: 9, features: 4 }]), ['Insert cast to int32']],
    'heads that do not divide': [row(['batch', 5, 30], ['MultiHeadAttention', { numHeads: 8 }]), ['Set numHeads to 6']],
    'groups that do not divide': [row(['batch', 5, 6], ['GroupNorm', { numGroups: 4 }]), ['Set numGroups to 3']],
    'a reshape of another size': [row(['batch', 6], ['reshape', { shape: [4, 3] }]), ['Set shape to (-1, 3)']],
    'a reshape that nothing divides': [row(['batch', 6], ['reshape', { shape: [-1, 5] }]), ['Set shape to (-1, 6)']],
    'parts that do not divide': [row(['batch', 6], ['split', { sections: 4, axis: 1 }]), ['Set sections to 3']],
    'an argument out of range': [row(['batch', 6], ['Dropout', { rate: 1.5 }]), ['Set rate to 1']],
    'an argument of another kind': [row(['batch', 6], ['Linear', { outFeatures: '16' }]), ['Set outFeatures to 16']],
    'a missing argument': [row(['batch', 6], ['Linear']), ['Set outFeatures to 64']],
    'an argument that is misspelt': [
      row(['batch', 6], ['Linear', { out_features: 3 }]),
      ['Write outFeatures instead of out_features', 'Remove out_features'],
    ],
    'a field that is not there': [row(['batch', 6], ['Linear', { outFeatures: { $: 'width' } }]), ['Add the field width']],
    'a field that is misspelt': [
      withField(row(['batch', 6], ['Linear', { outFeatures: { $: 'wdth' } }]), 'width', 8),
      ['Write width instead of wdth', 'Add the field wdth'],
    ],
    'a half that may be a fraction': [
      withField(row(['batch', 6], ['Linear', { outFeatures: { $: 'width / 2' } }]), 'width', 8),
      ['Divide with // in outFeatures'],
    ],
    'features that cannot be added': [pair('add', ['batch', 8], ['batch', 6]), ['Insert Linear to 8']],
    'a matrix the wrong way round': [pair('matmul', ['batch', 8], [6, 8]), ['Insert transpose']],
    'a target without its axis': [pair('meanSquaredError', ['batch', 1], ['batch']), ['Insert expandDims at axis 1']],
    'labels that are no integers': [pair('softmaxCrossEntropyWithIntegerLabels', ['batch', 3], ['batch']), ['Insert cast to int32']],
    'columns joined along the rows': [pair('concatenate', [4, 8], [6, 8]), ['Set axis to 0']],
    'a wire that was cut': [disconnect(row(['batch', 6], ['relu']), 'c1', ['w2']), ['Wire x into x']],
  };

  it.each(Object.entries(faults))('%s', (_, [document, labels]) => {
    const { problems } = checkDocument(document);
    const first = problems.find(({ fixes }) => fixes?.[0]?.label === labels[0]);
    expect(first?.fixes?.map(({ label }) => label).slice(0, labels.length), JSON.stringify(problems)).toEqual(labels);
    expect(mendAll(document)).toBeGreaterThan(0);
    const mended = first!.fixes![0]!.edit(document);
    expect(checkDocument(mended).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('the last two nodes of a loop, names that cannot be, and a class that is gone', () => {
    const looped = row(['batch', 6], ['relu'], ['tanh']);
    const { wires } = looped.classes['c1']!;
    const back = { w9: { id: 'w9', from: { node: 'n4', port: 'y' }, to: { node: 'n3', port: 'x' } } };
    const cycle = changeClass(looped, 'c1', (each) => ({ ...each, wires: { ...wires, ...back } }));
    expect(mendAll(cycle)).toBeGreaterThan(0);
    const named = changeClass(row(['batch', 6], ['Linear', { outFeatures: 3 }]), 'c1', (each) => ({
      ...each,
      members: each.members.map((member) => ({ ...member, name: 'class' })),
    }));
    expect(checkDocument(named).problems[0]!.fixes!.map(({ label }) => label)).toEqual(['Rename to class1']);
    const gone = row(['batch', 6], ['Linear', { outFeatures: 6 }]);
    const missing = changeClass(gone, 'c1', (each) => ({
      ...each,
      members: each.members.map((m) => ({ ...m, type: 'class:c7', args: {} })),
    }));
    const [creation] = checkDocument(missing).problems[0]!.fixes!;
    expect(creation!.label).toBe('Create the missing class');
    expect(checkDocument(creation!.edit(missing)).problems).toEqual([]);
    for (const each of [named, missing]) expect(mendAll(each)).toBeGreaterThan(0);
  });
});

describe('whatever is wrong with a document', () => {
  it('each fix that is offered can be done, and mends what it is offered for', () => {
    let offered = 0;
    const change = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(fc.nat(STARTS - 1), fc.array(change, { minLength: 1, maxLength: 4 }), (which, changes) => {
        offered += mendAll(faultyDocument(which, changes));
      }),
      { seed: 5, numRuns: 120 },
    );
    expect(offered).toBeGreaterThan(50);
  });

  it('so it is where arguments of a model that is right were changed, or its wires cut', () => {
    const NUMBERS: readonly JsonValue[] = [3, 5, 0, -1, 0.5, '7', { $: 'width' }, { $: 'wdth / 2' }, [2, 3]];
    let offered = 0;
    fc.assert(
      fc.property(validDocument, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }), (document, changes) => {
        const changed = changes.reduce((each, [where, what]) => {
          const model = each.classes['c1']!;
          const wires = Object.keys(model.wires);
          if (where % 4 === 0) return disconnect(each, 'c1', wires.slice(what % wires.length, (what % wires.length) + 1));
          const members = model.members.filter(({ aliasOf }) => aliasOf === undefined);
          const member = members[what % members.length];
          if (!member) return each;
          const names = Object.keys(member.args);
          const name = names[where % Math.max(1, names.length)] ?? 'outFeatures';
          const args = { ...member.args, [name]: NUMBERS[(where + what) % NUMBERS.length]! };
          const now = model.members.map((other) => (other === member ? { ...member, args } : other));
          return { ...each, classes: { ...each.classes, c1: { ...model, members: now } } };
        }, document);
        offered += mendAll(changed);
      }),
      { seed: 6, numRuns: 60 },
    );
    expect(offered).toBeGreaterThan(50);
  });
});

it('a field that is given nothing takes the field of its own name from the class around it', () => {
  const { document, class: block } = addClass(withField(newDocument(), 'width', 32), { name: 'Block' });
  const open = addField(document, block, { name: 'width', type: 'int' }).document;
  const used = addMember(open, 'c1', { type: `class:${block}`, args: {}, at }).document;
  const found = checkDocument(used).problems.find(({ code }) => code === 'field/missing')!;
  expect(found.fixes!.map(({ label }) => label)).toEqual(['Set width to width']);
  expect(checkDocument(found.fixes![0]!.edit(used)).problems.map(({ code }) => code)).not.toContain('field/missing');
});

describe('a type that is written almost as a known one', () => {
  const offered = (document: ModelDocument) =>
    checkDocument(document)
      .problems.filter(({ code }) => code === 'type/unknown')
      .map(({ fixes = [] }) => fixes.map(({ label }) => label));

  it('is made the one that was meant, with its arguments, and stays where none is near', () => {
    const liner = addMember(newDocument(), 'c1', { type: 'Liner', args: { inFeatures: 2, outFeatures: 3 }, at }).document;
    expect(offered(liner)).toEqual([['Make it Linear']]);
    const [fix] = checkDocument(liner).problems.find(({ code }) => code === 'type/unknown')!.fixes!;
    expect(fix!.edit(liner).classes['c1']!.members).toMatchObject([{ type: 'Linear', args: { inFeatures: 2, outFeatures: 3 } }]);
    expect(offered(addOp(newDocument(), 'c1', { op: 'sigmiod', at }).document)).toEqual([['Make it sigmoid']]);
    expect(offered(addMember(newDocument(), 'c1', { type: 'Quaternion', args: {}, at }).document)).toEqual([[]]);
    // Of a layer no op is meant.
    expect(offered(addMember(newDocument(), 'c1', { type: 'Sigmoid', args: {}, at }).document)).toEqual([[]]);
    expect(mendAll(liner)).toBeGreaterThan(0);
  });
});
