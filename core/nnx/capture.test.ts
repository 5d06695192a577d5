import { describe, expect, it } from 'vitest';
import { Affine, Bag, leavesNothing, makeCycle, numbers, SeedModel } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { capture, method } from './capture.ts';
import { type Diagnostic, onDiagnostic } from './diagnostics.ts';
import { dispose } from './dispose.ts';
import { withGraphMode } from './graph-mode.ts';
import { List } from './list.ts';
import { iterModules, Module } from './module.ts';
import { data } from './pytree.ts';
import { clone, merge, mergeCopy, split, state } from './split.ts';
import { State } from './state.ts';
import { Intermediate, Param, Perturbation, Variable } from './variable.ts';
import { view } from './view.ts';

/** Sows its argument as `y` and adds one; a second method does the same under `z`. */
class Plus extends Module {
  static override readonly typeName: string = 'Plus';
  call(x: number): number {
    this.sow(Intermediate, 'y', x);
    return x + 1;
  }
  run(x: number): number {
    this.sow(Intermediate, 'z', x);
    return x + 2;
  }
}

/** Runs its children in the order of their names. */
class Chain extends Bag {
  static override readonly typeName: string = 'Chain';
  call(x: number): number {
    return Object.values(this)
      .filter((child): child is Plus => child instanceof Module)
      .reduce((value, child) => child.call(value), x);
  }
}

const noticed = (f: () => void): Diagnostic[] => {
  const seen: Diagnostic[] = [];
  const stop = onDiagnostic((diagnostic) => seen.push(diagnostic));
  try {
    f();
  } finally {
    stop();
  }
  return seen;
};
const plain = (captured: State<Variable<unknown>>) =>
  Object.fromEntries(captured.flat().map(([path, leaf]) => [path.join('/'), leaf.value]));

