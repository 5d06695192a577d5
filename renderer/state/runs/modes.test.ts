import { describe, expect, it } from 'vitest';
import type { AttributeValue, Path } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { modedMembers, modesShown, modesWithin } from './modes.ts';

const module = (path: Path, modes: Readonly<Record<string, AttributeValue>> = {}, alsoAt: readonly Path[] = []): ModuleInfo => ({
  path,
  type: 'Any',
  paramCount: 0,
  variables: [],
  attributes: Object.entries(modes).map(([name, value]) => ({ name, value, mode: true })),
  alsoAt,
});
const words = (modules: readonly ModuleInfo[], path: Path, mode: 'train' | 'eval' = 'train') =>
  modesShown(modules, path, mode).map(({ word, next }) => [word, next]);

const MODULES = [
  module(['blocks', 0, 'dropout'], { deterministic: true }),
  module(['blocks', 0]),
  module(['blocks', 1, 'dropout'], { deterministic: false }),
  module(['blocks', 1]),
  module(['attention'], { deterministic: false, decode: true }, [['again']]),
  module(['linear']),
  module([]),
];

describe('modes on the canvas', () => {
  it('are those of a Module itself, each with what a click makes of it', () => {
    expect(words(MODULES, ['attention'])).toEqual([
      ['train', true],
      ['decode true', false],
    ]);
    expect(words(MODULES, ['linear'])).toEqual([]);
  });

  it('say of a class or a list that what is within is not as the model is, and lead back to it', () => {
    expect(words(MODULES, ['blocks', 0])).toEqual([['eval', false]]);
    expect(words(MODULES, ['blocks', 1])).toEqual([]);
    expect(words(MODULES, ['blocks'])).toEqual([['partly eval', false]]);
    expect(words(MODULES, ['blocks', 1], 'eval')).toEqual([['train', true]]);
  });

  it('take a row of the nodes that show them, shared Modules under each name', () => {
    expect([...modedMembers(MODULES, [], 'train')].toSorted()).toEqual(['again', 'attention', 'blocks']);
    expect([...modedMembers(MODULES, ['blocks', 1], 'train')]).toEqual(['dropout']);
  });

  it('are counted over all that trains or evaluates below a path', () => {
    expect(modesWithin(MODULES, ['blocks'])).toMatchObject({ on: 1, total: 2, names: ['deterministic'] });
    expect(modesWithin(MODULES, ['linear'])).toBeUndefined();
  });
});
