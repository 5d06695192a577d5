/** @file What the Module system refuses: the class and the key phrase that Flax's error has (X05, and numbered cases). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadFixtures } from '../fixtures/load.ts';
import {
  BatchStat,
  capture,
  dispose,
  Dict,
  grad,
  Intermediate,
  iterModules,
  Linear,
  List,
  Module,
  Param,
  Perturbation,
  Rngs,
  Sequential,
  split,
  State,
  tf,
  view,
  withAttributes,
} from '../index.ts';

const errors = (await loadFixtures('errors')) as unknown as Readonly<Record<string, { type: string; message: string }>>;

const layerErrors = readFileSync(new URL('../layers/errors.test.ts', import.meta.url), 'utf8');

class Bag extends Module {
  [name: string]: unknown;
  constructor(attributes: Record<string, unknown> = {}) {
    super();
    Object.assign(this, attributes);
  }
}
class Loop extends Module {
  readonly child: Bag;
  constructor() {
    super();
    this.child = new Bag({ parent: this });
  }
}
class Perturbed extends Module {
  call(x: tf.Tensor): tf.Tensor {
    return this.perturb('p', x);
  }
}

const ones = (...shape: number[]) => tf.ones(shape);
const identity = (a: tf.Tensor) => a;

interface Case {
  /** What both messages hold. */
  readonly words: string;
  readonly act: (linear: Linear) => unknown;
  /** Where ours is another class, why. */
  readonly type?: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'set_attributes missing': {
    words: "Could not find at least one instance of the following attributes: ['missing']",
    act: (linear) => linear.setAttributes({ missing: 1 }),
  },
  'SET with_attributes missing': {
    words: "Could not find at least one instance of the following attributes: ['missing']",
    act: (linear) => withAttributes(linear, { missing: 1 }),
  },
  'view unused': { words: "Unused keys found in nnx.view: ['unused']", act: (linear) => view(linear, { unused: 1 }) },
  'tree-mode shared': {
    words: 'found at paths:\n\n  - a/bias\n  - b/bias\n\nTree mode (graph=False) does not support shared references.',
    act: (linear) => [...iterModules(new Bag({ a: linear, b: linear }), { graph: false })],
  },
  'tree-mode cycle': {
    words: 'Cycle detected for Loop\nfound at paths:\n\n  - \n  - child/parent\n\nCycles are not supported with graph=False',
    act: () => [...iterModules(new Loop(), { graph: false })],
  },
  'cycle in view': { words: "Found cycle in the graph at path 'child/parent'", act: () => view(new Loop(), { deterministic: true }) },
  'CON-013 not callable': {
    words: 'Sequence[1] is not callable: 3',
    act: (linear) => new Sequential(linear, 3 as never).call(ones(1, 2)),
  },
  'SOW-022 not a Variable': {
    words: 'to be a Variable, got ',
    act: (linear) => linear.sow(Intermediate, 'inFeatures', ones(2)),
  },
  'SOW-023 another Variable': {
    words: "Expected 'bias' to be of type 'Intermediate', got 'Param'",
    act: (linear) => linear.sow(Intermediate, 'bias', ones(3)),
  },
  'PRT-022 another Variable': {
    words: "Expected 'bias' to be of type 'Perturbation', got 'Param'",
    act: (linear) => linear.perturb('bias', ones(3)),
  },
  'PRT-022 not a Variable': { words: "to be of type 'Perturbation', got '", act: (linear) => linear.perturb('inFeatures', ones(3)) },
  'PRT-023 perturbation of another size': {
    words: '',
    // Flax's comes from an addition that fails, and only where the shapes do not broadcast.
    type: 'ValueError',
    act: () => capture(new Perturbed(), [Intermediate], { init: new State({ p: new Perturbation(ones(3)) }) as never })(ones(2)),
  },
  'GRD-007 repeated argnum': { words: 'argnum 0 is repeated in argnums', act: () => grad(identity, { argnums: [0, 0] })(ones()) },
  'GRD-008 argnum out of range': {
    words: 'requires at least 8 positional arguments to be passed by the caller, but got only 1 positional arguments.',
    act: () => grad(identity, { argnums: 7 })(ones()),
  },
  'GRD-015 not a scalar': {
    words: 'Gradient only defined for scalar-output functions. Output had shape: (2,).',
    act: () => grad(identity)(ones(2)),
  },
  'GRD-014 integer argument': { words: 'grad requires real', act: () => grad(identity)(tf.scalar(1, 'int32')) },
  'GRD-018 bound method': { words: 'nnx.grad does not support bound methods.', act: () => grad(new Perturbed() as never) },
  'RNG-007 text seed': { words: 'Invalid rng value: ', act: () => new Rngs('seed' as never) },
  'RNG-010 missing stream': { words: "No RngStream named 'dropout' found in Rngs.", act: () => new Rngs({ params: 0 }).dropout() },
  'RNG-010 missing stream by key': {
    words: "No RngStream named 'dropout' found in Rngs.",
    // One way to ask for a stream, and so one class.
    type: 'AttributeError',
    act: () => new Rngs({ params: 0 }).stream('dropout'),
  },
  'CON-002 index': { words: 'Index out of bounds', act: () => new List([1, 2]).get(5) },
  'CON-007 key': { words: "'b'", act: () => new Dict({ a: 1 }).get('b' as never) },
  'split not exhaustive': {
    words: 'Non-exhaustive filters, got a non-empty remainder',
    act: (linear) => split(new Bag({ linear, mean: new BatchStat<unknown>(0) }), Param),
  },
  'OBJ-002 list of Modules': {
    words: 'Found data on value of type ',
    act: (linear) => [...iterModules(new Bag({ layers: [linear] }))],
  },
  'OBJ-005 data on a static attribute': {
    words: 'Cannot assign data value of type ',
    act: (linear) => new Bag({ size: 2 }).setAttributes({ size: linear.kernel }),
  },
};

/** Recorded, and without an equivalent here. */
const WITHOUT_EQUIVALENT: Readonly<Record<string, string>> = {
  'RNG-008 default twice': 'One argument: a seed or an object of seeds, never both.',
  'STA-001 attribute': 'States are read by `get`, whose KeyError the tests of State hold.',
};

describe.each(Object.entries(CASES))('%s', (name, { words, act, type }) => {
  it('throws what Flax raises', () => {
    const flax = errors[name]!;
    expect(flax.message).toContain(words);
    const linear = new Linear({ inFeatures: 2, outFeatures: 3, rngs: new Rngs(0) });
    let error: unknown;
    tf.tidy(() => {
      try {
        act(linear);
      } catch (caught) {
        error = caught;
      }
    });
    dispose(linear);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(words);
    expect((error as Error).name).toBe(type ?? flax.type);
  });
});

it('holds every recorded error, here or with the layers', () => {
  const held = (name: string) => name in CASES || name in WITHOUT_EQUIVALENT || layerErrors.includes(`'${name}'`);
  expect(Object.keys(errors).filter((name) => !held(name))).toEqual([]);
});
