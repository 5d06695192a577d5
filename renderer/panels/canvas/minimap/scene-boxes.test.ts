import { expect, it } from 'vitest';
import { checkDocument } from '../../../../core/check/index.ts';
import { groupIntoClass, setParam } from '../../../../core/document/index.ts';
import { chain } from '../../../../core/test/chain.ts';
import { NOTHING_SELECTED } from '../../../state/session/store.ts';
import { SceneStore } from '../expansion/scene.ts';
import { boxesOfScene } from './scene-boxes.ts';

const grouped = groupIntoClass(chain(10), 'root', ['c5', 'c6']);
const call = grouped.node;
const broken = setParam(grouped.document, 'root', { member: 'm0' }, 'outFeatures', 99);

it('shows each node by its kind, what is selected, what is wrong, and what is expanded within its edge', () => {
  const check = checkDocument(broken);
  const selection = { ...NOTHING_SELECTED, nodes: ['c8'] };
  const scene = new SceneStore().draw({
    document: broken,
    check,
    modelClass: broken.classes['root']!,
    open: [],
    expanded: { [call]: 0 },
    inside: '',
    tabStop: undefined,
    selection,
    modules: [],
    direction: 'right',
    dragged: {},
  });
  const boxes = boxesOfScene(scene, { check, selection, inside: '', heat: null, dims: null });
  expect(boxes).toHaveLength(scene.reduce((sum, { drawing }) => sum + drawing.size, 0));
  expect(boxes.filter(({ mark }) => mark === 'selected')).toEqual([expect.objectContaining({ color: '--accent' })]);
  expect(boxes.filter(({ mark }) => mark === 'problem').length).toBeGreaterThan(0);
  const [frame] = boxes.filter(({ mark }) => mark === 'outline');
  expect(frame).toMatchObject({ color: '--family-class', width: scene[0]!.drawing.byId.get(call)!.width });
  expect(new Set(boxes.map(({ color }) => color))).toContain('--family-dense');
});

it('takes the colours of an overlay for the graph that the canvas shows, and lets what is not highlighted step back', () => {
  const document = chain(3);
  const check = checkDocument(document);
  const sources = { document, check, modelClass: document.classes['root']!, open: [], expanded: {}, modules: [], dragged: {} };
  const scene = new SceneStore().draw({ ...sources, inside: '', tabStop: undefined, selection: NOTHING_SELECTED, direction: 'right' });
  const heat = (node: string) => (node === 'c1' ? 'var(--nan)' : undefined);
  const boxes = boxesOfScene(scene, { check, selection: NOTHING_SELECTED, inside: '', heat, dims: (_inside, node) => node === 'c2' });
  expect(boxes.filter(({ color }) => color === '--nan')).toHaveLength(1);
  expect(boxes.filter(({ color }) => color === '--line-strong')).toHaveLength(1);
});
