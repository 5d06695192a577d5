import type { JsonValue } from '../../../core/document/index.ts';
import type { ParamSpecs } from '../../../core/spec/index.ts';

/** What a new node, or a newly chosen optimiser, starts with where there is no default: it stands in the document from then on. */
export function startArgs(params: ParamSpecs): Readonly<Record<string, JsonValue>> {
  const started = Object.entries(params).filter(([, spec]) => spec.default === undefined && spec.start !== undefined);
  return Object.fromEntries(started.map(([name, spec]) => [name, spec.start as JsonValue]));
}
