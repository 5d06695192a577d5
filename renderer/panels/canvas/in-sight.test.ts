import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { disconnect, moveNodes, removeNodes, setParam, type ModelDocument, type Point } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { applyRandomEdits } from '../../../core/test/random-edits.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { candidatesAfter, candidatesIn } from './candidates.ts';
import { PLAIN_ROOM } from './expansion/room.ts';
import { SceneStore } from './expansion/scene.ts';
import { FlowStore } from './flow-store.ts';
import { inRegion, regionOf, Sight } from './in-sight.ts';

describe('the region that React Flow is given', () => {
  it('holds all that is in sight, whatever the pan and zoom', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(-1e5, 1e5), number(-1e5, 1e5), number(0.05, 4), number(1, 4000), number(1, 3000), (x, y, zoom, width, height) => {
        const { left, top, right, bottom } = regionOf({ width, height, transform: [x, y, zoom] });
        const close = 1e-6 * (1 + Math.abs(x / zoom) + Math.abs(y / zoom));
        expect(left).toBeLessThanOrEqual(-x / zoom + close);
        expect(top).toBeLessThanOrEqual(-y / zoom + close);
        expect(right).toBeGreaterThanOrEqual((width - x) / zoom - close);
        expect(bottom).toBeGreaterThanOrEqual((height - y) / zoom - close);
        // And not much more: what it costs hangs on it.
        expect(right - left).toBeLessThanOrEqual((5 * width) / zoom + 1e-6);
      }),
      { seed: 3 },
    );
  });

  it('is one for small pans', () => {
    const at = (x: number) => regionOf({ width: 1000, height: 800, transform: [x, 0, 1] });
    expect(at(-10)).toEqual(at(-400));
    expect(at(-10)).not.toEqual(at(-600));
  });
});

describe('of a chain of a thousand', () => {
  const document = chain(1000);
  const drawing = new FlowStore().draw({
    document,
    check: checkDocument(document),
    modelClass: document.classes['root']!,
    instance: [],
    site: { key: '', class: 'root', open: [], instance: [] },
    room: PLAIN_ROOM,
    selection: NOTHING_SELECTED,
    tabStop: undefined,
    modules: [],
    direction: 'right',
    dragged: {},
  });
  const { position } = drawing.byId.get('c500')!;
  const region = { left: position.x, top: position.y, right: position.x + 100, bottom: position.y + 40 };

  it('what touches a region is drawn, with both ends of its wires', () => {
    const { nodes, wires } = inRegion(drawing, region, []);
    expect(nodes.map(({ id }) => id)).toContain('c500');
    expect(nodes.length).toBeLessThan(60);
    const ids = new Set(nodes.map(({ id }) => id));
    for (const { source, target } of wires) expect([ids.has(source), ids.has(target)]).toEqual([true, true]);
    expect(wires.map(({ target }) => target)).toContain('c500');
  });

  it('what is selected stays, out of sight as well', () => {
    expect(inRegion(drawing, region, ['c3']).nodes.map(({ id }) => id)).toContain('c3');
  });

  it('so many count as near as lie there, whatever is selected elsewhere', () => {
    const selected = Object.keys(document.classes['root']!.nodes);
    expect(inRegion(drawing, region, selected).near).toBe(inRegion(drawing, region, []).near);
    expect(inRegion(drawing, { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 }, []).near).toBe(1002);
  });
});

it('is followed from one edit to the next without looking at the rest of the graph', () => {
  const start = chain(60);
  const store = new SceneStore();
  const drawingOf = (document: ModelDocument) => {
    const modelClass = document.classes['root']!;
    const sources = {
      document,
      check: checkDocument(document),
      modelClass,
      open: [],
      expanded: {},
      modules: [],
      inside: '',
      dragged: {},
      tabStop: undefined,
    };
    return store.draw({ ...sources, selection: NOTHING_SELECTED, direction: 'right' })[0]!.drawing;
  };
  const region = { left: 2000, top: -100, right: 4000, bottom: 900 };
  const before = drawingOf(start);
  const candidates = candidatesIn(before, region);
  for (const edited of [
    disconnect(start, 'root', ['w12']),
    moveNodes(start, 'root', { c11: { x: 2100, y: 40 } }),
    setParam(start, 'root', { member: 'm11' }, 'useBias', false),
    removeNodes(start, 'root', ['c12']),
  ]) {
    const now = drawingOf(edited);
    const after = candidatesAfter(candidates, before, now, region);
    const found = candidatesIn(now, region);
    expect(after?.wires).toEqual(found.wires);
    expect([...(after?.nodes ?? [])].sort()).toEqual([...found.nodes].sort());
  }
});

describe('what is in sight after an edit', () => {
  const ids = (shown: readonly { readonly nodes: readonly { id: string }[]; readonly wires: readonly { id: string }[] }[]) =>
    shown.map(({ nodes, wires }) => ({ nodes: nodes.map(({ id }) => id), wires: wires.map(({ id }) => id).sort() }));

  it('is what is found by looking at all of the graph, whatever was edited and dragged before', () => {
    const start = chain(60);
    const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 25 });
    const places = fc.record({ left: fc.integer({ min: -500, max: 9000 }), top: fc.integer({ min: -300, max: 300 }), width: fc.nat(4000) });
    fc.assert(
      fc.property(numbers, places, (choices, { left, top, width }) => {
        const region = { left, top, right: left + width, bottom: top + 700 };
        const kept = new Map<string, readonly string[]>();
        const [scenes, sight] = [new SceneStore(), new Sight()];
        const look = (document: ModelDocument, dragged: Readonly<Record<string, Point>> = {}) => {
          const check = checkDocument(document);
          const modelClass = document.classes[document.root.class]!;
          const sources = { document, check, modelClass, open: [], expanded: {}, modules: [], inside: '', dragged, tabStop: undefined };
          const scene = (store: SceneStore) => store.draw({ ...sources, selection: NOTHING_SELECTED, direction: 'right' });
          const found = sight.of(scene(scenes), region, kept);
          expect(ids(found)).toEqual(ids(new Sight().of(scene(new SceneStore()), region, kept)));
        };
        look(start);
        applyRandomEdits(start, choices, (document, before) => {
          look(document);
          const [node = ''] = Object.keys(document.classes[document.root.class]!.nodes);
          look(document, { [node]: { x: left, y: top } });
          look(document);
          look(before);
          look(document);
        });
      }),
      { seed: 31, numRuns: 15 },
    );
  });
});
