import { describe, expect, it } from 'vitest';
import { Affine, Bag, Block, Drop, leavesNothing, makeCycle, Norm } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { Dict } from './dict.ts';
import { dispose } from './dispose.ts';
import { AttributeError, ValueError } from './errors.ts';
import { All, Any, type Filter, Not, PathContains, PathIn } from './filter.ts';
import { List } from './list.ts';
import { iterModules, Module } from './module.ts';
import { attributeStatus, data, static_ } from './pytree.ts';
import { Param } from './variable.ts';
import { view, withAttributes } from './view.ts';

const modes = (block: Block) => [block.dropout.deterministic, block.batchNorm.useRunningAverage];

/** root -> a(tag x, Bag), b(Drop), c -> d(Drop); each with `flag`. Gives the paths of those that were set. */
function chosenBy(only: Filter): string[] {
  const root = new Bag({
    flag: 0,
    a: new Bag({ tag: 'x', flag: 0 }),
    b: Object.assign(new Drop(), { flag: 0 }),
    c: new Bag({ flag: 0, d: Object.assign(new Drop(), { flag: 0 }) }),
  });
  root.setAttributes({ flag: 1 }, { only, raiseIfNotFound: false });
  const c = root['c'] as Bag;
  const all: [string, unknown][] = [
    ['', root],
    ['a', root['a']],
    ['b', root['b']],
    ['c', c],
    ['c/d', c['d']],
  ];
  return all.filter(([, module]) => (module as Bag)['flag'] === 1).map(([path]) => path);
}

