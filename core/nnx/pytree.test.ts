import { describe, expect, it } from 'vitest';
import { Affine, Bag, leavesNothing, listed, makeCycle } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { clone } from './split.ts';
import { Dict } from './dict.ts';
import { dispose } from './dispose.ts';
import { iterGraph } from './iterate.ts';
import { List } from './list.ts';
import { iterChildren, iterModules, Module } from './module.ts';
import { attributeStatus, data, hasAttribute, setAttributeStatus, static_ } from './pytree.ts';
import { Rngs } from './rngs.ts';
import { state } from './split.ts';
import { State } from './state.ts';
import { Param } from './variable.ts';

const statusOf = (value: unknown) => attributeStatus(new Bag(), 'a', value);

describe('data and static attributes', () => {
  it('OBJ-001 TSD-015 counts tensors, typed arrays, Variables and Pytrees as data, all else as static', () => {
    const tensor = tf.scalar(1);
    const variable = new Param(tf.scalar(1));
    const rngs = new Rngs(0);
    for (const value of [tensor, new Float32Array(2), variable, new Bag(), rngs, rngs.params]) expect(statusOf(value)).toBe('data');
    for (const value of [1, 'text', true, null, () => 1, Bag, [1, 'a'], { n: [2] }, new Map([['a', 1]])])
      expect(statusOf(value)).toBe('static');
    tensor.dispose();
    variable.dispose();
  });

  it.each([
    ['array', () => [new Bag()]],
    ['object', () => ({ a: { b: new Bag() } })],
    ['Map', () => new Map([['a', new Bag()]])],
  ])('OBJ-002 refuses an unmarked %s with a Module in it, names attribute and type, and lists five remedies', (_, make) => {
    const model = new Bag({ layers: make() });
    expect(() => [...iterModules(model)]).toThrow(/^Found data on value of type '.*' in static attribute 'layers' of Pytree type 'Bag'/);
    expect(() => [...iterModules(model)]).toThrow(/\(1\).*\(2\).*data\(.*\(3\).*\(4\).*List or Dict.*\(5\).*pytree/s);
  });

  it('OBJ-003 TSD-017 data() lets an array, object or Map of Modules be found, and returns it', () => {
    const inner = new Bag();
    const array = [inner];
    expect(data(array)).toBe(array);
    const model = new Bag({ a: array, b: data({ x: new Bag() }), c: data(new Map([['y', new Bag()]])), d: data(null) });
    expect(listed(iterModules(model))).toEqual(['"a".0 Bag', '"b"."x" Bag', '"c"."y" Bag', ' Bag']);
    expect(() => data(5)).toThrow(/setAttributeStatus/);
  });

  it('OBJ-004 static_() refuses data', () => {
    expect(() => static_([new Bag()])).toThrow(/^Found data in value of type/);
    expect(static_([1, 2])).toEqual([1, 2]);
  });

  it('OBJ-005 setAttributes refuses data for a static attribute, and says how to go on; a null attribute may become anything', () => {
    const model = new Bag({ a: 5, b: null });
    const variable = new Param(tf.scalar(1));
    expect(() => model.setAttributes({ a: variable })).toThrow(/^Cannot assign data value of type 'Param' to static attribute 'a'/);
    model.setAttributes({ b: variable });
    expect(listed(iterChildren(model))).toEqual(['b Param']);
    dispose(model);
  });

  it('OBJ-006 a number is a leaf of the state only where the attribute was decided to be data', () => {
    const model = new Bag({ a: 5, b: 6 });
    setAttributeStatus(model, 'b', 'data');
    expect(state(model).flat()).toEqual([[['b'], 6]]);
  });

  it('OBJ-007 the last mark decides', () => {
    const numbers = data([1, 2]);
    expect(statusOf(numbers)).toBe('data');
    expect(statusOf(static_(numbers))).toBe('static');
  });

  it('OBJ-008 marks belong to the value, so a marked array inside an unmarked one does not hide there', () => {
    expect(() => statusOf([data([new Bag()])])).toThrow(/Found data/);
  });

  it('OBJ-009 TSD-016 refuses an array that was filled with Modules after it was assigned', () => {
    class Filled extends Module {
      layers: Module[] = [];
      constructor() {
        super();
        this.layers.push(new Bag());
      }
    }
    expect(() => [...iterModules(new Filled())]).toThrow(/Found data on value of type 'Array' in static attribute 'layers'/);
  });

  it('OBJ-010 forgets a deleted attribute: the next value decides afresh', () => {
    const model = new Bag({ a: new Bag() });
    delete model['a'];
    model['a'] = 5;
    expect(listed(iterModules(model))).toEqual([' Bag']);
    model['a'] = new Bag();
    expect(listed(iterModules(model))).toEqual(['"a" Bag', ' Bag']);
  });

  it('OBJ-011 a class with pytree = false walks plain arrays of Modules in graph mode', () => {
    class Loose extends Bag {
      static override readonly pytree: boolean = false;
    }
    expect(listed(iterModules(new Loose({ layers: [new Bag()] })))).toEqual(['"layers".0 Bag', ' Loose']);
  });

  it('OBJ-012 an absent bias is null: no child, not in the state, and can later receive a Param', () => {
    const model = new Bag({ bias: null });
    expect([...iterChildren(model)]).toEqual([]);
    expect(state(model).size).toBe(0);
    model['bias'] = new Param(tf.scalar(1));
    expect(state(model).has('bias')).toBe(true);
    dispose(model);
  });

  it('OBJ-013 an empty Module accepts attributes', () => {
    const empty = Object.assign(new Module(), { a: new Bag() });
    expect(listed(iterModules(empty))).toEqual(['"a" Bag', ' Module']);
  });

  it('OBJ-015 TSD-009 a declared field without a value does not exist', () => {
    class Declared extends Module {
      later: number | undefined;
    }
    const model = new Declared();
    expect('later' in model).toBe(true);
    expect(hasAttribute(model, 'later')).toBe(false);
    expect(() => model.setAttributes({ later: 1 })).toThrow(/'later'/);
  });

  it('OBJ-016 a class-level default exists; setting it leaves the class alone', () => {
    class WithDefault extends Module {}
    Object.defineProperty(WithDefault.prototype, 'deterministic', { value: false, writable: true });
    const model = new WithDefault();
    model.setAttributes({ deterministic: true });
    expect(Object.hasOwn(model, 'deterministic')).toBe(true);
    expect((new WithDefault() as unknown as { deterministic: boolean }).deterministic).toBe(false);
  });

  it('OBJ-018 Modules, Lists and Dicts are equal only to themselves', () => {
    const holder = new List<Module>([new List(), new List(), new Dict(), new Dict()]);
    expect(holder.index(holder[1]!)).toBe(1);
    expect(holder.index(holder[3]!)).toBe(3);
  });

  it('OBJ-019 a clone keeps cycles and sharing', () => {
    leavesNothing(() => {
      const shared = new Affine();
      const model = Object.assign(makeCycle(), { x: shared, y: shared });
      const copy = clone(model) as Bag & { child: Bag; x: Affine; y: Affine };
      expect(copy.child['parent']).toBe(copy);
      expect(copy.x).toBe(copy.y);
      expect(copy.x).not.toBe(shared);
      dispose(copy);
      dispose(model);
    });
  });

  it('finds Variables in a State that is an attribute', () => {
    const model = new Bag({ extra: new State({ a: new Param(tf.scalar(1)) }) });
    expect(state(model).has('extra', 'a')).toBe(true);
    dispose(model);
  });
});

describe('order', () => {
  it('ORD-001 visits Modules, Variables and containers, and yields containers and null as nodes of the graph', () => {
    const model = new Bag({ a: data([new Bag()]), n: null });
    expect(listed(iterGraph(model))).toEqual(['"a".0 Bag', '"a" Array', '"n" null', ' Bag']);
  });

  it('ORD-002 TSD-010 sorts attributes by code point: digits, capitals, underscore, small letters', () => {
    const model = new Bag();
    for (const name of ['b', 'a', '\u{1F600}', '\u{FFEE}', 'B', '10', '9', '_x']) model[name] = new Bag();
    expect([...iterModules(model)].map(([path]) => path[0])).toEqual(['10', '9', 'B', '_x', 'a', 'b', '\u{FFEE}', '\u{1F600}', undefined]);
  });

  it('ORD-003 positions of a List come in numeric order, before names', () => {
    const list = Object.assign(new List(Array.from({ length: 12 }, () => new Bag())), { extra: new Bag() });
    expect([...iterModules(list)].map(([path]) => path[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 'extra', undefined]);
  });

  it('ORD-004 arrays keep their order, objects and Maps are sorted, and a Map must not mix integer and text keys', () => {
    const model = new Bag({ a: data([new Bag(), new Bag()]), o: data({ z: new Bag(), b: new Bag() }) });
    expect([...iterModules(model)].map(([path]) => path.join('/'))).toEqual(['a/0', 'a/1', 'o/b', 'o/z', '']);
    const mixed = new Bag({
      m: data(
        new Map<string | number, unknown>([
          [1, new Bag()],
          ['a', new Bag()],
        ]),
      ),
    });
    expect(() => [...iterModules(mixed)]).toThrow(/Comparator raised exception while sorting pytree dictionary keys/);
  });

  it('ORD-005 keeps integer 0 and text 0 apart; the root path is empty', () => {
    const model = new Bag({ a: data([new Bag()]), o: new Dict({ 0: new Bag() }) });
    expect([...iterModules(model)].map(([path]) => path)).toEqual([['a', 0], ['o', '0'], ['o'], []]);
  });

  it('ORD-006 plain objects, JavaScript’s records, are listed by field name', () => {
    const point = data({ y: new Bag(), x: new Bag() });
    expect([...iterModules(point)].map(([path]) => path[0])).toEqual(['x', 'y']);
  });

  it('ORD-007 orders by our own names, which is Flax’s order wherever the names have no inner capital', () => {
    const model = new Bag({ layerZ: new Bag(), layer_a: new Bag(), layers: new Bag() });
    expect([...iterModules(model)].map(([path]) => path[0])).toEqual(['layerZ', 'layer_a', 'layers', undefined]);
  });
});
