import { describe, expect, it } from 'vitest';
import { Affine, Bag, leavesNothing, Norm, numbers, SeedModel } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { capture, method } from './capture.ts';
import type { Diagnostic } from './diagnostics.ts';
import { dispose } from './dispose.ts';
import { All, PathContains } from './filter.ts';
import { DiffState, grad, valueAndGrad } from './grad.ts';
import { List } from './list.ts';
import { Module } from './module.ts';
import { data } from './pytree.ts';
import { Rngs } from './rngs.ts';
import { mergeState } from './state-functions.ts';
import { State } from './state.ts';
import { BatchStat, Intermediate, LoRAParam, Param, PendingZeros, Perturbation, type Variable } from './variable.ts';

const row = () => tf.tensor2d([[1, 2]]);
const sum = (model: Affine, x: tf.Tensor) => tf.sum(model.call(x));

/** Runs `f` with arguments that it frees, counting tensors. */
function withAffine(f: (model: Affine, x: tf.Tensor) => void): void {
  leavesNothing(() => {
    const [model, x] = [new Affine(), row()];
    f(model, x);
    dispose(model);
    x.dispose();
  });
}

describe('results', () => {
  it('GRD-001 TSD-001 a Module gives a State of its Params, sorted by path, and no other Variables', () => {
    leavesNothing(() => {
      const model = new Bag({ z: new Affine(), norm: new Norm(), rngs: new Rngs(0), lora: new LoRAParam(tf.scalar(2)) });
      const x = row();
      const loss = (model: Bag, x: tf.Tensor) => tf.add(sum(model['z'] as Affine, x), (model['lora'] as Param).value);
      const grads = grad(loss)(model, x);
      expect(grads.flat().map(([path]) => path.join('/'))).toEqual(['lora', 'norm/scale', 'z/bias', 'z/kernel']);
      expect(grads.leaf('lora')).toBeInstanceOf(LoRAParam);
      expect(numbers(grads.leaf('z', 'kernel'))).toEqual([1, 1, 2, 2]);
      grads.dispose();
      dispose([model, x]);
    });
  });

  it('GRD-002 GRD-003 GRD-004 nest value, aux and gradients as JAX does', () => {
    withAffine((model, x) => {
      const loss = (model: Affine, x: tf.Tensor) => [sum(model, x), { x, n: 5 }] as const;
      const [value, grads] = valueAndGrad(sum)(model, x);
      const [only, aux] = grad(loss, { hasAux: true })(model, x);
      const [[again, more], third] = valueAndGrad(loss, { hasAux: true })(model, x);
      expect([numbers(value), numbers(again)]).toEqual([[17], [17]]);
      expect([numbers(aux.x), aux.n, more.n]).toEqual([[1, 2], 5, 5]);
      for (const state of [grads, only, third]) {
        expect(numbers(state.leaf('bias'))).toEqual([1, 1]);
        state.dispose();
      }
      tf.dispose([value, again, aux.x, more.x]);
    });
  });

  it('GRD-005 GRD-006 one argnum gives one gradient, an array of them an array in its order', () => {
    leavesNothing(() => {
      const f = (a: tf.Tensor, b: tf.Tensor) => tf.mul(a, tf.mul(b, b));
      const [a, b] = [tf.scalar(2), tf.scalar(3)];
      const one = grad(f, { argnums: 1 })(a, b);
      const [wrapped] = grad(f, { argnums: [0] })(a, b);
      const [first, second] = grad(f, { argnums: [1, 0] })(a, b);
      expect([numbers(one), numbers(wrapped), numbers(first), numbers(second)]).toEqual([[12], [9], [12], [9]]);
      tf.dispose([a, b, one, wrapped, first, second]);
    });
  });

  it('GRD-007 GRD-008 GRD-009 GRD-029 refuses repeated, missing and impossible positions; negative ones count from the end', () => {
    const f = (a: tf.Tensor, b: tf.Tensor) => tf.mul(a, b);
    leavesNothing(() => {
      const [a, b] = [tf.scalar(2), tf.scalar(3)];
      expect(() => grad(f, { argnums: [0, 0] })(a, b)).toThrow(/^argnum 0 is repeated in argnums/);
      expect(() => grad(f, { argnums: [1, -1] })(a, b)).toThrow(/is repeated/);
      expect(() => grad(f, { argnums: 7 })(a, b)).toThrow(
        /^differentiating with respect to argnums=7 requires at least 8 positional arguments/,
      );
      expect(() => grad(f, { argnums: new Bag() as unknown as number })(a, b)).toThrow(/^Graph nodes are not allowed as prefixes/);
      const last = grad(f, { argnums: -1 as 1 })(a, b);
      expect(numbers(last)).toEqual([2]);
      tf.dispose([a, b, last]);
    });
  });

  it('GRD-009 a negative position of a Module gives its Params too', () => {
    withAffine((model, x) => {
      const grads = grad((x: tf.Tensor, model: Affine) => sum(model, x), { argnums: -1 as 1 })(x, model);
      expect(grads.size).toBe(2);
      grads.dispose();
    });
  });

  it('GRD-010 GRD-011 TFJ-002 States, objects, arrays and single Variables are differentiated whole, each Variable of its type', () => {
    leavesNothing(() => {
      const [a, b] = [new BatchStat(tf.scalar(2)), new Perturbation(tf.scalar(3))];
      const square = (x: Variable) => tf.square(x.value);
      const state = State.fromFlat<Variable>([
        [['s', 0], a],
        [['t'], b as unknown as Variable],
      ]);
      const ofState = grad((s: State) => tf.add(square(s.leaf('s', 0)), square(s.leaf('t'))))(state);
      expect(ofState.leaf('s', 0)).toBeInstanceOf(BatchStat);
      expect([numbers(ofState.leaf('s', 0)), numbers(ofState.leaf('t'))]).toEqual([[4], [6]]);
      const ofObject = grad((o: { a: BatchStat; list: [Perturbation] }) => tf.add(square(o.a), square(o.list[0] as unknown as Variable)))({
        a,
        list: [b],
      });
      expect(ofObject.list[0]).toBeInstanceOf(Perturbation);
      expect([numbers(ofObject.a), numbers(ofObject.list[0])]).toEqual([[4], [6]]);
      const one = grad((v: BatchStat) => square(v))(a);
      expect(one).toBeInstanceOf(BatchStat);
      expect(numbers(one)).toEqual([4]);
      for (const owner of [ofState, ofObject.a, ofObject.list[0], one, a, b]) owner.dispose();
    });
  });

  it('GRD-012 tensors and numbers give tensors, also the same tensor twice', () => {
    leavesNothing(() => {
      const x = tf.scalar(3);
      const [first, second] = grad((a: tf.Tensor, b: tf.Tensor) => tf.mul(a, tf.square(b)), { argnums: [0, 1] })(x, x);
      const ofNumber = grad((a: tf.Tensor) => tf.square(a))(5 as unknown as tf.Tensor);
      expect([numbers(first), numbers(second), numbers(ofNumber)]).toEqual([[9], [18], [10]]);
      tf.dispose([x, first, second, ofNumber]);
    });
  });

  it('GRD-013 an array of Modules gives an array of States', () => {
    withAffine((model, x) => {
      const grads = grad((models: [Affine]) => sum(models[0], x))([model]);
      expect(numbers(grads[0].leaf('bias'))).toEqual([1, 1]);
      grads[0].dispose();
    });
  });

  it('GRD-014 refuses integers, and what holds no numbers', () => {
    leavesNothing(() => {
      const n = tf.scalar(3, 'int32');
      expect(() => grad((x: tf.Tensor) => tf.cast(x, 'float32'))(n)).toThrow(/^grad requires real- or complex-valued inputs .* got int32/);
      const model = new Bag({ p: new Param(tf.scalar(1, 'int32')) });
      expect(() => grad(() => tf.scalar(1))(...([model] as unknown as []))).toThrow(TypeError);
      expect(() => grad((_model: string) => tf.scalar(1))('text')).toThrow(/got string/);
      n.dispose();
      dispose(model);
    });
  });

  it('GRD-015 refuses a function that is not scalar', () => {
    withAffine((model, x) => {
      expect(() => grad((model: Affine) => model.call(x))(model)).toThrow(
        /^Gradient only defined for scalar-output functions\. Output had shape: \(1, 2\)\./,
      );
      expect(() => grad((model: Affine) => tf.reshape(sum(model, x), [1]))(model)).toThrow(/Output had shape: \(1,\)/);
    });
  });

  it('GRD-016 refuses a missing pair, and a pair that was not announced', () => {
    withAffine((model, x) => {
      const pair = (model: Affine) => [sum(model, x), 1] as const;
      expect(() => grad(pair as never)(...([model] as unknown as []))).toThrow(
        /^Gradient only defined for scalar-output functions\. Output was an array/,
      );
      expect(() => valueAndGrad((model: Affine) => sum(model, x), { hasAux: true })(model)).toThrow(/must return \[value, aux\]/);
    });
  });

  it('GRD-017 TSD-003 positions are all there is: an options object is an argument like others', () => {
    leavesNothing(() => {
      const x = tf.scalar(3);
      const g = grad((x: tf.Tensor, options: { readonly power: number }) => tf.pow(x, options.power))(x, { power: 2 });
      expect(numbers(g)[0]).toBeCloseTo(6, 4);
      tf.dispose([x, g]);
    });
  });

  it('GRD-018 refuses a method of a Module', () => {
    const model = new SeedModel();
    expect(() => grad(method(model, 'call') as never)).toThrow(/^nnx\.grad does not support bound methods/);
  });

  it('GRD-019 gives zeros of the right shape for what is not used', () => {
    withAffine((model, x) => {
      const grads = grad((model: Affine) => tf.sum(tf.mul(model.bias.value, 2)))(model);
      expect(numbers(grads.leaf('kernel'))).toEqual([0, 0, 0, 0]);
      const none = grad((model: Affine) => tf.scalar(model.inFeatures))(model);
      expect([numbers(none.leaf('kernel')), numbers(none.leaf('bias'))]).toEqual([
        [0, 0, 0, 0],
        [0, 0],
      ]);
      const ofX = grad((x: tf.Tensor) => tf.sum(tf.zerosLike(x)))(x);
      expect([ofX.shape, numbers(ofX)]).toEqual([
        [1, 2],
        [0, 0],
      ]);
      grads.dispose();
      none.dispose();
      ofX.dispose();
    });
  });

  it('GRD-020 a shared Param has one entry, under its first path, with the sum', () => {
    leavesNothing(() => {
      const [shared, x] = [new Affine(), row()];
      const model = new Bag({ z: shared, b: shared });
      const grads = grad((model: Bag) => tf.add(sum(model['z'] as Affine, x), sum(model['b'] as Affine, x)))(model);
      expect([...grads.keys()]).toEqual(['b']);
      expect(numbers(grads.leaf('b', 'bias'))).toEqual([2, 2]);
      grads.dispose();
      dispose([model, x]);
    });
  });

  it('GRD-021 the same Module passed twice: the first State has the sum, the second is empty', () => {
    withAffine((model, x) => {
      const [first, second] = grad((a: Affine, b: Affine) => tf.add(sum(a, x), sum(b, x)), { argnums: [0, 1] })(model, model);
      expect(numbers(first.leaf('bias'))).toEqual([2, 2]);
      expect(second.size).toBe(0);
      first.dispose();
    });
  });

  it('GRD-021 refuses a Variable that is differentiated in one argument and not in another, as its gradient would be a guess', () => {
    withAffine((model, x) => {
      const both = (a: Affine, b: { model: Affine }) => tf.add(sum(a, x), sum(b.model, x));
      const refused =
        /^Inconsistent aliasing detected: the Param at '(model\/)?(bias|kernel)' of one argument is differentiated in another/;
      expect(() => grad(both)(model, { model })).toThrow(refused);
      expect(() => grad(both, { argnums: 1 })(model, { model })).toThrow(refused);
      expect(() => grad((a: Affine, _v: Param) => sum(a, x))(model, model.bias)).toThrow(/^Inconsistent aliasing detected/);
      const halves = [new DiffState(0, new PathContains('bias')), new DiffState(1, new PathContains('kernel'))] as const;
      expect(() => grad((a: Affine, b: Affine) => tf.add(sum(a, x), sum(b, x)), { argnums: halves })(model, model)).toThrow(
        /^Inconsistent aliasing detected/,
      );
      // What is differentiated nowhere may stand anywhere.
      const grads = grad((a: Affine, _b: Bag) => sum(a, x), { argnums: new DiffState(0, new PathContains('bias')) })(
        model,
        new Bag({ kernel: model.kernel }),
      );
      expect([...grads.keys()]).toEqual(['bias']);
      grads.dispose();
    });
  });

  it('GRD-022 TSD-027 TFJ-001 changes that the function makes to the Module stay: statistics, counts, attributes', () => {
    leavesNothing(() => {
      const model = new Bag({ norm: new Norm(), rngs: new Rngs(0), mode: 'old' });
      const x = tf.tensor2d([
        [2, 4],
        [4, 8],
      ]);
      for (const expected of [
        [1.5, 3],
        [2.25, 4.5],
      ]) {
        const grads = grad((model: Bag) => {
          (model['rngs'] as Rngs).default();
          model['mode'] = 'new';
          return tf.sum(tf.square((model['norm'] as Norm).call(x)));
        })(model);
        expect(numbers((model['norm'] as Norm).mean)).toEqual(expected);
        expect(numbers(grads.leaf('norm', 'scale'))).toEqual([4, 16]);
        grads.dispose();
      }
      expect([(model['rngs'] as Rngs).default.count.value, model['mode']]).toEqual([2, 'new']);
      dispose([model, x]);
    });
  });

  it('GRD-023 GRD-024 aux gives Modules and Variables back as they are, and tensors that live on', () => {
    withAffine((model, x) => {
      const before = tf.memory().numTensors;
      const f = (model: Affine) => [sum(model, x), { model, kernel: model.kernel, list: [tf.add(x, 1), model.bias.value] }] as const;
      const [grads, aux] = grad(f, { hasAux: true })(model);
      expect([aux.model, aux.kernel]).toEqual([model, model.kernel]);
      expect(numbers(aux.list[0]!)).toEqual([2, 3]);
      grads.dispose();
      expect(tf.memory().numTensors - before).toBe(2);
      tf.dispose([...aux.list]);
      expect(model.bias.value.isDisposed).toBe(false);
    });
  });

  it('GRD-024 aux may be a Map of tensors', () => {
    leavesNothing(() => {
      const x = tf.scalar(3);
      const f = (x: tf.Tensor) => [tf.square(x), new Map([['twice', tf.mul(x, 2)]])] as const;
      const [g, aux] = grad(f, { hasAux: true })(x);
      expect([numbers(g), numbers(aux.get('twice')!)]).toEqual([[6], [6]]);
      tf.dispose([x, g, aux.get('twice')!]);
    });
  });

  it('GRD-025 a DiffState chooses the Variables by a filter', () => {
    leavesNothing(() => {
      const model = new Bag({ w: new Param(tf.scalar(2)), stat: new BatchStat(tf.scalar(3)), v: new Param(tf.scalar(4)) });
      const loss = (model: Bag) =>
        tf.mul(tf.mul((model['w'] as Param).value, (model['stat'] as BatchStat).value), (model['v'] as Param).value);
      const byPath = grad(loss, { argnums: new DiffState(0, new PathContains('w')) })(model);
      const byTypes = grad(loss, { argnums: [new DiffState(0, [BatchStat, new All(Param, new PathContains('v'))])] })(model);
      expect(byPath.flat().map(([path, leaf]) => [path[0], numbers(leaf)[0]])).toEqual([['w', 12]]);
      expect(byTypes[0].flat().map(([path, leaf]) => [path[0], numbers(leaf)[0]])).toEqual([
        ['stat', 8],
        ['v', 6],
      ]);
      byPath.dispose();
      byTypes[0].dispose();
      dispose(model);
    });
  });
});

