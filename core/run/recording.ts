/** @file Recording a model where nothing else computes: picks the backend, and gives problems as data. */
import type { ModelDocument } from '../document/schema.ts';
import type { RunProblem } from '../spec/run-error.ts';
import { startBackend } from './backend.ts';
import { problemOf } from './problem.ts';
import { recordModel, type RecordedModel } from './record-model.ts';

export type Recorded = { readonly ok: true; readonly recorded: RecordedModel } | { readonly ok: false; readonly problem: RunProblem };

/** On the CPU, whose numbers are the same on every machine. Never rejects. */
export async function recordOnCpu(document: ModelDocument, weights?: Uint8Array): Promise<Recorded> {
  try {
    await startBackend('cpu');
    return { ok: true, recorded: await recordModel(document, weights) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
