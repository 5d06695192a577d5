import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { PLAIN_ROOM } from './expansion/room.ts';
import { FlowStore } from './flow-store.ts';
import { inRegion, regionOf } from './in-sight.ts';

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
});
