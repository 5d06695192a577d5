/** @file Data that a document uses, kept beside it: it holds their names, which are hashes, and never the data. */
import type { JsonValue, ModelDocument, RunSettings } from './schema.ts';
import { sha256 } from './sha256.ts';

/** Texts by the name of the asset. */
export type AssetTexts = Readonly<Record<string, string>>;

/** The name of some data: `sha256:` and 64 hexadecimal digits. Equal data have one name. */
export function assetName(text: string): string {
  return `sha256:${sha256(text)}`;
}

/**
 * The assets that stand in a file beside the document's own keys, for a document that is saved with its data: `assets`, texts by name. Those whose
 * text has another hash than their name are left out.
 */
export function takeAssets(json: Readonly<Record<string, unknown>>): {
  readonly json: Readonly<Record<string, unknown>>;
  readonly assets: AssetTexts;
} {
  const { assets, ...rest } = json;
  if (typeof assets !== 'object' || assets === null || Array.isArray(assets)) return { json, assets: {} };
  const texts = Object.entries(assets).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && assetName(entry[1]) === entry[0],
  );
  return { json: rest, assets: Object.fromEntries(texts) };
}

/** A document without the text of a data file that lay inside it, as in files of version 1, and that text by its name. */
export function extractAssets(document: ModelDocument): { readonly document: ModelDocument; readonly assets: AssetTexts } {
  const { source } = document.run;
  const { text, file, ...args } = source.args;
  if (typeof text !== 'string') return { document, assets: {} };
  const asset = assetName(text);
  const named: Readonly<Record<string, JsonValue>> = { ...(file === undefined ? {} : { file }), asset, ...args };
  const run: RunSettings = { ...document.run, source: { ...source, args: named } };
  return { document: { ...document, run }, assets: { [asset]: text } };
}