describe('raw tensors in Modules and States', () => {
  const rawModel = () => new Bag({ raw: tf.scalar(3), p: new Param(tf.scalar(2)) });
  const loss = (model: Bag) => tf.mul(tf.square(model['raw'] as tf.Tensor), (model['p'] as Param).value);

  it('GRD-001 GRD-025 of a Module a DiffState can choose them, and Param does not', () => {
    leavesNothing(() => {
      const model = rawModel();
      const byParam = grad(loss)(model);
      const all = grad(loss, { argnums: new DiffState(0, true) })(model) as unknown as State<Param | tf.Tensor>;
      expect(byParam.flat().map(([path, leaf]) => [path, numbers(leaf)])).toEqual([[['p'], [9]]]);
      expect(all.flat().map(([path, leaf]) => [path, numbers(leaf)])).toEqual([
        [['p'], [9]],
        [['raw'], [12]],
      ]);
      byParam.dispose();
      all.dispose();
      dispose(model);
    });
  });

  it('GRD-010 of a State they are differentiated too, each place by itself', () => {
    leavesNothing(() => {
      const raw = tf.scalar(3);
      const state = State.fromFlat<tf.Tensor>([
        [['a'], raw],
        [['b'], raw],
      ]);
      const g = grad((state: State<tf.Tensor>) => tf.mul(tf.square(state.leaf('a')), state.leaf('b')))(state) as State<tf.Tensor>;
      expect(g.flat().map(([path, leaf]) => [path, numbers(leaf)])).toEqual([
        [['a'], [18]],
        [['b'], [9]],
      ]);
      g.dispose();
      raw.dispose();
    });
  });

  it('GRD-026 in tree mode the gradient Module has their gradients, and not the Module’s own tensors', () => {
    leavesNothing(() => {
      const model = rawModel();
      const g = grad(loss, { graph: false })(model) as unknown as Bag;
      expect([numbers(g['raw'] as tf.Tensor), numbers(g['p'] as Param)]).toEqual([[12], [9]]);
      dispose(g);
      expect((model['raw'] as tf.Tensor).isDisposed).toBe(false);
      dispose(model);
    });
  });
});

