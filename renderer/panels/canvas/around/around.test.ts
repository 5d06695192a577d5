import { expect, it } from 'vitest';
import { checkDocument } from '../../../../core/check/index.ts';
import { groupIntoClass } from '../../../../core/document/index.ts';
import { chain } from '../../../../core/test/chain.ts';
import { NOTHING_SELECTED } from '../../../state/session/store.ts';
import { SceneStore } from '../expansion/scene.ts';
import { frameAround, framesOf, type FrameAround } from './around.ts';

const outer: FrameAround = { x: 0, y: 0, width: 4000, height: 3000, title: 'Encoder' };
const inner: FrameAround = { x: 1000, y: 1000, width: 900, height: 900, title: 'Attention' };
const at = (x: number, y: number) => frameAround([outer, inner], { x, y, width: 600, height: 400 })?.title;

it('names the innermost frame that one is deep inside of', () => {
  expect(at(2500, 2000)).toBe('Encoder');
  expect(at(1200, 1200)).toBe('Attention');
});

it('says nothing where the head of the frame is seen, or one is in none', () => {
  expect(at(900, 950)).toBeUndefined();
  expect(at(-20, -20)).toBeUndefined();
  expect(at(9000, 9000)).toBeUndefined();
});

it('knows the frames of what is expanded in place, by class and path', () => {
  const { document, node } = groupIntoClass(chain(6), 'root', ['c2', 'c3']);
  const sources = {
    document,
    check: checkDocument(document),
    modelClass: document.classes['root']!,
    open: [],
    modules: [],
    dragged: {},
    tabStop: undefined,
  };
  const scene = new SceneStore().draw({ ...sources, expanded: { [node]: 0 }, inside: '', selection: NOTHING_SELECTED, direction: 'right' });
  const [frame] = framesOf(scene);
  expect(frame).toMatchObject({ ...scene[0]!.drawing.byId.get(node)!.position });
  expect(frame!.title).toBe(`${scene[1]!.modelClass.name} ${String(scene[1]!.site.instance.at(-1))}`);
});
