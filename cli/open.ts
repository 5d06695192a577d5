/** @file A document of a file with the texts of its data: those inside it, those beside it, those that ship with the app. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode, decodeText, parseDocument, setRun, type Decoded, type ModelDocument } from '../core/document/index.ts';
import { findSource } from '../core/index.ts';
import { textOfBytes } from '../core/sources/index.ts';
import type { Assets } from '../core/run/index.ts';
import type { Io } from './io.ts';
import { reportRefusal, type Reported } from './problems.ts';

export type Opened =
  | { readonly ok: true; readonly document: ModelDocument; readonly assets: Assets }
  | { readonly ok: false; readonly problems: readonly Reported[] };

/** Never rejects: what cannot be opened is a problem. */
export async function openFile(file: string, io: Io): Promise<Opened> {
  let text: string;
  try {
    text = decodeText(await readFile(file));
  } catch (error) {
    const message = `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { ok: false, problems: [{ code: 'file/unreadable', severity: 'error', place: {}, message, fix: 'Name a file that exists.' }] };
  }
  const result = parseDocument(text);
  if (!result.ok) return { ok: false, problems: result.refusals.map(reportRefusal) };
  let { document } = result;
  const assets: Record<string, string> = { ...result.assets };
  const { source } = document.run;
  const descriptor = findSource(source.type);
  for (const { file: name, asset } of descriptor?.files(source.args) ?? []) {
    if (asset !== undefined && Object.hasOwn(assets, asset)) continue;
    // A name alone: a document does not choose what is read elsewhere on the machine.
    const folders = [path.dirname(file), io.shipped];
    const files = folders.map((folder) => path.join(folder, path.basename(name)));
    const found = await firstReadable(files, descriptor?.file?.isBytes ?? false);
    if (found === undefined) continue;
    assets[asset ?? name] = found.text;
    // Code that reads the file must read it so.
    if (!descriptor?.file && found.encoding !== 'utf-8' && source.args['encoding'] === undefined)
      document = setRun(document, { source: { ...source, args: { ...source.args, encoding: found.encoding } } });
  }
  return { ok: true, document, assets };
}

async function firstReadable(files: readonly string[], isBytes: boolean): Promise<Decoded | undefined> {
  for (const file of files) {
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) return isBytes ? { text: textOfBytes(bytes), encoding: 'utf-8' } : decode(bytes);
  }
  return undefined;
}
