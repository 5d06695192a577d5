import { describe, expect, it } from 'vitest';
import { Affine, Bag, Block, Drop, leavesNothing, listed, makeCycle, Norm, numbers } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { dispose } from './dispose.ts';
import { PathContains } from './filter.ts';
import { iterModules, Module } from './module.ts';
import type { Path } from './path.ts';
import { attributeStatus, data, Pytree, setAttributeStatus } from './pytree.ts';
import { recursiveMap } from './recursive-map.ts';
import { Rngs } from './rngs.ts';
import { Param } from './variable.ts';
import { view, viewInfo, withAttributes } from './view.ts';

const modes = (block: Block) => [block.dropout.deterministic, block.batchNorm.useRunningAverage];
const both = { deterministic: true, useRunningAverage: true };
const tree = { graph: false };

/** Records the calls of its setView. */
class Spy extends Bag {
  static override readonly typeName: string = 'Spy';
  static readonly viewSpec: readonly { name: string; type: string; default?: unknown; doc?: string }[] = [
    { name: 'mode', type: 'str | None', default: null },
  ];
  static calls: [unknown, unknown][] = [];
  setView(options: Readonly<Record<string, unknown>>): void {
    Spy.calls.push([this['name'], options]);
  }
}
const callsOf = (f: () => void) => {
  Spy.calls = [];
  f();
  return Spy.calls;
};

describe('recursiveMap', () => {
  it('RMP-001 works on a copy that has new Modules and containers and the same Variables and static objects', () => {
    const model = new Bag({ linear: new Affine(), list: data([new Bag()]), config: [1, 2], f: Math.abs });
    const copy = recursiveMap((_path, node) => node, model);
    expect(copy).not.toBe(model);
    expect(copy['linear']).not.toBe(model['linear']);
    expect(copy['list']).not.toBe(model['list']);
    expect((copy['linear'] as Affine).kernel).toBe((model['linear'] as Affine).kernel);
    expect([copy['config'], copy['f']]).toEqual([model['config'], model['f']]);
    expect(copy['config']).toBe(model['config']);
    dispose(model);
  });

  it('RMP-002 visits static values in graph mode and only data in tree mode, children first', () => {
    const visited = (graph: boolean) => {
      const paths: string[] = [];
      recursiveMap(
        (path, node) => {
          paths.push(path.join('/'));
          return node;
        },
        new Bag({ n: 5, b: new Bag({ s: 'text' }), a: new Bag() }),
        { graph },
      );
      return paths;
    };
    expect(visited(true)).toEqual(['a', 'b/s', 'b', 'n', '']);
    expect(visited(false)).toEqual(['a', 'b', '']);
  });

  it('RMP-003 maps a shared node once, and shares the result', () => {
    const shared = new Bag();
    const paths: Path[] = [];
    const copy = recursiveMap(
      (path, node) => {
        if (node instanceof Bag) paths.push(path);
        return node instanceof Bag && path.length > 0 ? new Drop() : node;
      },
      new Bag({ z: shared, b: shared }),
    );
    expect(paths).toEqual([['b'], []]);
    expect(copy['z']).toBeInstanceOf(Drop);
    expect(copy['z']).toBe(copy['b']);
  });

  it('RMP-004 refuses a cycle in graph mode and says where', () => {
    expect(() => recursiveMap((_path, node) => node, makeCycle())).toThrow(
      /^Found cycle in the graph at path 'child\/parent'\. Node of type Bag has already been visited but has not been returned yet\./,
    );
  });

  it('RMP-005 refuses to replace a child of a frozen array; changing the child is fine', () => {
    const model = Object.freeze([new Bag({ x: 1 })]);
    expect(() => recursiveMap((_path, node) => (node instanceof Bag ? new Drop() : node), model)).toThrow(
      /^Cannot update key '0' for node of type 'Array' because the node does not support mutation/,
    );
    const [copy] = withAttributes(model, { x: 2 });
    expect(copy!['x']).toBe(2);
    expect(model[0]!['x']).toBe(1);
  });

  it('RMP-003 maps the values in a shared container once for each path, not the result of the first again', () => {
    const list = data([1, [2]]);
    const times10 = (_path: Path, node: unknown) => (typeof node === 'number' ? node * 10 : node);
    for (const graph of [true, false]) {
      const copy = recursiveMap(times10, new Bag({ z: list, b: list }), { graph });
      expect([copy['b'], copy['z']]).toEqual([
        [10, [20]],
        [10, [20]],
      ]);
    }
    expect(list).toEqual([1, [2]]);
  });

  it('RMP-001 changes a copy of a static array, which is the original’s, and only where something changes', () => {
    const model = new Bag({ sizes: [1, 2], names: ['a'] });
    const copy = recursiveMap((_path, node) => (typeof node === 'number' ? node + 1 : node), model);
    expect([copy['sizes'], model['sizes']]).toEqual([
      [2, 3],
      [1, 2],
    ]);
    expect(copy['names']).toBe(model['names']);
  });

  it('RMP-005 RMP-006 tree mode rebuilds a frozen array, and freezes the new one', () => {
    const model = Object.freeze([new Bag(), 1]);
    const copy = recursiveMap((_path, node) => (node === 1 ? 2 : node), model, tree);
    expect([copy[1], Object.isFrozen(copy)]).toEqual([2, true]);
  });

  it('RMP-006 tree mode rebuilds every Module at every path, keeps Variables, and refuses shared ones and cycles', () => {
    const shared = new Bag();
    const model = new Bag({ a: shared, b: shared, p: new Param(tf.scalar(1)) });
    const copy = recursiveMap((_path, node) => node, model, tree);
    expect(copy['a']).not.toBe(copy['b']);
    expect(copy['p']).toBe(model['p']);
    const p = new Param(tf.scalar(1));
    expect(() => recursiveMap((_path, node) => node, new Bag({ a: p, b: p }), tree)).toThrow(
      /^Duplicate Param[^]*- a\n[^]*- b\n[^]*recursiveMap/,
    );
    expect(() => recursiveMap((_path, node) => node, makeCycle(), tree)).toThrow(/^Cycle detected for Bag[^]*recursiveMap/);
    p.dispose();
    dispose(model);
  });

  it('RMP-007 TSD-026 runs no constructor', () => {
    let constructed = 0;
    class Counting extends Module {
      n: number;
      constructor() {
        super();
        this.n = ++constructed;
      }
    }
    const model = new Counting();
    for (const graph of [true, false]) expect(recursiveMap((_path, node) => node, model, { graph })).toBeInstanceOf(Counting);
    expect(constructed).toBe(1);
  });
});