describe('what capture takes', () => {
  it('CAP-001 CAP-014 a Module: runs call and returns the result and one State', () => {
    const [result, captured] = capture(new Plus(), [Intermediate])(1);
    expect(result).toBe(2);
    expect(captured).toBeInstanceOf(State);
    expect(plain(captured)).toEqual({ y: [1] });
  });

  it('CAP-002 TSD-006 a method of a Module', () => {
    const [result, captured] = capture(method(new Plus(), 'run'), [Intermediate])(1);
    expect([result, plain(captured)]).toEqual([3, { z: [1] }]);
    expect(() => method(new Plus(), 'typo' as 'run')).toThrow(/Plus has no method 'typo'/);
  });

  it('CAP-003 a function whose first argument is the Module', () => {
    const [result, captured] = capture((model: Plus, x: number) => model.call(x) * 10, [Intermediate])(new Plus(), 1);
    expect([result, plain(captured)]).toEqual([20, { y: [1] }]);
  });

  it('CAP-004 refuses to run a function without its Module', () => {
    const run = capture((model: Plus) => model.call(1), [Intermediate]) as unknown as () => void;
    expect(run).toThrow(/^A captured function needs its Module as first argument/);
  });

  it('CAP-005 an array or object of Modules as first argument: paths start with the position', () => {
    const [, captured] = capture((models: Plus[]) => models.map((model) => model.call(1)), [Intermediate])([new Plus(), new Plus()]);
    expect(captured.flat().map(([path]) => path)).toEqual([
      [0, 'y'],
      [1, 'y'],
    ]);
  });

  it('CAP-006 a first argument without Modules: the function runs, nothing is captured', () => {
    const [result, captured] = capture((x: number) => x + 1, [Intermediate])(1);
    expect([result, captured.size]).toEqual([2, 0]);
  });

  it('CAP-007 types alone: waits for its target', () => {
    const withTypes = capture([Intermediate], { methodOutputs: Intermediate });
    expect(plain(withTypes(new Plus())(1)[1])).toEqual({ __call__: [2], y: [1] });
    expect(plain(withTypes((model: Plus) => model.run(1))(new Plus())[1])).toEqual({ run: [3], z: [1] });
  });

  it('CAP-008 refuses a type given as text', () => {
    expect(() => capture(new Plus(), ['coll'] as unknown as [typeof Intermediate])).toThrow(
      /^capture takes classes of Variables, got 'coll'/,
    );
    expect(() => capture(new Plus(), Intermediate as unknown as [typeof Intermediate])).toThrow(TypeError);
  });

  it('CAP-009 no types: returns the bare result, and still adds the perturbations of init', () => {
    leavesNothing(() => {
      const x = tf.scalar(1);
      const init = new State({ gradOfX: new Perturbation(tf.scalar(2)) });
      const y = capture(new SeedModel(), [], { init, onDiagnostic: () => {} })(x);
      expect(numbers(y)).toEqual([9]);
      tf.dispose([x, y]);
      init.dispose();
    });
  });

  it('CAP-010 several types: one State each, in their order', () => {
    class A extends Variable<readonly number[]> {}
    class B extends Variable<readonly number[]> {}
    class Both extends Module {
      call(): void {
        this.sow(A, 'a', 1);
        this.sow(B, 'b', 2);
      }
    }
    const [, b, a] = capture(new Both(), [B, A])();
    expect([plain(a), plain(b)]).toEqual([{ a: [1] }, { b: [2] }]);
  });

  it('CAP-011 types related by inheritance: each gets exactly its own, in any order', () => {
    leavesNothing(() => {
      const x = tf.scalar(1);
      for (const types of [
        [Intermediate, Perturbation],
        [Perturbation, Intermediate],
      ] as const) {
        const [y, ...states] = capture(new SeedModel(), types)(x);
        const names = states.map((captured) => [...(captured as State).keys()]);
        expect(names).toEqual(types[0] === Intermediate ? [['activations'], ['gradOfX']] : [['gradOfX'], ['activations']]);
        y.dispose();
        for (const captured of states) (captured as State).dispose();
      }
      x.dispose();
    });
  });

  it('CAP-012 the same type twice: the second State is empty', () => {
    const [, first, second] = capture(new Plus(), [Intermediate, Intermediate])(1);
    expect([first.size, second.size]).toEqual([1, 0]);
  });

  it('CAP-013 the base class Variable matches nothing that is sown under a subclass', () => {
    const [, captured] = capture(new Plus(), [Variable], { onDiagnostic: () => {} })(1);
    expect(captured.size).toBe(0);
  });
});

