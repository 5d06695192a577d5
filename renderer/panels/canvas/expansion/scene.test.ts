import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../core/check/index.ts';
import {
  addNote,
  annotationsOf,
  groupIntoClass,
  moveNodes,
  setParam,
  setRepeat,
  type ModelDocument,
} from '../../../../core/document/index.ts';
import { chain } from '../../../../core/test/chain.ts';
import { NOTHING_SELECTED } from '../../../state/session/store.ts';
import { drawnIn } from '../annotations/drawn-in.ts';
import { Sight } from '../in-sight.ts';
import { SceneStore, scopeAround, type Scene, type SceneSources } from './scene.ts';

const LENGTH = 1000;

/** A chain whose calls 500 to 502 are a class, in a list of two. */
function grouped(): { readonly document: ModelDocument; readonly call: string } {
  const { document, node } = groupIntoClass(chain(LENGTH), 'root', ['c500', 'c501', 'c502']);
  const call = document.classes['root']!.nodes[node]!;
  return { document: setRepeat(document, 'root', call.kind === 'call' ? call.member : '', 2), call: node };
}
const { document, call } = grouped();

const NONE: SceneSources['modules'] = [];
const STILL: SceneSources['dragged'] = {};
const STEPS: SceneSources['open'] = [];
const CHECKS = new Map<ModelDocument, SceneSources['check']>();

function sourcesOf(model: ModelDocument, more: Partial<SceneSources> = {}): SceneSources {
  let check = CHECKS.get(model);
  if (!check) CHECKS.set(model, (check = checkDocument(model)));
  return {
    document: model,
    check,
    modelClass: model.classes['root']!,
    open: STEPS,
    expanded: { [call]: 1 },
    inside: '',
    selection: NOTHING_SELECTED,
    tabStop: undefined,
    modules: NONE,
    direction: 'right',
    dragged: STILL,
    ...more,
  };
}

const idsOf = (scene: Scene): readonly string[] => scene.flatMap(({ drawing }) => drawing.nodes.map(({ id }) => id));

