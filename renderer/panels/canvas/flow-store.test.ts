import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/index.ts';
import { disconnect, moveNodes, setParam, type ModelDocument } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { PLAIN_ROOM } from './expansion/room.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { FlowStore, type FlowSources } from './flow-store.ts';
import { inRegion } from './in-sight.ts';

const LENGTH = 1000;

function sourcesOf(document: ModelDocument, more: Partial<FlowSources> = {}): FlowSources {
  const modelClass = document.classes['root']!;
  return {
    document,
    check: checkDocument(document),
    modelClass,
    instance: ROOT,
    site: SITE,
    room: PLAIN_ROOM,
    selection: NOTHING_SELECTED,
    tabStop: undefined,
    modules: NO_MODULES,
    direction: 'right',
    dragged: NOT_DRAGGED,
    ...more,
  };
}
const ROOT: FlowSources['instance'] = [];
const SITE: FlowSources['site'] = { key: '', class: 'root', open: [], instance: ROOT };
const NO_MODULES: FlowSources['modules'] = [];
const NOT_DRAGGED: FlowSources['dragged'] = {};

/** The ids of what is a new object after a change. */
function redrawn(change: (document: ModelDocument) => ModelDocument, more: Partial<FlowSources> = {}) {
  const store = new FlowStore();
  const document = chain(LENGTH);
  const { nodes, wires } = store.draw(sourcesOf(document));
  const old = new Set<object>([...nodes, ...wires]);
  const after = store.draw(sourcesOf(change(document), more));
  return {
    nodes: after.nodes.filter((node) => !old.has(node)).map(({ id }) => id),
    wires: after.wires.filter((wire) => !old.has(wire)).map(({ id }) => id),
    isSameWires: wires === after.wires,
  };
}

describe('of a thousand nodes', () => {
  it('a drag frame draws those that are dragged', () => {
    expect(redrawn((each) => each, { dragged: { c3: { x: 4, y: 8 } } })).toEqual({ nodes: ['c3'], wires: [], isSameWires: true });
  });

  it('a selection draws what is selected, and the wires beside it', () => {
    const selection = { ...NOTHING_SELECTED, nodes: ['c7'], wires: ['w9'] };
    expect(redrawn((each) => each, { selection })).toMatchObject({ nodes: ['c7'], wires: ['w8', 'w9'] });
  });

  it('the keyboard that goes on draws what it comes to, which says what it gives and where it is', () => {
    const store = new FlowStore();
    const document = chain(LENGTH);
    const sources = sourcesOf(document, { tabStop: 'c3' });
    const { nodes } = store.draw(sources);
    const after = store.draw({ ...sources, tabStop: 'c4' });
    expect(after.nodes.filter((node) => !nodes.includes(node)).map(({ id }) => id)).toEqual(['c3', 'c4']);
    expect(after.byId.get('c4')).toMatchObject({
      ariaLabel: `layer4, LayerNorm, (batch, 8) float32, 6 of ${LENGTH + 2}`,
      domAttributes: { tabIndex: 0 },
    });
    expect(after.byId.get('c3')).toMatchObject({ ariaLabel: 'layer3, Linear', domAttributes: { tabIndex: -1 } });
  });

  it('a move draws what was moved', () => {
    expect(redrawn((each) => moveNodes(each, 'root', { c5: { x: 12, y: 16 } }))).toMatchObject({ nodes: ['c5'], wires: [] });
  });

  it('a parameter draws its node, whose shape stays as it was', () => {
    expect(redrawn((each) => setParam(each, 'root', { member: 'm6' }, 'useBias', false))).toMatchObject({ nodes: ['c6'], wires: [] });
  });

  it('a wire that is cut draws the node that lacks it now', () => {
    const { nodes } = redrawn((each) => disconnect(each, 'root', ['w1000']));
    expect(nodes).toContain('c999');
    expect(nodes).not.toContain('c3');
  });

  it('nothing is made that nobody asked for', () => {
    const drawing = new FlowStore().draw(sourcesOf(chain(LENGTH)));
    const asked: string[] = [];
    const facts = { ...drawing, byId: { get: (id: string) => (asked.push(id), drawing.byId.get(id)) } };
    const { nodes } = inRegion(facts, { left: 0, top: 0, right: 500, bottom: 500 }, []);
    expect(nodes.length).toBeGreaterThan(0);
    expect(new Set(asked).size).toBeLessThan(20);
  });

  it('nothing is drawn anew for the same sources', () => {
    const store = new FlowStore();
    const sources = sourcesOf(chain(LENGTH));
    expect(store.draw({ ...sources })).toBe(store.draw(sources));
  });
});
