import { describe, expect, it } from 'vitest';
import { chain } from '../test/chain.ts';
import { parseDocument } from './parse.ts';
import { REACH, withinReach } from './reach.ts';
import type { Annotation, ModelDocument, Point } from './schema.ts';
import { writeDocument } from './write.ts';

function placed(document: ModelDocument, places: Readonly<Record<string, Point>>): ModelDocument {
  const root = document.classes['root']!;
  return { ...document, classes: { ...document.classes, root: { ...root, layout: { ...root.layout, ...places } } } };
}

function annotated(annotations: readonly Annotation[]): ModelDocument {
  const document = chain(2);
  return { ...document, classes: { ...document.classes, root: { ...document.classes['root']!, annotations } } };
}

function open(document: ModelDocument) {
  const result = parseDocument(writeDocument(document));
  if (!result.ok) throw new Error(result.refusals[0]?.message);
  return result;
}

describe('a document that is read', () => {
  it('is the same object where every place can be reached, the furthest too', () => {
    const document = placed(chain(3), { c0: { x: -REACH, y: REACH } });
    expect(withinReach(document)).toEqual({ document, notes: [] });
    expect(withinReach(document).document).toBe(document);
  });

  it.each([1e300, -1e300, 1e12, REACH + 1])('gives a node at %s a new place, says so and loses nothing else', (far) => {
    const { document, notes } = open(placed(chain(3), { c0: { x: far, y: 0 }, c1: { x: 0, y: far } }));
    const { c0: _c0, c1: _c1, ...others } = chain(3).classes['root']!.layout;
    expect(document).toEqual({ ...chain(3), classes: { root: { ...chain(3).classes['root'], layout: others } } });
    expect(notes).toEqual(['2 nodes of Net lay further away than the canvas reaches, and got a new place.']);
  });

  it('brings notes and frames back, with their texts', () => {
    const note = { id: 'a1', kind: 'note', text: 'why', x: 1e300, y: -1e300, width: -5, height: 0 } as const;
    const frame = { id: 'a2', kind: 'frame', title: 'all', color: 'red', x: 0, y: 0, width: 1e308, height: 90 } as const;
    const { document, notes } = open(annotated([note, frame]));
    expect(document.classes['root']!.annotations).toEqual([
      { ...note, x: REACH, y: -REACH, width: 80, height: 40 },
      { ...frame, width: REACH },
    ]);
    expect(notes).toHaveLength(1);
  });

  it('keeps bookmarks within what the canvas can show', () => {
    const bookmark = { key: 1, class: 'root', instance: [], x: 5, y: 1e300, zoom: 0 };
    const { document } = open({ ...chain(2), bookmarks: [bookmark, { ...bookmark, key: 2, y: 7, zoom: 1 }] });
    expect(document.bookmarks).toEqual([
      { ...bookmark, y: REACH * 0.01, zoom: 0.01 },
      { ...bookmark, key: 2, y: 7, zoom: 1 },
    ]);
  });
});
