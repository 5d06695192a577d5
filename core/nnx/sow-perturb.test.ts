import { describe, expect, it } from 'vitest';
import { Bag, leavesNothing, numbers } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { capture } from './capture.ts';
import { type Diagnostic, onDiagnostic } from './diagnostics.ts';
import { dispose } from './dispose.ts';
import { List } from './list.ts';
import { Module } from './module.ts';
import { State } from './state.ts';
import { type VariableType, variableTypeFromName } from './variable-names.ts';
import { Intermediate, Param, Perturbation, Variable } from './variable.ts';

/** Runs any function as its forward pass. */
class Runs extends Bag {
  readonly body: (self: Runs, x: tf.Tensor) => unknown;
  constructor(body: (self: Runs, x: tf.Tensor) => unknown, attributes: Readonly<Record<string, unknown>> = {}) {
    super(attributes);
    this.body = body;
  }
  call(x: tf.Tensor): unknown {
    return this.body(this, x);
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

/** Runs a body with 1, 2, … as scalars under capture, and gives what it returned and the captured State. */
function captured(
  body: (self: Runs, x: tf.Tensor) => unknown,
  types: readonly VariableType[] = [Intermediate],
  init?: State<Variable>,
): { result: unknown; state: State } {
  const [result, state] = tf.tidy(() => {
    const out = capture(new Runs(body), types, init ? { init } : {})(tf.scalar(1)) as unknown as [unknown, State];
    if (out[0] instanceof tf.Tensor) tf.keep(out[0]);
    return out as never;
  }) as unknown as [unknown, State];
  return { result, state };
}
const values = (value: unknown): unknown =>
  value instanceof tf.Tensor ? value.arraySync() : Array.isArray(value) ? value.map(values) : value;
const valueOf = (state: State, ...path: string[]) => values((state.get(...path) as Variable).value);

describe('sow inside capture', () => {
  it('SOW-001 SVS-013 stores the first value in an array and returns true', () => {
    leavesNothing(() => {
      const { result, state } = captured((self, x) => self.sow(Intermediate, 'y', x));
      expect(result).toBe(true);
      expect(valueOf(state, 'y')).toEqual([1]);
      state.dispose();
    });
  });

  it('SOW-002 TSD-024 appends further values in the order of the calls', () => {
    const { state } = captured((self, x) => {
      self.sow(Intermediate, 'y', x);
      self.sow(Intermediate, 'y', tf.add(x, 1));
    });
    expect(valueOf(state, 'y')).toEqual([1, 2]);
    state.dispose();
  });

  it('SOW-003 returns false for a type that is not captured, and reports the dropped value with its place', () => {
    const seen = noticed(() => {
      const { result, state } = captured((self, x) => self.sow(Intermediate, 'y', x), [Perturbation]);
      expect(result).toBe(false);
      expect(state.size).toBe(0);
    });
    expect(seen.map(({ code, path, name }) => ({ code, path, name }))).toEqual([{ code: 'sow-dropped', path: [], name: 'y' }]);
    expect(seen[0]!.message).toContain('Add it to the captured types');
  });

  it('SOW-004 VAR-012 TSD-013 matches the type exactly', () => {
    class Special extends Intermediate {}
    expect(captured((self, x) => self.sow(Special, 'y', x)).result).toBe(false);
    expect(captured((self, x) => self.sow(Intermediate, 'y', x), [Special]).result).toBe(false);
    expect(captured((self, x) => self.sow(Intermediate, 'y', x), [Perturbation]).result).toBe(false);
  });

  it('SOW-005 accumulates by any functions, each call by its own', () => {
    leavesNothing(() => {
      const add = { initFn: () => tf.scalar(10), reduceFn: (sum: tf.Tensor, x: tf.Tensor) => tf.add(sum, x) };
      const last = { initFn: () => null, reduceFn: (_: unknown, x: tf.Tensor) => x };
      const pair = { reduceFn: (previous: unknown, x: tf.Tensor) => [previous, x] };
      const { state } = captured((self, x) => {
        for (const n of [0, 1, 2]) {
          self.sow(Intermediate, 'sum', tf.add(x, n), add);
          self.sow(Intermediate, 'last', tf.add(x, n), last);
        }
        self.sow(Intermediate, 'mixed', x);
        self.sow(Intermediate, 'mixed', tf.add(x, 1), pair);
      });
      expect([valueOf(state, 'sum'), valueOf(state, 'last'), valueOf(state, 'mixed')]).toEqual([16, 3, [[1], 2]]);
      state.dispose();
    });
  });

  it('SOW-006 shares the numbers of a tensor, which the model may still use and dispose', () => {
    leavesNothing(() => {
      const x = tf.tensor1d([1, 2]);
      const buffers = tf.memory().numDataBuffers;
      const [, state] = capture(new Runs((self, x) => void self.sow(Intermediate, 'y', x)), [Intermediate])(x);
      expect(tf.memory().numDataBuffers).toBe(buffers);
      x.dispose();
      expect(valueOf(state as unknown as State, 'y')).toEqual([[1, 2]]);
      state.dispose();
    });
  });

  it('SOW-006 keeps the tensors of a Map, as of arrays and objects', () => {
    leavesNothing(() => {
      const [x, model] = [tf.scalar(1), new Runs((self, x) => self.sow(Intermediate, 'y', new Map([[3, tf.add(x, 1)]])))];
      const [, state] = capture(model, [Intermediate])(x);
      const [sown] = state.leaf('y').value as unknown as [Map<number, tf.Tensor>];
      expect(numbers(sown.get(3)!)).toEqual([2]);
      x.dispose();
      state.dispose();
    });
  });

  it('SOW-007 asks initFn only for a new name', () => {
    let asked = 0;
    const options = { initFn: () => (asked++, 0), reduceFn: (n: number) => n + 1 };
    const { state } = captured((self, x) => [1, 2, 3].map(() => self.sow(Intermediate, 'n', x, options)));
    expect([asked, valueOf(state, 'n')]).toEqual([1, 3]);
  });

  it('SOW-008 VAR-013 takes a type by its registered name; an unknown name makes a type', () => {
    expect(captured((self, x) => self.sow('intermediates', 'y', x)).result).toBe(true);
    captured((self, x) => self.sow('my_values', 'y', x));
    const made = variableTypeFromName('my_values');
    expect(Object.getPrototypeOf(made)).toBe(Variable);
    expect(captured((self, x) => self.sow('my_values', 'y', x), [made]).result).toBe(true);
  });

  it('SOW-009 a name may be that of an attribute or method', () => {
    const model = new Runs((self, x) => [self.sow(Intermediate, 'call', x), self.sow(Intermediate, 'n', x)], { n: 5 });
    const [, state] = tf.tidy(() => capture(model, [Intermediate])(tf.scalar(1)) as never) as unknown as [unknown, State];
    expect([...state.keys()]).toEqual(['call', 'n']);
    expect(model['n']).toBe(5);
    state.dispose();
  });

  it('SOW-010 one name under two types is kept under both', () => {
    class Other extends Variable<readonly tf.Tensor[]> {}
    const [, first, second] = tf.tidy(
      () =>
        capture(
          new Runs((self, x) => {
            self.sow(Intermediate, 'y', x);
            self.sow(Other, 'y', tf.add(x, 1));
          }),
          [Intermediate, Other],
        )(tf.scalar(1)) as never,
    ) as unknown as [unknown, State, State];
    expect([valueOf(first, 'y'), valueOf(second, 'y')]).toEqual([[1], [2]]);
    first.dispose();
    second.dispose();
  });

  it('SOW-011 a name that is also a child hides what the child captured, and that is reported', () => {
    leavesNothing(() => {
      const child = new Runs((self, x) => self.sow(Intermediate, 'y', x));
      const model = new Runs((self, x) => [child.call(x), self.sow(Intermediate, 'child', x)], { child });
      const x = tf.scalar(1);
      let state!: State<Intermediate>;
      const seen = noticed(() => {
        [, state] = capture(model, [Intermediate])(x);
      });
      expect(state.flat().map(([path]) => path.join('/'))).toEqual(['child']);
      expect(seen.map(({ code, path, name }) => ({ code, path, name }))).toEqual([{ code: 'name-collision', path: [], name: 'child' }]);
      x.dispose();
      state.dispose();
    });
  });

  it('SOW-012 BUG-14 a List that sows next to its elements lists positions first', () => {
    class Recording extends List<Runs> {
      call(x: tf.Tensor): void {
        for (const element of this) element.call(x);
        this.sow(Intermediate, 'all', x);
      }
    }
    const x = tf.scalar(1);
    const list = new Recording([0, 1].map(() => new Runs((self, x) => self.sow(Intermediate, 'y', x))));
    const [, state] = capture(list, [Intermediate])(x);
    expect(state.flat().map(([path]) => path)).toEqual([[0, 'y'], [1, 'y'], ['all']]);
    x.dispose();
    state.dispose();
  });
});

describe('sow outside capture', () => {
  it('SOW-020 SOW-021 SVS-012 X6 keeps the newest value in an attribute, and reports each time that this is deprecated', () => {
    leavesNothing(() => {
      const model = new Bag();
      const [before, x] = [tf.scalar(0), tf.scalar(1)];
      const seen = noticed(() => {
        expect(model.sow(Intermediate, 'y', before)).toBe(true);
        expect(model.sow(Intermediate, 'y', x)).toBe(true);
      });
      expect(model['y']).toBeInstanceOf(Intermediate);
      expect(values((model['y'] as Variable).value)).toEqual([1]);
      expect(seen.map(({ code }) => code)).toEqual(['deprecated', 'deprecated']);
      tf.dispose([before, x]);
      dispose(model);
    });
  });

  it('X6 keeps no tensor more with every step of a training', () => {
    const model = new Runs((self, x) => void self.sow(Intermediate, 'y', tf.square(x)));
    const x = tf.ones([4]);
    const step = (): number => {
      tf.tidy(() => void model.call(x));
      return tf.memory().numTensors;
    };
    const first = step();
    expect([step(), step(), step()]).toEqual([first, first, first]);
    dispose(model);
    x.dispose();
  });

  it('SOW-022 refuses a name that is no Variable', () => {
    expect(() => new Bag({ y: 5 }).sow(Intermediate, 'y', 1)).toThrow(/^Expected 'y' to be a Variable, got number/);
    expect(() => new Bag().sow(Intermediate, 'eval', 1)).toThrow(/^Expected 'eval' to be a Variable, got method/);
  });

  it('SOW-023 refuses a Variable of another type, a subclass included', () => {
    expect(() => new Bag({ y: new Param(1) }).sow(Intermediate, 'y', 1)).toThrow(/^Expected 'y' to be of type 'Intermediate', got 'Param'/);
    expect(() => new Bag({ y: new Perturbation(1) }).sow(Intermediate, 'y', 1)).toThrow(/got 'Perturbation'/);
  });

  it('SOW-024 a later capture starts empty and leaves the attribute', () => {
    const model = new Runs((self) => self.sow(Intermediate, 'y', 2));
    model.sow(Intermediate, 'y', 1);
    const [, state] = capture(model, [Intermediate])(null as never);
    expect(state.leaf('y').value).toEqual([2]);
    expect((model['y'] as Variable).value).toEqual([1]);
  });

  it('SOW-025 after an exception inside capture a sow is outside again', () => {
    const model = new Runs((self) => {
      self.sow(Intermediate, 'y', 1);
      throw new RangeError('no');
    });
    expect(() => capture(model, [Intermediate])(null as never)).toThrow(RangeError);
    expect(noticed(() => model.sow(Intermediate, 'z', 1)).map(({ code }) => code)).toEqual(['deprecated']);
  });

  it('SOW-026 a Module made during the call is outside', () => {
    const made = new Bag();
    const seen = noticed(() => {
      const [, state] = capture(new Runs(() => made.sow(Intermediate, 'y', 1)), [Intermediate])(null as never);
      expect(state.size).toBe(0);
    });
    expect(seen.map(({ code }) => code)).toEqual(['deprecated']);
    expect(seen[0]!.message).toMatch(/This Bag is not in the captured graph: make it before the call, and hold it in an attribute/);
    expect(made['y']).toBeInstanceOf(Intermediate);
  });
});

describe('perturb inside capture', () => {
  it('PRT-001 stores zeros like the value and returns the value, without a tensor for either', () => {
    leavesNothing(() => {
      const x = tf.tensor1d([1, 2]);
      const model = new Runs((self, x) => {
        const before = tf.memory().numTensors;
        const y = self.perturb('p', x);
        expect(tf.memory().numTensors).toBe(before);
        expect(y).toBe(x);
      });
      const [, state] = capture(model, [Perturbation])(x);
      expect(state.leaf('p')).toBeInstanceOf(Perturbation);
      expect([state.leaf('p').shape, state.leaf('p').dtype]).toEqual([[2], 'float32']);
      expect(numbers(state.leaf('p'))).toEqual([0, 0]);
      x.dispose();
      state.dispose();
    });
  });

  it('PRT-002 adds what init holds, and leaves it as it is', () => {
    leavesNothing(() => {
      const init = State.fromFlat([[['p'], new Perturbation(tf.scalar(0.5))]]);
      const { result, state } = captured((self, x) => self.perturb('p', x), [Intermediate], init as unknown as State);
      expect(numbers(result as tf.Tensor)).toEqual([1.5]);
      expect(numbers(init.leaf('p'))).toEqual([0.5]);
      tf.dispose([result as tf.Tensor]);
      state.dispose();
      init.dispose();
    });
  });

  it('PRT-003 returns the very value where no buffer of the type is', () => {
    const { result } = captured((self, x) => self.perturb('p', x) === x);
    expect(result).toBe(true);
  });

  it('PRT-004 adds one perturbation at every call of a name', () => {
    const init = State.fromFlat([[['p'], new Perturbation(tf.scalar(0.5))]]);
    const { result, state } = captured(
      (self, x) => tf.add(self.perturb('p', x), self.perturb('p', x)),
      [Intermediate],
      init as unknown as State,
    );
    expect(numbers(result as tf.Tensor)).toEqual([3]);
    tf.dispose([result as tf.Tensor]);
    state.dispose();
    init.dispose();
  });

  it('PRT-005 PRT-023 TRF-005 refuses a value of another shape, also one that would broadcast, and says what to do', () => {
    leavesNothing(() => {
      const twice = (self: Runs, x: tf.Tensor) => [self.perturb('p', x), self.perturb('p', tf.stack([x, x]))];
      expect(() => captured(twice, [Perturbation])).toThrow(
        /perturb\('p'\) of the root Module has a perturbation of shape \[\] but the value has shape \[2\]/,
      );
      const init = State.fromFlat([[['p'], new Perturbation(tf.zeros([4]))]]) as unknown as State;
      expect(() => captured((self, x) => self.perturb('p', tf.reshape(x, [1])), [Intermediate], init)).toThrow(
        /initialise the perturbations again/,
      );
      init.dispose();
    });
  });

  it('PRT-006 turns a number into a float32 scalar', () => {
    const { result, state } = captured((self) => self.perturb('p', 2), [Perturbation]);
    expect(numbers(result as tf.Tensor)).toEqual([2]);
    expect([state.leaf('p').shape, state.leaf('p').dtype]).toEqual([[], 'float32']);
    tf.dispose([result as tf.Tensor]);
  });

  it('PRT-007 stores zeros of the dtype of integers', () => {
    const { state } = captured((self) => void self.perturb('p', tf.scalar(2, 'int32')), [Perturbation]);
    expect(state.leaf('p').dtype).toBe('int32');
  });

  it('PRT-008 BUG-06 refuses arrays and objects', () => {
    expect(() => captured((self, x) => self.perturb('p', [x, x] as unknown as tf.Tensor), [Perturbation])).toThrow(
      /perturb\('p'\) takes a tensor or a number, got Array/,
    );
  });

  it('PRT-009 takes a type by name', () => {
    const { state } = captured((self, x) => void self.perturb('p', x, 'perturbations'), [Perturbation]);
    expect(state.has('p')).toBe(true);
  });
});

describe('perturb outside capture', () => {
  it('PRT-020 PRT-021 keeps zeros in an attribute, adds what is there, and reports that this is deprecated', () => {
    leavesNothing(() => {
      const model = new Bag();
      const x = tf.scalar(1);
      const seen = noticed(() => expect(numbers(model.perturb('p', x))).toEqual([1]));
      (model['p'] as Perturbation).value = tf.scalar(2);
      const y = model.perturb('p', x);
      expect(numbers(y)).toEqual([3]);
      expect(seen.map(({ code }) => code)).toEqual(['deprecated']);
      tf.dispose([x, y]);
      dispose(model);
    });
  });

  it('PRT-021 accepts an attribute of a subclass', () => {
    class Special extends Perturbation {}
    const model = new Bag({ p: new Special(tf.scalar(2)) });
    const y = tf.tidy(() => model.perturb('p', tf.scalar(1)));
    expect(numbers(y)).toEqual([3]);
    y.dispose();
    dispose(model);
  });

  it('PRT-022 refuses anything else of that name', () => {
    const x = tf.scalar(1);
    const other = new Module();
    Object.assign(other, { a: new Param(1), n: 5 });
    expect(() => other.perturb('a', x)).toThrow(/^Expected 'a' to be of type 'Perturbation', got 'Param'/);
    expect(() => other.perturb('n', x)).toThrow(/got 'number'/);
    expect(() => other.perturb('eval', x)).toThrow(/got 'method'/);
    const before = tf.memory().numTensors;
    expect(() => other.perturb('n', 1)).toThrow(/got 'number'/);
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});
