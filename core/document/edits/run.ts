/** @file Run settings, and the title of the document. */
import type { ModelDocument, RunSettings } from '../schema.ts';

/** Changes some of the run settings. */
export function setRun(document: ModelDocument, change: Partial<RunSettings>): ModelDocument {
  const run = { ...document.run, ...change };
  return JSON.stringify(run) === JSON.stringify(document.run) ? document : { ...document, run };
}

/** Changes the title. It is no name in code: any text may be one. */
export function setName(document: ModelDocument, name: string): ModelDocument {
  return document.name === name ? document : { ...document, name };
}
