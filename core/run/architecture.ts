/** @file Whether two documents make the same Variables, so that trained weights of one fit the other. */
import type { ModelDocument } from '../document/schema.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Module } from '../nnx/module.ts';
import { pathText } from '../nnx/path.ts';
import { BatchStat, Param, Pending, type Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

function formOf(variable: Variable<unknown>): string {
  const value: unknown = variable.pending ?? variable.getRawValue();
  return value instanceof tf.Tensor || value instanceof Pending ? `${value.dtype}[${value.shape.join()}]` : '';
}

/**
 * Equal for documents whose models have the same classes, members, arguments, seed and Variables. Wires, ops, probes, settings and
 * everything about running may differ: trained weights survive a new probe, another loss or a flip to evaluation.
 */
export function architectureOf(document: ModelDocument, model: Module): string {
  const classes = Object.values(document.classes).map(({ id, name, fields, members }) => ({ id, name, fields, members }));
  const variables = variablesBelow(model).map(({ path, variable }) => `${pathText(path)} ${formOf(variable)}`);
  return JSON.stringify([document.root, document.run.seed, classes, variables]);
}

/** Copies values from one model to its twin; `weights` are Params and statistics, `all` also random streams and caches. */
export function copyVariables(from: Module, to: Module, which: 'weights' | 'all'): void {
  const sources = new Map(variablesBelow(from).map(({ path, variable }) => [JSON.stringify(path), variable]));
  for (const { path, variable } of variablesBelow(to)) {
    const source = sources.get(JSON.stringify(path));
    if (!source || source.constructor !== variable.constructor) continue;
    if (which === 'all' || variable instanceof Param || variable instanceof BatchStat) variable.copyFrom(source);
  }
}