describe('setAttributes', () => {
  it('SET-001 SVS-003 sets each name where it exists and passes over Modules that lack it', () => {
    leavesNothing(() => {
      const block = new Block();
      block.setAttributes({ deterministic: true, useRunningAverage: true });
      expect(modes(block)).toEqual([true, true]);
      dispose(block);
    });
  });

  it('SET-002 changes only what the filter selects', () => {
    const block = new Block();
    block.setAttributes({ deterministic: true }, { only: Drop });
    block.setAttributes({ useRunningAverage: true }, { only: Norm });
    expect(modes(block)).toEqual([true, true]);
    expect(() => block.setAttributes({ useRunningAverage: false }, { only: Drop })).toThrow(ValueError);
    dispose(block);
  });

  it('SET-003 TSD-004 an array of filters selects what any of them selects', () =>
    expect(chosenBy(['x', Drop])).toEqual(['a', 'b', 'c/d']));

  it('SET-004 takes every kind of filter, with paths from the Module that the method is called on, the root included', () => {
    expect(chosenBy((path) => path.length < 2)).toEqual(['', 'a', 'b', 'c']);
    expect(chosenBy(new PathContains('c'))).toEqual(['c', 'c/d']);
    expect(chosenBy(new PathIn([], ['c', 'd']))).toEqual(['', 'c/d']);
    expect(chosenBy(new Any(new PathIn(['a']), new PathIn(['b'])))).toEqual(['a', 'b']);
    expect(chosenBy(new All(Drop, new PathContains('c')))).toEqual(['c/d']);
    expect(chosenBy(new Not(Drop))).toEqual(['', 'a', 'c']);
    expect(chosenBy([])).toEqual([]);
  });

  it.each([[false], [null], [[]]])('SET-005 with the filter %j selects nothing and names all attributes', (only) => {
    expect(() => new Bag({ b: 1, a: 1 }).setAttributes({ b: 2, a: 2 }, { only })).toThrow(
      /^Could not find at least one instance of the following attributes: \['a', 'b'\]/,
    );
  });

  it('SET-006 TSD-020 names unknown attributes sorted, as Python prints them', () => {
    expect(() => new Bag().setAttributes({ zeta: 1, alpha: 1, unknown: 1 })).toThrow(/: \['alpha', 'unknown', 'zeta'\]/);
  });

  it('SET-007 has set the known attributes when it refuses the unknown', () => {
    const model = new Bag({ a: 1 });
    expect(() => model.setAttributes({ a: 2, b: 2 })).toThrow(/\['b'\]/);
    expect(model['a']).toBe(2);
  });

  it('SET-008 refuses nothing with raiseIfNotFound: false', () => {
    const model = new Bag();
    model.setAttributes({ b: 2 }, { raiseIfNotFound: false });
    expect('b' in model).toBe(false);
  });

  it('SET-009 SVS-004 an attribute that only unselected Modules have counts as not found', () => {
    expect(() => new Bag({ a: new Drop() }).setAttributes({ deterministic: true }, { only: Bag })).toThrow(/'deterministic'/);
  });

  it('SET-010 does nothing without attributes', () => {
    const model = new Bag({ a: 1 });
    model.setAttributes({});
    expect(model['a']).toBe(1);
  });

  it('SET-011 a class-level default is found and becomes the instance’s own', () => {
    const Type = class extends Module {};
    Object.defineProperty(Type.prototype, 'mode', { value: 'old', writable: true });
    const model = new Type();
    model.setAttributes({ mode: 'new' });
    expect(Object.entries(model)).toEqual([['mode', 'new']]);
  });

  it('SET-012 a field that was declared and never assigned is not found', () => {
    class Declared extends Module {
      mode: string | undefined;
    }
    expect(() => new Declared().setAttributes({ mode: 'x' })).toThrow(/'mode'/);
  });

  it('SET-013 a method is found, and hidden by the value', () => {
    const block = new Drop();
    block.setAttributes({ call: 5 });
    expect(block.call as unknown).toBe(5);
  });

  it('SET-014 a read-only property is found and refuses', () => {
    class ReadOnly extends Module {
      get size(): number {
        return 1;
      }
    }
    expect(() => new ReadOnly().setAttributes({ size: 2 })).toThrow(TypeError);
  });

  it('SET-015 uses a setter', () => {
    class WithSetter extends Module {
      stored = 0;
      get size(): number {
        return this.stored;
      }
      set size(value: number) {
        this.stored = value * 10;
      }
    }
    const model = new WithSetter();
    model.setAttributes({ size: 2 });
    expect(model.stored).toBe(20);
  });

  it('SET-016 refuses a tensor or Module for a static attribute', () => {
    expect(() => new Bag({ a: 5 }).setAttributes({ a: new Bag() })).toThrow(
      /^Cannot assign data value of type 'Bag' to static attribute 'a'/,
    );
  });

  it('SET-016 OBJ-002 refuses an unmarked array of Modules before it is assigned', () => {
    for (const present of [5, null]) {
      const model = new Bag({ a: present });
      expect(() => model.setAttributes({ a: [new Bag()] })).toThrow(/^Found data on value of type 'Array' in static attribute 'a'/);
      expect(() => withAttributes(model, { a: { inner: new Bag() } })).toThrow(/^Found data on value of type 'Object'/);
      expect(model['a']).toBe(present);
    }
  });

  it('SET-017 OBJ-006 what was data stays data: an array in its place needs no mark', () => {
    const modules = () => [new Bag(), new Bag()];
    for (const present of [data([new Bag()]), new Bag()]) {
      const model = new Bag({ a: present });
      model.setAttributes({ a: modules() });
      expect([...iterModules(model)].map(([path]) => path)).toEqual([['a', 0], ['a', 1], []]);
    }
    const model = new Bag({ a: data([new Bag()]) });
    model.setAttributes({ a: static_(['x']) });
    expect(attributeStatus(model, 'a', model['a'])).toBe('static');
  });

  it('SET-017 replaces a Variable by a raw tensor', () => {
    const linear = new Affine();
    const [old, raw] = [linear.kernel, tf.ones([2, 2])];
    linear.setAttributes({ kernel: raw });
    expect(linear.kernel as unknown).toBe(raw);
    old.dispose();
    dispose(linear);
  });

  it('SET-018 a marked array switches the status', () => {
    const model = new Bag({ a: 5 });
    model.setAttributes({ a: data([new Bag()]) });
    expect(attributeStatus(model, 'a', model['a'])).toBe('data');
  });

  it('SET-019 assigns a shared Module once, and filters see its first path only', () => {
    let writes = 0;
    class Counting extends Module {
      get mode(): number {
        return writes;
      }
      set mode(_: number) {
        writes++;
      }
    }
    const shared = new Counting();
    const model = new Bag({ b: shared, a: shared });
    model.setAttributes({ mode: 1 });
    expect(writes).toBe(1);
    expect(() => model.setAttributes({ mode: 1 }, { only: new PathContains('b') })).toThrow(/'mode'/);
  });

  it('SET-020 works on a cycle', () => {
    const model = makeCycle();
    model['flag'] = false;
    model.setAttributes({ flag: true });
    expect(model['flag']).toBe(true);
  });

  it('SET-021 tree mode refuses shared Variables and cycles', () => {
    const shared = new Affine();
    expect(() => new Bag({ a: shared, b: shared }).setAttributes({ inFeatures: 1 }, { graph: false })).toThrow(
      /^Duplicate Param[^]*iterGraph/,
    );
    expect(() => makeCycle().setAttributes({ x: 1 }, { graph: false })).toThrow(/^Cycle detected/);
    dispose(shared);
  });

  it('SET-022 assigns children before parents, siblings sorted', () => {
    const order: string[] = [];
    class Named extends Bag {
      get mode(): number {
        return 0;
      }
      set mode(_: number) {
        order.push(this['name'] as string);
      }
    }
    new Named({ name: 'root', b: new Named({ name: 'b' }), a: new Named({ name: 'a', z: new Named({ name: 'a/z' }) }) }).setAttributes({
      mode: 1,
    });
    expect(order).toEqual(['a/z', 'a', 'b', 'root']);
  });

  it('SET-023 TSD-003 attributes called graph or raiseIfNotFound can be set, because options stand apart', () => {
    const model = new Bag({ graph: 1, raiseIfNotFound: 1, only: 1 });
    model.setAttributes({ graph: 2, raiseIfNotFound: 3, only: 4 });
    expect([model['graph'], model['raiseIfNotFound'], model['only']]).toEqual([2, 3, 4]);
  });

  it('SET-024 refuses an invalid filter before anything is set', () => {
    const model = new Bag({ a: 1 });
    expect(() => model.setAttributes({ a: 2 }, { only: 5 as unknown as Filter })).toThrow(/^Invalid collection filter: 5/);
    expect(model['a']).toBe(1);
  });

  it('SET-025 a getter that throws AttributeError counts as absent; any other error comes through', () => {
    class Failing extends Module {
      get absent(): number {
        throw new AttributeError('no');
      }
      get broken(): number {
        throw new RangeError('broken');
      }
    }
    expect(() => new Failing().setAttributes({ absent: 1 })).toThrow(/Could not find/);
    expect(() => new Failing().setAttributes({ broken: 1 })).toThrow(RangeError);
  });
});