describe('what capture returns', () => {
  it('CAP-020 CAP-023 a State nested as the Modules, with Variables of the captured type', () => {
    class Model extends Module {
      foos = new List([new Plus(), new Plus()]);
      call(x: number): void {
        for (const foo of this.foos) foo.call(x);
        this.sow(Intermediate, 'root', x);
      }
    }
    const [, captured] = capture(new Model(), [Intermediate])(7);
    expect(captured.leaf('foos', 0, 'y')).toBeInstanceOf(Intermediate);
    expect(captured.leaf('foos', 0, 'y').value[0]).toBe(7);
    expect(captured.leaf('root').value).toEqual([7]);
  });

  it('CAP-021 no entry for Modules that captured nothing, and an empty State if none did', () => {
    const model = new Bag({ a: new Plus(), b: new Plus() });
    const [, captured] = capture((model: Bag) => (model['a'] as Plus).call(1), [Intermediate])(model);
    expect(captured.has('b')).toBe(false);
    const [, empty] = capture((_model: Bag) => 1, [Intermediate])(model);
    expect(empty.size).toBe(0);
  });

  it('CAP-022 keys sorted at every level', () => {
    const model = new Chain({ z: new Plus(), B: new Plus(), a: new Plus() });
    const [, captured] = capture(model, [Intermediate])(1);
    expect([...captured.keys()]).toEqual(['B', 'a', 'z']);
  });

  it('CAP-024 a shared Module has one entry, under its first path, with all calls', () => {
    const shared = new Plus();
    const [, captured] = capture(new Chain({ z: shared, b: shared }), [Intermediate])(1);
    expect(plain(captured)).toEqual({ 'b/y': [1, 2] });
  });

  it('CAP-025 CAP-034 reports entries of init for a second path, or for Modules that are not there', () => {
    const shared = new SeedModel();
    const model = new Bag({ a: shared, b: shared });
    const init = new State({ b: { gradOfX: new Perturbation(tf.scalar(1)) }, c: { x: new Perturbation(tf.scalar(1)) } });
    const seen = noticed(() => {
      const x = tf.scalar(1);
      const y = capture((model: Bag, x: tf.Tensor) => (model['a'] as SeedModel).call(x), [], { init, onDiagnostic: undefined as never })(
        model,
        x,
      );
      expect(numbers(y)).toEqual([3]);
      tf.dispose([x, y]);
    });
    expect(seen.filter(({ code }) => code === 'init-ignored').map(({ path }) => path)).toEqual([['b'], ['c']]);
    init.dispose();
  });

  it('CAP-026 works on a cycle', () => {
    const model = makeCycle();
    model['plus'] = new Plus();
    const [, captured] = capture((model: Bag) => (model['plus'] as Plus).call(1), [Intermediate])(model);
    expect(plain(captured)).toEqual({ 'plus/y': [1] });
  });

  it('CAP-027 tree mode refuses a shared Module, with and without Variables', () => {
    const shared = new Affine();
    const run = capture((_model: Bag) => 1, [Intermediate]);
    expect(() => withGraphMode(false, () => run(new Bag({ a: shared, b: shared })))).toThrow(/^Duplicate Param/);
    dispose(shared);
    const plus = new Plus();
    expect(() => withGraphMode(false, () => run(new Bag({ a: plus, b: plus })))).toThrow(/^Duplicate Plus[^]*- a\n[^]*- b\n/);
    const [, captured] = withGraphMode(false, () => capture(new Chain({ a: new Plus() }), [Intermediate])(1));
    expect(plain(captured)).toEqual({ 'a/y': [1] });
  });
});

