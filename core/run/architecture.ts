/** @file Whether two documents make the same Variables, so that trained weights of one fit the other. */
import type { ModelDocument } from '../document/schema.ts';
import type { Module } from '../nnx/module.ts';
import { BatchStat, Param, Pending, type Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { nameVariables } from './lasting-names.ts';

/** A document, and the model that was built from it. */
export interface Built {
  readonly document: ModelDocument;
  readonly model: Module;
}

function formOf(variable: Variable<unknown>): string {
  const value: unknown = variable.pending ?? variable.getRawValue();
  return value instanceof tf.Tensor || value instanceof Pending ? `${value.dtype}[${value.shape.join()}]` : '';
}

/**
 * Equal for documents whose models have the same seed and layers with the same Variables. Names, classes around layers, wires, ops, probes,
 * settings, arguments that shape no Variable and everything about running may differ: trained weights outlive a rename, another rate of a
 * dropout, a new probe, another loss or a flip to evaluation.
 */
export function architectureOf({ document, model }: Built): string {
  const variables = nameVariables(document, model).map(({ name, variable, member }) =>
    JSON.stringify([name, formOf(variable), member?.type]),
  );
  return JSON.stringify([document.run.seed, variables.sort()]);
}

/** Copies values from one model to its twin; `weights` are Params and statistics, `all` also random streams and caches. */
export function copyVariables(from: Built, to: Built, which: 'weights' | 'all'): void {
  const sources = new Map(nameVariables(from.document, from.model).map(({ name, variable }) => [name, variable]));
  for (const { name, variable } of nameVariables(to.document, to.model)) {
    const source = sources.get(name);
    if (!source || source.constructor !== variable.constructor) continue;
    if (which === 'all' || variable instanceof Param || variable instanceof BatchStat) variable.copyFrom(source);
  }
}