describe('names that only JavaScript knows', () => {
  it('SET-001 passes over the length of a List and the size of a Dict, which Flax’s classes do not have', () => {
    const [list, dict] = [new List([new Bag()]), new Dict({ a: new Bag() })];
    const model = new Bag({ length: 1, size: 1, list, dict });
    model.setAttributes({ length: 2, size: 2 });
    expect([model['length'], model['size'], list.length, dict.size]).toEqual([2, 2, 1, 1]);
    expect(() => list.setAttributes({ length: 2 })).toThrow(/Could not find/);
  });

  it('SET-006 does not find what every object inherits', () => {
    expect(() => new Bag().setAttributes({ toString: 1, constructor: 1 })).toThrow(/: \['constructor', 'toString'\]/);
  });

  it('SET-001 walks, sets and copies Modules with attributes of such names', () => {
    const names = ['constructor', 'toString', '__proto__', 'prototype'];
    const model = new Dict(new Map<string, unknown>(names.map((name) => [name, new Bag({ flag: 0, constructor: 1 })])));
    model.setAttributes({ flag: 1, constructor: 2 });
    const paths = [...iterModules(model)].map(([path]) => path.join());
    expect(paths).toEqual(['__proto__', 'prototype', 'toString', '']); // the child called constructor has been replaced
    const copy = view(withAttributes(model, { flag: 2 }));
    expect([...iterModules(copy, { graph: false })].map(([, module]) => (module as Bag)['flag'])).toEqual([2, 2, 2, undefined]);
  });

  it('SET-006 names what it did not find by code point', () => {
    expect(() => new Bag().setAttributes({ '\u{1F600}': 1, '\uE000': 1 })).toThrow(/\['\uE000', '\u{1F600}'\]/u);
  });
});

describe('train and eval', () => {
  it('TRN-001 TRN-002 set deterministic and useRunningAverage to false and true', () => {
    const block = new Block();
    block.eval();
    expect(modes(block)).toEqual([true, true]);
    block.train();
    expect(modes(block)).toEqual([false, false]);
    dispose(block);
  });

  it('TRN-003 do nothing to a model without modes', () => {
    const model = new Bag({ a: 1 });
    model.train();
    model.eval();
    expect(Object.entries(model)).toEqual([['a', 1]]);
  });

  it('TRN-004 set further attributes', () => {
    const drop = new Drop();
    drop.eval({ rate: 0.9 });
    expect(drop.rate).toBe(0.9);
  });

  it('TRN-005 ignore names that exist nowhere', () => {
    const drop = new Drop();
    drop.eval({ foo: 3 });
    expect('foo' in drop).toBe(false);
  });

  it('TRN-006 refuse the two names that they set themselves', () => {
    expect(() => new Drop().eval({ deterministic: false })).toThrow(TypeError);
    expect(() => new Drop().train({ useRunningAverage: false })).toThrow(/multiple values for 'useRunningAverage'/);
  });

  it('TRN-007 take the mode of traversal', () => {
    expect(() => makeCycle().eval({}, { graph: false })).toThrow(/^Cycle detected/);
  });

  it('TRN-008 reach every Module: there is no filter', () => {
    const model = new Bag({ a: new Drop(), b: new Bag({ c: new Drop() }) });
    model.eval();
    expect([(model['a'] as Drop).deterministic, ((model['b'] as Bag)['c'] as Drop).deterministic]).toEqual([true, true]);
  });

  it('TRN-009 SVS-005 touch every Module with these names, and nothing else such as decode', () => {
    const own = new Bag({ deterministic: null, useRunningAverage: 'x', decode: null });
    own.eval();
    expect([own['deterministic'], own['useRunningAverage'], own['decode']]).toEqual([true, true, null]);
  });
});

it('frees nothing and makes nothing', () => {
  leavesNothing(() => {
    const model = new Bag({ p: new Param(tf.scalar(1)) });
    model.eval();
    model.train();
    dispose(model);
  });
});
