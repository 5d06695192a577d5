/** @file What is measured within a step beside its loss: norms for the curves every so many steps, and what conditions look at in every one. */
import { toModuleFilter } from '../build/to-filter.ts';
import { toFilter } from '../nnx/filter.ts';
import { variablesBelow, type WatchedVariable } from '../nnx/grad-arguments.ts';
import { iterModules } from '../nnx/module.ts';
import type { Path } from '../document/schema.ts';
import type { State } from '../nnx/state.ts';
import { Param, Variable } from '../nnx/variable.ts';
import { watchModules } from '../nnx/watch-modules.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { tf } from '../tensor/tf.ts';
import type { RunnableModel } from './runnable-model.ts';
import { openWatch, type WatchHit, type WatchSpec } from './watching.ts';
import type { WatchDescriptor } from './watches/define.ts';

/** Norms of all parameters are taken in the first steps, and then in every so many: they cost as much as a few layers. */
const FIRST = 10;
const EVERY = 10;

interface Open {
  readonly spec: WatchSpec;
  readonly watch: WatchDescriptor;
}

/** One number of a step: what it is of, and which condition looks at it; null for the curves. */
interface Entry {
  readonly open: Open | null;
  readonly name: 'gradientNorm' | 'updateRatio' | 'watched';
  readonly path: Path;
}

/** What curves show of a step, as far as it was measured. */
export interface StepNorms {
  readonly gradientNorm?: number;
  readonly updateRatio?: number;
}

/** One step under way. Its scalars are its own until `finish`. */
export class StepProbe {
  readonly entries: Entry[] = [];
  readonly #scalars: tf.Tensor[] = [];
  readonly #measuring: Measuring;
  readonly #isForCurves: boolean;
  #before: tf.Tensor[] = [];

  constructor(measuring: Measuring, isForCurves: boolean) {
    this.#measuring = measuring;
    this.#isForCurves = isForCurves;
  }

