/**
 * @file Random programs of sow, perturb, views and shared Modules, against what real Flax captured and differentiated of the
 * same ones: every form of capture, methodOutputs, and the whole perturbation workflow (`fixtures/record_programs.py`).
 */
import { describe, expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { capture, type CaptureOptions, method } from './capture.ts';
import { dispose } from './dispose.ts';
import { valueAndGrad } from './grad.ts';
import { List } from './list.ts';
import { Module } from './module.ts';
import { comparePaths, type Path } from './path.ts';
import { data } from './pytree.ts';
import { mergeState } from './state-functions.ts';
import { State } from './state.ts';
import { typeNameOf } from './type-name.ts';
import type { VariableType } from './variable-names.ts';
import { BatchStat, Intermediate, Param, Perturbation, type Variable } from './variable.ts';
import { view, withAttributes } from './view.ts';

type Step = readonly [keyof typeof steps, ...(readonly (string | number)[])];
type Program = readonly Step[];
interface RecordedNode {
  readonly children: readonly (readonly [string, number])[];
  readonly items: readonly number[];
  readonly isPlain: boolean;
  readonly isHidden: boolean;
  readonly w: number;
  readonly programs: Readonly<Record<'call' | 'enc' | 'dec' | '_private', Program>>;
}
interface RecordedProgram {
  readonly nodes: readonly RecordedNode[];
  readonly types: readonly (keyof typeof types)[];
  readonly outputs: keyof typeof types | null;
  readonly form: 'module' | 'method' | 'function' | 'partial' | 'list';
  readonly isShifted: boolean;
  readonly result: unknown;
  readonly captured: unknown;
  readonly workflow: unknown;
}

const programs = JSON.parse((await import('../fixtures/recorded/programs.json?raw')).default) as readonly RecordedProgram[];

class Mine extends Intermediate {
  static override readonly typeName: string = 'Mine';
}
class MyPerturbation extends Perturbation {
  static override readonly typeName: string = 'MyPerturbation';
}
const types = { Intermediate, Perturbation, BatchStat, Mine, MyPerturbation };

class Node extends Module {
  static override readonly typeName: string = 'Node';
  [name: string]: unknown;
  declare programs: RecordedNode['programs'];
  declare items_: readonly Node[] | List<Node>;
  declare w: Param;
  call(x: tf.Tensor): tf.Tensor {
    return this.programs.call.reduce((value, step) => run(this, step, value), x);
  }
  enc(x: tf.Tensor): tf.Tensor {
    return this.programs.enc.reduce((value, step) => run(this, step, value), x);
  }
  dec(x: tf.Tensor): tf.Tensor {
    return this.programs.dec.reduce((value, step) => run(this, step, value), x);
  }
  _private(x: tf.Tensor): tf.Tensor {
    return this.programs._private.reduce((value, step) => run(this, step, value), x);
  }
}

const reductions = {
  append: {},
  sum: { initFn: () => 0, reduceFn: (previous: tf.Tensor | number, value: tf.Tensor) => tf.add(previous, value) },
  last: { initFn: () => null, reduceFn: (_previous: unknown, value: tf.Tensor) => value },
  pair: { reduceFn: (previous: unknown, value: tf.Tensor) => [previous, value] },
};

const child = (node: Node, name: unknown) => node[name as string] as Node;
const steps = {
  sow: (node: Node, x: tf.Tensor, type: unknown, name: unknown, reduction: unknown) => {
    node.sow(types[type as keyof typeof types], name as string, x, reductions[reduction as keyof typeof reductions]);
    return x;
  },
  sowNested: (node: Node, x: tf.Tensor) => {
    node.sow(Intermediate, 'nested', { a: x, b: [tf.mul(x, 2), 3] });
    return x;
  },
  perturb: (node: Node, x: tf.Tensor, name: unknown, type: unknown) => node.perturb(name as string, x, types[type as keyof typeof types]),
  perturbSum: (node: Node, x: tf.Tensor) => tf.add(x, node.perturb('sum', tf.sum(x))),
  ignore: (node: Node, x: tf.Tensor, name: unknown) => {
    node.perturb(name as string, x);
    return x;
  },
  child: (node: Node, x: tf.Tensor, name: unknown) => child(node, name).call(x),
  item: (node: Node, x: tf.Tensor, i: unknown) => node.items_[i as number]!.call(x),
  view: (node: Node, x: tf.Tensor, name: unknown) => view(child(node, name)).call(x),
  with: (node: Node, x: tf.Tensor, name: unknown) => withAttributes(child(node, name), { flag: 2 }).enc(x),
  method: (node: Node, x: tf.Tensor, name: unknown) => node[name as 'enc'](x),
  scale: (_node: Node, x: tf.Tensor, factor: unknown) => tf.mul(x, factor as number),
  squash: (_node: Node, x: tf.Tensor) => tf.div(x, tf.add(1, tf.abs(x))),
  weigh: (node: Node, x: tf.Tensor) => tf.mul(x, node.w.value),
};

function run(node: Node, [step, ...given]: Step, x: tf.Tensor): tf.Tensor {
  return (steps[step] as (node: Node, x: tf.Tensor, ...given: readonly (string | number)[]) => tf.Tensor)(node, x, ...given);
}

function build({ nodes: recorded }: RecordedProgram): Node[] {
  const nodes = recorded.map(() => new Node());
  recorded.forEach(({ children, items, isPlain, isHidden, w, programs }, i) => {
    const node = nodes[i]!;
    Object.assign(node, { programs, flag: 1, w: new Param(tf.scalar(w)) });
    for (const [name, at] of children) node[name] = nodes[at];
    const held = items.map((at) => nodes[at]!);
    node.items_ = isPlain ? data(held) : new List(held);
    if (isHidden) (node as Record<string, unknown>)['dec'] = (x: tf.Tensor) => tf.mul(x, 1.25);
  });
  return nodes;
}

const silent = { onDiagnostic: () => {} };

/** `[result, ...states]`, by the form of capture that the program names. */
function captured<const T extends readonly VariableType[]>(
  { form }: RecordedProgram,
  model: Node,
  wanted: T,
  x: tf.Tensor,
  given: CaptureOptions = {},
): readonly [tf.Tensor, ...State[]] {
  const options = { ...silent, ...given };
  const twice = (model: Node, x: tf.Tensor) => tf.mul(model.call(x), 2);
  const out: unknown = {
    module: () => capture(model, wanted, options)(x),
    method: () => capture(method(model, 'enc'), wanted, options)(x),
    function: () => capture((model: Node, x: tf.Tensor) => model.dec(model.call(x)), wanted, options)(model, x),
    list: () => capture((models: readonly Node[], x: tf.Tensor) => models[0]!.call(x), wanted, options)([model], x),
    partial: () => capture(wanted, options)(twice)(model, x),
  }[form]();
  return (wanted.length > 0 ? out : [out]) as readonly [tf.Tensor, ...State[]];
}

/** In the form of the recordings. */
function plain(value: unknown): unknown {
  if (value instanceof tf.Tensor) return { shape: value.shape, dtype: value.dtype, data: Array.from(value.dataSync()) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function ordered(...states: readonly State[]): unknown[] {
  const leaves = states.flatMap((state) => state.flat());
  return leaves
    .toSorted((a, b) => comparePaths(a[0], b[0]))
    .map(([path, leaf]) => ({ path, type: typeNameOf(leaf), value: plain(leaf.value) }));
}

/** The same structure with numbers that differ by rounding made equal. */
function near(ours: unknown, flax: unknown): unknown {
  if (typeof ours === 'number' && typeof flax === 'number')
    return Math.abs(ours - flax) <= 1e-5 * Math.max(1, Math.abs(flax)) ? flax : ours;
  if (Array.isArray(ours)) return ours.map((part, i) => near(part, (flax as readonly unknown[] | undefined)?.[i]));
  if (typeof ours !== 'object' || ours === null) return ours;
  return Object.fromEntries(
    Object.entries(ours).map(([key, part]) => [key, near(part, (flax as Record<string, unknown> | undefined)?.[key])]),
  );
}

/** Perturbations that are not zero: 0.1 at the first path, 0.2 at the second … */
function shifted(perturbations: State): State {
  const pairs = perturbations.flat().map(([path, leaf], i): [Path, Variable] => {
    const type = leaf.constructor as typeof Perturbation;
    return [path, new type<tf.Tensor>(tf.tidy(() => tf.add(leaf.value, 0.1 * (i + 1)))) as unknown as Variable];
  });
  perturbations.dispose();
  return State.fromFlat(pairs);
}

function workflow(program: RecordedProgram, model: Node, x: tf.Tensor): unknown {
  const [y, zeros] = captured(program, model, [Perturbation], x);
  const perturbations = program.isShifted ? shifted(zeros!) : zeros!;
  const loss = (model: Node, init: State, x: tf.Tensor): readonly [tf.Tensor, State] => {
    const [y, sown] = captured(program, model, [Intermediate], x, { init });
    return [tf.sum(tf.mul(y, [1, 2])), sown!];
  };
  const both = valueAndGrad(loss, { argnums: [0, 1, 2], hasAux: true, ...silent });
  const [[value, sown], [grads, at, byX]] = both(model, perturbations, x);
  const merged = mergeState(at, sown);
  const found = {
    value: plain(value),
    sown: ordered(sown),
    grads: ordered(grads as State),
    at: ordered(at),
    byX: plain(byX),
    merged: merged.flat().map(([path]) => path),
  };
  dispose([y, perturbations, value, grads, byX, merged]);
  return found;
}

describe('programs that real Flax captured', () => {
  it.each(programs.map((program, i) => [i, program.form, program] as const))(
    'have the same results: program %i (%s)',
    (_i, _form, program) => {
      const before = tf.memory().numTensors;
      const [nodes, x] = [build(program), tf.tensor1d([0.5, -1.25])];
      const methodOutputs = program.outputs && types[program.outputs];
      const wanted = program.types.map((name) => types[name]);
      const [result, ...states] = captured(program, nodes[0]!, wanted, x, { methodOutputs });
      const ours = { result: plain(result), captured: ordered(...states), workflow: workflow(program, nodes[0]!, x) };
      const flax = { result: program.result, captured: program.captured, workflow: program.workflow };
      expect(near(ours, flax)).toEqual(flax);
      dispose([...nodes, x, result, ...states]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
