import { describe, expect, it } from 'vitest';
import { Affine, Bag, makeCycle } from '../test/nnx-models.ts';
import { dispose } from './dispose.ts';
import { isGraphMode, setGraphMode, withGraphMode } from './graph-mode.ts';
import { iterGraph } from './iterate.ts';
import { iterModules } from './module.ts';
import { clone, graphdef, split } from './split.ts';
import { view } from './view.ts';

const shared = () => {
  const affine = new Affine();
  return { affine, model: new Bag({ a: affine, b: affine }) };
};

describe('graph mode and tree mode', () => {
  it('GRF-001 SVS-002 graph mode is the default; a call may say otherwise', () => {
    const { affine, model } = shared();
    expect([...iterModules(model)].length).toBe(2);
    expect(() => [...iterModules(model, { graph: false })]).toThrow(/^Duplicate/);
    dispose(affine);
  });

  it('GRF-002 TSD-025 the default can be switched, for good or for a function, nested and with exceptions', () => {
    const modes: boolean[] = [];
    const note = () => modes.push(isGraphMode(undefined));
    withGraphMode(false, () => {
      note();
      withGraphMode(true, note);
      note();
    });
    expect(() =>
      withGraphMode(false, () => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    note();
    setGraphMode(false);
    note();
    setGraphMode(true);
    expect([...modes, isGraphMode(undefined), isGraphMode(false)]).toEqual([false, true, false, true, false, true, false]);
  });

  it('GRF-003 in graph mode for one call is what nnx.compat is', () => {
    const { affine, model } = shared();
    withGraphMode(false, () => {
      expect([...iterModules(model, { graph: true })].length).toBe(2);
      expect(() => [...iterModules(model)]).toThrow(/withGraphMode\(true, /);
    });
    dispose(affine);
  });

  it('GRF-006 GRF-007 names the function, both paths and three remedies for shared Variables', () => {
    const { affine, model } = shared();
    const errorOf = (f: () => unknown): string => {
      try {
        f();
        return 'no error';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const inTreeMode = (f: () => unknown) => errorOf(() => withGraphMode(false, f));
    const messages = {
      iterGraph: inTreeMode(() => [...iterGraph(model)]),
      recursiveMap: inTreeMode(() => view(model)),
      split: inTreeMode(() => split(model)),
      clone: inTreeMode(() => clone(model)),
    };
    for (const [name, message] of Object.entries(messages)) {
      expect(message).toMatch(
        /^Duplicate Param\nfound at paths:\n\n {2}- a\/bias\n {2}- b\/bias\n\nTree mode \(graph=False\) does not support shared references\./,
      );
      expect(message).toContain(`2. Enable graph mode by passing graph: true to ${name}.`);
      expect(message.match(/^\d\./gm)).toEqual(['1.', '2.', '3.']);
    }
    expect(inTreeMode(() => graphdef(model))).toMatch(/^Duplicate/);
    dispose(affine);
  });

  it('GRF-008 names both paths of a cycle', () => {
    expect(() => [...iterGraph(makeCycle(), { graph: false })]).toThrow(
      /^Cycle detected for Bag\nfound at paths:\n\n {2}- \n {2}- child\/parent\n\nCycles are not supported with graph=False\. Consider the following options/,
    );
  });
});
