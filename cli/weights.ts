/** @file A model recorded for a command: with the weights of its seed, or those of a file. */
import { readFile } from 'node:fs/promises';
import type { ModelDocument } from '../core/document/index.ts';
import { recordOnCpu, type RecordedModel } from './engine.ts';
import { reportRun, type Reported } from './problems.ts';

export type RecordedFor = { readonly ok: true; readonly recorded: RecordedModel } | { readonly ok: false; readonly problem: Reported };

/** Never rejects: a file that cannot be read, or does not fit, is a problem. */
export async function recordFor(document: ModelDocument, weightsFile: string | boolean | undefined): Promise<RecordedFor> {
  let bytes: Uint8Array | undefined;
  if (typeof weightsFile === 'string') {
    try {
      bytes = new Uint8Array(await readFile(weightsFile));
    } catch (error) {
      const message = `${weightsFile} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
      return { ok: false, problem: { code: 'file/unreadable', severity: 'error', place: {}, message, fix: 'Name a file of weights.' } };
    }
  }
  const result = await recordOnCpu(document, bytes);
  return result.ok ? result : { ok: false, problem: reportRun(result.problem, 'error') };
}
