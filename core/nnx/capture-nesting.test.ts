/** @file Captures inside captures, views and exceptions at random, against a naive account of who should have recorded what. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bag, leavesNothing } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { capture } from './capture.ts';
import { iterModules, type Module } from './module.ts';
import type { Path } from './path.ts';
import type { State } from './state.ts';
import { Intermediate, Perturbation, Variable } from './variable.ts';
import { view } from './view.ts';

class Other extends Variable<readonly tf.Tensor[]> {}
const types = [Intermediate, Other] as const;
type Type = (typeof types)[number];

/** What happens inside a capture: `at` is a Module's number. A block may throw at its end; whoever runs it catches that. */
type Action =
  | { readonly do: 'sow'; readonly at: number; readonly type: Type; readonly isView: boolean }
  | { readonly do: 'perturb'; readonly at: number }
  | { readonly do: 'capture'; readonly at: number; readonly types: readonly Type[]; readonly body: Body }
  | { readonly do: 'attempt'; readonly body: Body };
interface Body {
  readonly actions: readonly Action[];
  readonly throws: boolean;
}

const at = fc.nat(4);
const { body } = fc.letrec<{ body: Body; action: Action }>((tie) => ({
  body: fc.record({ actions: fc.array(tie('action'), { maxLength: 5 }), throws: fc.boolean() }),
  action: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ do: fc.constant('sow' as const), at, type: fc.constantFrom(...types), isView: fc.boolean() }),
    fc.record({ do: fc.constant('perturb' as const), at }),
    fc.record({ do: fc.constant('capture' as const), at, types: fc.subarray([...types]), body: tie('body') }),
    fc.record({ do: fc.constant('attempt' as const), body: tie('body') }),
  ),
}));

/** Five Modules: 0 holds 1 and 2, both of these hold 3, and 2 holds 4. */
function makeModules(): Bag[] {
  const [four, three] = [new Bag(), new Bag()];
  const [one, two] = [new Bag({ x: three }), new Bag({ x: three, y: four })];
  return [new Bag({ b: one, a: two }), one, two, three, four];
}

class Stop extends Error {}

/** Runs actions for real, and keeps account of what every capture should return. */
class Account {
  readonly modules = makeModules();
  readonly #open: { readonly types: readonly Type[]; readonly paths: Map<Module, Path>; readonly sown: Map<string, number[]> }[] = [];
  #count = 0;

  run({ actions, throws }: Body): void {
    for (const action of actions) this.#act(action);
    if (throws) throw new Stop();
  }

  /** One capture; `null` if its body threw. */
  capture(root: number, wanted: readonly Type[], body: Body): void {
    const model = this.modules[root]!;
    const entry = { types: wanted, paths: new Map(Array.from(iterModules(model), ([path, module]) => [module, path])), sown: new Map() };
    const call = capture((_model: Bag) => this.run(body), wanted, { onDiagnostic: () => {} });
    this.#open.push(entry);
    try {
      const [, ...states] = [call(model)].flat() as unknown as [unknown, ...State<Variable<readonly tf.Tensor[]>>[]];
      const found = states.flatMap((state, i) =>
        state.flat().map(([path, { value }]) => [`${i}:${path.join('/')}`, value.map((tensor) => tensor.dataSync()[0])]),
      );
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(entry.sown));
      for (const state of states) state.dispose();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    } finally {
      this.#open.pop();
    }
  }

  #act(action: Action): void {
    if (action.do === 'capture') this.capture(action.at, action.types, action.body);
    else if (action.do === 'attempt') {
      try {
        this.run(action.body);
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
      }
    } else {
      const module = this.modules[action.at]!;
      const listening = this.#open.filter(({ paths }) => paths.has(module));
      // Outside of every capture both are deprecated, and keep what they get on the Module.
      if (listening.length === 0) return;
      const value = tf.scalar(++this.#count);
      if (action.do === 'perturb') expect(module.perturb('p', value, Perturbation)).toBe(value);
      else {
        const isWanted = listening.filter((capture) => capture.types.includes(action.type));
        expect((action.isView ? view(module) : module).sow(action.type, 'sown', value)).toBe(isWanted.length > 0);
        for (const { types: wanted, paths, sown } of isWanted) {
          const key = `${wanted.indexOf(action.type)}:${[...paths.get(module)!, 'sown'].join('/')}`;
          sown.set(key, [...(sown.get(key) ?? []), this.#count]);
        }
      }
    }
  }
}

it('CAP-050 CAP-052 CAP-053 CAP-055 each capture returns exactly what its Modules sowed while it ran, and leaves nothing', () => {
  leavesNothing(() => {
    fc.assert(
      fc.property(at, fc.subarray([...types]), body, (root, wanted, body) => {
        const account = new Account();
        const before = account.modules.map((module) => Reflect.ownKeys(module));
        account.capture(root, wanted, body);
        expect(account.modules.map((module) => Reflect.ownKeys(module))).toEqual(before);
      }),
      { numRuns: 400, seed: 11 },
    );
  });
});