describe('init', () => {
  const init = () => new State({ gradOfX: new Perturbation(tf.scalar(1)) });

  it('CAP-030 its perturbations are added, and its type is not returned unless captured', () => {
    leavesNothing(() => {
      const [x, start] = [tf.scalar(1), init()];
      const [y, captured] = capture(new SeedModel(), [Intermediate], { init: start })(x);
      expect(numbers(y)).toEqual([6]);
      expect([...captured.keys()]).toEqual(['activations']);
      tf.dispose([x, y]);
      captured.dispose();
      start.dispose();
    });
  });

  it('CAP-031 CAP-037 if its type is captured, the State has new Variables with its values; init is never changed', () => {
    leavesNothing(() => {
      const [x, start] = [tf.scalar(1), init()];
      const [y, captured] = capture(new SeedModel(), [Perturbation], { init: start, onDiagnostic: () => {} })(x);
      expect(captured.leaf('gradOfX')).not.toBe(start.leaf('gradOfX'));
      expect(numbers(captured.leaf('gradOfX'))).toEqual([1]);
      captured.dispose();
      expect(numbers(start.leaf('gradOfX'))).toEqual([1]);
      tf.dispose([x, y]);
      start.dispose();
    });
  });

  it('CAP-032 may be a nested object or Map of Variables; a raw tensor in it is reported', () => {
    leavesNothing(() => {
      const [x, raw, p] = [tf.scalar(1), tf.scalar(1), new Perturbation(tf.scalar(1))];
      for (const start of [{ gradOfX: p }, new Map([['gradOfX', p]])]) {
        const y = capture(new SeedModel(), [], { init: start, onDiagnostic: () => {} })(x);
        expect(numbers(y)).toEqual([6]);
        y.dispose();
      }
      const seen: Diagnostic[] = [];
      capture(new SeedModel(), [], { init: { gradOfX: raw }, onDiagnostic: (diagnostic) => seen.push(diagnostic) })(x).dispose();
      expect(seen.map(({ code }) => code)).toEqual(['init-ignored', 'sow-dropped']);
      expect(seen[0]!.message).toContain('new Perturbation(tensor)');
      tf.dispose([x, raw]);
      p.dispose();
    });
  });

  it('CAP-033 empty or null is as none', () => {
    for (const start of [null, new State(), {}])
      expect(plain(capture(new Plus(), [Intermediate], { init: start })(1)[1])).toEqual({ y: [1] });
  });

  it('CAP-035 further names stay, are returned if their type is captured, and are reported as unused', () => {
    const seen: Diagnostic[] = [];
    const start = new State({ other: new Intermediate([5] as never) });
    const [, captured] = capture(new Plus(), [Intermediate], { init: start, onDiagnostic: (diagnostic) => seen.push(diagnostic) })(1);
    expect(plain(captured)).toEqual({ other: [5], y: [1] });
    expect(seen.map(({ code, name }) => [code, name])).toEqual([['init-ignored', 'other']]);
  });

  it('SOW-003 a sow of a type that only init has is dropped and reported, and leaves no tensor', () => {
    leavesNothing(() => {
      const [x, start] = [tf.scalar(1), new State({ y: new Intermediate([tf.scalar(5)] as never) })];
      const seen: Diagnostic[] = [];
      const run = (model: Bag, x: tf.Tensor) => model.sow(Intermediate, 'y', x);
      for (const types of [[], [Perturbation]] as const)
        capture(run, types, { init: start, onDiagnostic: (diagnostic) => seen.push(diagnostic) })(new Bag(), x);
      expect(seen.map(({ code, name }) => [code, name])).toEqual([
        ['sow-dropped', 'y'],
        ['sow-dropped', 'y'],
      ]);
      expect(numbers((start.leaf('y').value as unknown as tf.Tensor[])[0]!)).toEqual([5]);
      x.dispose();
      start.dispose();
    });
  });

  it('CAP-037 a reduce function that throws leaves init as it was, and no tensor', () => {
    leavesNothing(() => {
      const start = new State({ y: new Intermediate([tf.scalar(5)] as never) });
      const reduceFn = (): never => {
        throw new RangeError('no');
      };
      const run = (model: Bag) => model.sow(Intermediate, 'y', 1, { reduceFn });
      expect(() => capture(run, [Intermediate], { init: start })(new Bag())).toThrow(RangeError);
      start.dispose();
    });
  });

  it('CAP-036 sowing goes on from its Intermediates', () => {
    const start = new State({ y: new Intermediate([1] as never) });
    const [, captured] = capture(new Plus(), [Intermediate], { init: start })(3);
    expect(plain(captured)).toEqual({ y: [1, 3] });
    expect((start.get('y') as Variable).value).toEqual([1]);
  });
});

class Inner extends Module {
  call(x: number): number {
    return x + 1;
  }
  process(x: number): number {
    return this._hidden(x) * 2;
  }
  _hidden(x: number): number {
    return x;
  }
  get size(): number {
    return 1;
  }
  static make(): number {
    return 1;
  }
}
class Net extends Module {
  a = new Inner();
  b = new Inner();
  features(x: number): number {
    return this.b.process(this.a.call(this.a.call(x)));
  }
  call(x: number): number {
    this.sow(Intermediate, 'own', x);
    return this.features(x) + Inner.make() + this.a.size;
  }
}
const outputs = { methodOutputs: Intermediate };