describe('view', () => {
  it('VIW-001 sets both modes on the view and leaves the original', () => {
    leavesNothing(() => {
      const block = new Block();
      expect(modes(view(block, both))).toEqual([true, true]);
      expect(modes(block)).toEqual([false, false]);
      dispose(block);
    });
  });

  it.each([true, false])(
    'VIW-002 SVS-008 has new Modules, streams and containers, and shares Variables, tensors and static values (graph: %s)',
    (graph) => {
      const raw = tf.scalar(1);
      const config = [1];
      const model = new Bag({ linear: new Affine(), drop: new Drop(false, new Rngs(0)), list: data([new Bag()]), raw, config });
      const copy = view(model, {}, { graph });
      for (const name of ['linear', 'drop', 'list']) expect(copy[name]).not.toBe(model[name]);
      const [rngs, copied] = [(model['drop'] as Drop).rngs!, (copy['drop'] as Drop).rngs!];
      expect(copied).not.toBe(rngs);
      expect([copied.key, copied.count]).toEqual([rngs.key, rngs.count]);
      expect(copied.count).toBe(rngs.count);
      expect((copy['linear'] as Affine).kernel).toBe((model['linear'] as Affine).kernel);
      expect(copy['raw']).toBe(raw);
      expect(copy['config']).toBe(config);
      dispose(model);
    },
  );

  it.each([true, false])('VIW-002 keeps what was decided on attributes by hand (graph: %s)', (graph) => {
    const model = new Bag({ n: 5 });
    setAttributeStatus(model, 'n', 'data');
    expect(attributeStatus(view(model, {}, { graph }), 'n', 5)).toBe('data');
  });

  it('VIW-003 running the view in train mode moves the original’s statistics and counts', () => {
    leavesNothing(() => {
      const model = new Bag({ norm: new Norm(2, true), drop: new Drop(true, new Rngs(0)) });
      const training = view(model, { deterministic: false, useRunningAverage: false });
      const x = tf.tensor2d([
        [2, 4],
        [4, 8],
      ]);
      tf.dispose((training['drop'] as Drop).call((training['norm'] as Norm).call(x)));
      expect(numbers((model['norm'] as Norm).mean)).toEqual([1.5, 3]);
      expect((model['drop'] as Drop).rngs!.count.value).toBe(1);
      x.dispose();
      dispose(model);
    });
  });

  it('VIW-004 a new value of a Variable shows in the original, a new Variable does not', () => {
    const model = new Bag({ linear: new Affine() });
    const copy = view(model);
    const linear = copy['linear'] as Affine;
    linear.kernel.value = tf.zeros([2, 2]);
    expect(numbers((model['linear'] as Affine).kernel)).toEqual([0, 0, 0, 0]);
    linear.bias = new Param(tf.ones([2]));
    expect(numbers((model['linear'] as Affine).bias)).toEqual([0, 0]);
    dispose(model);
    dispose(copy);
  });

  it('VIW-005 changes only what the filter selects', () => {
    const block = new Block();
    expect(modes(view(block, { deterministic: true }, { only: Drop }))).toEqual([true, false]);
    dispose(block);
  });

  it('VIW-006 asks a predicate only about objects that have setView', () => {
    const asked: string[] = [];
    const model = new Bag({ a: new Spy(), b: new Bag(), c: data([new Spy()]), n: 5 });
    view(model, {}, { only: (path) => asked.push(path.join('/')) });
    expect(asked).toEqual(['a', 'c/0']);
    expect(callsOf(() => view(model, { mode: 1 }, { only: [new PathContains(0)] })).length).toBe(1);
  });

  it('VIW-007 SVS-007 names unused keys sorted', () => {
    expect(() => view(new Drop(), { zed: 1, abc: 1, deterministic: true })).toThrow(/^Unused keys found in nnx\.view: \['abc', 'zed'\]/);
  });

  it('VIW-008 SVS-009 allows them with raiseIfNotFound: false', () => {
    expect(view(new Drop(), { zed: 1 }, { raiseIfNotFound: false }).deterministic).toBe(false);
  });

  it('VIW-009 a key that only unselected Modules know is unused', () => {
    expect(() => view(new Bag({ d: new Drop(), s: new Spy() }), { deterministic: true }, { only: Spy })).toThrow(/\['deterministic'\]/);
  });

  it('VIW-010 selecting nothing refuses keys, and without keys gives a plain copy', () => {
    for (const only of [false, null]) {
      expect(() => view(new Drop(), { deterministic: true }, { only })).toThrow(/Unused keys/);
      expect(view(new Drop(), {}, { only }).deterministic).toBe(false);
    }
  });

  it('VIW-011 without keys every selected setView is still called', () => {
    expect(callsOf(() => view(new Bag({ a: new Spy({ name: 'a' }), b: new Spy({ name: 'b' }) })))).toEqual([
      ['a', {}],
      ['b', {}],
    ]);
  });

  it('VIW-012 TSD-011 null leaves a mode as it is and counts as used', () => {
    expect(view(new Drop(true), { deterministic: null }).deterministic).toBe(true);
  });

  it('VIW-013 a class that accepts any key swallows unknown ones', () => {
    class Any extends Spy {
      static readonly viewAcceptsAny = true;
    }
    expect(callsOf(() => view(new Bag({ a: new Any({ name: 'a' }) }), { unknown: 1 }))).toEqual([['a', { unknown: 1 }]]);
  });

  it('VIW-014 VIW-015 refuses a call that leaves a required option out', () => {
    class Strict extends Spy {
      static override readonly viewSpec = [{ name: 'size', type: 'int' }];
    }
    expect(() => view(new Bag({ s: new Strict(), d: new Drop() }), { deterministic: true })).toThrow(/missing 1 required option: 'size'/);
    expect(callsOf(() => view(new Strict({ name: 's' }), { size: 3 }))).toEqual([['s', { size: 3 }]]);
  });

  it('VIW-016 an error in setView comes through and leaves the original', () => {
    class Failing extends Bag {
      static readonly viewSpec = [];
      setView(): void {
        this['touched'] = true;
        throw new RangeError('no');
      }
    }
    const model = new Failing();
    expect(() => view(model)).toThrow(RangeError);
    expect('touched' in model).toBe(false);
  });

  it('VIW-017 SVS-006 calls the setView of a Pytree that is no Module, and ignores what it returns', () => {
    class Plain extends Pytree {
      static readonly viewSpec = [{ name: 'mode', type: 'int', default: null }];
      mode = 0;
      setView({ mode }: { readonly mode?: number }): string {
        this.mode = mode ?? 0;
        return 'ignored';
      }
    }
    const copy = view(new Bag({ p: new Plain() }), { mode: 3 });
    expect((copy['p'] as Plain).mode).toBe(3);
  });

  it('VIW-018 calls children first, sorted, the root last', () => {
    const model = new Spy({ name: 'root', x: new Spy({ name: 'x', y: new Spy({ name: 'y' }) }), z: new Spy({ name: 'z' }) });
    expect(callsOf(() => view(model, { mode: 1 })).map(([name]) => name)).toEqual(['y', 'x', 'z', 'root']);
  });

  it('VIW-019 GRF-004 calls a shared Module once, under its first path, and keeps the sharing', () => {
    const shared = new Spy({ name: 's' });
    const model = new Bag({ z: shared, b: shared });
    expect(callsOf(() => view(model, { mode: 1 })).length).toBe(1);
    const copy = view(model);
    expect(copy['z']).toBe(copy['b']);
    expect(() => view(model, { mode: 1 }, { only: new PathContains('z') })).toThrow(/Unused keys/);
  });

  it('VIW-020 GRF-009 tree mode makes two of a shared Module without Variables, each with its own path', () => {
    const shared = new Spy({ name: 's' });
    const paths: string[] = [];
    const copy = view(new Bag({ z: shared, b: shared }), { mode: 1 }, { ...tree, only: (path) => paths.push(path.join('/')) });
    expect(paths).toEqual(['b', 'z']);
    expect(copy['z']).not.toBe(copy['b']);
  });

  it('VIW-021 tree mode refuses shared Variables', () => {
    const shared = new Affine();
    expect(() => view(new Bag({ a: shared, b: shared }), {}, tree)).toThrow(/^Duplicate Param[^]*recursiveMap/);
    dispose(shared);
  });

  it('VIW-022 refuses a cycle', () => expect(() => view(makeCycle())).toThrow(/^Found cycle in the graph at path 'child\/parent'/));

  it('VIW-023 takes a plain array or object and returns one', () => {
    const [first] = view([new Drop()], { deterministic: true });
    expect(first!.deterministic).toBe(true);
    expect(view({ a: new Drop() }, { deterministic: true }).a.deterministic).toBe(true);
  });

  it('VIW-024 returns a number as it is', () => expect(view(5)).toBe(5));

  it('VIW-025 works on classes with pytree = false in graph mode', () => {
    class Loose extends Bag {
      static override readonly pytree: boolean = false;
    }
    const copy = view(new Loose({ layers: [new Drop()] }), { deterministic: true });
    expect((copy['layers'] as Drop[])[0]!.deterministic).toBe(true);
  });

  it('VIW-026 views of views add up and still share the first one’s Variables', () => {
    const block = new Block();
    const second = view(view(block, { deterministic: true }), { useRunningAverage: true });
    expect(modes(second)).toEqual([true, true]);
    expect(second.linear.kernel).toBe(block.linear.kernel);
    dispose(block);
  });

  it('VIW-028 BUG-01 an Rngs with a default stream as attribute is not asked for setView, and keeps its count', () => {
    const model = new Bag({ rngs: new Rngs(0), drop: new Drop() });
    view(model, { deterministic: true });
    expect(viewInfo(model)).toContain('Dropout');
    expect((model['rngs'] as Rngs).default.count.value).toBe(0);
  });

  it('VIW-029 BUG-02 a class stored as attribute is no object to view', () => {
    const model = new Bag({ type: Drop, drop: new Drop() });
    expect((view(model, { deterministic: true })['drop'] as Drop).deterministic).toBe(true);
    expect(viewInfo(model).split('\n')[0]).toBe('Dropout:');
  });

  it('VIW-030 keys called only, graph or raiseIfNotFound can be used, because options stand apart', () => {
    class Odd extends Spy {
      static override readonly viewSpec = ['only', 'graph', 'raiseIfNotFound'].map((name) => ({ name, type: 'int', default: null }));
    }
    expect(callsOf(() => view(new Odd({ name: 'o' }), { only: 1, graph: 2, raiseIfNotFound: 3 }))).toEqual([
      ['o', { only: 1, graph: 2, raiseIfNotFound: 3 }],
    ]);
  });
});

