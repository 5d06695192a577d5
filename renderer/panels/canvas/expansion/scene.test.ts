import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../core/check/index.ts';
import { groupIntoClass, moveNodes, setParam, setRepeat, type ModelDocument } from '../../../../core/document/index.ts';
import { chain } from '../../../../core/test/chain.ts';
import { NOTHING_SELECTED } from '../../../state/session/store.ts';
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

  it('leaves the document and its places as they are when it is folded', () => {
    const folded = store.draw(sourcesOf(document, { expanded: {} }));
    expect(folded.length).toBe(1);
    expect(idsOf(folded)).toEqual(idsOf([new SceneStore().draw(sourcesOf(document, { expanded: {} }))[0]!]));
    expect(folded[0]!.drawing.byId.get('c900')!.position).toEqual(document.classes['root']!.layout['c900']);
  });
});