describe('methodOutputs', () => {
  it('CAP-040 CAP-043 CAP-044 TSD-005 records what public methods of each Module’s own class return, call under __call__, next to sown values', () => {
    const [result, captured] = capture(new Net(), [Intermediate], outputs)(1);
    expect(result).toBe(8);
    expect(plain(captured)).toEqual({ __call__: [8], features: [6], own: [1], 'a/__call__': [2, 3], 'b/process': [6] });
  });

  it('CAP-040 does not record inherited methods', () => {
    class Derived extends Inner {
      extra(x: number): number {
        return this.call(x);
      }
    }
    const [, captured] = capture((model: Derived) => model.extra(1), [Intermediate], outputs)(new Derived());
    expect(plain(captured)).toEqual({ extra: [2] });
  });

  it('CAP-041 SVS-018 reports a type that is not captured, and records nothing', () => {
    const seen: Diagnostic[] = [];
    const result = capture(new Inner(), [], { methodOutputs: Intermediate, onDiagnostic: (diagnostic) => seen.push(diagnostic) })(1);
    expect(result).toBe(2);
    expect(seen.map(({ code }) => code)).toEqual(['method-outputs-dropped']);
  });

  it('CAP-042 a method given to capture is not recorded itself; what it calls is', () => {
    const [, captured] = capture(method(new Net(), 'features'), [Intermediate], outputs)(1);
    expect(plain(captured)).toEqual({ 'a/__call__': [2, 3], 'b/process': [6] });
  });

  it('CAP-045 CAP-046 CAP-047 BUG-09 leaves accessors, static methods and instance functions alone', () => {
    class WithArrow extends Inner {
      arrow = (x: number) => x + 100;
      own(x: number): number {
        return this.arrow(x);
      }
    }
    const model = new WithArrow();
    const { arrow } = model;
    const [, captured] = capture((model: WithArrow) => model.own(1), [Intermediate], outputs)(model);
    expect(plain(captured)).toEqual({ own: [101] });
    expect(model.arrow).toBe(arrow);
  });

  it('CAP-047 passes over a method that an attribute hides, and keeps what is assigned meanwhile', () => {
    for (const hiding of [7, () => 9]) {
      const model = new Inner();
      (model as unknown as Record<string, unknown>)['process'] = hiding;
      const run = (model: Inner) => [model.process, model.call(1)];
      const [[during], captured] = capture(run, [Intermediate], outputs)(model);
      expect(during).toBe(hiding);
      expect([plain(captured), model.process]).toEqual([{ __call__: [2] }, hiding]);
    }
    const model = new Inner();
    capture((model: Inner) => model.setAttributes({ process: 7 }), [Intermediate], outputs)(model);
    expect(Object.entries(model)).toEqual([['process', 7]]);
  });

  it('CAP-055 CAP-057 records the methods of views made meanwhile where the original’s are recorded, and not those of clones', () => {
    const run = (net: Net): number => {
      view(view(net)).a.call(1);
      return clone(net).a.call(1);
    };
    const model = new Net();
    const views: Net[] = [];
    const keep = (net: Net): void => void views.push(view(net));
    expect(plain(capture(run, [Intermediate], outputs)(model)[1])).toEqual({ 'a/__call__': [2] });
    capture(keep, [Intermediate], outputs)(model);
    expect(Reflect.ownKeys(views[0]!.a)).toEqual([]);
  });

  it('CAP-048 records one output where a subclass calls its parent', () => {
    class Outer extends Inner {
      override call(x: number): number {
        return super.call(x) * 10;
      }
    }
    const [, captured] = capture(new Outer(), [Intermediate], outputs)(1);
    expect(plain(captured)).toEqual({ __call__: [20] });
  });

  it('CAP-049 BUG-10 leaves other instances of the class alone', () => {
    const foreign = new Inner();
    const [result] = capture((model: Inner) => model.call(1) + foreign.call(1), [Intermediate], outputs)(new Inner());
    expect(result).toBe(4);
    expect(Object.keys(foreign)).toEqual([]);
  });

  it('records tensors in nested results, and restores every method', () => {
    leavesNothing(() => {
      class Pair extends Module {
        call(x: tf.Tensor): { a: tf.Tensor; b: [tf.Tensor] } {
          return { a: tf.add(x, 1), b: [tf.add(x, 2)] };
        }
      }
      const [x, model] = [tf.scalar(1), new Pair()];
      const [result, captured] = capture(model, [Intermediate], outputs)(x);
      const [sown] = captured.leaf('__call__').value as unknown as [{ a: tf.Tensor; b: [tf.Tensor] }];
      expect([numbers(sown.a), numbers(sown.b[0])]).toEqual([[2], [3]]);
      expect(Reflect.ownKeys(model)).toEqual([]);
      tf.dispose([x, result.a, result.b[0]]);
      captured.dispose();
    });
  });
});

