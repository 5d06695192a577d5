/** @file Run settings, and the title of the document. */
import type { FilterSpec, ModelDocument, RunSettings } from '../schema.ts';

/** Changes some of the run settings. */
export function setRun(document: ModelDocument, change: Partial<RunSettings>): ModelDocument {
  const run = { ...document.run, ...change };
  return JSON.stringify(run) === JSON.stringify(document.run) ? document : { ...document, run };
}

/** Chooses the Params that are trained; undefined: all of them. */
export function setTrained(document: ModelDocument, trained: FilterSpec | undefined): ModelDocument {
  const { trained: before, ...others } = document.run;
  if (JSON.stringify(before) === JSON.stringify(trained)) return document;
  return { ...document, run: trained === undefined ? others : { ...others, trained } };
}

/** Changes the title. It is no name in code: any text may be one. */
export function setName(document: ModelDocument, name: string): ModelDocument {
  return document.name === name ? document : { ...document, name };
}