describe('tree mode', () => {
  const tree = { graph: false };

  it('GRD-026 a Module gives a Module with the gradients of all Variables; streams of random numbers are refused', () => {
    leavesNothing(() => {
      const [model, x] = [new Norm(2, true), row()];
      const grads = grad((model: Norm) => tf.sum(model.call(x)), tree)(model) as unknown as Norm;
      expect(grads).toBeInstanceOf(Norm);
      expect(grads.mean).toBeInstanceOf(BatchStat);
      expect([numbers(grads.mean), numbers(grads.scale)]).toEqual([
        [-1, -1],
        [1, 2],
      ]);
      expect(() => grad((_model: Bag) => tf.scalar(1), tree)(new Bag({ rngs: new Rngs(0) }))).toThrow(
        /^grad requires real- or complex-valued inputs/,
      );
      dispose([grads, model, x]);
    });
  });

  it('GRD-027 refuses shared Variables, within an argument and between two', () => {
    withAffine((model, x) => {
      expect(() => grad((_model: Bag) => tf.scalar(1), tree)(new Bag({ a: model, b: model }))).toThrow(/^Duplicate Param/);
      for (const argnums of [0, [0, 1]])
        expect(() => grad((a: Affine, _other: { model: Affine }) => sum(a, x), { ...tree, argnums })(model, { model })).toThrow(
          /^Duplicate Param\nfound at paths:\n\n {2}- 0\/bias\n {2}- 1\/model\/bias\n\n.* does not support Variable aliasing/,
        );
    });
  });

  it('GRD-028 refuses DiffStates', () => {
    withAffine((model, x) => {
      const f = grad((model: Affine) => sum(model, x), { ...tree, argnums: new DiffState(0, Param) });
      expect(() => f(model)).toThrow(/cannot contain `DiffState` objects/);
    });
  });
});

