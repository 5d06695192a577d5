import { expect, it } from 'vitest';
import { NOTHING_SELECTED } from '../../../state/session/store.ts';
import { applySelect } from './selecting.ts';

const selection = { ...NOTHING_SELECTED, nodes: ['n1', 'n2'] };

it('adds and removes within one graph', () => {
  const changes = [
    { id: 'c/n1', selected: false },
    { id: 'c/n3', selected: true },
  ];
  expect(applySelect('nodes', selection, 'c', changes)).toEqual({ inside: 'c', ids: ['n2', 'n3'] });
});

it('leaves one graph for another, and takes the outermost of several', () => {
  expect(applySelect('nodes', selection, '', [{ id: 'c/n1', selected: true }])).toEqual({ inside: 'c', ids: ['n1'] });
  const both = ['c/n1', 'd', 'c/d/n2'].map((id) => ({ id, selected: true }));
  expect(applySelect('nodes', NOTHING_SELECTED, 'c', both)).toEqual({ inside: '', ids: ['d'] });
});

it('says when nothing has changed', () => {
  expect(applySelect('nodes', selection, '', [{ id: 'n1', selected: true }])).toBeUndefined();
});
