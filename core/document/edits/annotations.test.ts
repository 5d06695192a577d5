import { describe, expect, it } from 'vitest';
import { hashDocument } from '../hash.ts';
import { newDocument } from '../new-document.ts';
import { parseDocument } from '../parse.ts';
import { writeDocument } from '../write.ts';
import { addFrame, addNote, annotationsOf, changeAnnotation, moveAnnotations, removeAnnotations } from './annotations.ts';
import { bookmarksOf, removeBookmark, setBookmark } from './bookmarks.ts';
import { addClass, removeClass } from './classes.ts';
import { copyNodes, duplicateNodes, paste } from './clipboard.ts';
import { readClipping, writeClipping } from './clipping-text.ts';
import { EditError } from './edit-error.ts';
import { groupIntoClass } from './group.ts';
import { addMember, removeMember, setRepeat } from './members.ts';
import { connect } from './wires.ts';

const at = { x: 8, y: 16 };
const size = { width: 200, height: 120 };
const noted = addNote(newDocument(), 'c1', { text: 'Two lines\nof text', at }).document;
const framed = addFrame(noted, 'c1', { title: 'Encoder', color: 'blue', at, size }).document;
const of = (document: typeof framed) => annotationsOf(document.classes['c1']!);

describe('notes and frames', () => {
  it('are saved and read, and a document without any is written as before', () => {
    const text = writeDocument(framed);
    expect(text).toContain('"title": "Encoder"');
    const read = parseDocument(text);
    expect(read.ok && of(read.document)).toEqual(of(framed));
    expect(writeDocument(removeAnnotations(framed, 'c1', ['a1', 'a2']))).toBe(writeDocument(newDocument()));
  });

  it('change nothing that a run computes', () => {
    expect(hashDocument(framed)).toBe(hashDocument(newDocument()));
  });

  it('of a damaged file are refused with the place', () => {
    const read = parseDocument(writeDocument(framed).replace('"Two lines', '7, "a": "'));
    expect(read.ok ? [] : read.refusals.map(({ message }) => message)).toEqual([expect.stringContaining('classes.c1.annotations.0.text')]);
    const twice = parseDocument(writeDocument(framed).replace('"id": "a2"', '"id": "a1"'));
    expect(twice.ok ? '' : twice.refusals[0]!.message).toContain('each id once');
  });

  it('are changed and moved, and stay large enough to take hold of', () => {
    const moved = moveAnnotations(framed, 'c1', { a1: { x: 1, y: 2 }, a2: { x: 3, y: 4 } });
    expect(of(moved).map(({ x, y }) => [x, y])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(of(changeAnnotation(framed, 'c1', 'a2', { width: 1, height: 1 }))[1]).toMatchObject({ width: 80, height: 40 });
    expect(changeAnnotation(framed, 'c1', 'a1', { text: 'Two lines\nof text' })).toBe(framed);
    expect(() => changeAnnotation(framed, 'c1', 'a9', { text: '' })).toThrow(EditError);
  });

  it('are copied with a selection, also to another document as text', () => {
    const twice = duplicateNodes(framed, 'c1', ['n1'], ['a1']);
    expect(twice.annotations).toEqual(['a3']);
    expect(of(twice.document).at(-1)).toMatchObject({ id: 'a3', text: 'Two lines\nof text', x: 32, y: 40 });
    const read = readClipping(writeClipping(copyNodes(framed, 'c1', [], ['a2'])));
    if ('message' in read) throw new Error(read.message);
    expect(of(paste(newDocument(), 'c1', read.clipping).document)).toMatchObject([{ id: 'a1', title: 'Encoder', color: 'blue' }]);
  });

  it('move into the class that the selection becomes', () => {
    const added = addMember(framed, 'c1', { type: 'Linear', args: { outFeatures: 2 }, at });
    const wired = connect(added.document, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
    const grouped = groupIntoClass(wired, 'c1', [added.node], 'Block', ['a1']);
    expect(of(grouped.document).map(({ id }) => id)).toEqual(['a2']);
    expect(annotationsOf(grouped.document.classes[grouped.class]!).map(({ id }) => id)).toEqual(['a1']);
  });
});

describe('bookmarks', () => {
  const inner = addClass(newDocument(), { name: 'Inner' });
  const called = addMember(inner.document, 'c1', { type: `class:${inner.class}`, at });
  const mark = { key: 3, class: inner.class, instance: [called.member], x: 1, y: 2, zoom: 0.5 };
  const marked = setBookmark(called.document, mark);

  it('are saved and read under their digits, one each', () => {
    const read = parseDocument(writeDocument(marked));
    expect(read.ok && bookmarksOf(read.document)).toEqual([mark]);
    expect(bookmarksOf(setBookmark(marked, { ...mark, zoom: 1 }))).toEqual([{ ...mark, zoom: 1 }]);
    expect(removeBookmark(marked, 3)).toEqual(called.document);
    expect(() => setBookmark(marked, { ...mark, key: 10 })).toThrow('a digit from 1 to 9');
  });

  it('follow their instance, and go with their class', () => {
    expect(bookmarksOf(setRepeat(marked, 'c1', called.member, 2))[0]!.instance).toEqual([called.member, 0]);
    const removed = removeMember(marked, 'c1', called.member);
    expect(bookmarksOf(removed)[0]!.instance).toEqual([]);
    expect(bookmarksOf(removeClass(removed, inner.class))).toEqual([]);
  });
});
