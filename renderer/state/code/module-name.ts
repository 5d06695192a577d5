/** @file What the file of a document's code is called. */
import { nameFault, type ModelDocument } from '../../../core/document/index.ts';

/** A name that Python can import: `Digits classifier` gives `digits_classifier`. */
export function moduleName({ name }: ModelDocument): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const stem = words.join('_').replace(/^(?=\d)/, 'model_');
  return nameFault(stem, 'view') === undefined ? stem : 'model';
}
