/** @file The data source of a document, opened for the inputs of its model. */
import type { ModelDocument } from '../document/schema.ts';
import { findSource, SOURCES } from '../registry.gen.ts';
import { fail } from '../spec/run-error.ts';
import type { Source, SourceInput } from '../spec/source.ts';
import { findIdFault } from './ids-in-range.ts';
import type { Assets } from './protocol.ts';

/**
 * @throws RunError with code `source/…`, `csv/…`, or `data/id-range` where an id has no row in the table that it is looked up in.
 */
export function openData(document: ModelDocument, inputs: readonly SourceInput[], assets: Assets): Source {
  const { source, batchSize, seed } = document.run;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    fail('source/batch-size', `Expected a whole number of rows in a batch, got ${batchSize}.`, 'Set the batch size to 1 or more.');
  const descriptor = findSource(source.type);
  if (!descriptor)
    return fail(
      'source/unknown',
      `Expected a data source among ${Object.keys(SOURCES).join(', ')}, got "${source.type.slice(0, 80)}".`,
      'Choose another data source, or open the document with a newer Espalier.',
    );
  const readText = (file: string, asset: string | undefined): string | undefined => textOf(assets, file, asset);
  const opened = descriptor.open(source.args, { inputs, batchSize, seed, readText });
  const fault = findIdFault(document, opened);
  if (fault) fail(fault.code, fault.message, fault.hint, fault);
  return opened;
}

/** A text by its hash, else by the name of its file. */
export function textOf(assets: Assets, file: string, asset: string | undefined): string | undefined {
  if (asset !== undefined && Object.hasOwn(assets, asset)) return assets[asset];
  return Object.hasOwn(assets, file) ? assets[file] : undefined;
}