describe('the perturbation workflow', () => {
  it('PWF-001 PWF-002 PWF-003 SVS-014 the page’s four steps give the gradient 3 and the sowed 1, and free everything', () => {
    leavesNothing(() => {
      const [model, x] = [new SeedModel(), tf.scalar(1)];
      const [y, perturbations] = capture(model, [Perturbation])(x);
      expect(perturbations.toJSON()).toEqual({ gradOfX: 'Perturbation float32[]' });
      const loss = (model: SeedModel, init: State<Perturbation>, x: tf.Tensor) => capture(model, [Intermediate], { init })(x);
      const [[grads, perturbGrads], sowed] = grad(loss, { argnums: [0, 1], hasAux: true })(model, perturbations, x);
      expect(grads.size).toBe(0);
      expect(perturbGrads.leaf('gradOfX')).toBeInstanceOf(Perturbation);
      expect(numbers(perturbGrads.leaf('gradOfX'))).toEqual([3]);
      expect(sowed.leaf('activations').value.map(numbers)).toEqual([[1]]);
      const metrics = mergeState(perturbGrads, sowed);
      expect([...metrics.keys()]).toEqual(['gradOfX', 'activations']);
      metrics.dispose();
      perturbations.dispose();
      tf.dispose([x, y]);
    });
  });

  class Scale extends Module {
    call(x: tf.Tensor): tf.Tensor {
      const y = tf.mul(3, this.perturb('gradOfX', x));
      this.sow(Intermediate, 'y', y);
      return y;
    }
  }
  class Chain extends Module {
    foos = new List([new Scale(), new Scale()]);
    extra = data({ tail: new Scale() });
    call(x: tf.Tensor): tf.Tensor {
      return this.extra.tail.call([...this.foos].reduce((value, foo) => foo.call(value), x));
    }
  }
  const workflow = <M extends Module & { call(x: tf.Tensor): tf.Tensor }>(model: M, x: tf.Tensor, options = {}) => {
    const [y, init] = capture(model, [Perturbation])(x);
    y.dispose();
    const loss = (_model: M, init: State<Perturbation>) => capture(model, [Intermediate], { init })(x);
    const [[grads, perturbGrads], sowed] = grad(loss, { argnums: [0, 1], hasAux: true, ...options })(model, init);
    init.dispose();
    return { grads, perturbGrads, sowed };
  };

  it('PWF-004 PWF-005 SVS-015 three blocks of factor 3 have the gradients 27, 9 and 3 and the outputs 3, 9 and 27', () => {
    leavesNothing(() => {
      const x = tf.scalar(1);
      const { grads, perturbGrads, sowed } = workflow(new Chain(), x);
      const at = (state: State<Variable>, ...path: (string | number)[]) => state.leaf(...path);
      expect(
        [
          ['foos', 0],
          ['foos', 1],
          ['extra', 'tail'],
        ].map((path) => numbers(at(perturbGrads as unknown as State, ...path, 'gradOfX'))[0]),
      ).toEqual([27, 9, 3]);
      expect(
        [
          ['foos', 0],
          ['foos', 1],
          ['extra', 'tail'],
        ].map((path) => numbers(sowed.leaf(...path, 'y').value[0]!)[0]),
      ).toEqual([3, 9, 27]);
      expect([...mergeState(perturbGrads, sowed).keys()]).toEqual(['extra', 'foos']);
      expect([...sowed.sub('foos').keys()]).toEqual([0, 1]);
      grads.dispose();
      perturbGrads.dispose();
      sowed.dispose();
      x.dispose();
    });
  });

  class Hidden extends Module {
    first = new Affine(2, 3);
    second = new Affine(3, 1);
    rest(h: tf.Tensor): tf.Tensor {
      return tf.sum(tf.square(this.second.call(tf.tanh(tf.mul(h, 0.1)))));
    }
    call(x: tf.Tensor): tf.Tensor {
      const h = this.first.call(x);
      return this.rest(this.perturb('hidden', h));
    }
  }

  it('PWF-008 the gradient equals the one by other means, element by element; zeros that were looked at give the same', () => {
    leavesNothing(() => {
      const [model, x] = [new Hidden(), row()];
      const { grads, perturbGrads, sowed } = workflow(model, x);
      const h = model.first.call(x);
      const direct = grad((h: tf.Tensor) => model.rest(h))(h);
      expect(numbers(perturbGrads.leaf('hidden'))).toEqual(numbers(direct));
      const [y, init] = capture(model, [Perturbation])(x);
      expect(numbers(init.leaf('hidden'))).toEqual([0, 0, 0]); // from now on they are a tensor, which is added
      expect(init.leaf('hidden').pendingZeros).toBe(null);
      const added = grad((init: State<Perturbation>) => capture(model, [], { init })(x))(init);
      expect(numbers(added.leaf('hidden'))).toEqual(numbers(direct));
      for (const owner of [grads, perturbGrads, sowed, init, added]) owner.dispose();
      tf.dispose([h, direct, y, x]);
      dispose(model);
    });
  });

  it('PWF-007 TRF-001 TRF-002 TRF-008 there is no jit: the workflow inside a function of its own gives the same', () => {
    leavesNothing(() => {
      const x = tf.scalar(1);
      const step = () => workflow(new Scale(), x);
      const { grads, perturbGrads, sowed } = step();
      expect(numbers(perturbGrads.leaf('gradOfX'))).toEqual([3]);
      for (const owner of [grads, perturbGrads, sowed]) owner.dispose();
      x.dispose();
    });
  });

  it('PRT-004 a Module called twice: the gradient is the sum, the calls can be had one by one, and the sum is reported', () => {
    leavesNothing(() => {
      class Twice extends Module {
        scale = new Scale();
        call(x: tf.Tensor): tf.Tensor {
          return tf.add(this.scale.call(x), tf.mul(2, this.scale.call(tf.mul(x, 5))));
        }
      }
      const x = tf.scalar(1);
      const calls: unknown[] = [];
      const seen: Diagnostic[] = [];
      const [model, [y, init]] = [new Twice(), capture(new Twice(), [Perturbation])(x)];
      const grads = grad((init: State<Perturbation>) => capture(model, [], { init, onDiagnostic: (d) => seen.push(d) })(x), {
        onCallGradients: (path, gradients) =>
          calls.push(...gradients.map((gradient) => gradient && ([...path, ...numbers(gradient)] as never))),
      })(init);
      expect(numbers(grads.leaf('scale', 'gradOfX'))).toEqual([9]);
      expect(calls).toEqual([
        ['scale', 'gradOfX', 3],
        ['scale', 'gradOfX', 6],
      ]);
      expect(seen.filter(({ code }) => code === 'perturbation-summed').map(({ path, name }) => [path, name])).toEqual([
        [['scale'], 'gradOfX'],
      ]);
      tf.dispose([x, y]);
      grads.dispose();
      init.dispose();
    });
  });

  it('PRT-010 a perturbation whose returned value is not used has a zero gradient, and that is reported with its place', () => {
    leavesNothing(() => {
      class Careless extends Module {
        call(x: tf.Tensor): tf.Tensor {
          this.perturb('p', x);
          return tf.mul(x, 2);
        }
      }
      const x = tf.scalar(1);
      const seen: Diagnostic[] = [];
      const model = new Bag({ inner: new Careless() });
      const run = (model: Bag, x: tf.Tensor) => (model['inner'] as Careless).call(x);
      const [y, init] = capture(run, [Perturbation])(model, x);
      const grads = grad((init: State<Perturbation>) => capture(run, [], { init })(model, x), { onDiagnostic: (d) => seen.push(d) })(init);
      expect(numbers(grads.leaf('inner', 'p'))).toEqual([0]);
      const unused = { code: 'perturbation-unused', path: ['inner'], name: 'p' };
      expect(seen.map(({ code, path, name }) => ({ code, path, name }))).toEqual([unused]);
      grads.dispose();
      // The same once the zeros have been looked at, and are a tensor that is added.
      expect(numbers(init.leaf('inner', 'p'))).toEqual([0]);
      grad((init: State<Perturbation>) => capture(run, [], { init })(model, x), { onDiagnostic: (d) => seen.push(d) })(init).dispose();
      expect(seen.map(({ code, path, name }) => ({ code, path, name }))).toEqual([unused, unused]);
      tf.dispose([x, y]);
      init.dispose();
    });
  });

  it('PRT-007 refuses the gradient of an integer perturbation', () => {
    class Counted extends Module {
      call(x: tf.Tensor): tf.Tensor {
        return tf.cast(this.perturb('n', tf.cast(x, 'int32')), 'float32');
      }
    }
    leavesNothing(() => {
      const x = tf.scalar(1);
      const [y, init] = capture(new Counted(), [Perturbation])(x);
      expect(() => grad((init: State<Perturbation>) => capture(new Counted(), [], { init })(x))(init)).toThrow(/got int32/);
      tf.dispose([x, y]);
      init.dispose();
    });
  });

  it('adds no tensor to a capture that takes no gradient, and none but the gradients to one that does', () => {
    leavesNothing(() => {
      const x = tf.tensor1d([1, 2, 3]);
      const model = new Chain();
      const total = (model: Chain, x: tf.Tensor) => tf.sum(model.call(x));
      const before = tf.memory().numTensors;
      const [y, init] = capture(total, [Perturbation])(model, x);
      expect(tf.memory().numTensors - before).toBe(1);
      const grads = grad((init: State<Perturbation>) => capture(total, [], { init, onDiagnostic: () => {} })(model, x))(init);
      expect(tf.memory().numTensors - before).toBe(1 + 3);
      tf.dispose([x, y]);
      grads.dispose();
      init.dispose();
    });
  });

  it('TRF-007 a gradient inside a capture: what the differentiated function sows is captured and lives on', () => {
    leavesNothing(() => {
      class Learner extends Module {
        w = new Param(tf.scalar(2));
        call(x: tf.Tensor): tf.Tensor {
          const grads = grad((model: Learner) => {
            const y = tf.mul(model.w.value, x);
            this.sow(Intermediate, 'inside', y);
            return y;
          })(this);
          const value = tf.clone(grads.leaf('w').value);
          grads.dispose();
          return value;
        }
      }
      const [model, x] = [new Learner(), tf.scalar(3)];
      const [g, sowed] = capture(model, [Intermediate])(x);
      expect([numbers(g), numbers(sowed.leaf('inside').value[0]!)]).toEqual([[3], [6]]);
      sowed.dispose();
      dispose([model, x, g]);
    });
  });
});

