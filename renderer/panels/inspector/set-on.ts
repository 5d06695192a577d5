/** @file What a setting or a view says: attributes, and on which Modules. */
import { filterByPath, writeQuery, type AttributeValue, type FilterSpec, type ModelDocument } from '../../../core/document/index.ts';

interface SetOn {
  readonly only: FilterSpec;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** `deterministic = true on path:head`. */
export function setOn(document: ModelDocument, { only, attributes }: SetOn): string {
  const set = Object.entries(attributes).map(([name, value]) => `${name} = ${String(value)}`);
  return `${set.join(', ')} on ${only.kind === 'everything' ? 'all modules' : queryOf(document, only)}`;
}

/** What one would type to find the same. */
export function queryOf(document: ModelDocument, only: FilterSpec): string {
  return writeQuery(filterByPath(document, only));
}
