/** @file A document as a live model, with the shapes that a data source must fill. */
import { buildModel, type BuiltModel } from '../build/build-model.ts';
import { checkDocument } from '../check/check-document.ts';
import { declaredSpec } from '../check/declared.ts';
import type { ModelDocument } from '../document/schema.ts';
import type { SourceInput } from '../spec/source.ts';

export interface OpenedModel extends Omit<BuiltModel, 'inputs'> {
  readonly inputs: readonly SourceInput[];
}

/** Builds the model and replays the settings. The caller disposes `model`. @throws BuildError with the place. */
export function openModel(document: ModelDocument): OpenedModel {
  const { root } = checkDocument(document);
  const { model, inputs, outputNames, observing } = buildModel(document);
  const specs = inputs.map((input) => {
    const declared = root && declaredSpec(root.class, input, root.scope).spec;
    return { name: input.name, dtype: input.dtype, shape: declared?.shape ?? null };
  });
  return { model, inputs: specs, outputNames, observing };
}