describe('errors and nesting', () => {
  it('an exception in the function comes through and leaves no tensor', () => {
    withAffine((model, x) => {
      const failing = (model: Affine, x: tf.Tensor): tf.Tensor => {
        const y = tf.tanh(model.call(x));
        if (y.rank > 1) throw new RangeError('no');
        return y;
      };
      expect(() => grad(failing)(model, x)).toThrow(RangeError);
      expect(() => valueAndGrad(failing, { hasAux: true, argnums: [0, 1] })(model, x)).toThrow(RangeError);
      const grads = grad(sum)(model, x);
      expect(numbers(grads.leaf('bias'))).toEqual([1, 1]);
      grads.dispose();
    });
  });

  it('an exception on the way back comes through and leaves no tensor, of value and aux neither', () => {
    leavesNothing(() => {
      const failing = tf.customGrad((x) => ({
        value: tf.square(x as tf.Tensor),
        gradFunc: () => {
          throw new RangeError('no');
        },
      }));
      const x = tf.scalar(1);
      expect(() => grad((x: tf.Tensor) => [failing(x), { y: tf.mul(x, 2) }], { hasAux: true })(x)).toThrow(RangeError);
      const g = grad((x: tf.Tensor) => {
        expect(() => grad((x: tf.Tensor) => failing(x))(x)).toThrow(RangeError);
        return tf.mul(x, 3);
      })(x);
      expect(numbers(g)).toEqual([3]);
      tf.dispose([x, g]);
    });
  });

  it('a gradient inside a gradient: both find the same perturbation', () => {
    leavesNothing(() => {
      class Square extends Module {
        call(x: tf.Tensor): tf.Tensor {
          return tf.square(this.perturb('p', x));
        }
      }
      const [model, x] = [new Square(), tf.scalar(3)];
      const [y, init] = capture(model, [Perturbation])(x);
      const inner = valueAndGrad((init: State<Perturbation>) => capture(model, [], { init })(x));
      const slopes: number[] = [];
      const outer = grad((init: State<Perturbation>) => {
        const [value, g] = inner(init);
        slopes.push(...numbers(g.leaf('p')));
        g.dispose();
        return tf.mul(5, value);
      })(init);
      expect([slopes, numbers(outer.leaf('p'))]).toEqual([[6], [30]]);
      outer.dispose();
      init.dispose();
      tf.dispose([y, x]);
    });
  });

  it('an exception in a listener leaves no tensor', () => {
    leavesNothing(() => {
      const [x, init] = [tf.scalar(1), State.fromFlat([[['gradOfX'], new Perturbation<tf.Tensor>(new PendingZeros([], 'float32'))]])];
      const loss = (init: State<Perturbation>) => {
        const [y, sowed] = capture(new SeedModel(), [Intermediate], { init })(x);
        sowed.dispose();
        return y;
      };
      const onCallGradients = () => {
        throw new RangeError('no');
      };
      expect(() => grad(loss, { onCallGradients })(init)).toThrow(RangeError);
      init.dispose();
      x.dispose();
    });
  });

  it('a gradient of a gradient is right', () => {
    leavesNothing(() => {
      const x = tf.scalar(3);
      const cube = (x: tf.Tensor) => tf.mul(x, tf.square(x));
      const second = grad((x: tf.Tensor) => grad(cube)(x))(x);
      expect(numbers(second)).toEqual([18]);
      tf.dispose([x, second]);
    });
  });

  it('gives the argument itself as value where the function returns it', () => {
    leavesNothing(() => {
      const x = tf.scalar(3);
      const [value, g] = valueAndGrad((x: tf.Tensor) => x)(x);
      value.dispose();
      expect([x.isDisposed, numbers(g)]).toEqual([false, [1]]);
      tf.dispose([x, g]);
    });
  });
});
