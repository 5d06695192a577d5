/** @file A document as a live model, with the shapes that a data source must fill. */
import { buildModel, type BuiltModel } from '../build/build-model.ts';
import { checkDocument } from '../check/check-document.ts';
import { declaredSpec } from '../check/declared.ts';
import { findClass } from '../document/find.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { SourceInput } from '../spec/source.ts';

export interface OpenedModel extends Omit<BuiltModel, 'inputs'> {
  readonly inputs: readonly SourceInput[];
}

/**
 * Builds the model and replays the settings. The caller disposes `model`. @throws BuildError with the place.
 * @param onMember is called before each member is made, and may throw.
 */
export function openModel(document: ModelDocument, onMember?: () => void): OpenedModel {
  const { model, inputs, outputNames, observing } = buildModel(document, onMember && { onMember });
  return { model, inputs: specsOf(document, inputs), outputNames, observing };
}

/** What a data source must fill for a document. */
export function inputsOf(document: ModelDocument): readonly SourceInput[] {
  const root = findClass(document, document.root.class);
  return root ? specsOf(document, graphOf(root).inputs) : [];
}

function specsOf(document: ModelDocument, inputs: BuiltModel['inputs']): readonly SourceInput[] {
  const { root } = checkDocument(document);
  return inputs.map((input) => {
    const declared = root && declaredSpec(root.class, input, root.scope).spec;
    return { name: input.name, dtype: input.dtype, shape: declared?.shape ?? null };
  });
}
