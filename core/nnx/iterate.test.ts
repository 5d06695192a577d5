import { describe, expect, it } from 'vitest';
import { Affine, Bag, Block, Drop, listed, makeCycle } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { onDiagnostic, type Diagnostic } from './diagnostics.ts';
import { Dict } from './dict.ts';
import { dispose } from './dispose.ts';
import { withGraphMode } from './graph-mode.ts';
import { iterGraph } from './iterate.ts';
import { List } from './list.ts';
import { iterChildren, iterModuleChildren, iterModules, type Module } from './module.ts';
import { data, Pytree } from './pytree.ts';
import { Rngs } from './rngs.ts';
import { Sequential } from './sequential.ts';
import { Param } from './variable.ts';

class Loose extends Bag {
  static override readonly pytree: boolean = false;
}
const relu = (x: tf.Tensor) => tf.relu(x);
const tree = { graph: false };
const deprecations = (f: () => void): Diagnostic[] => {
  const seen: Diagnostic[] = [];
  const stop = onDiagnostic((diagnostic) => seen.push(diagnostic));
  f();
  stop();
  return seen;
};

describe('iterChildren', () => {
  it('ITC-001 yields the children of the page’s Block with single keys, and not the Block', () => {
    const model = new Block();
    expect(listed(iterChildren(model))).toEqual(['batchNorm BatchNorm', 'dropout Dropout', 'linear Linear', 'submodule SubModule']);
    dispose(model);
  });

  it('ITC-002 SVS-001 yields Variables too', () => {
    const linear = new Affine();
    expect(listed(iterChildren(linear))).toEqual(['bias Param', 'kernel Param']);
    dispose(linear);
  });

  it('ITC-003 yields Rngs and streams', () => {
    expect(listed(iterChildren(new Drop(false, new Rngs(0))))).toEqual(['rngs RngStream']);
    expect(listed(iterChildren(new Bag({ rngs: new Rngs(0) })))).toEqual(['rngs Rngs']);
  });

  it('ITC-004 passes over plain containers', () => {
    expect([...iterChildren(new Bag({ a: data([new Bag()]), b: data({ c: new Bag() }) }))]).toEqual([]);
  });

  it('ITC-005 yields a List or Dict as one child', () => {
    expect(listed(iterChildren(new Bag({ l: new List([new Bag()]), d: new Dict({ a: new Bag() }) })))).toEqual(['d Dict', 'l List']);
  });

  it('ITC-006 gives the children of a List integer keys and skips functions', () => {
    const list = new List<unknown>([new Bag(), relu, new Bag()]);
    expect([...iterChildren(list)].map(([key]) => key)).toEqual([0, 2]);
  });

  it('ITC-007 accepts a plain array or object', () => {
    expect([...iterChildren([new Bag(), 5, new Bag()])].map(([key]) => key)).toEqual([0, 2]);
    expect([...iterChildren({ z: new Bag(), a: new Bag() })].map(([key]) => key)).toEqual(['a', 'z']);
  });

  it('ITC-008 passes over raw tensors', () => {
    const model = new Bag({ raw: tf.scalar(1) });
    expect([...iterChildren(model)]).toEqual([]);
    dispose(model);
  });

  it('ITC-009 yields a shared Module under both names', () => {
    const shared = new Bag();
    expect(listed(iterChildren(new Bag({ a: shared, b: shared })))).toEqual(['a Bag', 'b Bag']);
  });

  it('ITC-010 ITC-011 refuses numbers, tensors and Variables, with advice for the mode', () => {
    const variable = new Param(tf.scalar(1));
    for (const node of [5, variable]) {
      expect(() => [...iterChildren(node)]).toThrow(/^Expected a graph node, got (number|Param)\. .*graph=False/);
      expect(() => [...iterChildren(node, tree)]).toThrow(/^Expected a pytree node, got (number|Param)\. .*graph=True/);
    }
    variable.dispose();
  });

  it('ITC-012 refuses a class with pytree = false in tree mode', () => {
    expect(() => [...iterChildren(new Loose(), tree)]).toThrow(
      /^Cannot use 'iterChildren' with graph=False on a 'Loose' instance that has pytree=False/,
    );
  });

  it('ITC-013 yields the same in tree mode', () => {
    const model = new Block();
    expect(listed(iterChildren(model, tree))).toEqual(listed(iterChildren(model)));
    dispose(model);
  });

  it('ITC-014 TSD-021 is lazy: an error comes with the first step', () => {
    const lazy = iterChildren(5);
    expect(() => lazy.next()).toThrow(/Expected a graph node/);
  });

  it('ITC-015 iterModuleChildren leaves Variables out and keeps other Pytrees', () => {
    const drop = Object.assign(new Drop(false, new Rngs(0)), { extra: new Param(tf.scalar(1)) });
    expect(listed(iterModuleChildren(drop))).toEqual(['rngs RngStream']);
    dispose(drop);
  });

  it('ITC-015 iterModuleChildren knows the objects of a second copy of this library by their brand', () => {
    class Foreign {
      name = 'foreign';
    }
    Object.defineProperty(Foreign.prototype, Symbol.for('espalier.nnx.Pytree'), { value: true });
    expect(listed(iterModuleChildren(new Bag({ a: new Foreign(), b: {} })))).toEqual(['a Foreign']);
  });

  it('ITC-016 TSD-022 the method yields the same and reports once, at the first step, that it is deprecated', () => {
    const model = new Bag({ a: new Bag() });
    const seen = deprecations(() => {
      const steps = model.iterChildren();
      expect(deprecations(() => steps).length).toBe(0);
      expect(listed(steps)).toEqual(['a Bag']);
    });
    expect(seen.map(({ code, name }) => [code, name])).toEqual([['deprecated', 'iterChildren']]);
  });
});