describe('before, after and around', () => {
  it('CAP-050 BUG-04 an exception comes through and leaves no tensor, no buffer and no wrapper', () => {
    leavesNothing(() => {
      class Failing extends Module {
        step(x: tf.Tensor): void {
          this.sow(Intermediate, 'y', x);
          this.perturb('p', x);
        }
        call(x: tf.Tensor): void {
          this.step(tf.add(x, 1));
          throw new RangeError('no');
        }
      }
      const [x, model] = [tf.scalar(1), new Failing()];
      expect(() => capture(model, [Intermediate, Perturbation], outputs)(x)).toThrow(RangeError);
      expect(Reflect.ownKeys(model)).toEqual([]);
      x.dispose();
    });
  });

  it('CAP-051 PWF-006 leaves nothing on the model', () => {
    const model = new Net();
    capture(model, [Intermediate], outputs)(1);
    expect([...iterModules(model)].map(([, module]) => Reflect.ownKeys(module))).toEqual([[], [], ['a', 'b']]);
  });

  it('CAP-052 CAP-053 nested captures of a part or of the same Module both record, and the outer goes on', () => {
    class Outer extends Module {
      inner = new Plus();
      seen: unknown = null;
      call(x: number): void {
        this.inner.call(x);
        this.seen = plain(capture(this.inner, [Intermediate])(x + 10)[1]);
        this.inner.call(x + 20);
      }
    }
    const model = new Outer();
    const [, captured] = capture(model, [Intermediate])(1);
    expect(model.seen).toEqual({ y: [11] });
    expect(plain(captured)).toEqual({ 'inner/y': [1, 11, 21] });
    const plus = new Plus();
    const [[, inside], outside] = capture((plus: Plus) => capture(plus, [Intermediate])(1), [Intermediate])(plus);
    expect([plain(inside), plain(outside)]).toEqual([{ y: [1] }, { y: [1] }]);
  });

  it('CAP-054 an inner capture leaves the outer’s recording of methods in place', () => {
    const run = (net: Net): number => {
      capture(net, [Intermediate], outputs)(1);
      return net.call(1);
    };
    const [, captured] = capture(run, [Intermediate], outputs)(new Net());
    expect(captured.leaf('__call__').value).toEqual([8, 8]);
    expect(captured.leaf('own').value).toEqual([1, 1]);
  });

  it('CAP-055 CAP-056 VIW-027 TSD-012 a view or merge made meanwhile records into the same buffers', () => {
    const run = (plus: Plus): void => {
      view(plus).call(1);
      const [graphdef, parts] = split(plus);
      merge(graphdef, parts).call(2);
    };
    expect(plain(capture(run, [Intermediate])(new Plus())[1])).toEqual({ y: [1, 2] });
  });

  it('CAP-057 a clone or merged copy made meanwhile is a Module of its own', () => {
    const run = (plus: Plus): void => {
      clone(plus).call(1);
      const [graphdef, parts] = split(plus);
      mergeCopy(graphdef, parts).call(2);
    };
    expect(plain(capture(run, [Intermediate])(new Plus())[1])).toEqual({});
  });

  it('CAP-058 CAP-062 the state of the model has no buffers, during the call either', () => {
    const run = (model: Bag): number => {
      (model['plus'] as Plus).call(1);
      return state(model).size;
    };
    expect(capture(run, [Intermediate])(new Bag({ plus: new Plus() }))[0]).toBe(0);
  });

  it('CAP-059 the wrapper is a plain function', () => expect(typeof capture(new Plus(), [Intermediate])).toBe('function'));

  it('CAP-060 the same wrapper starts afresh each time', () => {
    const run = capture(new Plus(), [Intermediate]);
    expect([plain(run(1)[1]), plain(run(5)[1])]).toEqual([{ y: [1] }, { y: [5] }]);
  });

  it('CAP-061 SVS-017 refuses a Module without call', () => {
    expect(() => void capture(new Bag() as unknown as Plus, [Intermediate])).toThrow(/Bag is not callable/);
  });

  it('TFJ-001 frees what the forward pass made, and keeps the result and the captured values', () => {
    leavesNothing(() => {
      class Deep extends Module {
        call(x: tf.Tensor): tf.Tensor[] {
          const y = tf.add(tf.mul(x, 2), 1);
          this.sow(Intermediate, 'y', y);
          return [tf.add(y, 1)];
        }
      }
      const [x, model] = [tf.scalar(1), new Deep()];
      const before = tf.memory().numTensors;
      const [[y], captured] = capture(model, [Intermediate])(x);
      expect(tf.memory().numTensors - before).toBe(2);
      expect([numbers(y!), numbers(captured.leaf('y').value[0]!)]).toEqual([[4], [3]]);
      tf.dispose([x, y!]);
      captured.dispose();
    });
  });

  it('keeps the tensors of a result that is a Map, a State, a Module or an object of any class, and frees the others', () => {
    leavesNothing(() => {
      class Answer {
        readonly map: Map<number, tf.Tensor>;
        readonly state: State<Param | tf.Tensor>;
        readonly model: Bag;
        readonly self: Answer;
        constructor(x: tf.Tensor) {
          this.map = new Map([[1, tf.add(x, 1)]]);
          this.state = State.fromFlat<Param | tf.Tensor>([
            [['p'], new Param(tf.add(x, 2))],
            [['raw'], tf.add(x, 3)],
          ]);
          this.model = new Bag({ raw: tf.add(x, 4), p: new Param(tf.add(x, 5)) });
          this.self = this;
        }
      }
      const x = tf.scalar(1);
      const [{ map, state, model }, captured] = capture((_model: Bag, x: tf.Tensor) => new Answer(tf.mul(x, 10)), [Intermediate])(
        new Bag(),
        x,
      );
      expect([map.get(1)!, state.leaf('p') as Param, state.leaf('raw') as tf.Tensor].map(numbers)).toEqual([[11], [12], [13]]);
      expect([model['raw'] as tf.Tensor, model['p'] as Param].map(numbers)).toEqual([[14], [15]]);
      dispose(model);
      tf.dispose([x, map.get(1)!]);
      state.dispose();
      captured.dispose();
    });
  });

  it('gives a handle of its own where the result is a Variable’s tensor, and an argument as it is', () => {
    leavesNothing(() => {
      const model = new Affine();
      const x = tf.scalar(1);
      const [[kernel, same], captured] = capture((model: Affine, x: tf.Tensor) => [model.kernel.value, x], [Intermediate])(model, x);
      kernel!.dispose();
      expect([model.kernel.value.isDisposed, same]).toEqual([false, x]);
      x.dispose();
      captured.dispose();
      dispose(model);
    });
  });

  it('refuses an asynchronous function', () => {
    expect(() => capture(async (_model: Plus) => 1, [Intermediate])(new Plus())).toThrow(/must not be asynchronous/);
  });

  it('records a Module in a plain array under its position', () => {
    const model = new Bag({ parts: data([new Plus(), new Plus()]) });
    const [, captured] = capture((model: Bag) => (model['parts'] as Plus[])[1]!.call(1), [Intermediate])(model);
    expect(captured.flat().map(([path]) => path)).toEqual([['parts', 1, 'y']]);
  });

  it('keeps Params out of what it owns', () => {
    leavesNothing(() => {
      const model = new Affine();
      const [, captured] = capture((model: Affine) => void model.sow(Intermediate, 'kernel', model.kernel.value), [Intermediate])(model);
      captured.dispose();
      expect(model.kernel.value.isDisposed).toBe(false);
      expect(state(model, Param).size).toBe(2);
      dispose(model);
    });
  });
});
