/** @file Run settings, and the title of the document. */
import { EditError } from './edit-error.ts';
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

/** Changes the title. It is no name in code: any text may be one that can be seen. @throws EditError for a blank one */
export function setName(document: ModelDocument, name: string): ModelDocument {
  if (name.trim() === '') throw new EditError('a title', 'nothing', 'Write what the model shall be called.');
  return document.name === name ? document : { ...document, name };
}