describe('iterModules', () => {
  it('ITM-001 SVS-016 yields the page’s Block depth first, children before parents, sorted, the root last', () => {
    const model = new Block();
    expect(listed(iterModules(model))).toEqual([
      '"batchNorm" BatchNorm',
      '"dropout" Dropout',
      '"linear" Linear',
      '"submodule"."linear1" Linear',
      '"submodule"."linear2" Linear',
      '"submodule" SubModule',
      ' Block',
    ]);
    dispose(model);
  });

  it('ITM-002 yields a leaf Module alone', () => {
    const linear = new Affine();
    expect([...iterModules(linear)]).toEqual([[[], linear]]);
    dispose(linear);
  });

  it('ITM-003 goes through plain containers without yielding them', () => {
    const model = new Bag({ dropout: new Bag(), linear: new Bag(), submodules: data([{ a: new Bag() }, { b: new Bag() }]) });
    expect(listed(iterModules(model))).toEqual([
      '"dropout" Bag',
      '"linear" Bag',
      '"submodules".0."a" Bag',
      '"submodules".1."b" Bag',
      ' Bag',
    ]);
  });

  it('ITM-004 yields the twelve elements of a List and the List', () => {
    const paths = [...iterModules(new List(Array.from({ length: 12 }, () => new Bag())))].map(([path]) => path);
    expect(paths).toEqual([...Array.from({ length: 12 }, (_, i) => [i]), []]);
  });

  it('ITM-005 yields a Dict by code point', () => {
    const dict = new Dict(Object.fromEntries(['b', 'a', 'B', '10', '9', '_x'].map((key) => [key, new Bag()])));
    expect([...iterModules(dict)].map(([path]) => path.join())).toEqual(['10', '9', 'B', '_x', 'a', 'b', '']);
  });

  it('ITM-006 functions in a Sequential keep their position', () => {
    const model = new Sequential(new Affine(), relu, new Affine());
    expect(listed(iterModules(model))).toEqual(['"layers".0 Linear', '"layers".2 Linear', '"layers" List', ' Sequential']);
    dispose(model);
  });

  it('ITM-007 integer keys of a Map stay integers and are sorted as such', () => {
    const model = new Bag({
      m: data(
        new Map([
          [10, new Bag()],
          [2, new Bag()],
        ]),
      ),
    });
    expect([...iterModules(model)].map(([path]) => path)).toEqual([['m', 2], ['m', 10], []]);
  });

  it('ITM-008 yields a shared Module once, under the first path', () => {
    const shared = new Affine();
    expect(listed(iterModules(new Bag({ z: shared, b: shared })))).toEqual(['"b" Linear', ' Bag']);
    dispose(shared);
  });

  it('ITM-009 tree mode refuses shared Variables and names both paths and three remedies', () => {
    const shared = new Affine();
    const walk = () => [...iterModules(new Bag({ z: shared, b: shared }), tree)];
    expect(walk).toThrow(/^Duplicate Param\nfound at paths:\n\n {2}- b\/bias\n {2}- z\/bias\n/);
    expect(walk).toThrow(/1\. .*2\. .*iterGraph.*3\. /s);
    dispose(shared);
  });

  it('ITM-010 tree mode yields a shared Module without Variables at both paths', () => {
    const shared = new Bag();
    expect(listed(iterModules(new Bag({ z: shared, b: shared }), tree))).toEqual(['"b" Bag', '"z" Bag', ' Bag']);
  });

  it('ITM-011 graph mode walks a cycle, each Module once', () => {
    expect(listed(iterModules(makeCycle()))).toEqual(['"child"."e" Bag', '"child" Bag', '"d" Bag', ' Bag']);
  });

  it('ITM-012 tree mode refuses a cycle and names both paths', () => {
    const walk = () => [...iterModules(makeCycle(), tree)];
    expect(walk).toThrow(
      /^Cycle detected for Bag\nfound at paths:\n\n {2}- \n {2}- child\/parent\n\nCycles are not supported with graph=False/,
    );
  });

  it('ITM-013 graph mode walks a Module that holds itself', () => {
    const model = new Bag();
    model['me'] = model;
    expect(listed(iterModules(model))).toEqual([' Bag']);
  });

  it('ITM-014 BUG-05 GRF-011 tree mode refuses a Module that holds itself instead of overflowing', () => {
    const model = new Bag();
    model['me'] = model;
    expect(() => [...iterModules(model, tree)]).toThrow(/^Cycle detected for Bag[^]* {2}- \n {2}- me\n/);
  });

  it('ITM-015 goes into a plain array, object or Map without yielding it', () => {
    expect(listed(iterModules([new Bag(), { a: new Bag() }]))).toEqual(['0 Bag', '1."a" Bag']);
  });

  it('ITM-016 yields nothing for a number or tensor', () => {
    const tensor = tf.scalar(1);
    expect([...iterModules(5), ...iterModules(tensor)]).toEqual([]);
    tensor.dispose();
  });

  it('ITM-017 yields the Modules in a Pytree that is none itself', () => {
    class Plain extends Pytree {
      inner = new Bag();
    }
    expect(listed(iterModules(new Plain()))).toEqual(['"inner" Bag']);
  });

  it('ITM-018 GRF-010 tree mode refuses a class with pytree = false and says where it is', () => {
    expect(() => [...iterModules(new Loose(), tree)]).toThrow(
      /^Cannot use 'iterGraph' with graph=False on a 'Loose' instance that has pytree=False/,
    );
    expect(() => [...iterModules(new Bag({ a: new Bag({ b: new Loose() }) }), tree)]).toThrow(/Found at path: a\/b\./);
  });

  it('ITM-019 is lazy, reads the mode when it starts, and lets attributes change on the way', () => {
    const model = new Bag({ a: new Bag(), me: null });
    model['me'] = model;
    const steps = iterModules(model);
    expect(() => withGraphMode(false, () => [...steps])).toThrow(/Cycle detected/);
    const seen: string[] = [];
    for (const [path, module] of iterModules(model)) {
      seen.push(path.join('/'));
      (module as Bag)['added'] = new Bag();
    }
    expect(seen).toEqual(['a', '']);
  });

  it('ITM-020 the method yields the same and reports once that it is deprecated', () => {
    const model = new Bag({ a: new Bag() });
    const seen = deprecations(() => expect(listed(model.iterModules())).toEqual(['"a" Bag', ' Bag']));
    expect(seen.map(({ name }) => name)).toEqual(['iterModules']);
  });

  it('gives paths that stay as they are when the walk goes on', () => {
    const [first] = [...iterModules(new Bag({ a: new Bag({ b: new Bag() }) }))];
    expect(first![0]).toEqual(['a', 'b']);
  });

  it('walks a chain of 100,000 Modules without overflowing the stack', () => {
    let chain: Module = new Bag();
    for (let i = 0; i < 100_000; i++) chain = new Bag({ next: chain });
    chain.setAttributes({ depth: 1 }, { raiseIfNotFound: false });
    expect(iterModules(chain).next().value[0].length).toBe(100_000);
  });
});

describe('iterGraph', () => {
  it('ITG-001 yields static values too, Variables once and plain leaves every time', () => {
    const shared = new Param(tf.scalar(1));
    const model = new Bag({ a: shared, b: shared, n: 5, m: 5, f: relu });
    expect(listed(iterGraph(model))).toEqual(['"a" Param', '"f" Function', '"m" number', '"n" number', ' Bag']);
    dispose(model);
  });

  it('OBJ-015 yields no field that was declared and never assigned', () => {
    class Declared extends Bag {
      mode: string | undefined;
    }
    expect(listed(iterGraph(new Declared()))).toEqual([' Declared']);
  });

  it('ITG-002 yields every null, where Python’s identity swallows repeated ones', () => {
    expect(listed(iterGraph(new Bag({ a: null, b: null })))).toEqual(['"a" null', '"b" null', ' Bag']);
  });

  it('ITG-003 yields data only in tree mode', () => {
    const linear = new Affine();
    expect(listed(iterGraph(linear, tree))).toEqual(['"bias" Param', '"kernel" Param', ' Linear']);
    dispose(linear);
  });
});
