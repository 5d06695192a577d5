/** @file Which Params of a model are trained. */
import { toModuleFilter } from '../build/to-filter.ts';
import { filterByPath } from '../document/references.ts';
import type { ModelDocument } from '../document/schema.ts';
import { All, type Filter, toFilter } from '../nnx/filter.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Module } from '../nnx/module.ts';
import { Param } from '../nnx/variable.ts';
import { fail } from '../spec/run-error.ts';

/** The filter for gradient and optimizer. @throws RunError where it selects no Param of the model. */
export function openTrained(document: ModelDocument, model: Module): Filter {
  const { trained } = document.run;
  if (trained === undefined) return Param;
  const filter = new All(Param, toModuleFilter(filterByPath(document, trained)));
  const test = toFilter(filter);
  if (!variablesBelow(model).some(({ path, variable }) => test.test(path, variable)))
    fail(
      'trained/nothing',
      'Expected a Param among what is trained, got none.',
      'Change the filter under "train only" in the run settings, or clear it.',
    );
  return filter;
}
