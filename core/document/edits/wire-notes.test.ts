import { describe, expect, it } from 'vitest';
import { newDocument } from '../new-document.ts';
import { parseDocument } from '../parse.ts';
import type { ModelDocument, Note, NodeId, WireId } from '../schema.ts';
import { writeDocument } from '../write.ts';
import { addNote, annotationsOf } from './annotations.ts';
import { copyNodes, paste } from './clipboard.ts';
import { groupIntoClass } from './group.ts';
import { addOp, moveNodes, removeNodes } from './nodes.ts';
import { ungroup } from './ungroup.ts';
import { connect, disconnect, insertOnWire } from './wires.ts';

/** x → relu → tanh → y, with a note on the wire between the two. */
function noted(): { readonly document: ModelDocument; readonly relu: NodeId; readonly tanh: NodeId; readonly wire: WireId } {
  const relu = addOp(newDocument(), 'c1', { op: 'relu', at: { x: 200, y: 0 } });
  const tanh = addOp(relu.document, 'c1', { op: 'tanh', at: { x: 440, y: 0 } });
  const ends = [
    [
      { node: 'n1', port: 'out' },
      { node: relu.node, port: 'x' },
    ],
    [
      { node: relu.node, port: 'y' },
      { node: tanh.node, port: 'x' },
    ],
    [
      { node: tanh.node, port: 'y' },
      { node: 'n2', port: 'in' },
    ],
  ] as const;
  const wired = ends.reduce((each, [from, to]) => connect(each, 'c1', from, to), tanh.document);
  const wire = wireInto(wired, tanh.node)!;
  const { document } = addNote(wired, 'c1', { text: 'why', at: { x: 300, y: 100 }, wire });
  return { document, relu: relu.node, tanh: tanh.node, wire };
}

const wireInto = (document: ModelDocument, node: NodeId, id = 'c1') =>
  Object.values(document.classes[id]!.wires).find(({ to }) => to.node === node)?.id;
const noteOf = (document: ModelDocument, id = 'c1') =>
  annotationsOf(document.classes[id]!).find((each): each is Note => each.kind === 'note');

describe('the note of a wire', () => {
  it('is of a wire that there is, and is saved with it', () => {
    const { document, wire } = noted();
    expect(noteOf(document)).toMatchObject({ text: 'why', wire });
    expect(() => addNote(document, 'c1', { at: { x: 0, y: 0 }, wire: 'w99' })).toThrow(/a wire of the class/);
    const read = parseDocument(writeDocument(document));
    expect(read.ok && read.document).toEqual(document);
  });

  it('goes as far as the middle of its wire, whoever moves the nodes', () => {
    const { document, relu, tanh } = noted();
    const both = moveNodes(document, 'c1', { [relu]: { x: 240, y: 20 }, [tanh]: { x: 480, y: 20 } });
    expect(noteOf(both)).toMatchObject({ x: 340, y: 120 });
    expect(noteOf(moveNodes(document, 'c1', { [tanh]: { x: 480, y: 0 } }))).toMatchObject({ x: 320, y: 100 });
    expect(noteOf(moveNodes(document, 'c1', { n1: { x: -80, y: 0 } }))).toBe(noteOf(document));
  });

  it('goes with its wire, and stays where another takes the place of that', () => {
    const { document, tanh, wire } = noted();
    expect(noteOf(disconnect(document, 'c1', [wire]))).toBeUndefined();
    expect(document.classes['c1']!.annotations).toHaveLength(1);
    expect(disconnect(document, 'c1', [wire]).classes['c1']).not.toHaveProperty('annotations');
    expect(noteOf(removeNodes(document, 'c1', [tanh]))).toBeUndefined();
    const abs = addOp(document, 'c1', { op: 'abs', at: { x: 320, y: 0 } });
    const inserted = insertOnWire(abs.document, 'c1', wire, abs.node, { input: 'x', output: 'y' });
    expect(noteOf(inserted)?.wire).toBe(wireInto(inserted, tanh));
    const other = connect(document, 'c1', { node: 'n1', port: 'out' }, { node: tanh, port: 'x' });
    expect(noteOf(other)?.wire).toBe(wireInto(other, tanh));
  });

  it('goes into a class with its wire, comes out again, and stays outside where its wire crosses the border', () => {
    const { document, relu, tanh, wire } = noted();
    const inside = groupIntoClass(document, 'c1', [relu, tanh]);
    expect(noteOf(inside.document)).toBeUndefined();
    expect(noteOf(inside.document, inside.class)?.wire).toBe(wire);
    const out = ungroup(inside.document, 'c1', inside.node).document;
    expect(noteOf(out)?.wire).toBe(wireInto(out, tanh));
    const across = groupIntoClass(document, 'c1', [relu]);
    expect(noteOf(across.document)?.wire).toBe(wireInto(across.document, tanh));
  });

  it('is copied as the note of the copied wire, and as one of none where that is left', () => {
    const { document, relu, tanh } = noted();
    const id = noteOf(document)!.id;
    const copyOf = (nodes: readonly NodeId[]) => {
      const pasted = paste(document, 'c1', copyNodes(document, 'c1', nodes, [id]));
      return { ...pasted, note: annotationsOf(pasted.document.classes['c1']!).at(-1) as Note };
    };
    const both = copyOf([relu, tanh]);
    expect(both.note.wire).toBe(wireInto(both.document, both.nodes.at(-1)!));
    expect(copyOf([relu]).note).not.toHaveProperty('wire');
  });
});
