import { describe, expect, it } from 'vitest';
import { removeNodes } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { createSessionStore } from '../session/store.ts';
import type { Traced } from '../session/traced.ts';
import { describeTraced, isDim, tracedHere, tracedNodes } from './traced.ts';

const root = chain(6).classes['root']!;
const traced: Traced = { way: 'up', from: ['c2'], class: 'root', view: 'flow:root', inside: '' };

describe('what is highlighted', () => {
  it('is all along the way with where it began, in words and in number', () => {
    expect([...tracedNodes(root, traced)].toSorted()).toEqual(['c0', 'c1', 'c2', 'i']);
    expect(describeTraced(root, traced)).toBe('3 upstream of layer2');
    expect(describeTraced(root, { ...traced, way: 'down', from: ['c2', 'c4'] })).toBe('3 downstream of 2 nodes');
  });

  it('follows the document', () => {
    const cut = removeNodes(chain(6), 'root', ['c1']).classes['root']!;
    expect([...tracedNodes(cut, traced)]).toEqual(['c2']);
  });

  it('leaves what is expanded in place to the call that it belongs to', () => {
    const nodes = tracedNodes(root, traced);
    expect(isDim(nodes, traced, '', 'c1')).toBe(false);
    expect(isDim(nodes, traced, '', 'c3')).toBe(true);
    expect(isDim(nodes, traced, 'c1/n2', 'n1')).toBe(false);
    expect(isDim(nodes, traced, 'c3', 'c0')).toBe(true);
  });

  it('lies within the graph where it began: what is around steps back, but for the frames around it', () => {
    const inner = { ...traced, inside: 'n7/n8' };
    const nodes = tracedNodes(root, inner);
    expect(isDim(nodes, inner, 'n7/n8', 'c0')).toBe(false);
    expect(isDim(nodes, inner, 'n7/n8', 'c5')).toBe(true);
    expect(isDim(nodes, inner, 'n7', 'n8')).toBe(false);
    expect(isDim(nodes, inner, '', 'n7')).toBe(false);
    expect(isDim(nodes, inner, '', 'c0')).toBe(true);
  });

  it('is not shown in another view', () => {
    const session = createSessionStore({ traced: { ...traced, view: 'flow:root' } });
    expect(tracedHere(session.getState())).not.toBeNull();
    session.enter({ class: 'other', instance: ['other'] });
    expect(tracedHere(session.getState())).toBeNull();
  });
});
