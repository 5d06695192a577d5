import type { ModelDocument } from '../../../core/document/index.ts';
import type { Assets } from '../../../core/run/index.ts';
import { findSource } from '../../../core/index.ts';
import type { DataStore } from '../data-store.ts';

/** The texts that a document's data source names, as far as they can be had: what is missing is told by the worker, at its place. */
export async function readDataToSend(data: DataStore, document: ModelDocument): Promise<Assets> {
  await data.need(document);
  const files = data.files();
  const named = findSource(document.run.source.type)?.files(document.run.source.args) ?? [];
  const names = named.map(({ file, asset }) => asset ?? file).filter((name) => Object.hasOwn(files, name));
  return Object.fromEntries(names.map((name) => [name, files[name]!]));
}