describe('viewInfo', () => {
  it('VIN-001 names each class once', () => {
    expect(viewInfo(new Bag({ a: new Drop(), b: new Drop() }))).toBe(
      'Dropout:\n  deterministic: bool | None = None\n    if True, disables dropout masking.',
    );
  });

  it('VIN-002 VIN-003 VIN-004 VIN-010 prints the classes sorted, options in order, descriptions four spaces deep', () => {
    const block = new Block();
    expect(viewInfo(block)).toBe(
      [
        'BatchNorm:',
        '  useRunningAverage: bool | None = None',
        '    if True, the stored batch statistics will be',
        '    used instead of computing the batch statistics on the input.',
        'Dropout:',
        '  deterministic: bool | None = None',
        '    if True, disables dropout masking.',
      ].join('\n'),
    );
    dispose(block);
  });

  it('VIN-005 VIN-007 BUG-07 prints an option without description', () => {
    expect(viewInfo(new Spy())).toBe('Spy:\n  mode: str | None = None');
  });

  it('VIN-006 TSD-014 SVS-011 a class without table gets one line, and accepts any key', () => {
    class Bare extends Bag {
      static override readonly typeName: string = 'Bare';
      seen: unknown = null;
      setView(options: unknown): void {
        this.seen = options;
      }
    }
    expect(viewInfo(new Bare())).toBe('Bare:\n  setView(options)');
    expect(view(new Bare(), { any: 1 }).seen).toEqual({ any: 1 });
  });

  it('VIN-008 a table without options gives the header only', () => {
    class Empty extends Spy {
      static override readonly typeName: string = 'Empty';
      static override readonly viewSpec = [];
    }
    expect(viewInfo(new Empty())).toBe('Empty:');
  });

  it('VIN-009 is empty where no class matches', () => expect(viewInfo(new Bag({ d: new Drop() }), { only: Spy })).toBe(''));

  it('VIN-011 prints types as declared, and defaults as Python does', () => {
    class Typed extends Spy {
      static override readonly typeName: string = 'Typed';
      static override readonly viewSpec = [
        { name: 'size', type: 'int' },
        { name: 'on', type: 'bool', default: true },
        { name: 'off', type: 'bool', default: false },
        { name: 'text', type: 'str', default: 'a' },
        { name: 'n', type: 'int', default: 3 },
        { name: 'sizes', type: 'list', default: [1, 'a', null] },
      ];
    }
    expect(viewInfo(new Typed())).toBe(
      "Typed:\n  size: int\n  on: bool = True\n  off: bool = False\n  text: str = a\n  n: int = 3\n  sizes: list = [1, 'a', None]",
    );
  });

  it('VIN-012 refuses a cycle', () => expect(() => viewInfo(makeCycle())).toThrow(/^Found cycle/));

  it('VIN-013 TSD-019 a subclass has a block under its own name', () => {
    class MyDrop extends Drop {
      static override readonly typeName: string = 'MyDrop';
    }
    expect(viewInfo(new Bag({ a: new Drop(), b: new MyDrop() })).match(/^\w+:$/gm)).toEqual(['Dropout:', 'MyDrop:']);
  });
});