describe('a class that is expanded in a chain of a thousand', () => {
  const store = new SceneStore();
  const scene = store.draw(sourcesOf(document));
  const [base, inner] = [scene[0]!, scene[1]!];

  it('is drawn as the instance that it is, within a frame that holds all of it', () => {
    expect(inner.site.instance.at(-1)).toBe(1);
    const frame = base.drawing.byId.get(call)!;
    for (const { position, width = 0, height = 0 } of inner.drawing.nodes) {
      expect(position.x).toBeGreaterThan(frame.position.x);
      expect(position.x + width).toBeLessThan(frame.position.x + frame.width!);
      expect(position.y + height).toBeLessThan(frame.position.y + frame.height!);
    }
    expect(scopeAround(scene, inner.drawing.nodes[0]!.position)).toBe(inner);
  });

  it('is drawn alone where it alone is in sight, and nothing that nobody asked for', () => {
    const { position } = base.drawing.byId.get(call)!;
    const region = { left: position.x, top: position.y, right: position.x + 800, bottom: position.y + 200 };
    const shown = new Sight().of(scene, region, new Map());
    expect(shown[1]!.nodes.length).toBe(inner.drawing.size);
    expect(shown[0]!.nodes.length).toBeLessThan(20);
    const elsewhere = { left: -4000, top: -4000, right: -3000, bottom: -3000 };
    expect(new Sight().of(scene, elsewhere, new Map())[1]!.nodes).toEqual([]);
  });

  it('is one scene for the same sources, and after an edit only what it concerns is new', () => {
    expect(store.draw(sourcesOf(document))).toBe(scene);
    const redrawn = (sources: SceneSources): readonly string[] => {
      const fresh = new SceneStore();
      const nodesOf = (each: Scene) => each.flatMap(({ drawing }) => drawing.nodes);
      const old = new Set<object>(nodesOf(fresh.draw(sourcesOf(document))));
      return nodesOf(fresh.draw(sources)).flatMap((node) => (old.has(node) ? [] : [node.id]));
    };
    expect(redrawn(sourcesOf(document, { dragged: { c3: { x: 4, y: 8 } } }))).toEqual(['c3']);
    expect(redrawn(sourcesOf(moveNodes(document, 'root', { c5: { x: -900, y: 16 } })))).toEqual(['c5']);
    const [member] = inner.modelClass.members;
    const node = Object.values(inner.modelClass.nodes).find((each) => each.kind === 'call' && each.member === member!.id)!;
    // The call shows what its class is.
    const edited = setParam(document, inner.modelClass.id, { member: member!.id }, 'useBias', false);
    expect(redrawn(sourcesOf(edited))).toEqual([call, `${call}/${node.id}`]);
    const selection = { ...NOTHING_SELECTED, nodes: [node.id] };
    expect(redrawn(sourcesOf(document, { inside: call, selection }))).toEqual([`${call}/${node.id}`]);
  });

  it('holds the notes of the class, and what is expanded within it in turn', () => {
    const inside = inner.modelClass;
    const noted = addNote(document, inside.id, { at: { x: -400, y: -300 } }).document;
    const [first] = Object.keys(inside.nodes).filter((id) => inside.nodes[id]!.kind === 'call');
    const nested = groupIntoClass(noted, inside.id, [first!]);
    const model = nested.document;
    const within = `${call}/${nested.node}`;
    const [outer, middle, deep] = new SceneStore().draw(sourcesOf(model, { expanded: { [call]: 1, [within]: 0 } }));
    const frame = outer!.drawing.byId.get(call)!;
    const note = drawnIn(annotationsOf(model.classes[inside.id]!)[0]!, middle!.room);
    const nestedFrame = middle!.drawing.byId.get(nested.node)!;
    const boxes = [note, { ...nestedFrame.position, width: nestedFrame.width!, height: nestedFrame.height! }];
    for (const { x, y, width, height } of boxes) {
      expect(x > frame.position.x && y > frame.position.y).toBe(true);
      expect(x + width < frame.position.x + frame.width! && y + height < frame.position.y + frame.height!).toBe(true);
    }
    expect(deep!.site.instance).toHaveLength(3);
    for (const { position } of deep!.drawing.nodes) expect(scopeAround([outer!, middle!, deep!], position)).toBe(deep);
  });

  it('of ten thousand nodes gives React Flow only those in sight, and nothing anew for an edit elsewhere', () => {
    const large = chain(10_000);
    const ids = Object.keys(large.classes['root']!.nodes).filter((id) => large.classes['root']!.nodes[id]!.kind === 'call');
    const { document: model, node } = groupIntoClass(large, 'root', ids);
    const fresh = new SceneStore();
    const sources = sourcesOf(model, { expanded: { [node]: 0 } });
    const whole = fresh.draw(sources);
    expect(whole[1]!.drawing.size).toBeGreaterThan(10_000);
    const { position } = whole[1]!.drawing.byId.get('c5000') ?? whole[1]!.drawing.nodes[5000]!;
    const region = { left: position.x - 800, top: position.y - 400, right: position.x + 800, bottom: position.y + 400 };
    const shown = new Sight().of(whole, region, new Map());
    expect(shown[1]!.nodes.length).toBeGreaterThan(0);
    expect(shown[1]!.nodes.length).toBeLessThan(200);
    expect(fresh.draw({ ...sources, document: model })).toBe(whole);
  });

  it('leaves the document and its places as they are when it is folded', () => {
    const folded = store.draw(sourcesOf(document, { expanded: {} }));
    expect(folded.length).toBe(1);
    expect(idsOf(folded)).toEqual(idsOf([new SceneStore().draw(sourcesOf(document, { expanded: {} }))[0]!]));
    expect(folded[0]!.drawing.byId.get('c900')!.position).toEqual(document.classes['root']!.layout['c900']);
  });
});