  #add(entry: Entry, measure: () => tf.Tensor): void {
    this.#scalars.push(tf.keep(tf.tidy(measure)));
    this.entries.push(entry);
  }

  #watch(part: WatchSpec['part'], path: Path, value: tf.Tensor, weight: tf.Tensor | null = null): void {
    for (const open of this.#measuring.opensOf(part, path))
      this.#add({ open, name: 'watched', path }, () => open.watch.measure(tf.cast(value, 'float32'), weight));
  }

  /** Runs the forward pass. */
  forward<T>(model: RunnableModel, f: () => T): T {
    const { modules } = this.#measuring;
    if (!modules) return f();
    const see = (module: object, name: string, value: tf.Tensor): tf.Tensor => {
      const path = modules.get(module);
      if (path && name === 'output') this.#watch('output', path, value);
      return value;
    };
    return watchModules(model, { called: () => undefined, see }, f);
  }

  /** Before the parameters are moved. */
  gradients(gradients: State<unknown>): void {
    const { params } = this.#measuring;
    const found = params.flatMap(({ path, variable }) => {
      const leaf: unknown = gradients.find(path);
      const gradient = leaf instanceof Variable ? (leaf.value as unknown) : leaf;
      this.#watch('parameter', path, variable.getValue() as tf.Tensor);
      if (!(gradient instanceof tf.Tensor)) return [];
      this.#watch('gradient', path, gradient);
      return [gradient];
    });
    if (this.#isForCurves && found.length > 0) this.#add({ open: null, name: 'gradientNorm', path: [] }, () => normOf(found));
    if (this.#isForCurves || this.#measuring.hasUpdates)
      this.#before = params.map(({ variable }) => tf.keep(tf.clone(variable.getValue() as tf.Tensor)));
  }

  /** When they have been moved. */
  moved(): void {
    const before = this.#before.splice(0);
    if (before.length === 0) return;
    const { params, hasUpdates } = this.#measuring;
    const updates = tf.tidy(() => params.map(({ variable }, i) => tf.keep(tf.sub(variable.getValue() as tf.Tensor, before[i]!))));
    if (this.#isForCurves) this.#add({ open: null, name: 'updateRatio', path: [] }, () => tf.div(normOf(updates), normOf(before)));
    if (hasUpdates) params.forEach(({ path }, i) => this.#watch('update', path, updates[i]!, before[i]!));
    tf.dispose([...before, ...updates]);
  }

  /** All numbers in one tensor, which the caller disposes; null where there are none. */
  finish(): tf.Tensor | null {
    const scalars = this.#scalars.splice(0);
    const all = scalars.length === 0 ? null : tf.tidy(() => tf.stack(scalars.map((scalar) => tf.reshape(scalar, []))));
    this.dispose();
    tf.dispose(scalars);
    return all;
  }

  /** After an exception. */
  dispose(): void {
    tf.dispose([...this.#scalars.splice(0), ...this.#before.splice(0)]);
  }
}

function normOf(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tf.sqrt(tf.addN(tensors.map((each) => tf.sum(tf.square(each)))));
}

/** What is measured of one training. Holds no tensors. */
export class Measuring {
  readonly params: readonly WatchedVariable[];
  /** The Modules whose outputs are watched; null: none. */
  readonly modules: ReadonlyMap<object, Path> | null;
  readonly #opens: readonly Open[];
  readonly #matches: ReadonlyMap<WatchSpec, (path: Path) => boolean>;
  readonly #last = new Map<string, number>();
  readonly #held: Set<string>;
  #lossBefore: number | undefined;

  /** `held`: the conditions that held in the last step of the training, which outlives this; they are told when they become true only. */
  constructor(model: RunnableModel, optimizer: Optimizer, watches: readonly WatchSpec[], held: Set<string>) {
    const wrt = toFilter(optimizer.wrt);
    this.params = variablesBelow(model).filter(({ path, variable }) => variable instanceof Param && wrt.test(path, variable));
    this.#opens = watches.map((spec) => ({ spec, watch: openWatch(spec) }));
    this.#held = held;
    const isOfOutputs = watches.some(({ part }) => part === 'output');
    this.modules = isOfOutputs ? new Map([...iterModules(model)].map(([path, module]) => [module, path])) : null;
    this.#matches = new Map(watches.map((spec) => [spec, matcherOf(model, spec)]));
  }

  get hasUpdates(): boolean {
    return this.#opens.some(({ spec }) => spec.part === 'update');
  }

  /** Whether every step has to be looked at. */
  get isWatching(): boolean {
    return this.#opens.length > 0;
  }

  opensOf(part: WatchSpec['part'], path: Path): readonly Open[] {
    return this.#opens.filter(({ spec }) => spec.part === part && this.#matches.get(spec)!(path));
  }

  /** Of the step of this number, from 1; null where nothing but its loss is looked at. */
  begin(step: number): StepProbe | null {
    const isForCurves = step <= FIRST || step % EVERY === 0;
    const isWatched = this.#opens.some(({ spec }) => spec.part !== 'loss');
    return isForCurves || isWatched ? new StepProbe(this, isForCurves) : null;
  }

  /** What the numbers of a step say: norms for the curves, and the first condition that became true. */
  hear(
    step: number,
    loss: number,
    probe: StepProbe | null,
    numbers: ArrayLike<number>,
  ): { readonly norms: StepNorms; readonly hit: WatchHit | null } {
    const norms: { -readonly [K in keyof StepNorms]: StepNorms[K] } = {};
    const hits: WatchHit[] = [];
    const look = ({ spec, watch }: Open, path: Path | null, now: number, before: number | undefined): void => {
      const key = `${spec.id} ${JSON.stringify(path)}`;
      const isTrue = watch.holds(now, spec.limit, before);
      if (isTrue && !this.#held.has(key))
        hits.push({ id: spec.id, step, path, message: messageOf(spec, path, watch.text(now, spec.limit, before)) });
      if (isTrue) this.#held.add(key);
      else this.#held.delete(key);
    };
    (probe?.entries ?? []).forEach(({ open, name, path }, i) => {
      const now = numbers[i] ?? NaN;
      if (name !== 'watched') norms[name] = now;
      else if (open) {
        const key = `${open.spec.id} ${JSON.stringify(path)}`;
        look(open, path, now, this.#last.get(key));
        this.#last.set(key, now);
      }
    });
    for (const open of this.#opens) if (open.spec.part === 'loss') look(open, null, loss, this.#lossBefore);
    this.#lossBefore = loss;
    return { norms, hit: hits[0] ?? null };
  }
}

/** A Module that matches stands for what lies in it. */
function matcherOf(model: RunnableModel, { only }: WatchSpec): (path: Path) => boolean {
  const filter = toFilter(toModuleFilter(only));
  const matched = new Set(
    [...iterModules(model)].filter(([path, module]) => filter.test(path, module)).map(([path]) => JSON.stringify(path)),
  );
  return (path) =>
    Array.from({ length: path.length + 1 }, (_, length) => JSON.stringify(path.slice(0, length))).some((key) => matched.has(key));
}

function messageOf({ part }: WatchSpec, path: Path | null, text: string): string {
  const name = path === null ? '' : path.length === 0 ? 'the model' : path.join('.');
  const what = { output: `output of ${name}`, gradient: `gradient of ${name}`, parameter: name, update: `update of ${name}`, loss: 'loss' }[
    part
  ];
  return `${what}: ${text}`;
}