describe('withAttributes', () => {
  it('WAT-001 sets attributes on a copy and leaves the original', () => {
    leavesNothing(() => {
      const block = new Block();
      expect(modes(withAttributes(block, both))).toEqual([true, true]);
      expect(modes(block)).toEqual([false, false]);
      dispose(block);
    });
  });

  it('WAT-002 shares Variables and static objects', () => {
    const block = new Block();
    expect(withAttributes(block, both).linear.kernel).toBe(block.linear.kernel);
    dispose(block);
  });

  it('WAT-003 selects Modules only, by one filter, the root included', () => {
    class Plain extends Pytree {
      flag = 0;
    }
    const copy = withAttributes(new Bag({ flag: 0, p: new Plain() }), { flag: 1 });
    expect([copy['flag'], (copy['p'] as Plain).flag]).toEqual([1, 0]);
    const block = new Block();
    expect(modes(withAttributes(block, { deterministic: true }, { only: Drop }))).toEqual([true, false]);
    dispose(block);
  });

  it('WAT-004 finds class defaults and methods, which become the copy’s own', () => {
    const drop = new Drop();
    const copy = withAttributes(drop, { call: 5 });
    expect(Object.hasOwn(copy, 'call')).toBe(true);
    expect(typeof drop.call).toBe('function');
  });

  it('WAT-005 names what is missing, unless told not to', () => {
    expect(() => withAttributes(new Drop(), { unknown: 1 })).toThrow(
      /^Could not find at least one instance of the following attributes: \['unknown'\]/,
    );
    expect('unknown' in withAttributes(new Drop(), { unknown: 1 }, { raiseIfNotFound: false })).toBe(false);
  });

  it('WAT-006 replaces a child', () => {
    const model = new Bag({ inner: new Bag() });
    const replacement = new Drop();
    expect(withAttributes(model, { inner: replacement })['inner']).toBe(replacement);
    expect(model['inner']).toBeInstanceOf(Bag);
  });

  it('WAT-007 refuses data for a static attribute', () => {
    expect(() => withAttributes(new Bag({ a: 5 }), { a: new Bag() })).toThrow(/^Cannot assign data value/);
  });

  it('WAT-008 takes an array of Modules', () => {
    expect(withAttributes([new Drop(), new Drop()], { deterministic: true }).map((drop) => drop.deterministic)).toEqual([true, true]);
  });

  it('WAT-009 tree mode refuses shared Variables', () => {
    const shared = new Affine();
    expect(() => withAttributes(new Bag({ a: shared, b: shared }), { inFeatures: 1 }, tree)).toThrow(/^Duplicate Param/);
    dispose(shared);
  });

  it('WAT-010 refuses a cycle in both modes', () => {
    expect(() => withAttributes(makeCycle(), { d: 1 })).toThrow(/^Found cycle/);
    expect(() => withAttributes(makeCycle(), { d: 1 }, tree)).toThrow(/^Cycle detected/);
  });

  it('WAT-011 finds nothing in a Pytree that is no Module', () => {
    class Plain extends Pytree {
      flag = 0;
    }
    expect(() => withAttributes(new Plain(), { flag: 1 })).toThrow(/'flag'/);
  });

  it('WAT-012 an error leaves nothing changed', () => {
    const model = new Bag({ a: 1 });
    expect(() => withAttributes(model, { a: 2, b: 2 })).toThrow(/'b'/);
    expect(model['a']).toBe(1);
  });
});

it('views and copies of a chain of 20,000 Modules do not overflow the stack', () => {
  let chain: Module = new Drop();
  for (let i = 0; i < 20_000; i++) chain = new Bag({ next: chain });
  const copy = withAttributes(chain, { deterministic: true });
  expect((iterModules(copy).next().value[1] as Drop).deterministic).toBe(true);
  expect(listed([[[], copy]])).toEqual([' Bag']);
});
