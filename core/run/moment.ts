/** @file Everything that a training stands on at one step: weights, statistics, caches, random streams and what the optimizer remembers. */
import type { ModelDocument } from '../document/schema.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { pathText } from '../nnx/path.ts';
import { PendingZeros, type Variable } from '../nnx/variable.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { tf } from '../tensor/tf.ts';
import { nameVariables } from './lasting-names.ts';
import type { RunnableModel } from './runnable-model.ts';

/** A training between two steps. */
export interface Standing {
  readonly document: ModelDocument;
  readonly model: RunnableModel;
  readonly optimizer: Optimizer;
  /** The settings that the optimizer was made from. */
  readonly rule: string;
  /** Steps done. */
  readonly step: number;
}

type Values = ReadonlyMap<string, unknown>;

/** Owns handles on the numbers, which cost nothing until the training has others in their place; `dispose` frees them. */
export class Moment {
  readonly step: number;
  readonly #rule: string;
  readonly #model: Values;
  readonly #optimizer: Values;

  constructor({ document, model, optimizer, rule, step }: Standing) {
    this.step = step;
    this.#rule = rule;
    this.#model = remember(nameVariables(document, model).map(({ name, variable }) => [name, variable]));
    this.#optimizer = remember(optimizerVariables(optimizer));
  }

  /** The numbers that it holds on to, with what they take: the same ones may be held by several moments. */
  get sizes(): readonly (readonly [numbers: object, bytes: number])[] {
    return [...this.#model.values(), ...this.#optimizer.values()].flatMap((value) =>
      value instanceof tf.Tensor ? [[value.dataId, value.size * tf.util.bytesPerElement(value.dtype)] as const] : [],
    );
  }

  /** Whether what the optimizer remembered fits an optimizer of these settings. */
  isOfRule(rule: string): boolean {
    return this.#rule === rule;
  }

  /** Puts all numbers back where their Variables are; what the optimizer remembers only where its settings are the same. */
  restoreInto({ document, model, optimizer, rule }: Standing): void {
    this.restoreModel(document, model);
    if (!this.isOfRule(rule)) return;
    for (const [name, variable] of optimizerVariables(optimizer)) putBack(variable, this.#optimizer.get(name));
  }

  /** The same for a model alone: a twin of the one that is trained. */
  restoreModel(document: ModelDocument, model: RunnableModel): void {
    for (const { name, variable } of nameVariables(document, model)) putBack(variable, this.#model.get(name));
  }

  dispose(): void {
    for (const value of [...this.#model.values(), ...this.#optimizer.values()]) if (value instanceof tf.Tensor) value.dispose();
  }
}

function optimizerVariables(optimizer: Optimizer): [string, Variable<unknown>][] {
  return variablesBelow(optimizer).map(({ path, variable }) => [pathText(path), variable]);
}

/** Numbers and keys of random streams never change by themselves; zeros that nobody has read take no memory here either. */
function remember(variables: readonly (readonly [string, Variable<unknown>])[]): Values {
  return new Map(
    variables.flatMap(([name, variable]) => {
      if (variable.pendingZeros) return [[name, variable.pendingZeros]];
      const value = variable.getRawValue();
      if (value instanceof tf.Tensor) return [[name, tf.keep(tf.clone(value))]];
      // What was sown is no state of the training.
      return typeof value === 'number' || isRandom(variable) ? [[name, value]] : [];
    }),
  );
}

function isRandom(variable: Variable<unknown>): boolean {
  return (variable.constructor as { readonly typeName?: string }).typeName?.startsWith('Rng') === true;
}

function putBack(variable: Variable<unknown>, value: unknown): void {
  if (value === undefined) return;
  if (value instanceof tf.Tensor) variable.setRawValue(tf.clone(value));
  else if (value instanceof PendingZeros) variable.setRawValue(tf.zeros([...value.shape], value.dtype));
  else variable.setRawValue(value);
}
